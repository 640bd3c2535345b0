/** What this computer did and what it brought, in sums by hour and day, and what its own past says of an hour to come. Pure. */
import {tasks} from '#protocol/task.ts';
import type {JobEntry} from './views.ts';

/** Of one hour, or of any stretch. */
export interface Sums {
  /** Ready without a job, and at work, ms. */
  readonly waitMs: number;
  readonly workMs: number;
  readonly jobs: number;
  /** Cancelled or failed. */
  readonly lost: number;
  readonly tokens: number;
  /** Nano-coins. */
  readonly earned: bigint;
}

/** A day by the clock of this computer, as it is kept. */
export interface DayRecord {
  /** "2026-11-26" */
  readonly id: string;
  /** By the hour of the day; hours without anything are left out. */
  readonly hours: Readonly<Record<number, Sums>>;
}

/** A job as it is kept; the ids are in the order of time. */
export interface JobRecord extends JobEntry {
  readonly id: string;
}

/** How much is kept. */
export const mostDays = 400;
export const mostJobs = 500;

export const noSums: Sums = {waitMs: 0, workMs: 0, jobs: 0, lost: 0, tokens: 0, earned: 0n};

export const plus = (one: Sums, other: Partial<Sums>): Sums => ({
  waitMs: one.waitMs + (other.waitMs ?? 0),
  workMs: one.workMs + (other.workMs ?? 0),
  jobs: one.jobs + (other.jobs ?? 0),
  lost: one.lost + (other.lost ?? 0),
  tokens: one.tokens + (other.tokens ?? 0),
  earned: one.earned + (other.earned ?? 0n),
});

const two = (number: number): string => String(number).padStart(2, '0');
export const dayId = (at: Date): string => `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

/** The day with something more in one of its hours. */
export const withSums = (day: DayRecord, {hour, sums}: {readonly hour: number; readonly sums: Partial<Sums>}): DayRecord => ({...day, hours: {...day.hours, [hour]: plus(day.hours[hour] ?? noSums, sums)}});

export const sumsOfDay = (day: DayRecord | undefined): Sums => Object.values(day?.hours ?? {}).reduce(plus, noSums);

/** A bar of a chart, a row of its table. */
export interface Bar {
  /** The day, or the hour of today. */
  readonly id: string;
  readonly at: Date;
  readonly sums: Sums;
}

export type Period = 'today' | 'week' | 'month';

/** All hours of today, or the last 7 or 30 days; those without anything too. */
export function barsOf(days: readonly DayRecord[], {period, now}: {readonly period: Period; readonly now: Date}): readonly Bar[] {
  const midnight = (back: number, hour = 0): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() - back, hour);
  const dayAt = (at: Date): DayRecord | undefined => days.find(({id}) => id === dayId(at));
  if (period === 'today') return Array.from({length: 24}, (_, hour) => ({id: `${dayId(now)} ${two(hour)}:00`, at: midnight(0, hour), sums: dayAt(now)?.hours[hour] ?? noSums}));
  const count = period === 'week' ? 7 : 30;
  return Array.from({length: count}, (_, index) => midnight(count - 1 - index)).map((at) => ({id: dayId(at), at, sums: sumsOfDay(dayAt(at))}));
}

/** What an hour of sharing brings, nano-coins: from the fifth lowest to the fifth highest of a hundred hours. */
export interface Forecast {
  readonly low: bigint;
  readonly high: bigint;
  /** Hours that it was made from. */
  readonly hours: number;
}

const hourMs = 3_600_000;
/** Less says nothing of an hour. */
const leastMs = 5 * 60_000;
/** Older hours are of another time. */
const recentDays = 14;

/** From this computer's own hours of the last two weeks, those that brought nothing too; undefined before it has shared for five minutes. */
export function forecastOf(days: readonly DayRecord[], now: Date): Forecast | undefined {
  const first = dayId(new Date(now.getFullYear(), now.getMonth(), now.getDate() - recentDays));
  const hours = days.filter(({id}) => id > first).flatMap(({hours: each}) => Object.values(each)).filter(({waitMs, workMs}) => waitMs + workMs > 0);
  const long = hours.filter(({waitMs, workMs}) => waitMs + workMs >= leastMs);
  // Many short visits are hours too: together they make one.
  const all = long.length > 0 ? long : [hours.reduce(plus, noSums)];
  if (all.every(({waitMs, workMs}) => waitMs + workMs < leastMs)) return undefined;
  const rates = all.map(({waitMs, workMs, earned}) => (earned * BigInt(hourMs)) / BigInt(Math.round(waitMs + workMs))).toSorted((left, right) => (left < right ? -1 : Number(left > right)));
  const rank = (part: number): bigint => rates[Math.max(0, Math.ceil(part * rates.length) - 1)] ?? 0n;
  return {low: rates.length < leastHours ? 0n : rank(0.2), high: rank(0.8), hours: rates.length};
}

/** Of fewer hours nobody can tell how low the next one will be. */
const leastHours = 5;

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isSum = (value: unknown): value is bigint => typeof value === 'bigint' && value >= 0n;

function readSums(kept: unknown): Sums | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const {waitMs, workMs, jobs, lost, tokens, earned} = kept as Record<string, unknown>;
  return isCount(waitMs) && isCount(workMs) && isCount(jobs) && isCount(lost) && isCount(tokens) && isSum(earned) ? {waitMs, workMs, jobs, lost, tokens, earned} : undefined;
}

/** Undefined for what is no day; of a day, what is no hour is left out. */
export function readDay(kept: unknown): DayRecord | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const {id, hours} = kept as Record<string, unknown>;
  if (typeof id !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(id) || typeof hours !== 'object' || hours === null) return undefined;
  const known = Object.entries(hours).flatMap(([hour, sums]) => {
    const read = readSums(sums);
    return /^(1?\d|2[0-3])$/.test(hour) && read ? [[hour, read] as const] : [];
  });
  return {id, hours: Object.fromEntries(known)};
}

/** Undefined for what is no job. */
export function readJob(kept: unknown): JobRecord | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const {id, handle, at, tokens, milliseconds, outcome, task, earned} = kept as Record<string, unknown>;
  if (typeof id !== 'string' || typeof handle !== 'string' || !isCount(at) || !isCount(tokens) || !isCount(milliseconds) || !isSum(earned)) return undefined;
  if (outcome !== 'done' && outcome !== 'cancelled' && outcome !== 'failed') return undefined;
  return {id, handle, at, tokens, milliseconds, outcome, earned, task: tasks.find((known) => known === task)};
}
