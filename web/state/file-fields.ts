/** Reads fields of what stands in a file that somebody made elsewhere: each within bounds, or the record is broken. */
import {toHex, utf8} from '#protocol/bytes.ts';
import {hash} from '#protocol/statement.ts';

/** A record in a file is not what it should be; the others may be. */
export class BrokenRecord extends Error {}

/** How much a file may hold. */
export const fileLimits = {
  bytes: 100_000_000,
  conversations: 20_000,
  turns: 5000,
  /** Characters of one message. */
  text: 1_000_000,
  /** Bytes of one picture: as much as a job takes. */
  image: 200 * 1024,
  title: 200,
  id: 128,
} as const;

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

export function fieldsOf(value: unknown): Fields {
  if (!isFields(value)) throw new BrokenRecord('no record');
  return value;
}

export function textOf(value: unknown, most: number): string {
  if (typeof value !== 'string' || value.length > most) throw new BrokenRecord('no text, or too long');
  return value;
}

export function countOf(value: unknown, most: number = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= most)) throw new BrokenRecord('no number, or out of bounds');
  return value;
}

export function listOf(value: unknown, most: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new BrokenRecord('no list, or too long');
  return value;
}

export function oneOf<const Word extends string>(value: unknown, words: readonly Word[]): Word {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new BrokenRecord('no word that is known');
  return found;
}

/** A field that may be missing. */
export const orNone = <T>(value: unknown, read: (value: unknown) => T): T | undefined => (value === undefined || value === null ? undefined : read(value));

/** How each field of `T` is read; a field that nobody reads is a type error, and so is a word that nobody knows. */
export type Readers<T> = {readonly [Field in keyof T]-?: (value: unknown) => T[Field] | undefined};

/** A record of fields that are all read; those that may be missing are left out. */
export function recordOf<T>(fields: Fields, readers: Readers<T>): T {
  const read = Object.entries<(value: unknown) => unknown>(readers).map(([field, reader]) => [field, reader(fields[field])] as const);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as T;
}

/** Reads one of the words that a type has. */
export const wordOf = <Word extends string>(words: Readonly<Record<Word, true>>) => (value: unknown): Word => oneOf(value, Object.keys(words) as Word[]);

/** A moment in ms of what counts seconds, as most exports do, or ms. */
export function momentOf(value: unknown): number | undefined {
  const moment = typeof value === 'string' ? Number(value) : value;
  if (typeof moment !== 'number' || !Number.isFinite(moment) || moment <= 0) return undefined;
  const milliseconds = Math.round(moment < 1e11 ? moment * 1000 : moment);
  return milliseconds < 1e14 ? milliseconds : undefined;
}

/** The id that a conversation of another app has here: the same at each import, and fit for an address. */
export const idHere = (app: string, id: string): string => `${app}-${/^[\w-]{1,48}$/.test(id) ? id : toHex(hash(utf8(id))).slice(0, 32)}`;
