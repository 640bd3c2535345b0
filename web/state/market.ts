/** How much a model is in demand, and what other computers ask for it, for whoever shares it. Pure. */
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import type {NodeRecord} from '#protocol/node-record.ts';
import {isFree} from '#protocol/price.ts';
import type {ModelNow} from './network-views.ts';
import type {Readable} from './store.ts';
import type {OwnPrices} from './views.ts';

export type DemandTier = 'none' | 'low' | 'moderate' | 'high';

export interface Demand {
  readonly tier: DemandTier;
  /** Jobs in the last ten minutes, in steps of five. */
  readonly asked: number;
  readonly nodes: number;
  readonly idle: number;
}

/** Nano-coins per million tokens. */
export interface PriceSpan {
  readonly lowest: bigint;
  readonly median: bigint;
  readonly highest: bigint;
}

/** What other computers ask for the models of one family. */
export interface GoingRate {
  /** Computers with a price, and without. */
  readonly paid: number;
  readonly free: number;
  /** Undefined where nobody else asks one. */
  readonly prompt: PriceSpan | undefined;
  readonly completion: PriceSpan | undefined;
}

export interface MarketView {
  /** By family; undefined until the relay has said who is there. */
  readonly rates: Readonly<Record<string, GoingRate>> | undefined;
}

export interface Market {
  readonly view: Readable<MarketView>;
  /** Asks for the directory every few seconds until the function that it gives is called. */
  watch(): () => void;
}

/** Jobs of ten minutes for each computer that offers the model, and a wait, ms, from which more computers would help. */
const moderateFrom = 5;
const highFrom = 30;
const longWaitMs = 3000;

/** @param models all that the relay says of one family; without any it does not know them */
export function demandOf(models: readonly Pick<ModelNow, 'asked' | 'nodes' | 'idle' | 'waitMs'>[]): Demand {
  const sum = (key: 'asked' | 'nodes' | 'idle') => models.reduce((total, model) => total + model[key], 0);
  const [asked, nodes, idle] = [sum('asked'), sum('nodes'), sum('idle')];
  const each = asked / Math.max(1, nodes);
  const waits = models.some(({waitMs = 0}) => waitMs >= longWaitMs);
  const tier = asked === 0 ? 'none' : waits || each >= highFrom ? 'high' : each >= moderateFrom ? 'moderate' : 'low';
  return {tier, asked, nodes, idle};
}

function spanOf(prices: readonly bigint[]): PriceSpan | undefined {
  const sorted = prices.toSorted((left, right) => (left < right ? -1 : Number(left > right)));
  const [lowest, median, highest] = [sorted[0], sorted[Math.floor((sorted.length - 1) / 2)], sorted.at(-1)];
  return lowest === undefined || median === undefined || highest === undefined ? undefined : {lowest, median, highest};
}

/** Which family a model is of; models that nobody knows are of none. */
export type Families = ReadonlyMap<ModelHash, string>;

/** @param own this browser's node, which is not among the others */
export function ratesOf(records: readonly NodeRecord[], {families, own}: {readonly families: Families; readonly own: NodeId}): Readonly<Record<string, GoingRate>> {
  const offers = records.filter(({node}) => node !== own).flatMap(({models}) => models.flatMap(({model, prices}) => {
    const family = families.get(model);
    return family === undefined ? [] : [{family, prices}];
  }));
  const rates = Object.entries(Object.groupBy(offers, ({family}) => family)).map(([family, of = []]): [string, GoingRate] => {
    const paid = of.map(({prices}) => prices).filter((prices) => !isFree(prices));
    return [family, {paid: paid.length, free: of.length - paid.length, prompt: spanOf(paid.map(({prompt}) => prompt)), completion: spanOf(paid.map(({completion}) => completion))}];
  });
  return Object.fromEntries(rates);
}

/** Asking twice the median or more, or anything where all others ask nothing, leaves a computer without jobs. */
export function isFarAbove(mine: OwnPrices, rate: GoingRate): boolean {
  if (rate.paid === 0) return rate.free > 0 && (mine.prompt > 0n || mine.completion > 0n);
  return (['prompt', 'completion'] as const).some((name) => mine[name] > 0n && mine[name] >= 2n * (rate[name]?.median ?? mine[name]));
}
