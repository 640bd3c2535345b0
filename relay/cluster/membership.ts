/** A relay's place in its cluster, put together: the bus, the other relays, and the books, here or elsewhere. */
import type {Clock} from '#protocol/roles/ports.ts';
import type {Bans} from '#protocol/roles/relay-bans.ts';
import type {Hub} from '#protocol/roles/relay.ts';
import type {HubOptions} from '#protocol/roles/relay-options.ts';
import type {ClusterConfig} from '../config-cluster.ts';
import type {Log} from '../log.ts';
import {readToken} from '../metrics-access.ts';
import {BankDesk, type BankDeskOptions} from './bank-desk.ts';
import {Cluster} from './cluster.ts';
import {FarBank} from './far-bank.ts';
import {natsBus} from './nats-bus.ts';

export interface Membership {
  readonly cluster: Cluster;
  /** Set where the books are at another relay. */
  readonly farBank: FarBank | undefined;
  /** What the hub needs of it. */
  readonly hubOptions: Pick<HubOptions, 'neighbours' | 'onNode' | 'cashier'>;
  /** Begins to speak for the hub; with books of its own for those too. */
  join(hub: Hub, books: Pick<BankDeskOptions, 'network' | 'endpoint' | 'settle'> | undefined): void;
  /** The host calls it about once a second. */
  sweep(): void;
  close(): Promise<void>;
}

/** Waits for the books where they are elsewhere. Rejects with the signal's reason. */
export async function joinCluster(config: ClusterConfig, {clock, log, bans, signal}: {clock: Clock; log: Log; bans: Bans; signal: AbortSignal | undefined}): Promise<Membership> {
  const {servers, tokenFile, name, url, relays} = config;
  const token = tokenFile === undefined ? undefined : readToken(tokenFile);
  const bus = natsBus({servers, token, cluster: name, log});
  const cluster = new Cluster({bus, clock, url, relays, log, bans});
  let desk: BankDesk | undefined;
  let farBank: FarBank | undefined;
  try {
    farBank = config.booksElsewhere ? await FarBank.open({bus, clock, log}, signal) : undefined;
  } catch (error) {
    await bus.close();
    throw error;
  }
  return {
    cluster,
    farBank,
    hubOptions: {neighbours: cluster, onNode: cluster.onNode, ...(farBank ? {cashier: farBank} : {})},
    join: (hub, books) => {
      cluster.join(hub);
      if (books && hub.cashier) desk = new BankDesk({...books, bus, clock, cashier: hub.cashier});
    },
    sweep: () => desk?.sweep(),
    close: async () => {
      farBank?.close();
      await cluster.close();
    },
  };
}
