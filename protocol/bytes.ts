/** Bytes and text: hex, UTF-8, concatenation, comparison. */
import {NetworkError} from './errors.ts';

/** Bytes with a buffer of their own, as Web Crypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>;

const digits = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
/** Bytes that are written at once; ids are shorter. */
const hexChunk = 512;
const encoder = new TextEncoder();

/** Lower-case hex of all bytes. */
export function toHex(bytes: Uint8Array): string {
  if (bytes.length <= hexChunk) return chunkToHex(bytes);
  let text = '';
  for (let start = 0; start < bytes.length; start += hexChunk) text += chunkToHex(bytes.subarray(start, start + hexChunk));
  return text;
}

/** In one piece: a text that is joined digit by digit stays a tree of its parts in memory, 16 times its size, and a relay keeps two for each node. */
function chunkToHex(bytes: Uint8Array): string {
  const codes: number[] = [];
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    codes[index * 2] = digits[byte >> 4] ?? 0;
    codes[index * 2 + 1] = digits[byte & 15] ?? 0;
  }
  return String.fromCharCode(...codes);
}

/** Bytes of lower- or upper-case hex. @throws NetworkError `bad-message` */
export function fromHex(text: string): Bytes {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) throw new NetworkError('bad-message', 'not hex');
  return Uint8Array.from({length: text.length / 2}, (_, index) => Number.parseInt(text.slice(index * 2, index * 2 + 2), 16));
}

/** UTF-8 bytes of a text. */
export const utf8 = (text: string): Bytes => encoder.encode(text);

/** Text of UTF-8 bytes. @throws NetworkError `bad-message` when they are not UTF-8 */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch (error) {
    throw new NetworkError('bad-message', 'not UTF-8', {cause: error});
  }
}

/** One new array with all parts in order. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Whether both hold the same bytes; the time does not depend on where they differ. */
export function equal(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index += 1) difference |= (left[index] ?? 0) ^ (right[index] ?? 0);
  return difference === 0;
}

/** A copy with a buffer of its own; for bytes that are views of something larger. */
export const own = (bytes: Uint8Array): Bytes => Uint8Array.from(bytes);

/** Fresh random bytes from the host's secure source. */
export const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));
