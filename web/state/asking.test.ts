/** Prices: the usual one, one of a model's own, and what was kept of them. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {freeOfCharge} from '#protocol/price.ts';
import {pricesOf, readAsking, usualAsking} from './asking.ts';

test('pricesOf(): free, the usual price, or the model’s own', () => {
  const asking = {...usualAsking, paid: true, own: {large: {prompt: 1n, completion: 2n}}};
  assert.equal(pricesOf({...asking, paid: false}, 'large'), undefined);
  assert.deepEqual(pricesOf(asking, 'small'), {...freeOfCharge, prompt: 50_000_000n, completion: 200_000_000n});
  assert.deepEqual(pricesOf(asking, 'large'), {...freeOfCharge, prompt: 1n, completion: 2n});
});

test('readAsking(): what is kept comes back, also of a version without prices by model; nonsense is as usual', () => {
  const asking = {paid: true, prompt: 7n, completion: 8n, own: {large: {prompt: 0n, completion: 2n}}};
  assert.deepEqual(readAsking(structuredClone(asking)), asking);
  assert.deepEqual(readAsking({paid: true, prompt: 7n, completion: 8n}), {...asking, own: {}});
  for (const nonsense of [undefined, 7, {}, {paid: 1, prompt: 7, completion: 8n, own: {a: {prompt: -1n, completion: 1n}, b: 7}}, {prompt: 2n ** 64n, completion: 1n}]) assert.deepEqual(readAsking(nonsense), usualAsking);
});
