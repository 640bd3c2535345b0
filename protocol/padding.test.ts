/** Padding: few sizes, and nothing hidden in the zeros. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {concat, randomBytes, utf8} from './bytes.ts';
import {requestBuckets} from './limits.ts';
import {bucketFor, lengthBytes, pad, unpad} from './padding.ts';

test('bucketFor(): the smallest bucket that holds body and length', () => {
  assert.equal(bucketFor(0), 1024);
  for (const [index, size] of requestBuckets.entries()) {
    assert.equal(bucketFor(size - lengthBytes), size);
    const next = requestBuckets[index + 1];
    if (next === undefined) assert.throws(() => bucketFor(size - lengthBytes + 1), {code: 'too-long'});
    else assert.equal(bucketFor(size - lengthBytes + 1), next);
  }
});

test('pad(), unpad(): any body comes back', () => {
  for (const length of [0, 1, 59, 60]) {
    const body = randomBytes(length);
    assert.equal(pad(body, 64).length, 64);
    assert.deepEqual(Uint8Array.from(unpad(pad(body, 64))), body);
  }
  assert.throws(() => pad(new Uint8Array(61), 64), RangeError);
});

test('unpad(): reads a view in the middle of a buffer', () => {
  assert.deepEqual(Uint8Array.from(unpad(concat(utf8('??'), pad(utf8('x'), 16)).subarray(2))), utf8('x'));
});

test('unpad(): refuses a length beyond the end, no length, and padding that is not zero', () => {
  const padded = pad(utf8('abc'), 64);
  for (let length = 0; length < 7; length += 1) assert.throws(() => unpad(padded.subarray(0, length)), {code: 'bad-message'});
  for (let index = 7; index < 64; index += 1) assert.throws(() => unpad(padded.with(index, 1)), {code: 'bad-message'});
  assert.throws(() => unpad(padded.with(0, 255)), {code: 'bad-message'});
});
