/** Sums of coins: `bigint` nano-coins in the program, decimal text at its borders. */
import {NetworkError} from './errors.ts';

/** Nano-coins in one coin. */
export const nanoPerCoin = 1_000_000_000n;
const decimals = 9;

/** Largest sum that we handle: what fits a u64 on the wire. All coins that exist are less. */
export const maxAmount = (1n << 64n) - 1n;

/** Nano-coins of a text such as `12`, `0.5` or `0,5`. @throws NetworkError `bad-amount` for anything else, for 0 and for more than nine decimals */
export function parseAmount(text: string): bigint {
  const match = /^(\d{1,12})(?:[.,](\d*))?$/.exec(text.trim());
  if (!match) throw new NetworkError('bad-amount', 'not a number of coins');
  const [, whole = '0', fraction = ''] = match;
  if (fraction.length > decimals) throw new NetworkError('bad-amount', 'more than nine decimals');
  const amount = BigInt(whole) * nanoPerCoin + BigInt(fraction.padEnd(decimals, '0'));
  if (amount === 0n || amount > maxAmount) throw new NetworkError('bad-amount', 'zero, or too much');
  return amount;
}

/** Exact decimal text of nano-coins, with no zeros at its end: `-0.25`. */
export function formatAmount(nano: bigint): string {
  const [sign, size] = nano < 0n ? ['-', -nano] : ['', nano];
  const fraction = (size % nanoPerCoin).toString().padStart(decimals, '0').replace(/0+$/, '');
  return `${sign}${size / nanoPerCoin}${fraction === '' ? '' : `.${fraction}`}`;
}
