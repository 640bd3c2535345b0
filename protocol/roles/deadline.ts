/** Waiting with an end: by time on a given clock, by a signal, or by both. */
import {type ErrorCode, NetworkError} from '../errors.ts';
import type {Clock} from './ports.ts';

interface Deadline {
  readonly clock: Clock;
  readonly ms: number;
  readonly code: ErrorCode;
  readonly signal?: AbortSignal;
}

/** The result of `work`, NetworkError `code` after `ms`, or the signal's reason as soon as it aborts. The work itself is not stopped; the clock is, whichever it was. */
export async function within<T>(work: Promise<T>, {clock, ms, code, signal}: Deadline): Promise<T> {
  const done = new AbortController();
  const timer = clock.sleep(ms, done.signal).then(
    () => {
      throw new NetworkError(code, `nothing for ${ms} ms`);
    },
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([signal ? unlessAborted(work, signal) : work, timer]);
  } finally {
    done.abort();
  }
}

/** The result of `work`, or the signal's reason as soon as it aborts. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // Left behind, it may still reject, and nobody would listen.
  work.catch(() => {});
  signal.throwIfAborted();
  const done = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), {once: true, signal: done.signal});
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    done.abort();
  }
}
