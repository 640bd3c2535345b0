/** Puts the operator's face together, where the settings name a file for the operator's key. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as v from 'valibot';
import {type CatalogueEntry, hashOfModel} from '#protocol/models.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {Bans} from '#protocol/roles/relay-bans.ts';
import type {HubCount} from '#protocol/roles/relay-watch.ts';
import type {Hub} from '#protocol/roles/relay.ts';
import type {Cluster} from '../cluster/cluster.ts';
import type {Config} from '../config.ts';
import type {Log} from '../log.ts';
import type {Money} from '../money/money.ts';
import {OperatorActions} from './operator-actions.ts';
import {OperatorDesk} from './operator-desk.ts';
import {OperatorDoor} from './operator-key.ts';
import {OperatorMoney} from './operator-money.ts';
import {Recent} from './recent.ts';

export interface OperatorHost {
  /** From its file; undefined where no key is asked for. */
  readonly key: string | undefined;
  readonly config: Config;
  readonly catalogue: readonly CatalogueEntry[];
  readonly bans: Bans;
  readonly clock: Clock;
  readonly log: Log;
  readonly money: Money | undefined;
  readonly cluster: Cluster | undefined;
  readonly opened: Readonly<Record<'websocket' | 'webrtc', number>>;
}

export interface Operator {
  /** For the hub. */
  readonly onCount: (count: HubCount) => void;
  readonly onTurnIssued: () => void;
  /** Opens for this hub. */
  serve(hub: Hub): OperatorDesk;
}

/** Undefined where no key is asked for. */
export function openOperator({key, config, catalogue, money, ...host}: OperatorHost): Operator | undefined {
  if (key === undefined) return undefined;
  const {clock} = host;
  const door = new OperatorDoor(key, clock);
  const recent = new Recent(clock);
  const about = {name: config.name, version: ownVersion(), startedAt: clock.now(), webrtc: config.webrtc, hasTurn: config.turn !== undefined, trustProxy: config.trustProxy};
  const books = money && config.money ? new OperatorMoney(money, config.money.name) : undefined;
  const ids = new Map(catalogue.map((entry) => [hashOfModel(entry), entry.id]));
  let turnIssued = 0;
  return {
    onCount: recent.note,
    onTurnIssued: () => {
      turnIssued += 1;
    },
    serve: (hub) => new OperatorDesk({...host, ...about, hub, door, recent, ids, money: books, turnIssued: () => turnIssued, actions: new OperatorActions({...host, hub})}),
  };
}

const ownVersion = (): string => v.parse(v.pipe(v.string(), v.parseJson(), v.object({version: v.string()})), readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')).version;
