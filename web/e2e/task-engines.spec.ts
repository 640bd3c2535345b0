/** Every task over a real model in a real browser: what is computed is checked against what the models are built to know. */
import {join} from 'node:path';
import {type Browser, expect, test} from '@playwright/test';
import {encodeAudio} from '#protocol/audio.ts';
import type {Item} from '#protocol/result.ts';
import type {EngineEvent} from '#protocol/roles/engine.ts';
import {sayDigits} from '../../models/circuits/speech.ts';
import {sayTones} from '../../models/circuits/tones.ts';
import {buildTestWorker, runTestWorker} from '../../scripts/test-worker.ts';
import type {TaskJob, TaskOrder, TaskReport} from '../worker/testing/task-worker.ts';
import {type Circuit, circuitEntries} from './circuit-stage.ts';
import {pngOf} from './png.ts';
import {setStage} from './stage.ts';

const folder = join(import.meta.dirname, '../../test-results/tasks');

test.beforeAll(() => buildTestWorker('task-worker.ts', folder));

const [red, green, blue] = [pngOf([230, 20, 20]), pngOf([20, 230, 20]), pngOf([20, 20, 230])];
const sliver = pngOf([230, 20, 20], [4096, 1]);
const damaged = red.slice(0, 60);
const film = [{atMs: 0, image: red}, {atMs: 1000, image: green}, {atMs: 2000, image: blue}];
const asked = (content: string, images: readonly Uint8Array<ArrayBuffer>[] = [red]) => [{role: 'user', content, images}] as const;

type Done = Omit<Extract<TaskReport, {type: 'done'}>, 'events'> & {readonly items: readonly Item[]; readonly text: string; readonly events: readonly EngineEvent[]};
interface Case extends TaskJob {
  check(done: Done): void;
}

const labelsOf = ({items}: Done): string[] => items.map((item) => ('label' in item ? item.label : ''));
const textsOf = ({items}: Done): string[] => items.map((item) => ('text' in item ? item.text : ''));
const scoresOf = ({items}: Done): number[] => items.map((item) => ('score' in item ? item.score : -1));
/** A vector crosses from the page as an object of its numbers. */
const vectorsOf = ({items}: Done): number[][] => items.map((item) => ('vector' in item ? Object.values(item.vector) : []));
const cosine = (left: readonly number[] = [], right: readonly number[] = []): number => left.reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0);
const refused = (code: string) => (done: Done): void => {
  expect(done.code).toBe(code);
  expect(done.events).toEqual([]);
};

