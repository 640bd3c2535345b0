/**
 * The composition root of the wallet's document: everything in the app that knows TON, apart from the page that sees questions and answers.
 *
 *   page                                      this document, in a frame of the page
 *                            <- 'wallet-ready'   when it has loaded
 *     'wallet-port', and a port ->               one end of a MessageChannel; the desk answers over it, by Comlink
 *
 * Each side takes a word only from the other's window, and only of its own origin.
 */
import './buffer-global.ts';
import {expose} from 'comlink';
import {systemClock} from '../platform/clock.ts';
import {keepErrorCodes} from '../platform/comlink-errors.ts';
import type {Connector} from './desk.ts';
import {documentTexts} from './document-texts.ts';
import {pageLanguage} from './page-language.ts';
import type {WalletNetwork, WalletPort, WalletReady} from './words.ts';

const ready: WalletReady = 'wallet-ready';
const portWord: WalletPort = 'wallet-port';

/** Somebody opened this document by its address. */
function sayAlone(): void {
  const alone = document.querySelector('#alone');
  const language = pageLanguage();
  const link = Object.assign(document.createElement('a'), {href: '/wallet', textContent: documentTexts[language].open});
  document.documentElement.lang = language;
  alone?.replaceChildren(`${documentTexts[language].alone} `, link);
  alone?.removeAttribute('hidden');
}

let opened: Promise<Connector> | undefined;

/** The wallets' code comes when a person wants a wallet, and talks to nobody before. */
async function openConnector(network: WalletNetwork): Promise<Connector> {
  if (network.name === 'devnet') (await import('./demo.ts')).installDemoWallet(network, systemClock);
  const {connectorFor} = await import('./connector.ts');
  return connectorFor(network, systemClock);
}

// Not a plain import: a bundler may run TON's libraries in a chunk before this one, and then they miss `Buffer`.
const {createDesk} = await import('./desk.ts');
const desk = createDesk({
  clock: systemClock,
  // One per document: a relay has one network. What failed is tried again.
  connector: (network) =>
    (opened ??= openConnector(network).catch((error: unknown) => {
      opened = undefined;
      throw error;
    })),
});

keepErrorCodes();
if (parent === window) sayAlone();
addEventListener('message', ({data, origin, source, ports: [port]}) => {
  if (origin === location.origin && source === parent && source !== window && data === portWord && port) expose(desk, port);
});
if (parent !== window) parent.postMessage(ready, location.origin);
