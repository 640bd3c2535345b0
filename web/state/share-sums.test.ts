/** Sums by hour and day, the bars of a chart, the forecast from one's own hours, and what was kept. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {barsOf, type DayRecord, dayId, forecastOf, noSums, readDay, readJob, type Sums, sumsOfDay, withSums} from './share-sums.ts';

const now = new Date(2026, 10, 26, 12, 30);
const hourMs = 3_600_000;
const day = (id: string, hours: Record<number, Partial<Sums>>): DayRecord => ({id, hours: Object.fromEntries(Object.entries(hours).map(([hour, sums]) => [hour, {...noSums, ...sums}]))});

test('a day adds up its hours', () => {
  const first = withSums({id: dayId(now), hours: {}}, {hour: 12, sums: {jobs: 1, earned: 5n}});
  const second = withSums(withSums(first, {hour: 12, sums: {jobs: 1, tokens: 7, earned: 2n}}), {hour: 13, sums: {waitMs: 10, lost: 1}});
  assert.equal(second.id, '2026-11-26');
  assert.deepEqual(second.hours[12], {...noSums, jobs: 2, tokens: 7, earned: 7n});
  assert.deepEqual(sumsOfDay(second), {waitMs: 10, workMs: 0, jobs: 2, lost: 1, tokens: 7, earned: 7n});
  assert.deepEqual(sumsOfDay(undefined), noSums);
});

test('barsOf(): hours of today, 7 days and 30, with those in which nothing happened', () => {
  const days = [day('2026-11-26', {9: {jobs: 2}}), day('2026-11-20', {1: {jobs: 1}, 2: {jobs: 4}}), day('2026-10-28', {0: {jobs: 8}}), day('2026-10-27', {0: {jobs: 16}})];
  const jobs = (period: 'today' | 'week' | 'month') => barsOf(days, {period, now}).map(({sums}) => sums.jobs);
  assert.deepEqual(jobs('today').map((count, hour) => [hour, count]).filter(([, count]) => count !== 0), [[9, 2]]);
  assert.equal(jobs('today').length, 24);
  assert.deepEqual(jobs('week'), [5, 0, 0, 0, 0, 0, 2]);
  assert.deepEqual([jobs('month').length, jobs('month')[0], jobs('month').at(-1)], [30, 8, 2], 'what is older than 30 days is not in it');
  assert.deepEqual(barsOf([], {period: 'week', now}).map(({id}) => id).slice(-2), ['2026-11-25', '2026-11-26']);
});

test('forecastOf(): nothing before five minutes; a range from one’s own hours, with those that brought nothing', () => {
  assert.equal(forecastOf([], now), undefined);
  assert.equal(forecastOf([day('2026-11-26', {12: {waitMs: 4 * 60_000, earned: 9n}})], now), undefined);
  assert.deepEqual(forecastOf([day('2026-11-26', {12: {waitMs: hourMs / 2, earned: 9n}})], now), {low: 0n, high: 18n, hours: 1}, 'one hour: it may be 0');
  const hours = Object.fromEntries(Array.from({length: 10}, (_, hour) => [hour, {waitMs: hourMs, earned: BigInt(hour * 10)}]));
  assert.deepEqual(forecastOf([day('2026-11-25', hours)], now), {low: 10n, high: 70n, hours: 10});
  const idle = Object.fromEntries(Array.from({length: 10}, (_, hour) => [hour, {waitMs: hourMs, earned: hour === 9 ? 100n : 0n}]));
  assert.deepEqual(forecastOf([day('2026-11-25', idle)], now), {low: 0n, high: 0n, hours: 10});
  assert.equal(forecastOf([day('2026-11-01', hours)], now), undefined, 'of another time');
  assert.deepEqual(forecastOf([day('2026-11-26', {1: {waitMs: 3 * 60_000}, 2: {workMs: 3 * 60_000, earned: 1n}})], now), {low: 0n, high: 10n, hours: 1}, 'short visits together');
});

test('what was kept is read, and nonsense is left out', () => {
  const kept = day('2026-11-26', {5: {jobs: 1, earned: 3n}});
  assert.deepEqual(readDay(structuredClone(kept)), kept);
  assert.deepEqual(readDay({id: '2026-11-26', hours: {24: noSums, 3: {...noSums, earned: 3}, 4: {...noSums, waitMs: -1}, x: noSums, 5: noSums}}), {id: '2026-11-26', hours: {5: noSums}});
  for (const nonsense of [undefined, 7, {}, {id: 'today', hours: {}}, {id: '2026-11-26'}]) assert.equal(readDay(nonsense), undefined);
  const job = {id: '1', handle: 'h', at: 1, tokens: 2, milliseconds: 3, outcome: 'done', task: 'chat', earned: 4n};
  assert.deepEqual(readJob(job), job);
  assert.equal(readJob({...job, task: 'dreaming'})?.task, undefined);
  for (const fields of [{at: -1}, {earned: 4}, {outcome: 'fine'}, {handle: 7}]) assert.equal(readJob({...job, ...fields}), undefined);
});
