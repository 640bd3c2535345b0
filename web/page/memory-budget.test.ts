/** Budgets of phones and tablets, by what their browsers call themselves. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {memoryBudget} from './memory-budget.ts';

const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15';

test('phones and tablets have a budget, also an iPad that calls itself a Mac; computers have none', () => {
  assert.equal(memoryBudget({userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15', maxTouchPoints: 5}), 700_000_000);
  assert.equal(memoryBudget({userAgent: mac, maxTouchPoints: 5}), 1_500_000_000);
  assert.equal(memoryBudget({userAgent: 'Mozilla/5.0 (Linux; Android 15; Pixel 8a) AppleWebKit/537.36 Chrome/146.0 Mobile Safari/537.36', maxTouchPoints: 5}), 1_500_000_000);
  assert.equal(memoryBudget({userAgent: mac, maxTouchPoints: 0}), undefined);
  assert.equal(memoryBudget({userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/146.0', maxTouchPoints: 10}), undefined, 'a touch screen is no phone');
});
