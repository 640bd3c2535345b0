/** A client that misbehaves at the relay and at nodes: it is refused with a code, and others notice nothing. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {randomBytes} from '../bytes.ts';
import {decodeMessage, encodeMessage} from '../codec.ts';
import {type DeviceId, freshHandle, type JobHandle, type NodeId} from '../ids.ts';
import {encodeJob, makeJob} from '../job.ts';
import {limits} from '../limits.ts';
import type {Kind, Message} from '../messages.ts';
import type {Transport} from '../roles/ports.ts';
import {bindOffer, sealRequest} from '../seal.ts';
import {spokenVersion} from '../version.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {TestNetwork, type TestNode, testModel} from './network.ts';

const story = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');

async function start(): Promise<{network: TestNetwork; node: TestNode}> {
  const network = new TestNetwork(new ManualClock(() => setImmediate()));
  return {network, node: await network.node(fakeEngine({clock: network.clock, answer: () => story}))};
}

/** A client by hand: sends what it likes and keeps all that comes. */
class RawClient {
  readonly link: Transport;
  readonly got: Message[] = [];
  readonly #network: TestNetwork;
  closed = false;

  constructor(network: TestNetwork) {
    this.#network = network;
    this.link = network.connect();
    void this.#read();
  }

  static async join(network: TestNetwork): Promise<RawClient> {
    const client = new RawClient(network);
    client.link.send(encodeMessage('hello', {role: 'client', agent: '', version: spokenVersion}));
    await client.until('welcome');
    return client;
  }

  async #read(): Promise<void> {
    for await (const frame of this.link.frames) this.got.push(decodeMessage(frame));
    this.closed = true;
  }

  /** The first message of this kind that is not of the past. */
  async until<K extends Kind>(kind: K, forMs = 30_000): Promise<Message<K>> {
    for (const end = this.#network.clock.now() + forMs; this.#network.clock.now() < end; await this.#network.clock.advance(100)) {
      await this.#network.clock.settle();
      const index = this.got.findIndex((message) => message.kind === kind);
      if (index >= 0) return this.got.splice(index, 1)[0] as Message<K>;
    }
    throw new Error(`no ${kind}; ${this.got.map((message) => message.kind).join()}`);
  }

  /** The codes that the relay gave. */
  get codes(): string[] {
    return this.got.flatMap((message) => (message.kind === 'failed' ? [message.code] : []));
  }

  match(handle: JobHandle, node: NodeId, {bucketBytes = 1024, maxTokens = 512} = {}): void {
    this.link.send(encodeMessage('match', {model: testModel.hash, bucketBytes, maxTokens, priceCap: 0n, payment: 'free', nodes: [node], work: undefined}, handle));
  }

  /** Matches and gives the frame of a sealed request, not yet sent. */
  async prepare(node: NodeId, {handle = freshHandle(), maxTokens = 512, asked = maxTokens, content = 'x', body}: {handle?: JobHandle; maxTokens?: number; asked?: number; content?: string; body?: Uint8Array} = {}) {
    this.match(handle, node, {maxTokens});
    const offer = await this.until('offer');
    const job = body ?? encodeJob(makeJob({task: 'chat', messages: [{role: 'user', content}], maxTokens: asked}));
    const kemPublicKey = offer.offer.subarray(-1216);
    const {enc, sealed} = await sealRequest(job, {kemPublicKey, bind: bindOffer(offer)});
    return {handle, request: encodeMessage('request', {enc, sealed}, handle)};
  }
}

/** Others are served as if nothing had been. */
async function othersGoOn(network: TestNetwork): Promise<void> {
  await network.clock.advance(10_000);
  const {answer, error} = await network.ask(network.client(), {text: 'x'});
  assert.deepEqual({answer, error}, {answer: story, error: undefined});
}

test('Hub: garbage from a stranger closes its link with bad-message or bad-version', async () => {
  const {network} = await start();
  const garbage = [randomBytes(5), encodeMessage('list', {}), encodeMessage('welcome', {relay: '', heartbeatMs: 1, terms: undefined, work: undefined}), Uint8Array.of(1, 255, ...new Uint8Array(20)), Uint8Array.of(2, 1, ...new Uint8Array(20))];
  for (const frame of garbage) {
    const client = new RawClient(network);
    client.link.send(frame);
    await network.clock.settle();
    assert.ok(client.closed);
    assert.ok(client.codes.every((code) => code === 'bad-message' || code === 'bad-version') && client.codes.length === 1, client.codes.join());
  }
  await othersGoOn(network);
});

