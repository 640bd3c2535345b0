/** A clock that a test moves by hand; nothing in a test waits for real time. */
import type {Clock} from '../roles/ports.ts';

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/** Longest step of `drive`, ms: one tick of an answer, so that no timeout is jumped over. */
const stepMs = 100;

export class ManualClock implements Clock {
  #now = 1_800_000_000_000;
  readonly #sleepers = new Set<Sleeper>();
  readonly #turn: () => Promise<unknown>;

  /** @param turn lets the host's event loop run once, such as `setImmediate` */
  constructor(turn: () => Promise<unknown>) {
    this.#turn = turn;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = () => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        at: this.#now + ms,
        wake: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      signal?.addEventListener('abort', abort, {once: true});
      this.#sleepers.add(sleeper);
    });
  }

  /** Moves time, waking sleepers in order and letting each finish what it does. */
  async advance(ms: number): Promise<void> {
    const target = this.#now + ms;
    for (;;) {
      await this.settle();
      const next = [...this.#sleepers].filter((sleeper) => sleeper.at <= target).toSorted((left, right) => left.at - right.at)[0];
      if (!next) break;
      this.#now = Math.max(this.#now, next.at);
      this.#sleepers.delete(next);
      next.wake();
    }
    this.#now = target;
  }

  /** Moves time tick by tick until `work` settles, for at most `forMs`; gives its result. */
  async drive<T>(work: Promise<T>, forMs = 10 * 60_000): Promise<T> {
    const state = {settled: false};
    const note = () => {
      state.settled = true;
    };
    work.then(note, note);
    for (let moved = 0; moved < forMs; moved += stepMs) {
      await this.settle();
      if (state.settled) return work;
      await this.advance(stepMs);
    }
    throw new Error(`not settled after ${forMs} ms of the manual clock`);
  }

  /** Lets all that can go on without time go on: turns of the loop and chains of Web Crypto calls, which run on threads. */
  async settle(): Promise<void> {
    const nothing = new Uint8Array(1);
    for (let round = 0; round < 12; round += 1) {
      await Promise.all(Array.from({length: 4}, () => crypto.subtle.digest('SHA-256', nothing)));
      await this.#turn();
    }
  }
}
