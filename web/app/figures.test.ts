/** How numbers read. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {formatBytes, formatPercent, formatPrice, formatRate, formatSeconds, formatSpan, tokensPerSecond} from './figures.ts';

test('seconds have one digit', () => {
  assert.equal(formatSeconds(1234), '1.2 s');
  assert.equal(formatSeconds(80), '0.1 s');
});

test('what is left is said in the largest unit that fits', () => {
  assert.deepEqual([0.2, 40, 61, 3599, 3601].map(formatSpan), ['1 sec', '40 sec', '2 min', '60 min', '2 hr']);
});

test('rates do not pretend precision', () => {
  assert.equal(formatRate(7.25), '7.3');
  assert.equal(formatRate(41.6), '42');
});

test('bytes step by a thousand', () => {
  assert.equal(formatBytes(0), '0 bytes');
  assert.equal(formatBytes(2_400_000), '2.4 MB');
  assert.equal(formatBytes(640_000_000), '640 MB');
});

test('a part is never below nothing or above all', () => {
  assert.equal(formatPercent(0.405), '41%');
  assert.equal(formatPercent(7), '100%');
  assert.equal(formatPercent(-1), '0%');
});

test('prices are exact, and zero is free', () => {
  assert.equal(formatPrice(0n), 'free');
  assert.equal(formatPrice(1n), '0.000000001 TON');
  assert.equal(formatPrice(1_500_000_000n), '1.5 TON');
  assert.equal(formatPrice(12_345_000_000_000n), '12,345 TON');
});

test('the rate counts from the first token', () => {
  assert.equal(tokensPerSecond({tokens: 11, milliseconds: 1500, firstTokenMs: 500}), 10);
  assert.equal(tokensPerSecond({tokens: 10, milliseconds: 2000, firstTokenMs: undefined}), 5);
  assert.equal(tokensPerSecond({tokens: 1, milliseconds: 500, firstTokenMs: 500}), 2);
  assert.equal(tokensPerSecond({tokens: 0, milliseconds: 500, firstTokenMs: undefined}), undefined);
});
