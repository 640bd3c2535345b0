/** Times for people. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {clockTime} from './clock-time.ts';

test('minutes and seconds, hours where there are any', () => {
  assert.deepEqual([0, 5999, 72_000, 3_600_000, 36_610_000].map(clockTime), ['0:00', '0:05', '1:12', '1:00:00', '10:10:10']);
});
