/** Choices that a seed repeats: what the fuzzer draws from. */
import {seeded} from '#protocol/testing/seeded.ts';

export class Random {
  /** In [0, 1). */
  readonly next: () => number;

  constructor(seed: number) {
    this.next = seeded(seed);
  }

  /** A whole number in [0, end). */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({length}, () => this.below(256));
  }

  /** A small number mostly, a large one at times. */
  length(most: number): number {
    return Math.floor(most ** this.next());
  }

  /** `bytes` with a few of them changed, cut off, added or repeated. */
  mutated(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    let changed = [...bytes];
    for (let count = 1 + this.below(3); count > 0; count -= 1) {
      const at = this.below(changed.length + 1);
      const how = this.below(5);
      if (how === 0) changed[at] = this.below(256);
      else if (how === 1) changed = changed.slice(0, at);
      else if (how === 2) changed.splice(at, 0, ...this.bytes(this.length(300)));
      else if (how === 3) changed.splice(at, this.length(40));
      else changed.splice(at, 1, this.pick([0, 1, 0x7f, 0x80, 0xff]));
    }
    return Uint8Array.from(changed);
  }

  /** An address of a private network: one of many, some of them the same. */
  address(): string {
    return `10.0.${this.below(8)}.${this.below(256)}`;
  }
}
