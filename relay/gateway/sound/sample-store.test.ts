/** Samples of unknown number. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codeOf} from '#protocol/errors.ts';
import {SampleStore} from './sample-store.ts';

test('what was added comes out in order, however much it was', () => {
  const store = new SampleStore(2_000_000);
  for (let index = 0; index < 7; index += 1) store.add(new Float32Array(200_000).fill(index));
  const samples = store.take();
  assert.equal(samples.length, 1_400_000);
  assert.equal(samples.buffer.byteLength, 5_600_000);
  for (let index = 0; index < 7; index += 1) assert.equal(samples[index * 200_000 + 5], index);
  assert.equal(store.take().length, 0);
});

test('the bound is kept: up to it, and nothing beyond', () => {
  const store = new SampleStore(1_000_000);
  store.add(new Float32Array(999_999));
  assert.throws(() => store.add(new Float32Array(2)), (error: unknown) => codeOf(error) === 'too-long');
  store.add(new Float32Array(1));
  assert.equal(store.take().length, 1_000_000);
});
