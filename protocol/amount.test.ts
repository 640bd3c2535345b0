/** Sums of coins as people write them. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {formatAmount, maxAmount, parseAmount} from './amount.ts';

test('parseAmount: whole, fraction, comma, the smallest and the largest', () => {
  assert.equal(parseAmount('12'), 12_000_000_000n);
  assert.equal(parseAmount(' 0.5 '), 500_000_000n);
  assert.equal(parseAmount('0,000000001'), 1n);
  assert.equal(parseAmount('1.'), 1_000_000_000n);
  assert.equal(parseAmount(formatAmount(maxAmount)), maxAmount);
});

test('parseAmount: bad-amount for zero, negative, ten decimals, too much, and what is no number', () => {
  for (const text of ['', '0', '0.0', '-1', '+1', '1e3', '0.1234567890', '1.2.3', '.5', '1 000', '0x10', '18446744074', 'NaN', '٣']) {
    assert.throws(() => parseAmount(text), {code: 'bad-amount'}, text);
  }
});

test('formatAmount: exact, no zeros at the end', () => {
  assert.deepEqual([0n, 1n, 500_000_000n, 12_000_000_000n, -250_000_000n].map(formatAmount), ['0', '0.000000001', '0.5', '12', '-0.25']);
});

test('parseAmount reads what formatAmount writes, for sums of every size', () => {
  for (let nano = 1n; nano <= maxAmount; nano = nano * 3n + 1n) assert.equal(parseAmount(formatAmount(nano)), nano);
});
