/** A price as a person writes it. */
import {parseAmount} from '#protocol/amount.ts';

/** Unlike a sum it may be nothing. @throws NetworkError `bad-amount` */
export const parsePrice = (text: string): bigint => (/^0*([.,]0*)?$/.test(text.trim()) ? 0n : parseAmount(text));

export function isPrice(text: string): boolean {
  try {
    parsePrice(text);
    return true;
  } catch {
    return false;
  }
}
