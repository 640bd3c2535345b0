/** When no jobs are taken, each reason, and the edges of the hours. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {pauseReason, readLimits, type SharingLimits, tomorrow, usualLimits} from './limits.ts';
import {presetWeek} from './week-plan.ts';
import {weekOf} from './week.ts';

const at = (hour: number) => new Date(2026, 10, 25, hour, 30);
const reason = (limits: Partial<SharingLimits>, {hour = 12, onBattery, metered}: {hour?: number; onBattery?: boolean; metered?: boolean} = {}) =>
  pauseReason({...usualLimits, ...limits}, {onBattery, metered, now: at(hour)});

test('battery and metered connections pause unless allowed; what a browser does not say pauses nothing', () => {
  assert.deepEqual([reason({}), reason({}, {onBattery: false, metered: false})], [undefined, undefined]);
  assert.deepEqual([reason({}, {onBattery: true}), reason({onBattery: true}, {onBattery: true})], ['battery', undefined]);
  assert.deepEqual([reason({}, {metered: true}), reason({onMetered: true}, {metered: true})], ['metered', undefined]);
});

test('hours of the schedule, by the clock of this person', () => {
  const week = weekOf(({day, hour}) => day === 2 && hour < 12);
  assert.deepEqual([11, 12].map((hour) => reason({week}, {hour})), [undefined, 'hours'], '25 November 2026 is a Wednesday');
  assert.equal(reason({week: weekOf(({day}) => day === 3)}), 'hours');
});

test('a break ends by itself, and goes before all else', () => {
  const breakUntil = at(12).getTime() + 1;
  assert.equal(reason({breakUntil, week: weekOf(() => false)}, {onBattery: true}), 'break');
  assert.equal(reason({breakUntil: at(12).getTime()}), undefined);
});

test('readLimits(): kept choices come back, nonsense is as usual', () => {
  const chosen: SharingLimits = {duty: 30, onBattery: true, onMetered: true, week: presetWeek('nights'), breakUntil: 5};
  assert.deepEqual(readLimits(structuredClone(chosen)), chosen);
  assert.deepEqual(readLimits({duty: 30, onBattery: true, onMetered: true, from: 22, until: 8, breakUntil: 5}), chosen, 'as an earlier version kept them');
  for (const nonsense of [undefined, null, 7, {duty: 50, from: -1, until: 25, onBattery: 'yes', breakUntil: 'x'}]) assert.deepEqual(readLimits(nonsense), usualLimits);
});

test('tomorrow() is the next midnight, also at the end of a month', () => {
  assert.deepEqual([tomorrow(at(12)), tomorrow(new Date(2026, 10, 30, 0, 0))], [new Date(2026, 10, 26), new Date(2026, 11, 1)]);
});
