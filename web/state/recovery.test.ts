/** When a lost node starts again, and when it does not. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {recoverable, recoveryAfter} from './recovery.ts';

const at = (count: number, now = 1000) => recoveryAfter(Array.from({length: count}, (_, index) => index), {now, random: 1});

test('later each time, a tier lower after two losses, and no more after five', () => {
  assert.deepEqual([1, 2, 3, 4, 5].map((count) => at(count)?.lower), [false, false, true, true, true]);
  const waits = [1, 2, 3, 4, 5].map((count) => at(count)?.waitMs ?? 0);
  assert.deepEqual(waits, waits.toSorted((left, right) => left - right));
  assert.ok((waits[0] ?? 0) <= 1000);
  assert.equal(at(6), undefined);
});

test('losses of long ago are forgotten', () => {
  assert.deepEqual(at(6, 3_600_000), recoveryAfter([], {now: 0, random: 1}));
});

test('what a person did, or a relay refused, is no loss', () => {
  for (const code of ['cancelled', 'bad-wallet', 'bad-node', 'duplicate'] as const) assert.ok(!recoverable.has(code), code);
});
