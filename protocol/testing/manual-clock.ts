/** A clock that a test moves by hand; nothing in a test waits for real time. */
import type {Clock} from '../roles/ports.ts';

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/** Turns of the loop without anything to do, after which all that can go on without time has gone on. */
const quietTurns = 4;
/** Web Crypto calls that run on other threads now. */
const computing = new Set<Promise<unknown>>();

/** Sees each call of Web Crypto begin and end: on a busy machine one may take longer than all else that a test waits for. */
function watchCrypto({subtle}: typeof crypto): void {
  const prototype: object = Object.getPrototypeOf(subtle);
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const method: unknown = Reflect.get(subtle, name);
    if (name === 'constructor' || typeof method !== 'function') continue;
    const call = (...args: unknown[]): Promise<unknown> => {
      const work: Promise<unknown> = Reflect.apply(method, subtle, args);
      const done = () => computing.delete(work);
      computing.add(work);
      work.then(done, done);
      return work;
    };
    Reflect.set(subtle, name, call);
  }
}
watchCrypto(crypto);

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

  /** Lets all that can go on without time go on: turns of the loop, and Web Crypto however long it takes. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < quietTurns; quiet += 1) {
      if (computing.size > 0) quiet = 0;
      await Promise.allSettled(computing);
      await this.#turn();
    }
  }
}
