/** Waits grow, are capped, and differ between those who wait. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {retryDelay} from './retry.ts';

test('retryDelay(): doubles from half a second to fifteen, never above, and never less than half of that', () => {
  assert.deepEqual([0, 1, 2, 3].map((attempt) => retryDelay(attempt, 0.999999)).map(Math.round), [500, 1000, 2000, 4000]);
  for (let attempt = 0; attempt < 2000; attempt += 1) {
    const [shortest, longest] = [retryDelay(attempt, 0), retryDelay(attempt, 0.999999)];
    assert.ok(shortest >= 250 && longest <= 15_000 && shortest * 2 > longest * 0.99, `attempt ${attempt}: ${shortest} to ${longest}`);
  }
});
