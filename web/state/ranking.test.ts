/** Vectors in the order of their likeness. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cosine, ranked} from './ranking.ts';

test('the direction counts, not the length', () => {
  assert.equal(cosine([1, 0], [3, 0]), 1);
  assert.equal(cosine([1, 0], [0, 2]), 0);
  assert.equal(cosine([1, 0], [-5, 0]), -1);
});

test('what has no direction, or another number of them, is like nothing', () => {
  assert.equal(cosine([0, 0], [1, 0]), 0);
  assert.equal(cosine([1], [1, 0]), 0);
});

test('the likest first, equals in their order', () => {
  const order = ranked(Float32Array.of(1, 0), [[0, 1], [1, 1], [2, 0], [0, -3]].map((vector) => Float32Array.from(vector)));
  assert.deepEqual(order.map(({index}) => index), [2, 1, 0, 3]);
  assert.ok(Math.abs((order[1]?.likeness ?? 0) - Math.SQRT1_2) < 1e-6);
  assert.deepEqual(ranked([1], []), []);
});
