/** Where a long sound is cut into pieces: in its quietest moments, so that no word is torn. Pure. */
import {audioRate, maxAudioSeconds} from './audio.ts';

export interface CutRules {
  /** Samples per second. */
  readonly rate: number;
  /** Longest piece, s. */
  readonly mostSeconds: number;
  /** How far before the end of a longest piece a quiet moment is looked for, s. */
  readonly lookSeconds: number;
}

/** Of pieces that fit a job: each may end in the last seconds before it is full. */
export const jobCuts: CutRules = {rate: audioRate, mostSeconds: maxAudioSeconds, lookSeconds: 5};

export interface Cut {
  readonly from: number;
  /** The sample after the last one. */
  readonly to: number;
}

/** A moment lasts a fifth of a second, the pause between two words; they are compared each fiftieth. */
const momentsPerSecond = 5;
const stepsPerSecond = 50;

function loudness(samples: Float32Array, {from, to}: Cut): number {
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += (samples[index] ?? 0) ** 2;
  return sum;
}

/** The middle of the quietest moment between two samples; of equals the last one, for longer pieces are fewer. */
function quietest(samples: Float32Array, {from, to, rate}: Cut & {readonly rate: number}): number {
  const moment = Math.floor(rate / momentsPerSecond);
  let best = {at: to, loud: Infinity};
  for (let start = from; start + moment <= to; start += Math.floor(rate / stepsPerSecond)) {
    const loud = loudness(samples, {from: start, to: start + moment});
    if (loud <= best.loud) best = {at: start + Math.floor(moment / 2), loud};
  }
  return best.at;
}

/** The pieces, in their order, without a gap. */
export function soundCuts(samples: Float32Array, {rate, mostSeconds, lookSeconds}: CutRules): readonly Cut[] {
  const most = mostSeconds * rate;
  const cuts: Cut[] = [];
  for (let from = 0; from < samples.length; ) {
    const to = samples.length - from <= most ? samples.length : quietest(samples, {from: from + most - lookSeconds * rate, to: from + most, rate});
    cuts.push({from, to});
    from = to;
  }
  return cuts;
}
