/** When this computer shares, and how hard it works: what a person allowed, held against how the device is right now. Pure. */
import {hourOf, isOpenAt, readWeek, type Week, wholeWeek} from './week.ts';

/** What a person allows. */
export interface SharingLimits {
  /** Share of the time that the device may work, percent. */
  readonly duty: 30 | 60 | 100;
  /** Whether it shares on battery, and on a connection that is paid by the byte. */
  readonly onBattery: boolean;
  readonly onMetered: boolean;
  /** The hours of the week in which it shares. */
  readonly week: Week;
  /** No jobs before, ms since 1970. */
  readonly breakUntil: number;
}

export const usualLimits: SharingLimits = {duty: 100, onBattery: false, onMetered: false, week: wholeWeek, breakUntil: 0};

/** How the device is; what a browser does not say is undefined, and stops nothing. */
export interface Surroundings {
  readonly onBattery: boolean | undefined;
  readonly metered: boolean | undefined;
  readonly hidden: boolean;
}

/** Why no jobs are taken now. */
export type PauseReason = 'break' | 'hours' | 'battery' | 'metered';

/** @param now in this person's time zone */
export function pauseReason(limits: SharingLimits, {onBattery, metered, now}: Pick<Surroundings, 'onBattery' | 'metered'> & {readonly now: Date}): PauseReason | undefined {
  if (now.getTime() < limits.breakUntil) return 'break';
  if (!isOpenAt(limits.week, hourOf(now))) return 'hours';
  if (onBattery === true && !limits.onBattery) return 'battery';
  return metered === true && !limits.onMetered ? 'metered' : undefined;
}

/** Midnight after `now`, in this person's time zone. */
export const tomorrow = (now: Date): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);

/** What was kept of a person's choices; what can't be read is as usual. */
export function readLimits(saved: unknown): SharingLimits {
  if (typeof saved !== 'object' || saved === null) return usualLimits;
  const {duty, onBattery, onMetered, breakUntil, ...hours} = saved as Record<string, unknown>;
  return {
    duty: duty === 30 || duty === 60 ? duty : 100,
    onBattery: onBattery === true,
    onMetered: onMetered === true,
    week: readWeek(hours),
    breakUntil: typeof breakUntil === 'number' ? breakUntil : 0,
  };
}
