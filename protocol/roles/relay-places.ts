/** Who waits hears again where it stands: whenever its place or the estimate is off by a quarter or more from what it heard last, at most every two seconds. */
import type {Outlook} from '../matching.ts';

/** What a job that waits was told, and when, ms since 1970. */
export interface Told extends Outlook {
  readonly at: number;
}

const leastMs = 2000;
/**
 * Places at nodes that are counted in one sweep: some milliseconds' worth (see the bench `match`). So with so many that wait that one look over all of them takes several
 * sweeps, each hears more rarely, and the relay works no more.
 */
export const placesPerSweep = 20_000;

const isOff = (said: number, is: number): boolean => (said === 0 ? is !== 0 : Math.abs(is - said) >= said / 4);

/** Whether it is worth telling, and time to. */
export const isNews = (told: Told, {position, etaMs, now}: Outlook & {now: number}): boolean =>
  now - told.at >= leastMs && (isOff(told.position, position) || isOff(told.etaMs, etaMs));
