/** The week of a schedule: hours, presets, what earlier versions kept, and the days when clocks are moved. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {alikeDays, nextChange, presetWeek, stretchesOf, withHours} from './week-plan.ts';
import {hourOf, isOpenAt, readWeek, weekOf, wholeWeek} from './week.ts';

/** Runs in a time zone that moves its clocks. */
function inBerlin(work: () => void): void {
  const before = process.env['TZ'];
  process.env['TZ'] = 'Europe/Berlin';
  try {
    work();
  } finally {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  }
}

test('each hour of the week is one bit; changing some leaves the others', () => {
  assert.equal(wholeWeek, 'f'.repeat(42));
  const one = withHours(weekOf(() => false), {hours: [{day: 2, hour: 7}], open: true});
  for (let day = 0; day < 7; day += 1) for (let hour = 0; hour < 24; hour += 1) assert.equal(isOpenAt(one, {day, hour}), day === 2 && hour === 7);
  assert.equal(withHours(one, {hours: [{day: 2, hour: 7}], open: false}), '0'.repeat(42));
  assert.deepEqual(stretchesOf(withHours(one, {hours: [{day: 2, hour: 8}, {day: 2, hour: 23}], open: true}), 2), [{from: 7, until: 9}, {from: 23, until: 24}]);
});

test('presets are what their names say', () => {
  assert.equal(presetWeek('always'), wholeWeek);
  assert.deepEqual(stretchesOf(presetWeek('nights'), 0), [{from: 0, until: 8}, {from: 22, until: 24}]);
  assert.deepEqual([0, 5, 6].map((day) => stretchesOf(presetWeek('weekends'), day).length), [0, 1, 1]);
  assert.deepEqual(stretchesOf(presetWeek('free-time'), 4), [{from: 0, until: 9}, {from: 18, until: 24}]);
  assert.deepEqual(stretchesOf(presetWeek('free-time'), 6), [{from: 0, until: 24}]);
});

test('alikeDays() puts neighbours with the same hours together', () => {
  assert.deepEqual(alikeDays(wholeWeek), [{first: 0, last: 6, stretches: [{from: 0, until: 24}]}]);
  assert.deepEqual(alikeDays(presetWeek('free-time')).map(({first, last}) => [first, last]), [[0, 4], [5, 6]]);
  const midweek = withHours(weekOf(() => false), {hours: [{day: 2, hour: 3}], open: true});
  assert.deepEqual(alikeDays(midweek).map(({first, last, stretches}) => [first, last, stretches.length]), [[0, 1, 0], [2, 2, 1], [3, 6, 0]]);
});

test('readWeek(): a kept week, the hours of earlier versions, and nonsense', () => {
  const nights = presetWeek('nights');
  assert.equal(readWeek({week: nights, from: 1, until: 2}), nights);
  assert.equal(readWeek({from: 22, until: 8}), nights);
  assert.deepEqual(stretchesOf(readWeek({from: 9, until: 12}), 3), [{from: 9, until: 12}]);
  for (const nonsense of [{}, {week: 'f'}, {week: 'g'.repeat(42)}, {week: 7}, {from: 7, until: 7}, {from: -1, until: 5}, {from: 1, until: 25}, {from: '1', until: 2}]) assert.equal(readWeek(nonsense), wholeWeek);
});

test('nextChange(): when it opens and closes; never, where nothing changes', () => {
  inBerlin(() => {
    const nights = presetWeek('nights');
    assert.deepEqual(nextChange(nights, new Date(2026, 10, 26, 12, 34)), new Date(2026, 10, 26, 22));
    assert.deepEqual(nextChange(nights, new Date(2026, 10, 26, 22)), new Date(2026, 10, 27, 8));
    assert.deepEqual(nextChange(presetWeek('weekends'), new Date(2026, 10, 23, 0, 1)), new Date(2026, 10, 28), 'from Monday to Saturday');
    assert.equal(nextChange(wholeWeek, new Date(2026, 10, 26)), undefined);
  });
});

test('clocks that are moved: what they show counts', () => {
  inBerlin(() => {
    const smallHours = weekOf(({hour}) => hour === 2);
    // 29 March 2026 has no hour from 2 to 3: that night it never opens.
    assert.deepEqual(nextChange(smallHours, new Date(2026, 2, 29, 0, 30)), new Date(2026, 2, 30, 2));
    // 25 October 2026 has it twice: it stays open for both.
    const began = new Date('2026-10-25T00:00:00Z');
    assert.deepEqual(hourOf(began), {day: 6, hour: 2});
    assert.equal(nextChange(smallHours, began)?.toISOString(), '2026-10-25T02:00:00.000Z');
    // A week that opens once, on the longest day, is found from just behind its end.
    const once = weekOf(({day, hour}) => day === 6 && hour === 1);
    assert.deepEqual(nextChange(once, new Date(2026, 9, 18, 2)), new Date(2026, 9, 25, 1));
  });
});
