/** Asks our relay what anybody may know of its network, for as long as somebody looks at it. */
import * as v from 'valibot';
import type {CatalogueEntry} from '#protocol/models.ts';
import type {Network, NetworkNow, NetworkView} from '../state/network-views.ts';
import {store} from '../state/store.ts';
import {lookWhileVisible} from './look-while-visible.ts';

const everyMs = 4000;

const count = v.pipe(v.number(), v.minValue(0));
const wait = v.nullable(count);
const nano = v.pipe(v.string(), v.regex(/^\d{1,20}$/), v.transform((digits) => BigInt(digits)));
const range = v.object({lowest: nano, median: nano});
const status = v.object({
  nodes: count,
  idle: count,
  waiting: count,
  running: count,
  waitMs: wait,
  models: v.array(v.object({id: v.string(), nodes: count, idle: count, free: count, prices: v.nullable(v.object({completion: range})), waitMs: wait, asked: v.optional(count, 0)})),
  otherModels: v.object({nodes: count}),
});

export function createNetworkStatus(catalogue: readonly CatalogueEntry[]): Network {
  const view = store<NetworkView>({now: undefined, failed: false});
  const look = async () => {
    try {
      view.patch({now: nowOf(v.parse(status, await (await fetch('/api/network')).json()), catalogue), failed: false});
    } catch {
      view.patch({failed: true});
    }
  };
  return {
    view,
    watch: () => lookWhileVisible(look, everyMs),
  };
}

function nowOf({models, otherModels, waitMs, ...sums}: v.InferOutput<typeof status>, catalogue: readonly CatalogueEntry[]): NetworkNow {
  return {
    ...sums,
    waitMs: waitMs ?? undefined,
    others: otherModels.nodes,
    models: models.map(({id, nodes, idle, free, prices, waitMs: own, asked}) => ({
      id,
      label: catalogue.find((entry) => entry.id === id)?.label ?? id,
      nodes,
      idle,
      free,
      price: prices?.completion,
      waitMs: own ?? undefined,
      asked,
    })),
  };
}
