/** Picks the next token from logits: greedy, or nucleus sampling with a seed. Pure. */
import {NetworkError} from '#protocol/errors.ts';

export interface SamplingOptions {
  /** 0 is greedy. */
  readonly temperature: number;
  readonly topP: number;
  /** Numbers in [0, 1). */
  random(): number;
}

/** The index of the next token. @throws NetworkError `engine-failed` when the logits are not all finite: a broken driver */
export function pickToken(logits: Float32Array, {temperature, topP, random}: SamplingOptions): number {
  const best = likeliest(logits);
  if (temperature === 0) return best;
  const top = logits[best] ?? 0;
  const weights = Array.from(logits, (logit, token) => ({token, weight: Math.exp((logit - top) / temperature)}))
    .filter(({weight}) => weight > 1e-8)
    .toSorted((left, right) => right.weight - left.weight);
  const total = weights.reduce((sum, {weight}) => sum + weight, 0);
  const nucleus: typeof weights = [];
  let mass = 0;
  for (const entry of weights) {
    nucleus.push(entry);
    mass += entry.weight;
    if (mass >= topP * total) break;
  }
  let left = random() * mass;
  return nucleus.find(({weight}) => (left -= weight) <= 0)?.token ?? best;
}

function likeliest(logits: Float32Array): number {
  let best = 0;
  for (let token = 0; token < logits.length; token += 1) {
    const logit = logits[token] ?? 0;
    if (!Number.isFinite(logit)) throw new NetworkError('engine-failed', 'logits are not finite');
    if (logit > (logits[best] ?? 0)) best = token;
  }
  return best;
}

/** Numbers in [0, 1) that a seed repeats (mulberry32); without a seed, from the browser's own source. */
export function randomFrom(seed: number | undefined): () => number {
  if (seed === undefined) return Math.random;
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
