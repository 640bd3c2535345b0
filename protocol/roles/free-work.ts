/** A client's proofs of work on one link: in slices, so that nothing else waits for long, and one after the other, because their numbers have to rise. */
import type {JobHandle} from '../ids.ts';
import {tries, type WorkDemand} from '../work.ts';
import {unlessAborted} from './deadline.ts';
import type {Clock} from './ports.ts';

/** How long one slice is meant to take, ms: half a frame of a screen. */
const sliceMs = 8;
/** Tries of the first slice, and the most where the clock shows no time. */
const firstTries = 2000;
const mostTries = 65_536;
/** Whoever waits longer than this is told what for, ms. */
const patienceMs = 1000;

export interface FreeWorkOptions {
  readonly clock: Clock;
  /** Lets whatever else this thread has to do go first. */
  breathe(): Promise<void>;
}

export class FreeWork {
  readonly #demand: WorkDemand;
  readonly #options: FreeWorkOptions;
  #next = 1n;
  #before: Promise<unknown> = Promise.resolve();

  constructor(demand: WorkDemand, options: FreeWorkOptions) {
    this.#demand = demand;
    this.#options = options;
  }

  /** A number for this job. It has to be sent before anything else is awaited. Rejects with the signal's reason. */
  prove(handle: JobHandle, signal: AbortSignal): Promise<bigint> {
    const proof = this.#before.then(() => this.#search(handle, signal));
    this.#before = proof.catch(() => {});
    return proof;
  }

  async #search(handle: JobHandle, signal: AbortSignal): Promise<bigint> {
    const {clock, breathe} = this.#options;
    const next = tries({...this.#demand, handle}, this.#next);
    for (let count = firstTries; ; ) {
      await breathe();
      signal.throwIfAborted();
      const began = clock.now();
      const found = next(count);
      if (found !== undefined) {
        this.#next = found + 1n;
        return found;
      }
      const took = clock.now() - began;
      if (took < sliceMs / 2) count = Math.min(mostTries, count * 2);
      else if (took > sliceMs) count = Math.max(1, count >> 1);
    }
  }
}

/** Gives the number for a job; says so once where it takes long. */
export async function* proveWork(work: FreeWork, {handle, clock, signal}: {handle: JobHandle; clock: Clock; signal: AbortSignal}): AsyncGenerator<{readonly type: 'working'}, bigint> {
  const proof = unlessAborted(work.prove(handle, signal), signal);
  const done = new AbortController();
  const isLong = clock.sleep(patienceMs, done.signal).then(() => true, () => false);
  try {
    if (await Promise.race([proof.then(() => false), isLong])) yield {type: 'working'};
    return await proof;
  } finally {
    done.abort();
    proof.catch(() => {});
  }
}
