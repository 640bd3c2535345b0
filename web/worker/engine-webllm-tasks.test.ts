/** What the WebLLM adapter does beside chat: images, films and vectors, over a scripted engine; requests pass the real WebLLM's own check. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type ChatCompletionRequest, ModelType, postInitAndCheckFieldsChatCompletion} from '@mlc-ai/web-llm';
import {codeOf} from '#protocol/errors.ts';
import type {JobHandle} from '#protocol/ids.ts';
import {jpegHeader} from '#protocol/testing/images.ts';
import type {Engine, EngineEvent, EngineJob, EngineJobOf} from '#protocol/roles/engine.ts';
import {stage} from './testing/scripted-mlc.ts';

const handle = '' as JobHandle;
const image = jpegHeader();
const writing = {temperature: 0, topP: 1, seed: 5, stop: [], format: undefined} as const;
const looking: EngineJobOf<'image-text'> = {task: 'image-text', handle, messages: [{role: 'user', content: 'What is this?', images: [image, image]}], maxTokens: 9, ...writing};
const film = {task: 'video', handle, frames: [0, 500, 900].map((atMs) => ({atMs, image})), query: '', maxTokens: 100} as const;
const vectors: EngineJobOf<'embeddings'> = {task: 'embeddings', handle, inputs: ['a', 'bb'], maxTokens: 1};

async function collect(engine: Engine, asked: EngineJob): Promise<EngineEvent[]> {
  const events: EngineEvent[] = [];
  for await (const event of engine.generate(asked, new AbortController().signal)) events.push(event);
  return events;
}

const itemsOf = (events: readonly EngineEvent[]) => events.flatMap((event) => (event.type === 'item' ? [event.item] : []));

/** The real WebLLM takes the request for a model that sees. */
function requireValid(request: ChatCompletionRequest | undefined): void {
  assert.ok(request);
  postInitAndCheckFieldsChatCompletion(structuredClone(request), 'a model', ModelType.VLM);
}

test('images go along in the message, before its text', async () => {
  const {mlc, engine} = stage({pieces: ['a house']});
  await collect(engine, looking);
  const [request] = mlc.requests;
  requireValid(request);
  const content = request?.messages[0]?.content;
  assert.ok(Array.isArray(content));
  assert.deepEqual(content.map(({type}) => type), ['image_url', 'image_url', 'text']);
  const [first] = content;
  assert.ok(first?.type === 'image_url');
  const [head, body = ''] = first.image_url.url.split(',');
  assert.equal(head, 'data:image/jpeg;base64');
  assert.deepEqual(Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0)), image);
});

test('an image without a question is described; messages without images are plain text', async () => {
  const {mlc, engine} = stage({pieces: ['a house']});
  const messages = [{role: 'system', content: 'Be short.', images: []}, {role: 'user', content: '', images: [image]}, {role: 'assistant', content: 'a house', images: []}, {role: 'user', content: 'Sure?', images: []}] as const;
  await collect(engine, {...looking, messages});
  const [request] = mlc.requests;
  requireValid(request);
  assert.match(JSON.stringify(request?.messages[1]?.content), /Describe this picture/);
  assert.equal(request?.messages[3]?.content, 'Sure?');
});

test('a film: a caption for each frame, each asked for alone; the prompts add up', async () => {
  const {mlc, engine} = stage({pieces: ['a ', 'house']});
  const events = await collect(engine, {...film, ask: 'caption'});
  assert.deepEqual(itemsOf(events), [
    {startMs: 0, endMs: 500, text: 'a house', score: 0},
    {startMs: 500, endMs: 900, text: 'a house', score: 0},
    {startMs: 900, endMs: 900, text: 'a house', score: 0},
  ]);
  assert.equal(mlc.requests.length, 3);
  for (const request of mlc.requests) requireValid(request);
  assert.equal(events.filter(({type}) => type === 'prompt').length, 3);
});

test('a film: a summary is asked for once, with all frames; what is looked for goes along', async () => {
  const {mlc, engine} = stage({pieces: ['a day']});
  assert.deepEqual(itemsOf(await collect(engine, {...film, ask: 'summary', query: 'Who is there?'})), [{startMs: 0, endMs: 900, text: 'a day', score: 0}]);
  const [request] = mlc.requests;
  requireValid(request);
  const content = request?.messages[0]?.content;
  assert.ok(Array.isArray(content) && content.length === 4);
  assert.match(JSON.stringify(content.at(-1)), /Who is there\?/);
});

test('a film is not searched, and no more tokens are used than were asked for', async () => {
  await assert.rejects(collect(stage({pieces: ['a']}).engine, {...film, ask: 'search', query: 'x'}), {code: 'wrong-task'});
  const events = await collect(stage({pieces: ['a', 'b', 'c'], finish: 'length'}).engine, {...film, ask: 'caption', maxTokens: 3});
  assert.deepEqual(itemsOf(events).length, 1);
  assert.deepEqual(events.at(-1), {type: 'end', reason: 'length'});
});

test('vectors: each text by itself, as the model was trained; of length 1', async () => {
  const {mlc, engine} = stage({vectorOf: () => [3, 4]});
  const events = await collect(engine, vectors);
  assert.deepEqual(mlc.embedded, ['[CLS] a [SEP]', '[CLS] bb [SEP]']);
  const [prompt, first] = events;
  assert.deepEqual(prompt, {type: 'prompt', tokens: 7});
  assert.ok(first?.type === 'item' && 'vector' in first.item);
  assert.deepEqual([...first.item.vector], [...Float32Array.of(0.6, 0.8)]);
  assert.deepEqual(events.at(-1), {type: 'end', reason: 'stop'});
});

test('vectors that are none: `engine-failed`; a lost device ends them', async () => {
  for (const vector of [[], [0, 0], [Number.NaN]]) await assert.rejects(collect(stage({vectorOf: () => vector}).engine, vectors), {code: 'engine-failed'});
  const {engine, lose, clock} = stage({vectorOf: () => [1]});
  lose('reset');
  await clock.settle();
  assert.equal(codeOf(await collect(engine, vectors).catch((error: unknown) => error)), 'gpu-lost');
});
