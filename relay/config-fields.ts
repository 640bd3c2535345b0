/** Kinds of settings. */
import * as v from 'valibot';
import {parseAmount} from '#protocol/amount.ts';

export const onOff = (fallback: 'on' | 'off') => v.pipe(v.optional(v.picklist(['on', 'off'], 'must be on or off'), fallback), v.transform((value) => value === 'on'));
export const integer = ({fallback, min, max}: {fallback: number; min: number; max: number}) =>
  v.pipe(
    v.optional(v.string(), String(fallback)),
    v.regex(/^\d+$/, 'must be a whole number'),
    v.transform(Number),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  );
/** A sum in coins such as 0.02; nano-coins in the program. */
export const coins = (fallback: string) =>
  v.pipe(
    v.optional(v.string(), fallback),
    v.rawTransform(({dataset, addIssue, NEVER}) => {
      try {
        return parseAmount(dataset.value);
      } catch {
        addIssue({message: 'must be a sum of coins above zero, with at most nine decimals'});
        return NEVER;
      }
    }),
  );