const cases: Readonly<Record<Circuit, readonly Case[]>> = {
  topics: [
    {name: 'embeddings: near where texts are about the same, of length 1', input: {task: 'embeddings', inputs: ['the cat and the dog', 'a horse', 'rain and snow']}, check: (done) => {
      const [pets, horse, weather] = vectorsOf(done);
      expect(cosine(pets, pets)).toBeCloseTo(1, 4);
      expect(cosine(pets, horse)).toBeGreaterThan(0.7);
      expect(cosine(pets, weather)).toBeLessThan(0.4);
      expect(done.events[0]).toEqual({type: 'prompt', tokens: 7 + 4 + 5});
    }},
    {name: 'embeddings: stopped between two texts', input: {task: 'embeddings', inputs: ['a cat', 'a dog', 'a horse']}, stopAfter: 2, check: ({code, events}) => expect([code, events.length]).toEqual(['cancelled', 2])},
    {name: 'embeddings: a text longer than the model reads', input: {task: 'embeddings', inputs: ['a cat', 'cat '.repeat(600)]}, check: refused('too-long')},
    {name: 'labels of the client for a text', input: {task: 'classify', subject: {is: 'text', text: 'my puppy and the kitten'}, labels: ['weather', 'animal', 'money']}, check: (done) => {
      expect(labelsOf(done)[0]).toBe('animal');
      expect(scoresOf(done)[0]).toBeGreaterThan(9000);
      expect(scoresOf(done).reduce((sum, score) => sum + score, 0)).toBeGreaterThan(9990);
    }},
    {name: 'a task that this model can not do', input: {task: 'image-text', messages: asked('What is this?')}, check: refused('wrong-task')},
  ],
  half: [
    {name: 'a model that says 16-bit numbers', input: {task: 'embeddings', inputs: ['the cat and the dog', 'a horse', 'rain and snow']}, check: (done) => {
      const [pets, horse, weather] = vectorsOf(done);
      expect(cosine(pets, pets)).toBeCloseTo(1, 3);
      expect(cosine(pets, horse)).toBeGreaterThan(0.7);
      expect(cosine(pets, weather)).toBeLessThan(0.4);
    }},
  ],
  mood: [
    {name: 'a text by the labels of the model', input: {task: 'classify', subject: {is: 'text', text: 'I love this great song'}}, check: (done) => {
      expect(labelsOf(done)).toEqual(['positive', 'negative']);
      expect(scoresOf(done)[0]).toBeGreaterThan(9500);
    }},
    {name: 'labels that it does not know', input: {task: 'classify', subject: {is: 'text', text: 'good'}, labels: ['cat', 'dog']}, check: refused('wrong-task')},
  ],
  colours: [
    {name: 'labels for an image', input: {task: 'classify', subject: {is: 'image', image: green}, labels: ['red', 'green', 'blue']}, check: (done) => {
      expect(labelsOf(done)[0]).toBe('green');
      expect(scoresOf(done)[0]).toBeGreaterThan(8000);
    }},
    {name: 'a search through a film', input: {task: 'video', frames: film, ask: 'search', query: 'something blue'}, check: (done) => {
      const [first = 0, second = 0, third = 0] = scoresOf(done);
      expect(third).toBeGreaterThan(9000);
      expect(Math.max(first, second)).toBeLessThan(5000);
      expect(done.items[2]).toMatchObject({startMs: 2000, endMs: 2000, text: ''});
      expect(done.items[0]).toMatchObject({startMs: 0, endMs: 1000});
    }},
    {name: 'an image that can not be decoded', input: {task: 'classify', subject: {is: 'image', image: damaged}, labels: ['red', 'green']}, check: refused('bad-media')},
    {name: 'images that are hardly any: an answer or a reason, never a broken engine', input: {task: 'classify', subject: {is: 'image', image: sliver}, labels: ['red', 'green']}, check: ({code}) => expect([undefined, 'bad-media']).toContain(code)},
    {name: 'no captions from a model that only compares', input: {task: 'video', frames: film, ask: 'caption'}, check: refused('wrong-task')},
  ],
  tones: [
    {name: 'sound to text, without times', input: {task: 'transcription', audio: encodeAudio(sayTones('hello world 42'))}, check: (done) => {
      expect(textsOf(done)).toEqual(['hello world 42']);
      expect(done.items[0]).toMatchObject({startMs: 0, endMs: 2580});
    }},
    {name: 'silence', input: {task: 'transcription', audio: encodeAudio(new Float32Array(16_000))}, check: (done) => expect([done.items, done.code]).toEqual([[], undefined])},
  ],
  speech: [
    {name: 'speech to text, with times', input: {task: 'transcription', audio: encodeAudio(sayDigits('12 9  08')), language: 'en'}, check: (done) => {
      expect(done.items).toEqual([{startMs: 0, endMs: 2000, text: 'one two'}, {startMs: 3000, endMs: 4000, text: 'nine'}, {startMs: 6000, endMs: 8000, text: 'zero eight'}]);
      expect(done.events[0]).toEqual({type: 'prompt', tokens: 400});
    }},
    {name: 'a language that the model does not know', input: {task: 'transcription', audio: encodeAudio(sayDigits('1')), language: 'xx'}, check: refused('wrong-task')},
    {name: 'half a minute of speech', input: {task: 'transcription', audio: encodeAudio(sayDigits('012345678901234567890123456789'))}, check: (done) => {
      const ten = 'zero one two three four five six seven eight nine';
      expect(textsOf(done)).toEqual([`${ten} ${ten} ${ten}`]);
    }},
    {name: 'no more tokens than were asked for', input: {task: 'transcription', audio: encodeAudio(sayDigits('0123456789')), maxTokens: 5}, check: ({events, code}) => {
      expect(code).toBeUndefined();
      expect(events.at(-1)).toEqual({type: 'end', reason: 'length'});
      expect(events.reduce((sum, event) => sum + (event.type === 'item' ? event.tokens : 0), 0)).toBeLessThanOrEqual(5);
    }},
  ],
  pictures: [
    {name: 'a caption', input: {task: 'image-text', messages: asked('')}, check: ({text, events}) => {
      expect(text).toBe('a red picture');
      expect(events.at(-1)).toEqual({type: 'end', reason: 'stop'});
    }},
    {name: 'a question about several images', input: {task: 'image-text', messages: asked('What is this?', [blue, red, blue])}, check: ({text}) => expect(text).toBe('a red and blue picture')},
    {name: 'the words of the question count', input: {task: 'image-text', messages: asked('Say yes if you see it.')}, check: ({text}) => expect(text).toBe('yes')},
    {name: 'an answer that was begun is continued', input: {task: 'image-text', messages: [...asked('What is this?'), {role: 'assistant', content: 'a red', images: []}]}, check: ({text}) => expect(text).toBe(' picture')},
    {name: 'most tokens, a stop text', input: {task: 'image-text', messages: asked(''), stop: [' pic'], maxTokens: 3}, check: ({text}) => expect(text).toBe('a red')},
    {name: 'marks of images that a person writes stay text', input: {task: 'image-text', messages: asked('<image><image> What is this?')}, check: ({text}) => expect(text).toBe('a red picture')},
    {name: 'an image that can not be decoded, and the next job is answered', input: {task: 'image-text', messages: asked('', [damaged])}, check: refused('bad-media')},
    {name: 'stopped in mid-answer', input: {task: 'image-text', messages: asked('')}, stopAfter: 2, check: ({code, events}) => expect([code, events.length]).toEqual(['cancelled', 2])},
    {name: 'a sliver of an image: an answer or a reason, never a broken engine', input: {task: 'image-text', messages: asked('', [sliver])}, check: ({code}) => expect([undefined, 'bad-media']).toContain(code)},
    {name: 'a caption for each frame', input: {task: 'video', frames: film, ask: 'caption'}, check: (done) => {
      expect(textsOf(done)).toEqual(['a red picture', 'a green picture', 'a blue picture']);
      expect(done.items[1]).toMatchObject({startMs: 1000, endMs: 2000, score: 0});
    }},
    {name: 'a summary of a film', input: {task: 'video', frames: film, ask: 'summary'}, check: (done) => expect(done.items).toEqual([{startMs: 0, endMs: 2000, text: 'a red and green and blue picture', score: 0}])},
    {name: 'captions end where the tokens end', input: {task: 'video', frames: film, ask: 'caption', maxTokens: 4}, check: (done) => {
      expect(textsOf(done)).toEqual(['a red picture', 'a']);
      expect(done.events.at(-1)).toEqual({type: 'end', reason: 'length'});
    }},
  ],
};

