/** Tasks that do not write a text, over the whole network: items arrive in order, are bounded, paid by count, and a lost node is no break. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {codeOf} from '../errors.ts';
import type {JobInput} from '../job.ts';
import type {AskEvent} from '../roles/ask.ts';
import type {EngineJob} from '../roles/engine.ts';
import type {Item} from '../result.ts';
import {fakeEngine, type FakeEngineOptions} from './fake-engine.ts';
import {jpegHeader} from './images.ts';
import {ManualClock} from './manual-clock.ts';
import {TestNetwork, type TestNode} from './network.ts';

const image = jpegHeader();
const frames = [0, 1, 2, 3].map((index) => ({atMs: index * 500, image}));

/** What each task gives for what it was asked. */
function itemsOf(job: EngineJob): readonly Item[] {
  if (job.task === 'embeddings') return job.inputs.map((input) => ({vector: Float32Array.of(input.length, 1)}));
  if (job.task === 'transcription') return [{startMs: 0, endMs: 900, text: 'hello there'}, {startMs: 900, endMs: 2000, text: 'world'}];
  if (job.task === 'classify') return job.labels.map((label, index) => ({label, score: 9000 - index * 8000}));
  if (job.task === 'video' && job.ask === 'summary') return [{startMs: 0, endMs: 1500, text: 'a film', score: 0}];
  return job.task === 'video' ? job.frames.map(({atMs}) => ({startMs: atMs, endMs: atMs, text: `at ${atMs}`, score: 0})) : [];
}

function start(): {network: TestNetwork; node(more?: Partial<FakeEngineOptions>): Promise<TestNode>} {
  const network = new TestNetwork(new ManualClock(() => setImmediate()));
  return {network, node: (more = {}) => network.node(fakeEngine({clock: network.clock, answer: () => 'a text', items: itemsOf, msPerToken: 300, ...more}))};
}

const itemsIn = (events: readonly AskEvent[]): Item[] => events.flatMap((event) => (event.type === 'item' ? [event.item] : []));

const jobs: Record<string, JobInput> = {
  embeddings: {task: 'embeddings', inputs: ['a', 'bb', 'ccc']},
  transcription: {task: 'transcription', audio: new Uint8Array(5000)},
  classify: {task: 'classify', subject: {is: 'text', text: 'x'}, labels: ['a', 'b']},
  captions: {task: 'video', frames, ask: 'caption'},
  summary: {task: 'video', frames, ask: 'summary'},
};
for (const [name, job] of Object.entries(jobs)) {
  test(`${name}: every item arrives, in order, and the receipt is valid`, async () => {
    const {network, node} = start();
    await node();
    const {events, error} = await network.ask(network.client(), {text: '', job});
    assert.equal(error, undefined);
    assert.deepEqual(itemsIn(events), itemsOf(job as EngineJob));
    assert.equal(events.at(-1)?.type, 'done');
  });
}

test('image-text: a text about an image, continued by another node when the first is lost', async () => {
  const {network, node} = start();
  const answer = () => 'a red picture of a quiet house by the sea';
  const nodes = [await node({answer}), await node({answer})];
  let lost = false;
  const result = await network.ask(network.client(), {text: '', job: {task: 'image-text', messages: [{role: 'user', content: '', images: [image]}]}}, (event) => {
    if (event.type !== 'text' || lost) return;
    lost = true;
    nodes.find((each) => each.jobs.running > 0)?.link.close();
  });
  assert.equal(result.error, undefined);
  assert.equal(result.answer, answer());
});

test('vectors are sent in large frames, all of one size', async () => {
  const seen: number[] = [];
  const network = new TestNetwork(new ManualClock(() => setImmediate()), {observe: (frame) => void (frame[1] === 0x23 && seen.push(frame.length - 18))});
  const items = (job: EngineJob) => (job.task === 'embeddings' ? job.inputs.map(() => ({vector: new Float32Array(384).fill(0.5)})) : []);
  await network.node(fakeEngine({clock: network.clock, answer: () => '', items, msPerToken: 1}));
  const began = network.clock.now();
  let tookMs = 0;
  const {events} = await network.ask(network.client(), {text: '', job: {task: 'embeddings', inputs: Array.from({length: 32}, () => 'x')}}, ({type}) => {
    if (type === 'done') tookMs = network.clock.now() - began;
  });
  assert.equal(itemsIn(events).length, 32);
  assert.deepEqual(new Set(seen.slice(1)), new Set([4160]));
  assert.ok(tookMs < 3000, `${tookMs} ms for 32 vectors`);
});

/** Asks and loses the node that runs it after so many items. */
async function loseAfter(count: number, job: JobInput) {
  const {network, node} = start();
  const nodes = [await node(), await node()];
  let came = 0;
  const result = await network.ask(network.client(), {text: '', job}, ({type}) => {
    came += type === 'item' ? 1 : 0;
    if (type === 'item' && came === count) nodes.find((each) => each.jobs.running > 0)?.link.close();
  });
  assert.equal(result.error, undefined);
  return {...result, resumed: result.events.flatMap((event) => (event.type === 'resuming' ? [event.kept] : []))};
}

test('a node dies between two vectors: another makes the rest, none twice', async () => {
  const inputs = Array.from({length: 12}, (_, index) => 'x'.repeat(index + 1));
  const {events, resumed} = await loseAfter(4, {task: 'embeddings', inputs});
  assert.deepEqual(resumed, [true]);
  assert.deepEqual(itemsIn(events).map((item) => 'vector' in item && item.vector[0]), inputs.map(({length}) => length));
});

test('a node dies in mid-transcription: it is done anew, and the listener is told that what came is void', async () => {
  const {events, resumed} = await loseAfter(1, {task: 'transcription', audio: new Uint8Array(5000)});
  assert.deepEqual(resumed, [false]);
  const after = events.slice(events.findIndex(({type}) => type === 'resuming'));
  assert.deepEqual(itemsIn(after).map((item) => 'text' in item && item.text), ['hello there', 'world']);
});

test('a node that can not do a task says so; it is not taken for a loss', async () => {
  const {network, node} = start();
  const chatting = await node({tasks: ['chat']});
  const {error, events} = await network.ask(network.client(), {text: '', job: jobs['embeddings'] as JobInput});
  assert.equal(codeOf(error), 'wrong-task');
  assert.deepEqual(events.filter(({type}) => type === 'resuming'), []);
  await network.clock.advance(5000);
  assert.equal(chatting.jobs.taken, 0);
});

test('an engine that gives more items than were asked for, or text instead, has failed', async () => {
  for (const items of [() => [1, 2, 3, 4].map(() => ({vector: Float32Array.of(1)}))]) {
    const {network, node} = start();
    await node({items});
    assert.equal(codeOf((await network.ask(network.client(), {text: '', job: jobs['embeddings'] as JobInput})).error), 'engine-failed');
  }
});
