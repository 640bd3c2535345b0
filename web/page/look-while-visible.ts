/** Looks at something for as long as a person may see it: at once, every so often while the page is visible, and when they come back to it. */
import {systemClock} from '../platform/clock.ts';

/** @param everyMs between two looks @returns what ends it */
export function lookWhileVisible(look: () => Promise<void>, everyMs: number): () => void {
  const stop = new AbortController();
  const run = async () => {
    while (!stop.signal.aborted) {
      if (document.visibilityState === 'visible') await look();
      await pause(everyMs, stop.signal);
    }
  };
  void run();
  return () => stop.abort();
}

/** Until it is time, or the person is back. */
async function pause(ms: number, stop: AbortSignal): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any([stop, over.signal]);
  const end = () => over.abort();
  window.addEventListener('focus', end, {signal});
  document.addEventListener('visibilitychange', end, {signal});
  await systemClock.sleep(ms, signal).catch(end);
  end();
}
