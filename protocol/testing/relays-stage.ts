/** Several relays of different operators in one process, over memory links and one manual clock. */
import {NetworkError} from '../errors.ts';
import {createSecret, identityOf} from '../identity.ts';
import type {RelayId} from '../ids.ts';
import {Client, type ClientOptions} from '../roles/client.ts';
import {relaySelf} from '../roles/relay-self.ts';
import type {HubOptions} from '../roles/relay-options.ts';
import type {Transport} from '../roles/ports.ts';
import type {ManualClock} from './manual-clock.ts';
import {memoryLink, type Tamper} from './memory-link.ts';
import {TestNetwork} from './network.ts';

/** One operator's relay. */
export interface TestRelay {
  /** '' for the one that the client comes from. */
  readonly address: string;
  readonly network: TestNetwork;
  /** Its links end, and it can't be reached. */
  stop(): void;
  /** It can be reached again; it knows nothing of before. */
  start(): void;
  /** Links stay open, and nothing is answered any more. */
  fallSilent(): void;
  /** Links that were asked for. */
  readonly dials: number;
  /** Rejects with `offline` while it is stopped. */
  connect(): Promise<Transport>;
}

const relayFacts = (address: string) => ({name: `relay ${address}`, address, contact: '', feePermille: 0, freeAnswers: 0, linksPerAddress: 64, jobsPerLink: 16, waitSeconds: 60});

export async function openRelay(clock: ManualClock, {address, tamper = (frame) => [frame], ...options}: {address: string; tamper?: Tamper} & Partial<HubOptions>): Promise<TestRelay> {
  const identity = await identityOf<RelayId>(await createSecret());
  const network = new TestNetwork(clock, {showSelf: relaySelf({identity, clock, facts: relayFacts(address)}), ...options});
  void sweep(network);
  let is: 'open' | 'stopped' | 'silent' = 'open';
  let dials = 0;
  return {
    address,
    network,
    get dials() {
      return dials;
    },
    stop: () => {
      is = 'stopped';
      network.restart();
    },
    start: () => {
      is = 'open';
    },
    fallSilent: () => {
      is = 'silent';
    },
    connect: async () => {
      dials += 1;
      if (is === 'stopped') throw new NetworkError('offline', 'stopped');
      if (is === 'silent') return memoryLink()[1];
      return network.connect((frame) => (is === 'silent' ? [] : tamper(frame)));
    },
  };
}

/** As a relay's host does: it would take itself for asleep. */
async function sweep(network: TestNetwork): Promise<never> {
  for (;;) {
    await network.clock.sleep(1000);
    network.hub.sweep();
  }
}

/** A client that comes from the first relay and chose the others. */
export function clientOf(clock: ManualClock, {relays, ...options}: {relays: readonly TestRelay[]} & Omit<Partial<ClientOptions>, 'relays'>): Client {
  const connect = async (address = '') => {
    const relay = relays.find((each) => each.address === address);
    if (!relay) throw new NetworkError('offline', `nobody at ${address}`);
    return relay.connect();
  };
  return new Client({clock, connect, chosen: () => relays.slice(1).map(({address}) => address), random: Math.random, ...options});
}
