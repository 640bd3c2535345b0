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
/** `https://relay.example.org`, as browsers write an origin; no pattern that stands for many. */
function originIn(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && (url.protocol === 'https:' || url.protocol === 'http:') && url.pathname === '/' && url.search === '' && url.username === '' && !url.hostname.includes('*') ? url.origin : undefined;
}
const isOrigin = (text: string): boolean => originIn(text) !== undefined;
const mostRelays = 32;

export const origin = v.pipe(v.optional(v.string(), ''), v.check((text) => text === '' || isOrigin(text), 'must be like https://relay.example.org'), v.transform((text) => originIn(text)));
export const origins = v.pipe(
  v.optional(v.string(), ''),
  v.transform((text) => text.split(',').map((each) => each.trim()).filter((each) => each !== '')),
  v.check((list) => list.length <= mostRelays && list.every(isOrigin), `must be at most ${mostRelays} addresses like https://relay.example.org, with commas between`),
  v.transform((list) => [...new Set(list.flatMap((text) => originIn(text) ?? []))]),
);
/** What links and records can carry, and every screen shows as it is. */
export const relayName = v.pipe(
  v.optional(v.string(), 'bombyx relay'),
  v.check((text) => text.length <= 32 && Buffer.byteLength(text) <= 64 && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text), 'must be at most 32 characters and 64 bytes, in one line and without format characters'),
);
/** How people reach the operator: a mail address, or the address of a page. */
export const contact = v.pipe(
  v.optional(v.string(), ''),
  v.check((text) => text === '' || (text.length <= 128 && (/^[\w.+-]+@[\w.-]+$/.test(text) || /^https?:\/\/[!-~]+$/.test(text))), 'must be a mail address, or an address like https://example.org/help, of at most 128 characters'),
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
