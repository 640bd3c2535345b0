/** What the operator is shown, in numbers: the relay, its computers, demand and supply by model, outcomes, money, cluster. No prompt, answer or address is in it. */
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import type {NodeSeen} from '#protocol/roles/relay-oversight.ts';
import type {Hub} from '#protocol/roles/relay.ts';
import {spokenVersion} from '#protocol/version.ts';
import type {Cluster} from '../cluster/cluster.ts';
import type {OperatorMoney} from './operator-money.ts';
import type {Recent, Spread} from './recent.ts';

/** Models that are told: strangers can offer any number. */
const mostModels = 100;
const mostCodes = 10;
export const nodesPerPage = 50;

export interface OverviewOptions {
  readonly name: string;
  readonly version: string;
  /** ms since 1970 */
  readonly startedAt: number;
  readonly hub: Hub;
  readonly recent: Recent;
  /** Ids of the catalogue's models. */
  readonly ids: ReadonlyMap<ModelHash, string>;
  /** Undefined where this relay keeps no books. */
  readonly money: OperatorMoney | undefined;
  readonly cluster: Cluster | undefined;
  /** Links by kind since the start. */
  readonly opened: Readonly<Record<'websocket' | 'webrtc', number>>;
  readonly webrtc: boolean;
  readonly hasTurn: boolean;
  /** Credentials for the TURN server that were given out. */
  turnIssued(): number;
}

interface ModelDemand {
  readonly hash: ModelHash;
  /** Null for a model that is not in this relay's catalogue. */
  readonly id: string | null;
  readonly nodes: number;
  readonly idle: number;
  readonly waiting: number;
  readonly wait: Spread;
}

const nothing: Spread = {count: 0, p50: null, p95: null};
const isIdle = ({open, taken}: NodeSeen): boolean => open > taken;

export async function overviewOf(options: OverviewOptions, now: number): Promise<object> {
  const {hub, recent, cluster, money} = options;
  const nodes = hub.oversight.nodes();
  const {jobs: running, waiting, clients} = hub.census();
  const {failures, refusals, ...jobs} = recent.read();
  return {
    relay: {name: options.name, version: options.version, protocol: spokenVersion, startedAt: options.startedAt, now, paused: hub.oversight.isPaused, memoryBytes: process.memoryUsage.rss()},
    links: hub.links(),
    opened: options.opened,
    webrtc: options.webrtc,
    turn: options.hasTurn ? {issued: options.turnIssued()} : null,
    nodes: countsOf(nodes),
    jobs: {running, waiting, clients},
    recent: {...jobs, failures: failures.slice(0, mostCodes), refusals: refusals.slice(0, mostCodes)},
    models: modelsOf(options, nodes),
    money: (await money?.read(now)) ?? null,
    cluster: cluster ? {up: cluster.isUp, peers: cluster.peers} : null,
  };
}

function countsOf(nodes: readonly NodeSeen[]) {
  const count = (is: (node: NodeSeen) => boolean): number => nodes.filter(is).length;
  return {
    here: nodes.length,
    hidden: count(({hidden}) => hidden),
    idle: count(isIdle),
    busy: count(({taken}) => taken > 0),
    closed: count(({open, taken}) => open === 0 && taken === 0),
    paused: count(({standing}) => standing === 'broken'),
  };
}

function modelsOf({hub, recent, ids}: OverviewOptions, nodes: readonly NodeSeen[]): ModelDemand[] {
  const [queue, waits] = [hub.oversight.queue(), recent.waits()];
  const offers = Map.groupBy(nodes.flatMap((node) => node.models.map(({model}) => ({model, idle: isIdle(node)}))), ({model}) => model);
  const hashes = [...new Set([...offers.keys(), ...queue.keys(), ...waits.keys()])];
  const all = hashes.map((hash) => {
    const offered = offers.get(hash) ?? [];
    return {hash, id: ids.get(hash) ?? null, nodes: offered.length, idle: offered.filter(({idle}) => idle).length, waiting: queue.get(hash) ?? 0, wait: waits.get(hash) ?? nothing};
  });
  return all.filter(({nodes: here, waiting, wait}) => here + waiting + wait.count > 0).toSorted((left, right) => right.waiting - left.waiting || right.nodes - left.nodes).slice(0, mostModels);
}

/** One page of the nodes whose key, engine or model has `find` in it, those that came first first. */
export function nodePage({hub, ids}: Pick<OverviewOptions, 'hub' | 'ids'>, {find, page, isBanned}: {find: string; page: number; isBanned(node: NodeId): boolean}): object {
  const wanted = find.toLowerCase();
  const all = hub.oversight.nodes().map(({models, ...node}) => ({...node, models: models.map(({model, name}) => ({hash: model, id: ids.get(model) ?? null, name})), banned: isBanned(node.id)}));
  const fits = ({id, engine, models}: (typeof all)[number]): boolean => [id, engine, ...models.flatMap((model) => [model.id ?? '', model.name])].some((text) => text.toLowerCase().includes(wanted));
  const found = all.filter(fits).toSorted((left, right) => left.since - right.since || (left.id < right.id ? -1 : 1));
  return {total: all.length, found: found.length, page, perPage: nodesPerPage, nodes: found.slice(page * nodesPerPage, (page + 1) * nodesPerPage)};
}
