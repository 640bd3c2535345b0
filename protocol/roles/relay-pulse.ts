/** One heart for all links of a relay: a timer for each would cost more memory than the rest of an idle link's state. */
import type {Clock} from './ports.ts';

/** How exactly the time of a ping is kept. */
const beatMs = 500;

/** Beats until it is aborted. */
export function startPulse(clock: Clock, beat: (now: number) => void): AbortController {
  const stop = new AbortController();
  const run = async () => {
    while (!stop.signal.aborted) {
      await clock.sleep(beatMs, stop.signal).catch(() => {});
      beat(clock.now());
    }
  };
  void run();
  return stop;
}
