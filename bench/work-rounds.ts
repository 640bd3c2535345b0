/** Proofs of work as the app finds them, in slices: the same code in Node.js and in a browser. */
import {randomBytes} from '#protocol/bytes.ts';
import {freshHandle} from '#protocol/ids.ts';
import {FreeWork} from '#protocol/roles/free-work.ts';
import {breathe} from '../web/platform/breathe.ts';

export interface WorkTimes {
  /** Of each proof, ms. */
  readonly proofs: readonly number[];
  /** The longest that nothing else could run, ms. */
  readonly longestSlice: number;
}

export async function workRounds({bits, rounds}: {bits: number; rounds: number}): Promise<WorkTimes> {
  let longestSlice = 0;
  let since = performance.now();
  const pause = async () => {
    longestSlice = Math.max(longestSlice, performance.now() - since);
    await breathe();
    since = performance.now();
  };
  const clock = {now: () => Date.now(), sleep: () => Promise.reject(new Error('nobody sleeps here'))};
  const proofs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const work = new FreeWork({bits, nonce: randomBytes(32)}, {clock, breathe: pause});
    const start = performance.now();
    since = start;
    await work.prove(freshHandle(), new AbortController().signal);
    proofs.push(performance.now() - start);
  }
  return {proofs, longestSlice};
}
