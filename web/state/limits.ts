/** When this computer shares, and how hard it works: what a person allowed, held against how the device is right now. Pure. */

/** What a person allows. */
export interface SharingLimits {
  /** Share of the time that the device may work, percent. */
  readonly duty: 30 | 60 | 100;
  /** Whether it shares on battery, and on a connection that is paid by the byte. */
  readonly onBattery: boolean;
  readonly onMetered: boolean;
  /** Hours of the day, 0 to 24: from one up to the other, over midnight where the first is later. The same twice: all day. */
  readonly from: number;
  readonly until: number;
  /** No jobs before, ms since 1970. */
  readonly breakUntil: number;
}

export const usualLimits: SharingLimits = {duty: 100, onBattery: false, onMetered: false, from: 0, until: 0, breakUntil: 0};

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
  if (!isWithin(limits, now.getHours())) return 'hours';
  if (onBattery === true && !limits.onBattery) return 'battery';
  return metered === true && !limits.onMetered ? 'metered' : undefined;
}

function isWithin({from, until}: SharingLimits, hour: number): boolean {
  if (from === until) return true;
  return from < until ? hour >= from && hour < until : hour >= from || hour < until;
}

const isHour = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 24;

/** What was kept of a person's choices; what can't be read is as usual. */
export function readLimits(saved: unknown): SharingLimits {
  if (typeof saved !== 'object' || saved === null) return usualLimits;
  const {duty, onBattery, onMetered, from, until, breakUntil} = saved as Record<string, unknown>;
  return {
    duty: duty === 30 || duty === 60 ? duty : 100,
    onBattery: onBattery === true,
    onMetered: onMetered === true,
    from: isHour(from) ? from : 0,
    until: isHour(until) ? until : 0,
    breakUntil: typeof breakUntil === 'number' ? breakUntil : 0,
  };
}
