/** What a person does with the week of a schedule: ready-made ones, changes, its summary, and when it opens or closes next. Pure. */
import {daysOfWeek, hourOf, hoursOfDay, isOpenAt, type Week, type WeekHour, weekOf, wholeWeek} from './week.ts';

export type WeekPreset = 'always' | 'nights' | 'weekends' | 'free-time';

/** No time zone moves its clocks by less. */
const stepMs = 15 * 60_000;
const weekMs = 7 * 24 * 60 * 60_000;

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
