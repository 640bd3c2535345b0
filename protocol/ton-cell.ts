/** The hash of one TON cell without references: all that a voucher is, so that paying needs no TON library (TVM whitepaper, 3.1). */
import {sha256} from '@noble/hashes/sha2.js';
import {type Bytes, concat, own} from './bytes.ts';
import {partsOf, type TonAddress} from './ton-address.ts';

/** The most that one cell holds. */
const maxBits = 1023;

/** Writes the bits of one cell, most significant first. */
export class CellBits {
  #bits = '';

  /** An unsigned number in `width` bits. */
  uint(value: bigint | number, width: number): this {
    const number = BigInt(value);
    if (number < 0n || number >= 1n << BigInt(width)) throw new RangeError(`${number} does not fit ${width} bits`);
    return this.#push(number.toString(2).padStart(width, '0'));
  }

  /** A signed number in two's complement. */
  int(value: number, width: number): this {
    const half = 1n << BigInt(width - 1);
    if (BigInt(value) < -half || BigInt(value) >= half) throw new RangeError(`${value} does not fit ${width} bits`);
    return this.uint(BigInt.asUintN(width, BigInt(value)), width);
  }

  /** A sum: its length in bytes in four bits, then the bytes. */
  coins(nano: bigint): this {
    const length = nano === 0n ? 0 : Math.ceil(nano.toString(16).length / 2);
    return length === 0 ? this.uint(0, 4) : this.uint(length, 4).uint(nano, length * 8);
  }

  /** A standard internal address. */
  address(address: TonAddress): this {
    const {workchain, hash} = partsOf(address);
    this.uint(0b100, 3).int(workchain, 8);
    for (const byte of hash) this.uint(byte, 8);
    return this;
  }

  /** The hash of the cell: two descriptor bytes, then the bits, completed by a one and zeros where they end inside a byte. */
  hash(): Bytes {
    const length = this.#bits.length;
    const whole = length % 8 === 0;
    const padded = whole ? this.#bits : `${this.#bits}1`.padEnd(Math.ceil(length / 8) * 8, '0');
    const data = Uint8Array.from({length: padded.length / 8}, (_, index) => Number.parseInt(padded.slice(index * 8, index * 8 + 8), 2));
    return own(sha256(concat(Uint8Array.of(0, Math.floor(length / 8) + Math.ceil(length / 8)), data)));
  }

  #push(bits: string): this {
    this.#bits += bits;
    if (this.#bits.length > maxBits) throw new RangeError('more than one cell holds');
    return this;
  }
}
