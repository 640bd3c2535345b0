/** Prices per class of token and the one place that rounds, in the payer's favour. */
import {struct, u32, u64, type Infer} from './wire.ts';

/** Nano-coins per million tokens, by class. */
export const pricesField = struct({prompt: u64, cached: u64, completion: u64, reasoning: u64});
export type Prices = Infer<typeof pricesField>;

/** Tokens of one job, by class. */
export const countsField = struct({prompt: u32, cached: u32, completion: u32, reasoning: u32});
export type Counts = Infer<typeof countsField>;

export const freeOfCharge: Prices = {prompt: 0n, cached: 0n, completion: 0n, reasoning: 0n};

/** The classes of tokens, each with a count and a price of its own. */
export const classes = ['prompt', 'cached', 'completion', 'reasoning'] as const;

/** What `counts` cost at `prices`, nano-coins, rounded down. */
export function priceOf(counts: Counts, prices: Prices): bigint {
  const millionths = classes.reduce((sum, name) => sum + BigInt(counts[name]) * prices[name], 0n);
  return millionths / 1_000_000n;
}

/** Whether nothing is asked for any class of tokens. */
export const isFree = (prices: Prices): boolean => classes.every((name) => prices[name] === 0n);
