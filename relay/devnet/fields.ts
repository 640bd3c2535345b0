/** What requests to the devnet hold, parsed once at its door. */
import {Address, Cell} from '@ton/core';
import * as v from 'valibot';

const parsed = <T>(parse: (text: string) => T, message: string) =>
  v.rawTransform<string, T>(({dataset, addIssue, NEVER}) => {
    try {
      return parse(dataset.value);
    } catch {
      addIssue({message});
      return NEVER;
    }
  });

const maxCellText = 200_000;
/** A bag of cells in base64. */
export const cellField = v.pipe(v.string(), v.maxLength(maxCellText, 'is too long'), parsed((text) => Cell.fromBase64(text), 'is no bag of cells in base64'));
/** An address in raw or friendly form. */
export const addressField = v.pipe(v.string(), v.maxLength(100, 'is no address'), parsed((text) => Address.parse(text), 'is no address'));
/** A whole number of a query or of JSON. */
export const countField = (most: number) => v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.integer('must be a whole number'), v.minValue(0, 'must not be negative'), v.maxValue(most, `must be at most ${most}`));
export const ltField = v.pipe(v.union([v.string(), v.number()]), v.transform((value) => String(value)), v.regex(/^\d{1,20}$/, 'must be a logical time'), v.transform((text) => BigInt(text)));
/** 32 bytes in base64 or hex; gives base64. */
export const hashField = v.pipe(
  v.string(),
  v.maxLength(64, 'is no hash'),
  v.transform((text) => (/^[\da-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text.replaceAll('-', '+').replaceAll('_', '/'), 'base64'))),
  v.check((bytes) => bytes.length === 32, 'is no hash'),
  v.transform((bytes) => bytes.toString('base64')),
);
