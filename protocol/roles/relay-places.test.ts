/** When who waits hears again: a quarter off, and not too soon. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isNews, type Told} from './relay-places.ts';

const told: Told = {position: 8, etaMs: 40_000, at: 1000};
const after = (position: number, etaMs: number, now = 3000) => isNews(told, {position, etaMs, now});

test('isNews(): a quarter off in place or estimate, up or down', () => {
  assert.equal(after(8, 40_000), false);
  for (const [position, etaMs] of [[7, 40_000], [9, 31_000], [8, 49_000]] as const) assert.equal(after(position, etaMs), false, `${position} ${etaMs}`);
  for (const [position, etaMs] of [[6, 40_000], [10, 40_000], [8, 30_000], [8, 50_000], [8, 0]] as const) assert.equal(after(position, etaMs), true, `${position} ${etaMs}`);
});

test('isNews(): each of the last four places is told, and an estimate where there was none', () => {
  for (const position of [4, 3, 2]) assert.equal(isNews({...told, position}, {position: position - 1, etaMs: 40_000, now: 3000}), true);
  assert.equal(isNews({...told, etaMs: 0}, {position: 8, etaMs: 500, now: 3000}), true);
  assert.equal(isNews({...told, etaMs: 0}, {position: 8, etaMs: 0, now: 3000}), false);
});

test('isNews(): never within two seconds', () => assert.equal(after(1, 1, 2999), false));
