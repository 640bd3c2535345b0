/** A schedule in words: moments, days, and the whole week in as few lines as it has. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {presetWeek, withHours} from '../state/week-plan.ts';
import {weekOf, wholeWeek} from '../state/week.ts';
import {dayName, momentWords, weekLines} from './week-names.ts';

test('momentWords(): today, tomorrow, and the name of any other day', () => {
  const now = new Date(2026, 10, 26, 12, 30);
  assert.deepEqual([new Date(2026, 10, 26, 22), new Date(2026, 10, 27), new Date(2026, 10, 28, 9, 30)].map((at) => momentWords(at, now)), ['today 22:00', 'tomorrow 00:00', 'Saturday 09:30']);
});

test('weekLines(): one line for a week that is the same every day, and one for each run of days that are alike', () => {
  assert.deepEqual(weekLines(wholeWeek), ['Every day: all day']);
  assert.deepEqual(weekLines(weekOf(() => false)), ['Every day: not at all']);
  assert.deepEqual(weekLines(presetWeek('free-time')), ['Monday to Friday: 00:00–09:00, 18:00–24:00', 'Saturday to Sunday: all day']);
  assert.deepEqual(weekLines(withHours(weekOf(() => false), {hours: [{day: 2, hour: 7}], open: true})), ['Monday to Tuesday: not at all', 'Wednesday: 07:00–08:00', 'Thursday to Sunday: not at all']);
});

test('Monday is the first day', () => {
  assert.deepEqual([dayName(0), dayName(6, 'short')], ['Monday', 'Sun']);
});
