/** Work for free answers in a whole network: whoever does it is answered, whoever cheats is told so before anything is done for him, whoever pays need not. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {decodeMessage, encodeMessage} from '../codec.ts';
import {codeOf, NetworkError} from '../errors.ts';
import {freshHandle, type JobHandle, type NodeId} from '../ids.ts';
import type {Message} from '../messages.ts';
import {Client} from '../roles/client.ts';
import {FreeWork} from '../roles/free-work.ts';
import type {Transport} from '../roles/ports.ts';
import type {HubOptions} from '../roles/relay-options.ts';
import {spokenVersion} from '../version.ts';
import {isSolution, type Puzzle, tries} from '../work.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {TestNetwork, testModel} from './network.ts';
import {askPaid, chunk, payingStage} from './paying-stage.ts';
import {askForFree, newDevice, trialStage} from './trial-stage.ts';

const bits = 10;
const turn = () => setImmediate();
const story = 'as long as it takes';

async function start(options: Partial<HubOptions> = {}) {
  const network = new TestNetwork(new ManualClock(turn), {workBits: bits, ...options});
  const node = await network.node(fakeEngine({clock: network.clock, answer: () => story}));
  return {network, node};
}

/** A client that solves puzzles itself, so that it can do so wrongly. */
class Cheat {
  readonly link: Transport;
  readonly #network: TestNetwork;
  readonly #node: NodeId;
  readonly #heard: Message[] = [];
  #nonce: Uint8Array<ArrayBuffer> = new Uint8Array(32);

  private constructor(network: TestNetwork, node: NodeId) {
    this.#network = network;
    this.#node = node;
    this.link = network.connect();
  }

  static async open(network: TestNetwork, node: NodeId): Promise<Cheat> {
    const cheat = new Cheat(network, node);
    void cheat.#listen();
    cheat.link.send(encodeMessage('hello', {role: 'client', agent: '', version: spokenVersion}));
    await network.clock.settle();
    const [welcome] = cheat.#heard;
    assert.ok(welcome?.kind === 'welcome' && welcome.work?.bits === bits);
    cheat.#nonce = welcome.work.nonce;
    return cheat;
  }

  get codes(): readonly string[] {
    return this.#heard.flatMap((message) => (message.kind === 'failed' ? [message.code] : []));
  }

