/**
 * The wallet's document in an iframe inside a dialog: wallets' code runs there, under a policy of its own, never in this page. It is loaded at
 * the first call, and shown only while a person has to do something in it.
 */
import {type Remote, wrap} from 'comlink';
import {type ErrorCode, NetworkError} from '#protocol/errors.ts';
import {unlessAborted, within} from '#protocol/roles/deadline.ts';
import {systemClock} from '../platform/clock.ts';
import {keepErrorCodes} from '../platform/comlink-errors.ts';
import type {WalletDesk, WalletPort, WalletReady} from '../wallet/words.ts';

const address = '/wallet.html';
const loadMs = 20_000;

interface Frame {
  readonly dialog: HTMLDialogElement;
  readonly desk: Remote<WalletDesk>;
}

/** What the dialog is called, and the word on the button that closes it. */
export interface FrameWords {
  readonly title: string;
  readonly close: string;
}

/** @param words in the language of the moment; asked each time the dialog opens */
export function createWalletFrame(words: () => FrameWords): WalletDesk {
  keepErrorCodes();
  let loading: Promise<Frame> | undefined;
  const frame = () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));

  /** Shows the document while `work` runs; closing it is an answer too. */
  const shown = async <T>(work: (desk: Remote<WalletDesk>) => Promise<T>, closed: ErrorCode): Promise<T> => {
    const {dialog, desk} = await frame();
    dress(dialog, words());
    const away = new AbortController();
    dialog.addEventListener('close', () => away.abort(new NetworkError(closed, 'the dialog was closed')), {once: true, signal: away.signal});
    dialog.showModal();
    try {
      return await unlessAborted(work(desk), away.signal);
    } finally {
      away.abort();
      dialog.close();
    }
  };
  return {
    connect: (network, options) => shown((desk) => desk.connect(network, options), 'cancelled'),
    // Whoever closes the window while the wallet is asked does not take the question back from the wallet.
    sign: (network, ticket) => shown((desk) => desk.sign(network, ticket), 'wallet-silent'),
    disconnect: async (network) => (await frame()).desk.disconnect(network),
    account: async (network, owner) => (await frame()).desk.account(network, owner),
    look: async (network, person) => (await frame()).desk.look(network, person),
    channels: async (network, owner) => (await frame()).desk.channels(network, owner),
    prepare: async (network, options) => (await frame()).desk.prepare(network, options),
    follow: async (network, sent) => (await frame()).desk.follow(network, sent),
  };
}

/** The language may have changed since it was shown last. */
function dress(dialog: HTMLDialogElement, {title, close}: FrameWords): void {
  dialog.setAttribute('aria-label', title);
  for (const frame of dialog.querySelectorAll('iframe')) frame.title = title;
  for (const button of dialog.querySelectorAll('button')) button.textContent = close;
}

async function load(): Promise<Frame> {
  const dialog = document.createElement('dialog');
  const inside = document.createElement('iframe');
  const button = document.createElement('button');
  dialog.className = 'wallet';
  inside.src = address;
  button.type = 'button';
  button.addEventListener('click', () => dialog.close());
  dialog.append(inside, button);
  const {port1, port2} = new MessageChannel();
  const gone = new AbortController();
  const said: WalletReady = 'wallet-ready';
  const ready = new Promise<void>((resolve) => {
    addEventListener('message', ({data, origin, source}) => {
      if (data === said && origin === location.origin && source === inside.contentWindow) resolve();
    }, {signal: gone.signal});
  });
  document.body.append(dialog);
  try {
    await within(ready, {clock: systemClock, ms: loadMs, code: 'offline'});
    const word: WalletPort = 'wallet-port';
    inside.contentWindow?.postMessage(word, location.origin, [port2]);
    return {dialog, desk: wrap<WalletDesk>(port1)};
  } catch (error) {
    dialog.remove();
    throw error;
  } finally {
    gone.abort();
  }
}
