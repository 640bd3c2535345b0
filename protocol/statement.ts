/** Bytes that get signed: a label that names the kind and version, a zero byte, then the fields. No two kinds can be confused. */
import {sha256} from '@noble/hashes/sha2.js';
import {type Bytes, concat, equal, own, utf8} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {decode, encode, type Wire} from './wire.ts';

/** What a kind of statement looks like. */
export interface StatementKind<T> {
  /** Such as `bombyx/offer/v1`. */
  readonly label: string;
  readonly fields: Wire<T>;
}

/** The bytes to sign. */
export const writeStatement = <T>(kind: StatementKind<T>, value: T): Bytes => concat(utf8(kind.label), Uint8Array.of(0), encode(kind.fields, value));

/** The fields of signed bytes; the signature is checked elsewhere. @throws NetworkError `bad-message` */
export function readStatement<T>(kind: StatementKind<T>, statement: Uint8Array): T {
  const prefix = concat(utf8(kind.label), Uint8Array.of(0));
  if (!equal(statement.subarray(0, prefix.length), prefix)) throw new NetworkError('bad-message', `not ${kind.label}`);
  return decode(kind.fields, statement.subarray(prefix.length));
}

/** SHA-256 of all parts in order. */
export const hash = (...parts: readonly Uint8Array[]): Bytes => own(sha256(concat(...parts)));
