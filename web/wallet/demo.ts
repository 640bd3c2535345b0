/** Puts the demo wallet into this document's window, where TON Connect looks for wallets of the browser. */
import {Chain} from '#contracts/chain.ts';
import {fromHex, toHex} from '#protocol/bytes.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import {demoBridge} from './demo-bridge.ts';
import {personAtDialog} from './demo-dialog.ts';
import {demoNames} from './demo-names.ts';
import {DemoWallet} from './demo-wallet.ts';
import type {WalletNetwork} from './words.ts';

const seedKey = 'bombyx-demo-wallet';
const sessionKey = 'bombyx-demo-connected';

/** Only on the devnet: its key lies open in this browser, and may, because its coins are worth nothing. */
export function installDemoWallet({name, network, endpoint}: WalletNetwork, clock: Clock): void {
  if (name !== 'devnet') throw new Error('The demo wallet is for the devnet only.');
  const wallet = new DemoWallet({seed: keptSeed(), network, chain: new Chain({endpoint, clock}), clock});
  const session = {
    get connected() {
      return localStorage.getItem(sessionKey) !== null;
    },
    set connected(is) {
      if (is) localStorage.setItem(sessionKey, 'yes');
      else localStorage.removeItem(sessionKey);
    },
  };
  Object.assign(window, {[demoNames.key]: {tonconnect: demoBridge({wallet, person: personAtDialog(wallet), domain: location.host, session})}});
}

function keptSeed(): Uint8Array {
  const kept = localStorage.getItem(seedKey);
  if (kept !== null && /^[\da-f]{64}$/.test(kept)) return fromHex(kept);
  const seed = crypto.getRandomValues(new Uint8Array(32));
  localStorage.setItem(seedKey, toHex(seed));
  return seed;
}
