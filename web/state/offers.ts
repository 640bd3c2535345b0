/** What the network offers now, as choices for a person. Pure. */
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import {requestBuckets} from '#protocol/limits.ts';
import {type CatalogueEntry, hashOfModel, tasksOf} from '#protocol/models.ts';
import type {NodeRecord} from '#protocol/node-record.ts';
import {isFree, priceOf} from '#protocol/price.ts';
import {familyOf} from './choices.ts';
import type {ModelChoice} from './views.ts';

export interface Chooser {
  readonly catalogue: readonly CatalogueEntry[];
  /** Nodes of paired devices. */
  readonly mine: ReadonlySet<NodeId>;
  /** Whether this person has something to pay with. */
  readonly canPay: boolean;
}

/** One choice per model that any node offers; real models first, then by number of computers. */
export function modelChoices(records: readonly NodeRecord[], {catalogue, mine, canPay}: Chooser): readonly ModelChoice[] {
  const known = new Map(catalogue.map((entry) => [hashOfModel(entry), entry]));
  const choices = new Map<ModelHash, ModelChoice>();
  for (const record of records) {
    for (const {model, name, prices, speeds} of record.models) {
      const entry = known.get(model);
      const before = choices.get(model);
      const free = isFree(prices);
      const payable = free || canPay;
      choices.set(model, {
        hash: model,
        label: entry?.label ?? `${name} (not in this app's catalogue)`,
        demo: entry?.demo ?? false,
        tasks: tasksOf(entry ?? {}),
        nodes: (before?.nodes ?? 0) + (payable ? 1 : 0),
        mine: (before?.mine ?? 0) + (mine.has(record.node) ? 1 : 0),
        unpayable: (before?.unpayable ?? 0) + (payable ? 0 : 1),
        prices: [...(before?.prices ?? []), ...(payable && !free ? [prices] : [])],
        ...(entry ? {known: {id: entry.id, family: familyOf(entry), downloadBytes: entry.downloadBytes, contextTokens: entry.contextTokens, licence: entry.licence}} : {}),
        claimed: Math.max(before?.claimed ?? 0, payable ? (speeds.find(({jobs}) => jobs === 1)?.decode ?? 0) / 10 : 0),
      });
    }
  }
  return [...choices.values()].toSorted((left, right) => Number(left.demo) - Number(right.demo) || right.nodes - left.nodes);
}

/** Bytes that a job has beside its parts, and each part beside its own, with room. */
const framing = {job: 128, part: 16};

/**
 * The most that an answer can cost at the prices that are asked now, nano-coins, for what is asked, in its parts; never more than `cap`. A job of
 * this size gets no dearer offer from a computer that keeps to its published price.
 */
export function quoteOf({prices}: Pick<ModelChoice, 'prices'>, {parts, maxTokens, cap}: {parts: readonly (string | Uint8Array)[]; maxTokens: number; cap: bigint}): bigint {
  const bytes = parts.reduce((sum, part) => sum + (typeof part === 'string' ? new TextEncoder().encode(part) : part).length + framing.part, framing.job);
  const bucket = requestBuckets.find((size) => size >= bytes) ?? requestBuckets.at(-1) ?? 0;
  const ceilings = prices.map((asked) => priceOf({prompt: bucket, cached: 0, completion: maxTokens, reasoning: 0}, asked)).filter((ceiling) => ceiling <= cap);
  return ceilings.reduce((most, ceiling) => (ceiling > most ? ceiling : most), 0n);
}
