/** The real clock of a Node.js process. */
import {clockOf} from '#protocol/roles/clock.ts';

export const systemClock = clockOf({now: () => Date.now(), start: (wake, ms) => setTimeout(wake, ms), stop: (timer) => clearTimeout(timer)});
