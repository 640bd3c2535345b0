/** What anybody may know of the network at this relay: how many computers, at which prices, how long one waits. Nobody's identity, address or job is in it. */
import type {ModelHash} from '#protocol/ids.ts';
import {type CatalogueEntry, hashOfModel} from '#protocol/models.ts';
import {isFree, type Prices} from '#protocol/price.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {Hub} from '#protocol/roles/relay.ts';

/** Between two looks. */
const freshMs = 1000;
/** Waits of so long ago count. */
const recentMs = 10 * 60_000;
/** Waits that are remembered. */
const maxWaits = 1000;
/** Fewer waits tell of single people, so they are not told. */
const minWaits = 5;
/** Jobs are told in steps of so many, for the same reason. */
const askedStep = 5;

interface Wait {
  readonly model: ModelHash;
  readonly at: number;
  readonly ms: number;
}

/** Nano-coins per million tokens, in decimal. */
interface PriceRange {
  readonly lowest: string;
  readonly median: string;
}

export interface ModelStatus {
  readonly id: string;
  readonly hash: ModelHash;
  readonly nodes: number;
  /** Of these, with a slot that no job has. */
  readonly idle: number;
  /** Of these, without a price. */
  readonly free: number;
  /** Of those with a price; null where there is none. */
  readonly prices: {readonly prompt: PriceRange; readonly completion: PriceRange} | null;
  /** Median from asking to being bound; null where too few asked. */
  readonly waitMs: number | null;
  /** Jobs that were bound in the last ten minutes, in steps of five, rounded down. */
  readonly asked: number;
}

export interface NetworkStatus {
  readonly nodes: number;
  readonly idle: number;
  readonly waiting: number;
  readonly running: number;
  readonly waitMs: number | null;
  readonly models: readonly ModelStatus[];
  /** Nodes with models that are not in this relay's catalogue. */
  readonly otherModels: {readonly nodes: number; readonly idle: number};
}

export interface NetworkStatusOptions {
  readonly hub: () => Pick<Hub, 'supply' | 'census'>;
  readonly catalogue: readonly CatalogueEntry[];
  readonly clock: Clock;
}

export class NetworkWatch {
  readonly #options: NetworkStatusOptions;
  readonly #known: readonly (readonly [id: string, hash: ModelHash])[];
  readonly #waits: Wait[] = [];
  #last: {readonly at: number; readonly text: string} | undefined;

  constructor(options: NetworkStatusOptions) {
    this.#options = options;
    this.#known = options.catalogue.map((entry) => [entry.id, hashOfModel(entry)]);
  }

  /** Somebody waited so long for a computer with this model. */
  waited(model: ModelHash, ms: number): void {
    this.#waits.push({model, ms, at: this.#options.clock.now()});
    if (this.#waits.length > maxWaits) this.#waits.shift();
  }

  /** JSON of `NetworkStatus`, at most a second old. */
  text(): string {
    const at = this.#options.clock.now();
    if (!this.#last || at - this.#last.at >= freshMs || at < this.#last.at) this.#last = {at, text: JSON.stringify(this.#look(at))};
    return this.#last.text;
  }

  #look(now: number): NetworkStatus {
    const hub = this.#options.hub();
    const {nodes, waiting, jobs: running} = hub.census();
    const supply = hub.supply();
    const models = new Map(this.#known.map(([, hash]) => [hash, {nodes: 0, idle: 0, prices: [] as Prices[]}]));
    const otherModels = {nodes: 0, idle: 0};
    for (const {models: offered, idle} of supply) {
      const known = offered.filter(({model}) => models.has(model));
      for (const sums of [...known.map(({model}) => models.get(model)), ...(known.length < offered.length ? [otherModels] : [])]) {
        if (!sums) continue;
        sums.nodes += 1;
        sums.idle += idle > 0 ? 1 : 0;
      }
      for (const {model, prices} of known) models.get(model)?.prices.push(prices);
    }
    const recent = this.#waits.filter(({at}) => now - at <= recentMs);
    const statusOf = ([id, hash]: readonly [string, ModelHash]): ModelStatus => {
      const {prices, ...sums} = models.get(hash) ?? {nodes: 0, idle: 0, prices: []};
      const waits = recent.filter(({model}) => model === hash);
      return {id, hash, ...sums, ...pricesOf(prices), waitMs: waitOf(waits), asked: waits.length - (waits.length % askedStep)};
    };
    return {nodes, idle: supply.filter(({idle}) => idle > 0).length, waiting, running, waitMs: waitOf(recent), models: this.#known.map(statusOf), otherModels};
  }
}

function pricesOf(all: readonly Prices[]): Pick<ModelStatus, 'free' | 'prices'> {
  const paid = all.filter((prices) => !isFree(prices));
  const rangeOf = (name: 'prompt' | 'completion'): PriceRange => {
    const sorted = paid.map((prices) => prices[name]).toSorted((left, right) => (left < right ? -1 : Number(left > right)));
    return {lowest: String(sorted[0] ?? 0n), median: String(medianOf(sorted) ?? 0n)};
  };
  return {free: all.length - paid.length, prices: paid.length === 0 ? null : {prompt: rangeOf('prompt'), completion: rangeOf('completion')}};
}

/** The lower one of two in the middle. */
const medianOf = <T>(sorted: readonly T[]): T | undefined => sorted[Math.floor((sorted.length - 1) / 2)];
const waitOf = (waits: readonly Wait[]): number | null => (waits.length < minWaits ? null : (medianOf(waits.map(({ms}) => ms).toSorted((left, right) => left - right)) ?? null));
