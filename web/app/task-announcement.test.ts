/** What is heard of a task: at its beginning, and at its end what was found, in words. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ResultOf, TaskKind, TaskResult, TasksView} from '../state/task-views.ts';
import {announcement} from './announcement.ts';
import {heardTask} from './task-announcement.ts';

const turn = {id: '1', role: 'assistant', text: '', status: 'done', at: 0} as const;
const jobs = {done: 1, all: 1};
const view = (kind: TaskKind, running: TaskKind | undefined, result?: TaskResult) => ({kind, running, results: {[kind]: result}}) as unknown as TasksView;

/** What is said when a task ends with a result. */
const end = (result: TaskResult) =>
  announcement(heardTask(view(result.task, result.task, {...result, turn: {...turn, status: 'streaming'}} as TaskResult)), heardTask(view(result.task, undefined, result)));

test('it begins, and ends with what was found', () => {
  assert.equal(announcement(heardTask(view('classify', undefined)), heardTask(view('classify', 'classify'))), 'Answering…');
  assert.equal(end({task: 'classify', turn, jobs, media: undefined, input: {subject: 'text', text: 'x', labels: ''}, items: [{label: 'rain', score: 9000}, {label: 'sun', score: 120}]}), 'Answer: rain, 90%. sun, 1%');
  assert.equal(end({task: 'transcription', turn, jobs, media: undefined, input: {language: ''}, items: [{startMs: 0, endMs: 1, text: 'Hello there.'}]}), 'Answer: Hello there.');
  assert.equal(end({task: 'transcription', turn, jobs, media: undefined, input: {language: ''}, items: []}), 'Answer: No speech was found.');
});

test('of a film the captions with their times, of a search the best', () => {
  const media = {milliseconds: 9000, frames: [1000, 4000].map((atMs) => ({atMs, image: new Uint8Array(1)}))};
  const film = (ask: 'caption' | 'search'): ResultOf<'video'> =>
    ({task: 'video', turn, jobs, media, input: {count: 4, ask, query: 'x'}, items: [{startMs: 0, endMs: 0, text: 'red', score: 1}, {startMs: 0, endMs: 0, text: 'blue', score: 8000}]});
  assert.equal(end(film('caption')), 'Answer: Frame at 0:01: red Frame at 0:04: blue');
  assert.match(end(film('search')) ?? '', /^Answer: Frame at 0:04, 80%\. Frame at 0:01, /);
});

test('a switch to another task says nothing', () => {
  assert.equal(announcement(heardTask(view('video', 'video')), heardTask(view('classify', 'video'))), '');
});
