/** The one-time secret of a pairing: how it is written for a person and into a link, and the keys that come of it. */
import {expand, extract} from '@noble/hashes/hkdf.js';
import {sha256} from '@noble/hashes/sha2.js';
import {type Bytes, concat, fromHex, own, randomBytes, utf8} from './bytes.ts';
import {NetworkError} from './errors.ts';
import type {PairingKeys} from './pairing.ts';
import {hash} from './statement.ts';

/** 15 symbols of 5 bits: nobody guesses 75 bits in the minutes for which it is good. */
export type PairingSecret = string & {readonly __brand: 'PairingSecret'};

/** Crockford's base 32: no letter that reads as a digit or as another letter. */
const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const secretSymbols = 15;
/** Bytes of the hash over the host's keys in a link. */
const printBytes = 16;

/** A fresh secret. */
export const freshPairingSecret = (): PairingSecret => [...randomBytes(secretSymbols)].map((byte) => symbols[byte & 31]).join('') as PairingSecret;

/** One more symbol, of a hash over the others: 31 of 32 slips of the hand are seen before anything is sent. */
const checkSymbol = (secret: string): string => symbols[(hash(utf8(`bombyx/pair/check/v1 ${secret}`))[0] ?? 0) & 31] ?? '';

/** `ABCD-EFGH-JKMN-PQRS` */
export const writePairingSecret = (secret: PairingSecret): string => (secret + checkSymbol(secret)).replace(/.{4}(?=.)/g, '$&-');

/** What a person typed; case, spaces and dashes do not matter, and letters that read as digits are those. @throws NetworkError `bad-message` */
export function readPairingSecret(typed: string): PairingSecret {
  const plain = typed.slice(0, 64).toUpperCase().replace(/[\s\p{Dash}]/gu, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  const secret = plain.slice(0, secretSymbols);
  const isWhole = plain.length === secretSymbols + 1 && [...plain].every((symbol) => symbols.includes(symbol));
  if (!isWhole || plain.slice(secretSymbols) !== checkSymbol(secret)) throw new NetworkError('bad-message', 'not a code for pairing');
  return secret as PairingSecret;
}

/** What an invitation says. */
export interface Invitation {
  readonly secret: PairingSecret;
  /** Of the host's keys; undefined where only the code was typed. */
  readonly print: string | undefined;
}

/** What ties a link to the keys of the device that shows it. */
export const printOf = ({node, device}: PairingKeys): string =>
  btoa(String.fromCharCode(...hash(utf8('bombyx/pair/print/v1'), fromHex(node), fromHex(device)).subarray(0, printBytes)))
    .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** The fragment of a link, without its `#`. No server is ever sent it. */
export const writeInvitation = (secret: PairingSecret, host: PairingKeys): string => `${writePairingSecret(secret)}.${printOf(host)}`;

/** An invitation from a fragment, a whole link, or a code that was typed. @throws NetworkError `bad-message` */
export function readInvitation(given: string): Invitation {
  const text = given.trim().slice(0, 512);
  const [code = '', print, ...more] = text.slice(text.indexOf('#') + 1).split('.');
  if (more.length > 0 || (print !== undefined && !/^[\w-]{22}$/.test(print))) throw new NetworkError('bad-message', 'not a link for pairing');
  return {secret: readPairingSecret(code), print};
}

/** What comes of a secret: where the two meet at a relay, and a key for each direction. */
export interface PairingRoom {
  /** 16 bytes; says nothing about the secret. */
  readonly room: Bytes;
  readonly hostKey: Bytes;
  readonly guestKey: Bytes;
}

/** The room and keys of a secret. */
export function pairingRoom(secret: PairingSecret): PairingRoom {
  const prk = extract(sha256, utf8(secret), utf8('bombyx/pair/v1'));
  const key = (name: string, length: number) => own(expand(sha256, prk, utf8(name), length));
  return {room: key('room', 16), hostKey: key('host', 32), guestKey: key('guest', 32)};
}

/** Six digits that both screens show: of the secret and all that both sides said of themselves. */
export function comparisonOf(secret: PairingSecret, said: {readonly host: Uint8Array; readonly guest: Uint8Array}): string {
  const digest = hash(concat(utf8('bombyx/pair/compare/v1'), Uint8Array.of(0), utf8(secret), hash(said.host), hash(said.guest)));
  const number = digest.subarray(0, 6).reduce((sum, byte) => sum * 256 + byte, 0) % 1_000_000;
  return String(number).padStart(6, '0');
}
