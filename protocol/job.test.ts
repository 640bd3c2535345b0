/** Jobs: defaults, limits, and bytes that strangers sealed; each task. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {concat, randomBytes} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {decodeJob, encodeJob, type Job, type JobInput, makeJob} from './job.ts';
import {tasks} from './task.ts';
import {jpegHeader, pngHeader} from './testing/images.ts';
import {limits} from './limits.ts';

const messages = [{role: 'system', content: 'Be kind.'}, {role: 'user', content: 'größer 🐛 \ufeff'}] as const;
const jpeg = jpegHeader();
const png = pngHeader();
const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>');

const examples: Record<string, JobInput> = {
  'chat': {task: 'chat', messages},
  'chat with all fields': {task: 'chat', messages, maxTokens: limits.maxTokens, temperature: 2000, topP: 1, seed: 7, stop: ['a', 'b'], delivery: 'quiet', format: {is: 'json', text: '{"type":"object"}'}},
  'chat by a grammar': {task: 'chat', messages, format: {is: 'grammar', text: 'root ::= "yes" | "no"'}},
  'image-text': {task: 'image-text', messages: [{role: 'user', content: 'What is this?', images: [jpeg, png]}]},
  'embeddings': {task: 'embeddings', inputs: ['a cat', 'ein Käfer']},
  'transcription': {task: 'transcription', audio: randomBytes(100), language: 'en'},
  'classify': {task: 'classify', subject: {is: 'text', text: 'good'}, labels: ['a', 'b']},
  'classify an image by the labels of the model': {task: 'classify', subject: {is: 'image', image: png}},
  'video': {task: 'video', frames: [{atMs: 0, image: jpeg}, {atMs: 500, image: png}], ask: 'search', query: 'a cat'},
};

test('every task has an example here', () => {
  assert.deepEqual(new Set(Object.values(examples).map(({task}) => task)), new Set(tasks));
});

test('makeJob(): fills in defaults, with a fresh salt each time', () => {
  const job = makeJob({task: 'chat', messages});
  assert.deepEqual({...job, salt: undefined}, {task: 'chat', messages, maxTokens: 512, temperature: 0, topP: 1000, seed: undefined, stop: [], format: undefined, delivery: 'stream', salt: undefined});
  assert.notDeepEqual(job.salt, makeJob({task: 'chat', messages}).salt);
});

for (const [name, input] of Object.entries(examples)) {
  test(`encodeJob(), decodeJob(): ${name} comes back`, () => {
    const job = makeJob(input);
    assert.deepEqual(decodeJob(encodeJob(job)), job);
  });

  test(`decodeJob(): every cut of ${name} and a byte too many is refused`, () => {
    const whole = encodeJob(makeJob(input));
    for (let length = 0; length < whole.length; length += 1) assert.throws(() => decodeJob(whole.subarray(0, length)), {code: 'bad-message'});
    assert.throws(() => decodeJob(concat(whole, Uint8Array.of(0))), {code: 'bad-message'});
  });
}

/** So many objects within each other. */
const nested = (levels: number): string => `${'{"a":'.repeat(levels)}0${'}'.repeat(levels)}`;

const wrong: Record<string, JobInput> = {
  'no messages': {task: 'chat', messages: []},
  'nothing to answer': {task: 'chat', messages: [{role: 'system', content: 'x'}]},
  'no tokens': {task: 'chat', messages, maxTokens: 0},
  'too many tokens': {task: 'chat', messages, maxTokens: limits.maxTokens + 1},
  'a temperature above 2': {task: 'chat', messages, temperature: 2001},
  'no probability mass': {task: 'chat', messages, topP: 0},
  'more than all probability mass': {task: 'chat', messages, topP: 1001},
  'an empty stop text': {task: 'chat', messages, stop: ['']},
  'a schema that is not JSON': {task: 'chat', messages, format: {is: 'json', text: '{'}},
  'a schema that is no object': {task: 'chat', messages, format: {is: 'json', text: '[]'}},
  'a schema without end': {task: 'chat', messages, format: {is: 'json', text: nested(2000)}},
  'a grammar without a root': {task: 'chat', messages, format: {is: 'grammar', text: 'answer ::= "a"'}},
  'a question about no image': {task: 'image-text', messages: [{role: 'user', content: 'x', images: []}]},
  'an image that is none': {task: 'image-text', messages: [{role: 'user', content: 'x', images: [svg]}]},
  'an image that is too large': {task: 'image-text', messages: [{role: 'user', content: 'x', images: [pngHeader([30_000, 30_000])]}]},
  'too many images': {task: 'image-text', messages: Array.from({length: 17}, () => ({role: 'user', content: '', images: [jpeg]}))},
  'no inputs': {task: 'embeddings', inputs: []},
  'an empty input': {task: 'embeddings', inputs: ['a', '']},
  'no sound': {task: 'transcription', audio: new Uint8Array(0)},
  'a language that is none': {task: 'transcription', audio: jpeg, language: '<|'},
  'nothing to classify': {task: 'classify', subject: {is: 'text', text: ''}},
  'a strange file to classify': {task: 'classify', subject: {is: 'image', image: svg}},
  'one label': {task: 'classify', subject: {is: 'text', text: 'x'}, labels: ['a']},
  'the same label twice': {task: 'classify', subject: {is: 'text', text: 'x'}, labels: ['a', 'a']},
  'an empty label': {task: 'classify', subject: {is: 'text', text: 'x'}, labels: ['a', '']},
  'no frames': {task: 'video', frames: [], ask: 'caption'},
  'frames out of order': {task: 'video', frames: [{atMs: 5, image: jpeg}, {atMs: 5, image: jpeg}], ask: 'caption'},
  'a search for nothing': {task: 'video', frames: [{atMs: 5, image: jpeg}], ask: 'search', query: ' '},
};
for (const [name, input] of Object.entries(wrong)) {
  test(`makeJob(), decodeJob(): refuse ${name}`, () => {
    assert.throws(() => makeJob(input), {code: 'bad-message'});
    const good = makeJob(Object.values(examples).find(({task}) => task === input.task) ?? input);
    assert.throws(() => decodeJob(encodeJob({...good, ...input} as Job)), {code: 'bad-message'});
  });
}

test('encodeJob(): refuses too many messages, stop texts, inputs, and what is too long, too-large', () => {
  const many = Array.from({length: limits.maxMessages + 1}, () => ({role: 'user' as const, content: ''}));
  const large: JobInput[] = [
    {task: 'chat', messages: many},
    {task: 'chat', messages, stop: ['a', 'b', 'c', 'd', 'e']},
    {task: 'chat', messages, stop: ['x'.repeat(65)]},
    {task: 'embeddings', inputs: Array.from({length: limits.maxInputs + 1}, () => 'x')},
    {task: 'embeddings', inputs: ['x'.repeat(limits.maxInputBytes + 1)]},
    {task: 'transcription', audio: new Uint8Array(limits.maxAudioBytes + 1)},
    {task: 'classify', subject: {is: 'text', text: 'x'}, labels: Array.from({length: limits.maxLabels + 1}, (_, index) => `${index}`)},
  ];
  for (const input of large) assert.throws(() => encodeJob(makeJob(input)), {code: 'too-large'});
});

test('decodeJob(): random bytes throw nothing but NetworkError', () => {
  for (let round = 0; round < 6000; round += 1) {
    const bytes = randomBytes(round % 120);
    bytes[0] = round % 7;
    assert.throws(() => decodeJob(bytes), (error) => error instanceof NetworkError);
  }
});
