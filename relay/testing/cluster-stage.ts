/** Several relays of one cluster in one process, with one manual clock: each with its hub, its place on a bus, and an address. */
import {setImmediate} from 'node:timers/promises';
import {NetworkError} from '#protocol/errors.ts';
import {Client} from '#protocol/roles/client.ts';
import {Bans} from '#protocol/roles/relay-bans.ts';
import type {HubOptions} from '#protocol/roles/relay-options.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {TestNetwork} from '#protocol/testing/network.ts';
import type {Bus} from '../cluster/bus.ts';
import {Cluster} from '../cluster/cluster.ts';
import {silentLog} from '../log.ts';
import {memoryBuses, type MemoryBuses} from './memory-bus.ts';

export interface ClusterRelay {
  readonly url: string;
  readonly network: TestNetwork;
  readonly cluster: Cluster;
  readonly bus: Bus;
}

export interface ClusterStage {
  readonly clock: ManualClock;
  readonly buses: MemoryBuses;
  readonly relays: readonly ClusterRelay[];
  /** A client whose own relay is the first, or the one given; it may be sent to any of `known`, and reaches any but `shut`. */
  client(home?: number, may?: {readonly known?: readonly string[]; readonly shut?: string}): Client;
  /** Lets beats and lists go round. */
  meet(): Promise<void>;
}

const urls = ['https://a.example', 'https://b.example', 'https://c.example'] as const;

export function clusterStage({count = 2, options = {}}: {count?: number; options?: Partial<HubOptions>} = {}): ClusterStage {
  const clock = new ManualClock(() => setImmediate());
  const buses = memoryBuses();
  const relays = urls.slice(0, count).map((url): ClusterRelay => {
    const bus = buses.join();
    const bans = new Bans();
    const cluster = new Cluster({bus, clock, url, relays: urls.filter((other) => other !== url), log: silentLog, bans});
    const network = new TestNetwork(clock, {...options, name: url, neighbours: cluster, onNode: cluster.onNode, bans, onBan: cluster.onBan});
    cluster.join(network.hub);
    return {url, network, cluster, bus};
  });
  for (const {network} of relays) network.sweepEachSecond();
  const connect = async (url: string) => relays.find((relay) => relay.url === url)?.network.connect() ?? Promise.reject(new Error(`no relay ${url}`));
  return {
    clock,
    buses,
    relays,
    client: (home = 0, {known = urls, shut} = {}) =>
      new Client({clock, connect: (relay = urls[home] ?? '') => (relay === shut ? Promise.reject(new NetworkError('offline', 'shut')) : connect(relay)), relays: async () => known, random: Math.random}),
    meet: () => clock.advance(2000),
  };
}
