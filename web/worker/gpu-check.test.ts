/** The processor's side of the check of a GPU, against numbers that another implementation made. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {mixed} from './gpu-check.ts';

test('mixed() is what 32-bit whole numbers give', () => {
  assert.deepEqual([0, 1, 2, 77, 4095].map(mixed), [665_091_086, 625_112_660, 3_244_719_456, 1_056_471_329, 3_588_543_359]);
});
