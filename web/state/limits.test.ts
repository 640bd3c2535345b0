/** When no jobs are taken, each reason, and the edges of the hours. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {pauseReason, readLimits, type SharingLimits, usualLimits} from './limits.ts';

const at = (hour: number) => new Date(2026, 10, 25, hour, 30);
const reason = (limits: Partial<SharingLimits>, {hour = 12, onBattery, metered}: {hour?: number; onBattery?: boolean; metered?: boolean} = {}) =>
  pauseReason({...usualLimits, ...limits}, {onBattery, metered, now: at(hour)});

test('battery and metered connections pause unless allowed; what a browser does not say pauses nothing', () => {
  assert.deepEqual([reason({}), reason({}, {onBattery: false, metered: false})], [undefined, undefined]);
  assert.deepEqual([reason({}, {onBattery: true}), reason({onBattery: true}, {onBattery: true})], ['battery', undefined]);
  assert.deepEqual([reason({}, {metered: true}), reason({onMetered: true}, {metered: true})], ['metered', undefined]);
});

test('hours: within a day, over midnight, all day', () => {
  const open = (from: number, until: number) => Array.from({length: 24}, (_, hour) => hour).filter((hour) => reason({from, until}, {hour}) === undefined);
  assert.deepEqual(open(9, 12), [9, 10, 11]);
  assert.deepEqual(open(22, 2), [0, 1, 22, 23]);
  assert.equal(open(7, 7).length, 24);
  assert.deepEqual(open(0, 24).length, 24);
});

test('a break ends by itself, and goes before all else', () => {
  const breakUntil = at(12).getTime() + 1;
  assert.equal(reason({breakUntil, from: 1, until: 2}, {onBattery: true}), 'break');
  assert.equal(reason({breakUntil: at(12).getTime()}), undefined);
});

test('readLimits(): kept choices come back, nonsense is as usual', () => {
  const chosen: SharingLimits = {duty: 30, onBattery: true, onMetered: true, from: 22, until: 6, breakUntil: 5};
  assert.deepEqual(readLimits(structuredClone(chosen)), chosen);
  for (const nonsense of [undefined, null, 7, {duty: 50, from: -1, until: 25, onBattery: 'yes', breakUntil: 'x'}]) assert.deepEqual(readLimits(nonsense), usualLimits);
});
