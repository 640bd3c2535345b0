/** Days, hours and moments of a schedule, as people say them. */
import {alikeDays} from '../state/week-plan.ts';
import {daysOfWeek, type Week} from '../state/week.ts';
import {shareRoomTexts as words} from './share-room-texts.ts';
import {texts} from './texts.ts';

const dayMs = 24 * 60 * 60_000;
/** A Monday. */
const someMonday = Date.UTC(2024, 0, 1);

/** @param day Monday is 0 */
export const dayName = (day: number, width: 'long' | 'short' | 'narrow' = 'long'): string =>
  new Intl.DateTimeFormat(texts.locale, {weekday: width, timeZone: 'UTC'}).format(someMonday + day * dayMs);

export const clockTime = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** "today 22:00", "Saturday 09:30" */
export function momentWords(at: Date, now: Date): string {
  const time = new Intl.DateTimeFormat(texts.locale, {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'}).format(at);
  const midnight = (days: number): number => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).getTime();
  const {schedule} = words;
  if (at.getTime() < midnight(1)) return schedule.today(time);
  return at.getTime() < midnight(2) ? schedule.tomorrow(time) : schedule.other(new Intl.DateTimeFormat(texts.locale, {weekday: 'long'}).format(at), time);
}

/** The whole week, a line for each run of days that are alike. */
export function weekLines(week: Week): readonly string[] {
  const {schedule} = words;
  return alikeDays(week).map(({first, last, stretches}) => {
    const days = last - first === daysOfWeek - 1 ? schedule.daily : schedule.days(dayName(first), dayName(last));
    const [only] = stretches;
    if (!only) return schedule.line(days, schedule.never);
    if (only.from === 0 && only.until === 24) return schedule.line(days, schedule.allDay);
    return schedule.line(days, stretches.map(({from, until}) => schedule.stretch(clockTime(from), clockTime(until))).join(', '));
  });
}