test('Hub: garbage from a client closes its link; a frame above the limit too', async () => {
  const {network} = await start();
  for (const [frame, code] of [[randomBytes(3), 'bad-message'], [new Uint8Array(limits.maxFrameBytes + 1), 'too-large'], [encodeMessage('match', {model: testModel.hash, bucketBytes: 1, maxTokens: 1, priceCap: 0n, payment: 'free', nodes: [], work: undefined}).subarray(0, 40), 'bad-message']] as const) {
    const client = await RawClient.join(network);
    client.link.send(frame);
    await network.clock.settle();
    assert.deepEqual([client.closed, ...client.codes], [true, code]);
  }
  await othersGoOn(network);
});

test('Hub: a flood closes the link with flood, others are not affected', async () => {
  const {network} = await start();
  const client = await RawClient.join(network);
  for (let count = 0; count <= limits.burstFrames; count += 1) client.link.send(encodeMessage('pong', {nonce: count}));
  await network.clock.settle();
  await network.clock.settle();
  assert.deepEqual([client.closed, ...client.codes], [true, 'flood']);
  await othersGoOn(network);
});

test('Hub: directories count for more than their question: a flood of them closes the link long before one of frames', async () => {
  const {network} = await start();
  const client = await RawClient.join(network);
  for (let count = 0; count < 15; count += 1) client.link.send(encodeMessage('list', {}));
  await network.clock.settle();
  assert.deepEqual([client.closed, client.got.filter(({kind}) => kind === 'directory').length], [false, 15]);
  for (let count = 0; count < 5; count += 1) client.link.send(encodeMessage('list', {}));
  await network.clock.settle();
  assert.deepEqual([client.closed, ...client.codes], [true, 'flood']);
  await othersGoOn(network);
});

test("Hub: a job or a dial under the link's own handle is refused, and no node hears of it", async () => {
  const {network, node} = await start();
  const need = {model: testModel.hash, bucketBytes: 1024, maxTokens: 1};
  const dial = {node: node.id, device: node.id as string as DeviceId, peer: '', time: 1, signature: new Uint8Array(64)};
  for (const frame of [encodeMessage('match', {...need, priceCap: 0n, payment: 'free', nodes: [node.id], work: undefined}), encodeMessage('dial', dial)]) {
    const client = await RawClient.join(network);
    client.link.send(frame);
    await network.clock.settle();
    assert.deepEqual([client.closed, ...client.codes, node.jobs.taken], [true, 'bad-message', 0]);
  }
  await othersGoOn(network);
});

test('Hub: a second dial under a handle that is in use is duplicate: nobody takes over the dial of another', async () => {
  const {network, node} = await start();
  const [first, second] = [await RawClient.join(network), await RawClient.join(network)];
  const frame = encodeMessage('dial', {node: node.id, device: node.id as string as DeviceId, peer: '', time: 1, signature: new Uint8Array(64)}, freshHandle());
  first.link.send(frame);
  second.link.send(frame);
  await network.clock.settle();
  assert.deepEqual(second.codes, ['duplicate']);
  await othersGoOn(network);
});

test('Hub: the same request twice is duplicate, and is computed once', async () => {
  const {network, node} = await start();
  const client = await RawClient.join(network);
  const {request} = await client.prepare(node.id);
  client.link.send(request);
  client.link.send(request);
  assert.equal((await client.until('failed')).code, 'duplicate');
  await client.until('released');
  assert.equal(node.outcomes.length, 1);
  await othersGoOn(network);
});

test('NodeJobs: a request of another size than was matched is refused', async () => {
  const {network, node} = await start();
  const client = await RawClient.join(network);
  const {request} = await client.prepare(node.id, {content: 'x'.repeat(2000)});
  client.link.send(request);
  assert.equal((await client.until('failed')).code, 'refused');
  assert.equal(node.jobs.taken, 0);
  await othersGoOn(network);
});

