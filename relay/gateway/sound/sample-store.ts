/** Samples of unknown number in one piece of memory, up to a bound. */
import {NetworkError} from '#protocol/errors.ts';

const firstSamples = 16_000 * 30;

export class SampleStore {
  readonly #most: number;
  #samples = new Float32Array(firstSamples);
  #length = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** @throws NetworkError `too-long` */
  add(samples: Float32Array): void {
    const length = this.#length + samples.length;
    if (length > this.#most) throw new NetworkError('too-long', 'a sound');
    if (length > this.#samples.length) this.#resize(Math.min(this.#most, Math.max(length, this.#samples.length * 2)));
    this.#samples.set(samples, this.#length);
    this.#length = length;
  }

  /** All of them; the store is empty then. */
  take(): Float32Array<ArrayBuffer> {
    this.#resize(this.#length);
    const taken = this.#samples;
    this.#samples = new Float32Array(0);
    this.#length = 0;
    return taken;
  }

  /** Moves the memory rather than to hold it twice. */
  #resize(length: number): void {
    this.#samples = new Float32Array(this.#samples.buffer.transfer(length * Float32Array.BYTES_PER_ELEMENT));
  }
}
