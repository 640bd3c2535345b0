/**
 * Sound in a job: IMA ADPCM, 16 kHz, one channel, 4 bits a sample, low half of a byte first, no header, starting at value 0 and step 0.
 * Half a minute, which is what speech models read at once, fits the largest request. (IMA Digital Audio Focus and Technical Working
 * Group, Recommended Practices for Enhancing Digital Audio Compatibility in Multimedia Systems, 3.00, 1992.)
 */
import type {Bytes} from './bytes.ts';

/** Samples per second. */
export const audioRate = 16_000;
/** Longest sound in one job, s. */
export const maxAudioSeconds = 30;

const indexMoves = [-1, -1, -1, -1, 2, 4, 6, 8];
/** 89 steps, each about a tenth larger than the last. */
const steps = [
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307,
  337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358,
  5894, 6484, 7132, 7845, 8630, 9493, 10_442, 11_487, 12_635, 13_899, 15_289, 16_818, 18_500, 20_350, 22_385, 24_623, 27_086, 29_794, 32_767,
];

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** What both sides know of the sound so far. */
class Predictor {
  value = 0;
  #index = 0;

  get step(): number {
    return steps[this.#index] ?? 0;
  }

  /** Moves on by one code of 4 bits. */
  take(code: number): void {
    const {step} = this;
    const change = (step >> 3) + (code & 4 ? step : 0) + (code & 2 ? step >> 1 : 0) + (code & 1 ? step >> 2 : 0);
    this.value = clamp(this.value + (code & 8 ? -change : change), -32_768, 32_767);
    this.#index = clamp(this.#index + (indexMoves[code & 7] ?? 0), 0, steps.length - 1);
  }

  /** The code that comes nearest to a sample. */
  codeFor(sample: number): number {
    const {step} = this;
    let left = Math.abs(sample - this.value);
    let code = sample < this.value ? 8 : 0;
    for (const [bit, part] of [[4, step], [2, step >> 1], [1, step >> 2]] as const) {
      if (left < part) continue;
      code |= bit;
      left -= part;
    }
    return code;
  }
}

/** Sound as it travels. @param samples -1..1 at `audioRate`; what lies outside is cut off */
export function encodeAudio(samples: Float32Array): Bytes {
  const predictor = new Predictor();
  const coded = new Uint8Array(Math.ceil(samples.length / 2));
  for (const [index, sample] of samples.entries()) {
    const code = predictor.codeFor(Math.round(clamp(Number.isFinite(sample) ? sample : 0, -1, 1) * 32_767));
    predictor.take(code);
    coded[index >> 1] = (coded[index >> 1] ?? 0) | (index % 2 === 0 ? code : code << 4);
  }
  return coded;
}

/** Samples -1..1 at `audioRate`, two for each byte. Any bytes are some sound. */
export function decodeAudio(coded: Uint8Array): Float32Array<ArrayBuffer> {
  const predictor = new Predictor();
  const samples = new Float32Array(coded.length * 2);
  for (let index = 0; index < samples.length; index += 1) {
    const both = coded[index >> 1] ?? 0;
    predictor.take(index % 2 === 0 ? both & 15 : both >> 4);
    samples[index] = predictor.value / 32_768;
  }
  return samples;
}