  async #listen(): Promise<void> {
    for await (const frame of this.link.frames) this.#heard.push(decodeMessage(frame));
  }

  puzzle(handle: JobHandle): Puzzle {
    return {bits, nonce: this.#nonce, handle};
  }

  solve(handle: JobHandle, from = 1n): bigint {
    const number = tries(this.puzzle(handle), from)(1_000_000);
    assert.ok(number !== undefined);
    return number;
  }

  /** Asks under a handle; gives what the relay says, and lets the job go. */
  async match(handle: JobHandle, {work, payment = 'free'}: {work: bigint | undefined; payment?: Message<'match'>['payment']}): Promise<string> {
    this.#heard.length = 0;
    this.link.send(encodeMessage('match', {model: testModel.hash, bucketBytes: 1024, maxTokens: 8, priceCap: 0n, payment, nodes: [this.#node], work}, handle));
    await this.#network.clock.settle();
    const said = this.#heard.find((message) => message.handle === handle);
    this.link.send(encodeMessage('cancel', {}, handle));
    await this.#network.clock.advance(1000);
    return said?.kind === 'failed' ? said.code : (said?.kind ?? 'nothing');
  }
}

test('who works is answered, again and again, two at once, and after the computer was lost', async () => {
  const {network, node} = await start();
  const client = network.client();
  const both = await Promise.all([network.ask(client, {text: 'a'}), network.ask(client, {text: 'b'})]);
  assert.deepEqual(both.map(({answer, error}) => [answer, error]), [[story, undefined], [story, undefined]]);
  const other = await network.node(fakeEngine({clock: network.clock, answer: () => story}));
  const {answer, error, events} = await network.ask(client, {text: 'x', prefer: node.id}, ({type}) => type === 'text' && node.link.close());
  assert.deepEqual([answer, error], [story, undefined]);
  assert.deepEqual(events.flatMap((event) => (event.type === 'bound' ? [event.node] : [])), [node.id, other.id]);
});

test('a relay that asks for nothing gets nothing', async () => {
  const {network} = await start({workBits: 0});
  const link = await network.clock.drive(network.client().link());
  assert.equal(link.work, undefined);
});

test('no proof, a wrong one, or one of fewer bits is bad-work, before a computer hears of it; a right one is taken afterwards', async () => {
  const {network, node} = await start();
  let slots = 0;
  const watching = await network.node(fakeEngine({clock: network.clock, answer: () => story}), {tamper: (frame) => {
    if (frame[1] === 0x20) slots += 1;
    return [frame];
  }});
  const cheat = await Cheat.open(network, watching.id);
  const handle = freshHandle();
  const right = cheat.solve(handle);
  let weak = 1n;
  while (isSolution(cheat.puzzle(handle), weak) || !isSolution({...cheat.puzzle(handle), bits: bits - 3}, weak)) weak += 1n;
  for (const work of [undefined, 0n, right + 1n, 2n ** 64n - 1n, weak]) assert.equal(await cheat.match(handle, {work}), 'bad-work', `${work}`);
  assert.equal(slots, 0);
  assert.equal(await cheat.match(handle, {work: right}), 'offer');
  assert.equal(slots, 1);
  assert.ok(node.id !== watching.id);
});

test('a proof is taken once: not under another handle, not on another link, not again under its own', async () => {
  const {network, node} = await start();
  const cheat = await Cheat.open(network, node.id);
  const [handle, another] = [freshHandle(), freshHandle()];
  const work = cheat.solve(handle);
  assert.equal(await cheat.match(another, {work}), 'bad-work');
  const elsewhere = await Cheat.open(network, node.id);
  assert.equal(await elsewhere.match(handle, {work}), 'bad-work');
  assert.equal(await cheat.match(handle, {work}), 'offer');
  assert.equal(await cheat.match(handle, {work}), 'bad-work');
  const more = cheat.solve(handle, work + 1n);
  assert.equal(await cheat.match(handle, {work: more}), 'offer', 'the same handle needs work of its own');
  let late = another;
  while (cheat.solve(late) >= more) late = freshHandle();
  assert.equal(await cheat.match(late, {work: cheat.solve(late)}), 'bad-work', 'numbers rise');
});

test('saying that it pays saves nobody the work: without an open channel it is bad-work', async () => {
  const {network, node} = await start();
  const cheat = await Cheat.open(network, node.id);
  for (const payment of ['channel', 'trial'] as const) assert.equal(await cheat.match(freshHandle(), {work: undefined, payment}), 'bad-work');
});

test('who goes on without proofs is cut off, and can come again', async () => {
  const {network, node} = await start();
  const cheat = await Cheat.open(network, node.id);
  for (let count = 0; count < 9; count += 1) cheat.link.send(encodeMessage('match', {model: testModel.hash, bucketBytes: 1024, maxTokens: 8, priceCap: 0n, payment: 'free', nodes: [node.id], work: undefined}, freshHandle()));
  await network.clock.settle();
  assert.equal(cheat.codes.length, 9);
  assert.ok(cheat.codes.every((code) => code === 'bad-work'));
  assert.equal(network.hub.census().clients, 0);
  assert.equal((await network.ask(network.client(), {text: 'x'})).answer, story);
});

test('a deposit with something left in it needs no work; free answers that the relay pays need it', async () => {
  const paying = await payingStage(turn, {workBits: bits});
  const link = await paying.network.clock.drive(paying.client.link());
  assert.ok(link.work);
  let proofs = 0;
  const prove = link.work.prove.bind(link.work);
  link.work.prove = (...args) => {
    proofs += 1;
    return prove(...args);
  };
  assert.equal((await askPaid(paying.network, paying.client)).error, undefined);
  assert.equal(proofs, 0);
  const trial = await trialStage(turn, {workBits: bits});
  await trial.join();
  assert.equal((await askForFree(trial.network, trial.client({device: await newDevice()}))).error, undefined);
  const works = trial.seen.flatMap((message) => (message.kind === 'match' ? [message.work] : []));
  assert.ok(works.length === 1 && works[0] !== undefined);
});

test('a deposit that is used up no longer stands for work: free computers still answer, for work', async () => {
  const deposit = chunk;
  const {network, client, charged, seen} = await payingStage(turn, {workBits: bits, deposit});
  await askPaid(network, client);
  assert.equal(charged(), deposit);
  const free = await network.node(fakeEngine({clock: network.clock, answer: () => story}));
  const {answer, error} = await network.ask(client, {text: 'x', priceCap: 10n ** 12n, prefer: free.id});
  assert.deepEqual([answer, error], [story, undefined]);
  const last = seen.findLast((message) => message.kind === 'match');
  assert.ok(last?.kind === 'match' && last.payment === 'channel' && last.work !== undefined);
});

test('a relay that asks for more than is allowed is not listened to', async () => {
  const {network} = await start();
  const client = network.client((frame) => [frame[1] === 0x04 ? frame.with(frame.length - 33, 25) : frame]);
  assert.equal(codeOf((await network.ask(client, {text: 'x'})).error), 'bad-message');
});

test('FreeWork: it lets others go first, ends when it is told to, and the next one is not held up', async () => {
  const clock = new ManualClock(turn);
  const thirdBreath = Promise.withResolvers<void>();
  let breaths = 0;
  const breathe = async () => {
    breaths += 1;
    if (breaths === 3) thirdBreath.resolve();
    await setImmediate();
  };
  const work = new FreeWork({bits: 24, nonce: new Uint8Array(32)}, {clock, breathe});
  const stop = new AbortController();
  const first = work.prove(freshHandle(), stop.signal);
  const second = work.prove(freshHandle(), AbortSignal.abort(new NetworkError('cancelled')));
  await thirdBreath.promise;
  stop.abort(new NetworkError('cancelled'));
  await assert.rejects(first, {code: 'cancelled'});
  await assert.rejects(second, {code: 'cancelled'});
});

test('FreeWork: numbers rise from job to job, in the order in which they were asked for', async () => {
  const work = new FreeWork({bits: 6, nonce: new Uint8Array(32)}, {clock: new ManualClock(turn), breathe: turn});
  const done: bigint[] = [];
  await Promise.all(Array.from({length: 20}, async () => done.push(await work.prove(freshHandle(), new AbortController().signal))));
  assert.equal(done.length, 20);
  for (const [index, number] of done.entries()) assert.ok(number > (done[index - 1] ?? 0n));
});

test('ask(): who works for more than a second hears it, and can stop; who does not hears nothing', async () => {
  const {network} = await start();
  // As long as each breath takes on this clock.
  const slow = (breathMs: number) => new Client({clock: network.clock, connect: async () => network.connect(), random: Math.random, breathe: () => network.clock.sleep(breathMs)});
  const quick = await network.ask(slow(0), {text: 'x'});
  assert.deepEqual([quick.answer, quick.events.some(({type}) => type === 'working')], [story, false]);
  const long = await network.ask(slow(1500), {text: 'x'});
  assert.equal(long.answer, story);
  assert.equal(long.events.filter(({type}) => type === 'working').length, 1);
  assert.equal(long.events[0]?.type, 'working');
  const stop = new AbortController();
  const stopped = await network.ask(slow(1500), {text: 'x', signal: stop.signal}, ({type}) => type === 'working' && stop.abort(new NetworkError('cancelled')));
  assert.deepEqual([codeOf(stopped.error), stopped.events.map(({type}) => type)], ['cancelled', ['working']]);
});
