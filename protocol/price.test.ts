/** Prices: exact, and rounded in the payer's favour. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {classes, freeOfCharge, priceOf} from './price.ts';

const none = {prompt: 0, cached: 0, completion: 0, reasoning: 0};

test('priceOf(): rounds down, in the payer\'s favour, once over all classes', () => {
  const prices = {...freeOfCharge, prompt: 600_000n, completion: 600_000n};
  assert.equal(priceOf({...none, prompt: 1}, prices), 0n);
  assert.equal(priceOf({...none, completion: 3}, prices), 1n);
  assert.equal(priceOf({...none, prompt: 1, completion: 1}, prices), 1n);
  assert.equal(priceOf({...none, completion: 1}, {...freeOfCharge, completion: 1_999_999n}), 1n);
});

test('priceOf(): each class counts at its own price', () => {
  for (const name of classes) assert.equal(priceOf({...none, [name]: 1_000_000}, {...freeOfCharge, [name]: 7n}), 7n);
  assert.equal(priceOf({prompt: 9, cached: 9, completion: 9, reasoning: 9}, freeOfCharge), 0n);
});

test('priceOf(): more of anything never costs less', () => {
  const prices = {prompt: 999_999n, cached: 1n, completion: 1_000_001n, reasoning: 3n};
  let before = 0n;
  for (let count = 0; count < 500; count += 1) {
    const price = priceOf({...none, prompt: count, completion: count}, prices);
    assert.ok(price >= before);
    before = price;
  }
});

test('priceOf(): exact beyond what a double can hold', () => {
  assert.equal(priceOf({...none, completion: 1_000_000}, {...freeOfCharge, completion: 9_007_199_254_740_993n}), 9_007_199_254_740_993n);
});
