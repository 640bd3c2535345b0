/** The token bucket of a link. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {TokenBucket} from './rate.ts';

const takes = (bucket: TokenBucket, times: number, now: number): number => Array.from({length: times}, () => bucket.take(now)).filter(Boolean).length;

test('TokenBucket.take(): a burst, then the rate', () => {
  const bucket = new TokenBucket({burst: 10, perSecond: 5, now: 1000});
  assert.equal(takes(bucket, 20, 1000), 10);
  assert.equal(takes(bucket, 20, 1199), 0);
  assert.equal(takes(bucket, 20, 1200), 1);
  assert.equal(takes(bucket, 20, 2200), 5);
});

test('TokenBucket.take(): never holds more than the burst', () => {
  const bucket = new TokenBucket({burst: 3, perSecond: 1, now: 0});
  assert.equal(takes(bucket, 9, 1e9), 3);
});

test('TokenBucket.take(): a clock that goes back gives nothing', () => {
  const bucket = new TokenBucket({burst: 1, perSecond: 1, now: 5000});
  assert.equal(takes(bucket, 2, 5000), 1);
  assert.equal(takes(bucket, 2, 1000), 0);
});
