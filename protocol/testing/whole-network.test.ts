/** The whole network in one process: the best documentation of what happens when. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {utf8} from '../bytes.ts';
import {codeOf, NetworkError} from '../errors.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {TestNetwork, testModel} from './network.ts';

const clock = () => new ManualClock(() => setImmediate());
const story = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');
const includes = (frame: Uint8Array, text: string): boolean => Buffer.from(frame).includes(Buffer.from(utf8(text)));

test('a node serves, a client asks: the answer streams, the receipt is checked', async () => {
  const network = new TestNetwork(clock());
  const node = await network.node(fakeEngine({clock: network.clock, answer: () => 'It is a quiet network.'}));
  const {events, answer, error} = await network.ask(network.client(), {text: 'What is this?'});
  assert.equal(error, undefined);
  assert.equal(answer, 'It is a quiet network.');
  const done = events.at(-1);
  assert.ok(done?.type === 'done');
  assert.equal(done.receipt.node, node.id);
  assert.equal(done.receipt.model, testModel.hash);
  assert.deepEqual(done.receipt.counts, {prompt: 3, cached: 0, completion: 5, reasoning: 0});
  await network.clock.advance(5000);
  assert.deepEqual(node.outcomes.map(({outcome, tokens}) => ({outcome, tokens})), [{outcome: 'done', tokens: 5}]);
  assert.deepEqual(network.hub.census(), {nodes: 1, clients: 1, jobs: 0, waiting: 0});
});

test('the relay never sees the question or the answer, and sees one size of frame', async () => {
  const seen: Uint8Array[] = [];
  const network = new TestNetwork(clock(), {observe: (frame) => seen.push(frame)});
  await network.node(fakeEngine({clock: network.clock, answer: () => 'a very secret answer'}));
  const {error} = await network.ask(network.client(), {text: 'a very secret question'});
  await network.clock.advance(5000);
  assert.equal(error, undefined);
  assert.ok(seen.length > 20);
  for (const text of ['secret', 'question', 'answer']) assert.ok(!seen.some((frame) => includes(frame, text)), text);
  const responses = seen.filter((frame) => frame[1] === 0x23).map((frame) => frame.length);
  assert.deepEqual([...new Set(responses.slice(1))], [256 + 18]);
  assert.equal(responses.length - 1, 16, 'frames are padded to a power of two');
});

test('quiet delivery: one padded block', async () => {
  const seen: Uint8Array[] = [];
  const network = new TestNetwork(clock(), {observe: (frame) => seen.push(frame)});
  await network.node(fakeEngine({clock: network.clock, answer: () => story}));
  const job = {task: 'chat', messages: [{role: 'user', content: 'x'}], delivery: 'quiet'} as const;
  const {answer, error} = await network.ask(network.client(), {text: '', job});
  assert.equal(error, undefined);
  assert.equal(answer, story);
  assert.deepEqual(seen.filter((frame) => frame[1] === 0x23).map((frame) => frame.length - 18), [32, 1024]);
});

test('a node dies in mid-answer: another continues, and the reader sees no break', async () => {
  const network = new TestNetwork(clock());
  const answer = () => story;
  const nodes = [await network.node(fakeEngine({clock: network.clock, answer})), await network.node(fakeEngine({clock: network.clock, answer}))];
  let lost = false;
  const result = await network.ask(network.client(), {text: 'Tell me a story'}, (event) => {
    if (event.type !== 'text' || lost) return;
    lost = true;
    nodes.find((node) => node.jobs.running > 0)?.link.close();
  });
  assert.equal(result.error, undefined);
  assert.equal(result.answer, story);
  assert.equal(result.events.filter((event) => event.type === 'resuming').length, 1);
  const bound = result.events.flatMap((event) => (event.type === 'bound' ? [event.node] : []));
  assert.equal(new Set(bound).size, 2);
});

test('an engine that fails is a loss too: another node continues', async () => {
  const network = new TestNetwork(clock());
  await network.node(fakeEngine({clock: network.clock, answer: () => story, failAfter: 5}));
  const first = await network.ask(network.client(), {text: 'x'});
  assert.equal(codeOf(first.error), 'engine-failed');
  await network.node(fakeEngine({clock: network.clock, answer: () => story}));
  const second = await network.ask(network.client(), {text: 'x'});
  assert.equal(second.error, undefined);
  assert.equal(second.answer, story);
});

test('stop: the node stops within a tick and is free for the next question', async () => {
  const network = new TestNetwork(clock());
  const node = await network.node(fakeEngine({clock: network.clock, answer: () => story}));
  const client = network.client();
  const stop = new AbortController();
  const {error, answer} = await network.ask(client, {text: 'x', signal: stop.signal}, (event) => {
    if (event.type === 'text') stop.abort(new NetworkError('cancelled'));
  });
  assert.equal(codeOf(error), 'cancelled');
  assert.ok(answer.length > 0 && answer.length < story.length);
  await network.clock.advance(100);
  assert.equal(node.jobs.taken, 0);
  assert.equal(node.outcomes[0]?.outcome, 'cancelled');
  const again = await network.ask(client, {text: 'y'});
  assert.equal(again.answer, story);
});

test('the only node takes the next question at once, though it still pads its last answer', async () => {
  const network = new TestNetwork(clock());
  const node = await network.node(fakeEngine({clock: network.clock, answer: () => 'short'}));
  const client = network.client();
  await network.ask(client, {text: 'a'});
  assert.equal(node.jobs.taken, 1, 'padding goes on while nobody needs the node');
  const asked = network.clock.now();
  let boundAfter = Number.NaN;
  const again = await network.ask(client, {text: 'b'}, ({type}) => {
    if (type === 'bound') boundAfter = network.clock.now() - asked;
  });
  assert.equal(again.answer, 'short');
  assert.ok(boundAfter <= 100, `bound after ${boundAfter} ms`);
  await network.clock.advance(5000);
  assert.deepEqual(node.outcomes.map(({outcome}) => outcome), ['done', 'done']);
  assert.deepEqual(network.hub.census(), {nodes: 1, clients: 1, jobs: 0, waiting: 0});
});

test('where another node may take the next question, the padding of the last answer is not cut', async () => {
  const seen: Uint8Array[] = [];
  const network = new TestNetwork(clock(), {observe: (frame) => seen.push(frame)});
  for (let count = 0; count < 2; count += 1) await network.node(fakeEngine({clock: network.clock, answer: () => 'short'}));
  const client = network.client();
  await network.ask(client, {text: 'a'});
  await network.ask(client, {text: 'b'});
  await network.clock.advance(5000);
  assert.equal(seen.filter((frame) => frame[1] === 0x23).length, 2 * (1 + 16));
});

test('a fast engine fills the frames with text, not with headers', async () => {
  const network = new TestNetwork(clock());
  await network.node(fakeEngine({clock: network.clock, answer: () => story, msPerToken: 1}));
  const start = network.clock.now();
  let lastText = 0;
  const {answer} = await network.ask(network.client(), {text: 'x'}, ({type}) => {
    if (type === 'text') lastText = network.clock.now() - start;
  });
  assert.equal(answer, story);
  assert.ok(lastText <= 300, `${story.length} letters took ${lastText} ms`);
});

test('one slot, two questions: the second waits and is told so', async () => {
  const network = new TestNetwork(clock());
  await network.node(fakeEngine({clock: network.clock, answer: () => story}));
  const [first, second] = await Promise.all([network.ask(network.client(), {text: 'a'}), network.ask(network.client(), {text: 'b'})]);
  assert.deepEqual([first.answer, second.answer], [story, story]);
  assert.ok([...first.events, ...second.events].some((event) => event.type === 'waiting'));
});

test('nobody serves the model: no-node, and nothing was sent', async () => {
  const network = new TestNetwork(clock());
  const {error} = await network.ask(network.client(), {text: 'x'});
  assert.equal(codeOf(error), 'no-node');
});

test('a conversation stays with its node', async () => {
  const network = new TestNetwork(clock());
  const engine = () => fakeEngine({clock: network.clock, answer: () => 'yes'});
  const nodes = [await network.node(engine()), await network.node(engine()), await network.node(engine())];
  const prefer = nodes[1]?.id;
  assert.ok(prefer);
  for (let turn = 0; turn < 3; turn += 1) {
    const {events} = await network.ask(network.client(), {text: 'x', prefer});
    assert.deepEqual(events.flatMap((event) => (event.type === 'bound' ? [event.node] : [])), [prefer]);
    await network.clock.advance(2000);
  }
});

test('who is left out is not asked, be it the preferred one; where nobody else is there, nobody answers', async () => {
  const network = new TestNetwork(clock());
  const [first, second] = [await network.node(fakeEngine({clock: network.clock, answer: () => 'one'})), await network.node(fakeEngine({clock: network.clock, answer: () => 'two'}))];
  for (let round = 0; round < 4; round += 1) {
    const {answer, error} = await network.ask(network.client(), {text: 'x', prefer: first.id, without: new Set([first.id])});
    assert.deepEqual([answer, error], ['two', undefined]);
  }
  assert.equal(first.outcomes.length, 0);
  const {error} = await network.ask(network.client(), {text: 'x', without: new Set([first.id, second.id])});
  assert.equal(codeOf(error), 'no-node');
});

test('drain: a node finishes its job, takes no other, and goes', async () => {
  const network = new TestNetwork(clock());
  const node = await network.node(fakeEngine({clock: network.clock, answer: () => story}));
  const client = network.client();
  let drained: Promise<void> | undefined;
  const {answer} = await network.ask(client, {text: 'x'}, (event) => {
    if (event.type === 'text') drained ??= node.jobs.drain();
  });
  assert.equal(answer, story);
  assert.ok(drained);
  await network.clock.drive(drained);
  assert.equal(node.jobs.taken, 0);
});

test('a node that stays for hours is still found: its record is renewed, with what it measures by then', async () => {
  const network = new TestNetwork(clock());
  const speeds = [{jobs: 1, prefill: 100, decode: 50}];
  const node = await network.node(fakeEngine({clock: network.clock, answer: () => 'Still here.'}), {speeds: () => speeds});
  speeds[0] = {jobs: 1, prefill: 90, decode: 40};
  for (let minutes = 0; minutes < 180; minutes += 1) await network.clock.advance(60_000);
  const records = await network.clock.drive(network.client().directory());
  assert.deepEqual(records.map((record) => record.node), [node.id]);
  assert.deepEqual(records[0]?.models[0]?.speeds, [{jobs: 1, prefill: 90, decode: 40}]);
  assert.equal((await network.ask(network.client(), {text: 'Are you there?'})).answer, 'Still here.');
});

test('a node that closes for a moment just as it is bound: the job waits for it, and is answered', async () => {
  const network = new TestNetwork(clock());
  const node = await network.node(fakeEngine({clock: network.clock, answer: () => 'short'}));
  const client = network.client();
  await network.ask(client, {text: 'a'});
  await network.clock.advance(5000);
  // It closes, as it does to measure itself, while what it says of that is still under way to the relay.
  const asking = network.ask(client, {text: 'b'});
  node.jobs.pause(true);
  await network.clock.advance(2000);
  node.jobs.pause(false);
  const {answer, error} = await asking;
  assert.equal(error, undefined);
  assert.equal(answer, 'short');
});
