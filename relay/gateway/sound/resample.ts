/** Sound at another rate: each new sample is the old ones around its moment, weighed by a sinc under a Blackman window, which keeps out what the new rate can't hold. */

export interface Rates {
  /** Samples per second. */
  readonly from: number;
  readonly to: number;
}

/** Zeros of the sinc on each side: from 48 kHz to 16 kHz what lies beyond 9.5 kHz is 70 dB down. */
const zeros = 10;
/** Of the highest tone that the lower rate can hold, what is let through. */
const passed = 0.92;

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
/** 1 in the middle, 0 at -1 and 1. */
const blackman = (x: number): number => (Math.abs(x) >= 1 ? 0 : 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x));
const commonOf = (a: number, b: number): number => (b === 0 ? a : commonOf(b, a % b));

/** Takes a sound piece by piece; what comes out is as long as what went in, but for the rate. */
export class Resampler {
  /** Samples out for each `#down` samples in. */
  readonly #up: number;
  readonly #down: number;
  /** Old samples on each side of a new one. */
  readonly #half: number;
  /** Weights for each place that a new sample can have between two old ones. */
  readonly #weights: Float32Array;
  /** Old samples that are still needed; silence is before the first. */
  #held: Float32Array;
  /** Where in `#held` the old samples of the next new one begin. */
  #start = 0;
  #phase = 0;

  constructor({from, to}: Rates) {
    const common = commonOf(from, to);
    this.#up = to / common;
    this.#down = from / common;
    const stretch = Math.max(1, from / to);
    this.#half = Math.ceil(zeros * stretch);
    this.#weights = weightsOf({phases: this.#up, half: this.#half, cutoff: passed / stretch});
    this.#held = new Float32Array(this.#half - 1);
  }

  push(samples: Float32Array): Float32Array {
    if (this.#up === this.#down) return samples;
    const all = new Float32Array(this.#held.length + samples.length);
    all.set(this.#held);
    all.set(samples, this.#held.length);
    const made = this.#make(all);
    const used = Math.min(this.#start, all.length);
    this.#held = all.slice(used);
    this.#start -= used;
    return made;
  }

  /** What the last samples give, with silence after them. */
  end(): Float32Array {
    return this.#up === this.#down ? new Float32Array(0) : this.push(new Float32Array(this.#half));
  }

  #make(all: Float32Array): Float32Array {
    const taps = this.#half * 2;
    const made = new Float32Array(Math.ceil((all.length * this.#up) / this.#down) + 1);
    let count = 0;
    for (; this.#start + taps <= all.length; count += 1) {
      const row = this.#phase * taps;
      let sum = 0;
      for (let tap = 0; tap < taps; tap += 1) sum += (all[this.#start + tap] ?? 0) * (this.#weights[row + tap] ?? 0);
      made[count] = sum;
      this.#phase += this.#down;
      this.#start += Math.floor(this.#phase / this.#up);
      this.#phase %= this.#up;
    }
    return made.subarray(0, count);
  }
}

function weightsOf({phases, half, cutoff}: {phases: number; half: number; cutoff: number}): Float32Array {
  const taps = half * 2;
  const weights = new Float32Array(phases * taps);
  for (let phase = 0; phase < phases; phase += 1) {
    const row = Array.from({length: taps}, (_, tap) => {
      const distance = tap - (half - 1) - phase / phases;
      return sinc(distance * cutoff) * blackman(distance / half);
    });
    const sum = row.reduce((all, weight) => all + weight, 0);
    // A sound that does not change stays as loud as it is.
    for (const [tap, weight] of row.entries()) weights[phase * taps + tap] = weight / sum;
  }
  return weights;
}
