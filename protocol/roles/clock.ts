/** A clock over a host's timers, which come in as arguments: the same in a page, a worker and Node.js. */
import type {Clock} from './ports.ts';

export interface Timers<Timer> {
  /** Milliseconds since 1970. */
  now(): number;
  start(wake: () => void, ms: number): Timer;
  stop(timer: Timer): void;
}

/** A clock whose sleeps end early, with the signal's reason, when the signal aborts. */
export const clockOf = <Timer>({now, start, stop}: Timers<Timer>): Clock => ({
  now,
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = () => {
        stop(timer);
        reject(signal?.reason);
      };
      const timer = start(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', abort, {once: true});
    }),
});
