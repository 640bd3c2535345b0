/** The real clock of a page or a worker. */
import {clockOf} from '#protocol/roles/clock.ts';

export const systemClock = clockOf({now: () => Date.now(), start: (wake, ms) => setTimeout(wake, ms), stop: (timer) => clearTimeout(timer)});