test('NodeJobs: more tokens than were matched, or garbage inside the seal, is told inside the seal', async () => {
  const {network, node} = await start();
  const client = await RawClient.join(network);
  for (const wish of [{maxTokens: 10, asked: 11}, {body: randomBytes(300)}]) {
    client.link.send((await client.prepare(node.id, wish)).request);
    await client.until('released');
    assert.equal(node.outcomes.at(-1)?.outcome, 'failed');
    assert.equal(node.outcomes.at(-1)?.tokens, 0);
  }
  await othersGoOn(network);
});

test('Hub: a request for the job of another is refused, its cancel ignored, its handle not taken over', async () => {
  const {network, node} = await start();
  const [owner, thief] = [await RawClient.join(network), await RawClient.join(network)];
  const {handle, request} = await owner.prepare(node.id);
  thief.link.send(request);
  assert.equal((await thief.until('failed')).code, 'refused');
  thief.match(handle, node.id);
  assert.equal((await thief.until('failed')).code, 'duplicate');
  owner.link.send(request);
  thief.link.send(encodeMessage('cancel', {}, handle));
  await owner.until('released');
  assert.deepEqual(owner.codes, []);
  assert.ok(!thief.got.some((message) => message.kind === 'response'));
  assert.equal(node.outcomes[0]?.outcome, 'done');
});

test('Hub: a request without an offer is refused', async () => {
  const {network} = await start();
  const client = await RawClient.join(network);
  client.link.send(encodeMessage('request', {enc: new Uint8Array(1120), sealed: randomBytes(1040)}, freshHandle()));
  assert.equal((await client.until('failed')).code, 'refused');
  await othersGoOn(network);
});

test('Hub: a client that leaves in mid-job: the node stops within a tick', async () => {
  const {network, node} = await start();
  const client = await RawClient.join(network);
  client.link.send((await client.prepare(node.id)).request);
  await client.until('response');
  await network.clock.advance(300);
  assert.equal(node.jobs.running, 1);
  client.link.close();
  await network.clock.advance(limits.answerTickMs);
  assert.equal(node.jobs.taken, 0);
  assert.equal(node.outcomes[0]?.outcome, 'cancelled');
  assert.deepEqual(network.hub.census(), {nodes: 1, clients: 0, jobs: 0, waiting: 0});
  await othersGoOn(network);
});

test('Hub: a client that takes an offer and says no more gives the slot back when the offer runs out', async () => {
  const {network, node} = await start();
  const client = await RawClient.join(network);
  await client.prepare(node.id);
  assert.equal(node.jobs.taken, 1);
  client.link.send(encodeMessage('pong', {nonce: 0}));
  await network.clock.advance(limits.offerSeconds * 1000 + 100);
  assert.equal(node.jobs.taken, 0);
  await othersGoOn(network);
});

test('Hub: no more jobs than one client may have, busy', async () => {
  const {network, node} = await start();
  const client = await RawClient.join(network);
  for (let count = 0; count <= limits.maxJobsPerClient; count += 1) client.match(freshHandle(), node.id);
  assert.equal((await client.until('failed')).code, 'busy');
  assert.equal(network.hub.census().waiting, limits.maxJobsPerClient - 1);
});

test('Hub: nobody is cut off for asking when no node is here or all are busy', async () => {
  const {network, node} = await start();
  const client = await RawClient.join(network);
  for (let count = 0; count < 20; count += 1) client.match(freshHandle(), 'ee'.repeat(32) as NodeId);
  await network.clock.settle();
  assert.deepEqual(new Set(client.codes), new Set(['no-node']));
  assert.equal(client.closed, false);
  client.link.send((await client.prepare(node.id)).request);
  await client.until('released');
});

test('Hub: mistakes in a row close the link', async () => {
  const {network} = await start();
  const client = await RawClient.join(network);
  for (let count = 0; count < 20; count += 1) client.link.send(encodeMessage('released', {}, freshHandle()));
  await network.clock.settle();
  assert.deepEqual([client.closed, ...new Set(client.codes)], [true, 'refused']);
  await othersGoOn(network);
});
