/**
 * Proof of work for an answer that nobody pays for: a number that makes a hash begin with so many zero bits. It takes 2^bits tries to find and one to check, and is
 * worth nothing for another job, on another link or at another relay, because all three are hashed with it.
 */
import {sha256} from '@noble/hashes/sha2.js';
import {type Bytes, concat, fromHex, utf8} from './bytes.ts';
import {NetworkError} from './errors.ts';
import type {JobHandle} from './ids.ts';
import {bytes, type Infer, struct, u8, type Wire} from './wire.ts';

/** The most that a relay may ask for: some ten seconds of a laptop. */
export const mostWorkBits = 24;

/** Hashed first. With a zero byte, the nonce and the handle it fills the first block of SHA-256, so that each try costs one block. */
const label = utf8('bombyx/free-work/v1\0');

const bitsField: Wire<number> = {
  write: (writer, value) => u8.write(writer, value),
  read: (reader) => {
    const bits = u8.read(reader);
    if (bits < 1 || bits > mostWorkBits) throw new NetworkError('bad-message', `${bits} bits of work`);
    return bits;
  },
};

/** What a relay asks for on a link; the nonce is fresh for it. */
export const workDemand = struct({bits: bitsField, nonce: bytes(32)});
export type WorkDemand = Infer<typeof workDemand>;

/** A demand for one job. */
export interface Puzzle extends WorkDemand {
  readonly handle: JobHandle;
}

/** A number as it is hashed: u64, big-endian. */
function numberBytes(number: bigint): Bytes {
  const written = new Uint8Array(8);
  new DataView(written.buffer).setBigUint64(0, number);
  return written;
}

/** Whether a hash begins with so many zero bits. */
function beginsWithZeros(hash: Uint8Array, bits: number): boolean {
  const whole = bits >> 3;
  for (let index = 0; index < whole; index += 1) if (hash[index] !== 0) return false;
  return (bits & 7) === 0 || (hash[whole] ?? 0) >> (8 - (bits & 7)) === 0;
}

/** Whether `number` solves the puzzle: one hash. */
export const isSolution = ({bits, nonce, handle}: Puzzle, number: bigint): boolean =>
  beginsWithZeros(sha256(concat(label, nonce, fromHex(handle), numberBytes(number))), bits);

/** Tries numbers from `first` on: each call tries so many more, and gives the first that solves the puzzle. A number is below 2^53. */
export function tries({bits, nonce, handle}: Puzzle, first: bigint): (count: number) => bigint | undefined {
  const begun = sha256.create().update(concat(label, nonce, fromHex(handle)));
  const attempt = sha256.create();
  const written = numberBytes(first);
  const view = new DataView(written.buffer);
  const hash = new Uint8Array(32);
  let next = Number(first);
  return (count) => {
    for (const end = next + count; next < end; next += 1) {
      view.setUint32(0, Math.floor(next / 2 ** 32));
      view.setUint32(4, next >>> 0);
      // oxlint-disable-next-line no-underscore-dangle -- three times as fast as `clone`, which makes a new object for each try
      begun._cloneInto(attempt).update(written).digestInto(hash);
      if (beginsWithZeros(hash, bits)) {
        next += 1;
        return BigInt(next - 1);
      }
    }
    return undefined;
  };
}
