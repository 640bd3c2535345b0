/** The order of what was found, and that each thing keeps its own. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {framesFound, textsFound, vectorsFile} from './findings.ts';
import type {ResultOf} from './task-views.ts';

const ended = {turn: {id: '1', role: 'assistant', text: '', status: 'done', at: 0}, jobs: {done: 1, all: 1}} as const;
const texts = (question: string, ...vectors: number[][]): ResultOf<'embeddings'> =>
  ({...ended, task: 'embeddings', media: undefined, input: {texts: ' one \n\ntwo\n', question}, items: vectors.map((vector) => ({vector: Float32Array.from(vector)}))});

test('texts in the order of their likeness to the question, which is the first vector', () => {
  assert.deepEqual(textsFound(texts('?', [1, 0], [0, 1], [1, 0])), [{text: 'two', likeness: 1}, {text: 'one', likeness: 0}]);
  assert.deepEqual(textsFound(texts('?', [1, 0])), [], 'only the question is there yet');
  assert.equal(textsFound(texts('?')), undefined);
  assert.equal(textsFound(texts(' ', [1, 0], [0, 1])), undefined, 'nothing was asked');
});

test('the file of vectors names each text', () => {
  assert.deepEqual(JSON.parse(vectorsFile(texts('?', [1, 0], [0, 1], [0.5, 0]))), {question: {text: '?', vector: [1, 0]}, texts: [{text: 'one', vector: [0, 1]}, {text: 'two', vector: [0.5, 0]}]});
  assert.deepEqual(JSON.parse(vectorsFile(texts('', [0, 1], [0.5, 0]))), {texts: [{text: 'one', vector: [0, 1]}, {text: 'two', vector: [0.5, 0]}]});
});

test('frames keep their items; a search puts the best first', () => {
  const frames = [0, 500, 1000].map((atMs) => ({atMs, image: Uint8Array.of(1)}));
  const items = [10, 9000, 50].map((score, index) => ({startMs: index, endMs: index, text: '', score}));
  const film = (ask: 'caption' | 'search'): ResultOf<'video'> => ({...ended, task: 'video', input: {count: 4, ask, query: 'x'}, media: {milliseconds: 1500, frames}, items});
  assert.deepEqual(framesFound(film('search')).map(({frame}) => frame.atMs), [500, 1000, 0]);
  assert.deepEqual(framesFound(film('caption')).map(({frame}) => frame.atMs), [0, 500, 1000]);
  assert.deepEqual(framesFound({...film('search'), media: undefined}), []);
});
