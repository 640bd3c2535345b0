/** The last ten minutes of a relay, on a clock that the test moves. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import type {ModelHash} from '#protocol/ids.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {Recent} from './recent.ts';

const model = 'aa'.repeat(32) as ModelHash;

test('outcomes, failures and refusals are summed, the most frequent first', () => {
  const recent = new Recent(new ManualClock(setImmediate));
  recent.note({is: 'asked'});
  recent.note({is: 'rematched'});
  recent.note({is: 'ended', outcome: 'released'});
  recent.note({is: 'ended', outcome: 'failed', code: 'busy'});
  for (let count = 0; count < 2; count += 1) recent.note({is: 'ended', outcome: 'failed', code: 'node-lost'});
  recent.note({is: 'refused', code: 'flood'});
  recent.note({is: 'offered', ms: 5});
  const {outcomes, failures, refusals} = recent.read();
  assert.deepEqual(outcomes, {asked: 1, matched: 0, rematched: 1, released: 1, cancelled: 0, redirected: 0, failed: 3});
  assert.deepEqual(failures, [{code: 'node-lost', count: 2}, {code: 'busy', count: 1}]);
  assert.deepEqual(refusals, [{code: 'flood', count: 1}]);
});

test('median and 95th percentile of waits, by model; nothing measured is null and not zero', () => {
  const recent = new Recent(new ManualClock(setImmediate));
  assert.deepEqual(recent.read().match, {count: 0, p50: null, p95: null});
  for (let ms = 100; ms >= 1; ms -= 1) recent.note({is: 'matched', model, ms});
  recent.note({is: 'matched', model: 'bb'.repeat(32) as ModelHash, ms: 7});
  recent.note({is: 'answering', ms: 30});
  assert.deepEqual(recent.waits().get(model), {count: 100, p50: 50, p95: 95});
  assert.deepEqual(recent.read().firstFrame, {count: 1, p50: 30, p95: 30});
  assert.equal(recent.read().match.count, 101);
});

test('what is older than ten minutes is forgotten, and what is kept is bounded', async () => {
  const clock = new ManualClock(setImmediate);
  const recent = new Recent(clock);
  recent.note({is: 'asked'});
  for (let count = 0; count < 2500; count += 1) recent.note({is: 'matched', model, ms: 1});
  assert.deepEqual([recent.read().outcomes.matched, recent.read().match.count], [2500, 2000]);
  await clock.advance(9 * 60_000);
  recent.note({is: 'asked'});
  assert.deepEqual([recent.read().outcomes.asked, recent.read().match.count], [2, 2000]);
  await clock.advance(2 * 60_000);
  assert.deepEqual([recent.read().outcomes.asked, recent.read().match.count, recent.waits().get(model)?.count], [1, 0, 0]);
});