/** A software GPU has no 16-bit numbers. */
async function expectAll(browser: Browser, device: TaskOrder['device']): Promise<void> {
  const entries = await circuitEntries({folder: join(folder, 'circuits'), source: 'circuits'});
  const stage = await setStage(browser, {BOMBYX_DIST: folder});
  const {page} = await stage.person('/livez');
  const tried = Object.entries(cases).filter(([name]) => device === 'wasm' || name !== 'half');
  const models = tried.map(([name, jobs]) => ({entry: entries[name as Circuit], jobs: jobs.map(({name: job, input, stopAfter}) => ({name: job, input, stopAfter}))}));
  const reports: TaskReport[] = [];
  await runTestWorker<TaskReport>(page, {device, models} satisfies TaskOrder, (report) => void reports.push(report));
  await stage.end();
  expect(reports.at(-1)).toEqual({type: 'end', failure: undefined});
  for (const {name, check} of tried.flatMap(([, jobs]) => jobs)) {
    const done = reports.find((report) => report.type === 'done' && report.name === name);
    if (done?.type !== 'done') throw new Error(`'${name}' did not run`);
    const {events} = done;
    await test.step(name, () => check({...done, items: events.flatMap((event) => (event.type === 'item' ? [event.item] : [])), text: events.map((event) => (event.type === 'text' ? event.text : '')).join('')}));
  }
}

test('transformers.js does every task on the processor', ({browser}) => expectAll(browser, 'wasm'));

test('transformers.js does every task on WebGPU', ({browser}) => expectAll(browser, 'webgpu'));
