/** Waiting with an end: by time on a given clock, by a signal, or by both. */
import {type ErrorCode, NetworkError} from '../errors.ts';
import type {Clock} from './ports.ts';

/** The result of `work`, or NetworkError `code` after `ms`. The work itself is not stopped. */
export async function within<T>(work: Promise<T>, {clock, ms, code}: {clock: Clock; ms: number; code: ErrorCode}): Promise<T> {
  const done = new AbortController();
  const timer = clock.sleep(ms, done.signal).then(
    () => {
      throw new NetworkError(code, `nothing for ${ms} ms`);
    },
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([work, timer]);
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
