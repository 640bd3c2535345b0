/** Texts and the jobs that carry them. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {batchesOf} from './batches.ts';
import {encodeJob, makeJob} from './job.ts';
import {limits} from './limits.ts';
import {bucketFor} from './padding.ts';

test('a list is cut after as many texts as a job takes, in order', () => {
  const texts = Array.from({length: 70}, (_, index) => `text ${index}`);
  const batches = batchesOf(texts);
  assert.deepEqual(batches.map(({length}) => length), [32, 32, 6]);
  assert.deepEqual(batches.flat(), texts);
});

test('the longest texts are cut so that every job fits the largest request', () => {
  const batches = batchesOf(Array.from({length: 32}, () => 'é'.repeat(limits.maxInputBytes / 2)));
  assert.ok(batches.length > 1);
  for (const inputs of batches) assert.ok(bucketFor(encodeJob(makeJob({task: 'embeddings', inputs})).length) <= 256 * 1024);
});

test('no texts are no jobs', () => assert.deepEqual(batchesOf([]), []));
