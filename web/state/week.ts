/** The hours of a week in which this computer may share, in its owner's time zone. Pure. */

/** Seven groups of six hexadecimal digits, Monday first; the highest bit of a group is the hour after midnight. */
export type Week = string;

/** Monday is 0. */
export interface WeekHour {
  readonly day: number;
  readonly hour: number;
}

export const daysOfWeek = 7;
export const hoursOfDay = 24;
const digitsOfDay = hoursOfDay / 4;
const isWeek = (value: unknown): value is Week => typeof value === 'string' && /^[\da-f]{42}$/.test(value);

/** From a rule for each hour. */
export function weekOf(opens: (at: WeekHour) => boolean): Week {
  const dayOf = (day: number): string => {
    const bits = Array.from({length: hoursOfDay}, (_, hour) => (opens({day, hour}) ? 1 : 0)).join('');
    return Number.parseInt(bits, 2).toString(16).padStart(digitsOfDay, '0');
  };
  return Array.from({length: daysOfWeek}, (_, day) => dayOf(day)).join('');
}

export const wholeWeek: Week = weekOf(() => true);

export function isOpenAt(week: Week, {day, hour}: WeekHour): boolean {
  const bits = Number.parseInt(week.slice(day * digitsOfDay, (day + 1) * digitsOfDay), 16);
  return ((bits >> (hoursOfDay - 1 - hour)) & 1) === 1;
}

/** @param now in this person's time zone: what its clock shows is what counts, also on the days when clocks are moved */
export const hourOf = (now: Date): WeekHour => ({day: (now.getDay() + 6) % 7, hour: now.getHours()});

const isHour = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= hoursOfDay;

/** What was kept: a week, or the two hours of the day that earlier versions had (over midnight where the first is later, the same twice: all day). */
export function readWeek({week, from, until}: {readonly week?: unknown; readonly from?: unknown; readonly until?: unknown}): Week {
  if (isWeek(week)) return week;
  if (!isHour(from) || !isHour(until) || from === until) return wholeWeek;
  return weekOf(({hour}) => (from < until ? hour >= from && hour < until : hour >= from || hour < until));
}
