/** Speed and remaining time, by a clock that the test moves. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Pace} from './pace.ts';

test('speed over the last seconds, and the time that the rest takes at that speed', () => {
  let at = 0;
  const speed = () => pace.progress.bytesPerSecond;
  const rest = () => pace.progress.etaSeconds;
  const pace = new Pace({now: () => at}, {total: 10_000, held: 2000});
  assert.deepEqual(pace.progress, {bytes: 2000, total: 10_000, bytesPerSecond: 0, etaSeconds: undefined});
  for (at = 500; at <= 2000; at += 500) pace.note(500);
  at = 2000;
  assert.deepEqual(pace.progress, {bytes: 4000, total: 10_000, bytesPerSecond: 1000, etaSeconds: 6});
  at = 6000;
  assert.equal(speed(), 2000 / 6);
  at = 60_000;
  assert.equal(speed(), 0, 'nothing came for long');
  assert.equal(rest(), undefined);
  pace.note(800);
  assert.equal(speed(), 100, 'what came before the window does not count');
});

test('bytes that were of no use are taken back from the sum', () => {
  const pace = new Pace({now: () => 0}, {total: 100, held: 0});
  pace.note(60);
  pace.note(-60);
  assert.equal(pace.progress.bytes, 0);
});
