/** Items of an answer: each task's come back, others are refused, and the rest of a job follows what is there. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {randomBytes} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {type JobInput, type JobOf, makeJob} from './job.ts';
import {limits} from './limits.ts';
import {jpegHeader} from './testing/images.ts';
import {decodeItem, encodeItem, type ItemTask, mostItems, restOf} from './result.ts';

const image = jpegHeader();
const frames = [0, 1, 2].map((index) => ({atMs: index * 100, image}));
const jobOf = (input: JobInput) => makeJob(input) as JobOf<ItemTask>;

test('encodeItem(), decodeItem(): items of every task come back', () => {
  const vector = Float32Array.from({length: limits.maxDimensions}, (_, index) => index / 7);
  assert.deepEqual(decodeItem('embeddings', encodeItem('embeddings', {vector})), {vector});
  for (const item of [{startMs: 0, endMs: 30_000, text: 'größer'}]) assert.deepEqual(decodeItem('transcription', encodeItem('transcription', item)), item);
  for (const item of [{label: 'a', score: 10_000}]) assert.deepEqual(decodeItem('classify', encodeItem('classify', item)), item);
  for (const item of [{startMs: 5, endMs: 5, text: '', score: 0}]) assert.deepEqual(decodeItem('video', encodeItem('video', item)), item);
});

test('decodeItem(): numbers that are none, a length that is off, and random bytes are refused', () => {
  const bytes = encodeItem('embeddings', {vector: Float32Array.of(1, 2)});
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const bad = Uint8Array.from(bytes);
    new DataView(bad.buffer).setFloat32(4, value, true);
    assert.throws(() => decodeItem('embeddings', bad), {code: 'bad-message'});
  }
  assert.throws(() => decodeItem('embeddings', Uint8Array.of(0, 0, 0, 3, 1, 2, 3)), {code: 'bad-message'});
  assert.throws(() => encodeItem('embeddings', {vector: new Float32Array(limits.maxDimensions + 1)}), {code: 'too-large'});
  for (const task of ['embeddings', 'transcription', 'classify', 'video'] as const) {
    for (let round = 0; round < 500; round += 1) {
      try {
        decodeItem(task, randomBytes(round % 40));
      } catch (error) {
        assert.ok(error instanceof NetworkError);
      }
    }
  }
});

test('mostItems(): one for each input, label or frame; a summary is one', () => {
  assert.equal(mostItems(jobOf({task: 'embeddings', inputs: ['a', 'b']})), 2);
  assert.equal(mostItems(jobOf({task: 'classify', subject: {is: 'text', text: 'x'}, labels: ['a', 'b', 'c']})), 3);
  assert.equal(mostItems(jobOf({task: 'classify', subject: {is: 'text', text: 'x'}})), limits.maxLabels);
  assert.equal(mostItems(jobOf({task: 'video', frames, ask: 'caption'})), 3);
  assert.equal(mostItems(jobOf({task: 'video', frames, ask: 'summary'})), 1);
});

test('restOf(): what is left of inputs and frames; what can only be done anew has no rest', () => {
  const embeddings = jobOf({task: 'embeddings', inputs: ['a', 'b', 'c']});
  assert.deepEqual(restOf(embeddings, 2), {...embeddings, inputs: ['c']});
  assert.equal(restOf(embeddings, 0), embeddings);
  assert.equal(restOf(embeddings, 3), undefined);
  const video = jobOf({task: 'video', frames, ask: 'search', query: 'x'});
  assert.deepEqual(restOf(video, 1), {...video, frames: frames.slice(1)});
  assert.equal(restOf(jobOf({task: 'video', frames, ask: 'summary'}), 1), undefined);
  assert.equal(restOf(jobOf({task: 'transcription', audio: image}), 1), undefined);
});
