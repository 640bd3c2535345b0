/** What this computer asks for its answers: a usual price, and one of its own for a model that has one. Pure. */
import {maxAmount} from '#protocol/amount.ts';
import {freeOfCharge, type Prices} from '#protocol/price.ts';
import type {Asking, OwnPrices} from './views.ts';

/** 0.05 and 0.2 coins for a million tokens. */
export const usualAsking: Asking = {paid: false, prompt: 50_000_000n, completion: 200_000_000n, own: {}};

/** What is asked for a model; undefined where answers are free. */
export function pricesOf({paid, own, ...usual}: Asking, family: string): Prices | undefined {
  const {prompt, completion} = own[family] ?? usual;
  return paid ? {...freeOfCharge, prompt, completion} : undefined;
}

const isPrice = (value: unknown): value is bigint => typeof value === 'bigint' && value >= 0n && value <= maxAmount;

function readPrices(kept: unknown): OwnPrices | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const {prompt, completion} = kept as Record<string, unknown>;
  return isPrice(prompt) && isPrice(completion) ? {prompt, completion} : undefined;
}

/** What was kept of a person's choice; what can't be read is as usual. */
export function readAsking(kept: unknown): Asking {
  if (typeof kept !== 'object' || kept === null) return usualAsking;
  const {paid, own} = kept as Record<string, unknown>;
  const known = Object.entries(typeof own === 'object' && own !== null ? own : {}).flatMap(([family, prices]) => {
    const read = readPrices(prices);
    return read ? [[family, read] as const] : [];
  });
  return {...usualAsking, ...readPrices(kept), paid: paid === true, own: Object.fromEntries(known)};
}
