/** The hours of a week in which this computer may share, in its owner's time zone. Pure. */

/** Seven groups of six hexadecimal digits, Monday first; the highest bit of a group is the hour after midnight. */
export type Week = string;

/** Monday is 0. */
export interface WeekHour {
  readonly day: number;
  readonly hour: number;
}

export type WeekPreset = 'always' | 'nights' | 'weekends' | 'free-time';

export const daysOfWeek = 7;
export const hoursOfDay = 24;
const digitsOfDay = hoursOfDay / 4;
/** No time zone moves its clocks by less. */
const stepMs = 15 * 60_000;
const weekMs = 7 * 24 * 60 * 60_000;

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

/** The week with some of its hours opened or closed. */
export function withHours(week: Week, {hours, open}: {readonly hours: readonly WeekHour[]; readonly open: boolean}): Week {
  return weekOf((at) => (hours.some(({day, hour}) => day === at.day && hour === at.hour) ? open : isOpenAt(week, at)));
}

const isWeekend = (day: number): boolean => day >= 5;

export function presetWeek(preset: WeekPreset): Week {
  if (preset === 'always') return wholeWeek;
  if (preset === 'nights') return weekOf(({hour}) => hour >= 22 || hour < 8);
  if (preset === 'weekends') return weekOf(({day}) => isWeekend(day));
  return weekOf(({day, hour}) => isWeekend(day) || hour < 9 || hour >= 18);
}

/** @param now in this person's time zone: what its clock shows is what counts, also on the days when clocks are moved */
export const hourOf = (now: Date): WeekHour => ({day: (now.getDay() + 6) % 7, hour: now.getHours()});

/** When the schedule opens, or closes, next; undefined where it never does. */
export function nextChange(week: Week, now: Date): Date | undefined {
  const open = isOpenAt(week, hourOf(now));
  const first = Math.floor(now.getTime() / stepMs) * stepMs;
  // One hour more than a week: clocks that are set back make one of its days longer.
  for (let at = first + stepMs; at <= first + weekMs + 4 * stepMs; at += stepMs) {
    const moment = new Date(at);
    if (isOpenAt(week, hourOf(moment)) !== open) return moment;
  }
  return undefined;
}

/** Stretches of one day, from an hour up to another. */
export interface OpenHours {
  readonly from: number;
  readonly until: number;
}

export function stretchesOf(week: Week, day: number): readonly OpenHours[] {
  const stretches: {from: number; until: number}[] = [];
  for (let hour = 0; hour < hoursOfDay; hour += 1) {
    if (!isOpenAt(week, {day, hour})) continue;
    const last = stretches.at(-1);
    if (last?.until === hour) last.until = hour + 1;
    else stretches.push({from: hour, until: hour + 1});
  }
  return stretches;
}

/** Neighbouring days that are alike, for a summary in words. */
export interface AlikeDays {
  readonly first: number;
  readonly last: number;
  readonly stretches: readonly OpenHours[];
}

export function alikeDays(week: Week): readonly AlikeDays[] {
  const groups: {first: number; last: number; stretches: readonly OpenHours[]}[] = [];
  for (let day = 0; day < daysOfWeek; day += 1) {
    const stretches = stretchesOf(week, day);
    const before = groups.at(-1);
    if (before && JSON.stringify(before.stretches) === JSON.stringify(stretches)) before.last = day;
    else groups.push({first: day, last: day, stretches});
  }
  return groups;
}

const isHour = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= hoursOfDay;

/** What was kept: a week, or the two hours of the day that earlier versions had (over midnight where the first is later, the same twice: all day). */
export function readWeek({week, from, until}: {readonly week?: unknown; readonly from?: unknown; readonly until?: unknown}): Week {
  if (isWeek(week)) return week;
  if (!isHour(from) || !isHour(until) || from === until) return wholeWeek;
  return weekOf(({hour}) => (from < until ? hour >= from && hour < until : hour >= from || hour < until));
}
