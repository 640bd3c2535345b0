/** The desk of the wallet as the page has it from the start; the frame behind it loads when a wallet is first asked for something. */
import {NetworkError} from '#protocol/errors.ts';
import type {WalletDesk} from '../wallet/words.ts';

/** @param words what the dialog is called, and what stands on the button that closes it, as they are said now */
export function createWalletDoor(words: () => {title: string; close: string}): WalletDesk {
  let loading: Promise<WalletDesk> | undefined;
  const load = async () => (await import('./wallet-frame.ts')).createWalletFrame(words);
  // A part of the app that did not arrive is asked for again at the next call.
  const desk = () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw new NetworkError('offline', 'the frame of the wallet did not load', {cause: error});
    }));
  return {
    connect: async (network, options) => (await desk()).connect(network, options),
    sign: async (network, ticket) => (await desk()).sign(network, ticket),
    disconnect: async (network) => (await desk()).disconnect(network),
    account: async (network, owner) => (await desk()).account(network, owner),
    look: async (network, person) => (await desk()).look(network, person),
    channels: async (network, owner) => (await desk()).channels(network, owner),
    prepare: async (network, options) => (await desk()).prepare(network, options),
    follow: async (network, sent) => (await desk()).follow(network, sent),
  };
}
