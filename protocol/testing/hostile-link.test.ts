/** Links at the relay: who is let in, who is dropped, and what the others are told. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {decodeMessage, encodeMessage} from '../codec.ts';
import {codeOf, sentenceOf} from '../errors.ts';
import {createSecret, type Identity, identityOf} from '../identity.ts';
import {freshHandle, type ModelHash, type NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Message} from '../messages.ts';
import {presenceProof, signRecord} from '../node-record.ts';
import {freeOfCharge} from '../price.ts';
import {Client} from '../roles/client.ts';
import type {Transport} from '../roles/ports.ts';
import {writeStatement} from '../statement.ts';
import {spokenVersion} from '../version.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {memoryLink} from './memory-link.ts';
import {TestNetwork, testModel} from './network.ts';

const story = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');
const start = () => new TestNetwork(new ManualClock(() => setImmediate()));
const engineOf = (network: TestNetwork) => fakeEngine({clock: network.clock, answer: () => story});

interface Claim {
  readonly network: TestNetwork;
  readonly identity: Identity<NodeId>;
  /** Seconds from now. */
  readonly expires?: number;
  readonly proof?: (nonce: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
  readonly record?: Uint8Array<ArrayBuffer>;
}

/** Presents as a node; gives the link and what came, after the relay has made up its mind. */
async function present({network, identity, expires = 60, proof, record}: Claim): Promise<{link: Transport; got: Message[]}> {
  const link = network.connect();
  const got: Message[] = [];
  const issued = Math.floor(network.clock.now() / 1000);
  const models = [{model: testModel.hash, name: '', speeds: [], contextTokens: 512, prices: freeOfCharge}];
  const signed = record ?? (await signRecord(identity, {issued, expires: issued + expires, engine: '', slots: 1, hidden: 0, models}));
  const prove = proof ?? ((nonce) => identity.sign(writeStatement(presenceProof, {nonce})));
  const {promise: decided, resolve: decide} = Promise.withResolvers<void>();
  const read = async () => {
    for await (const frame of link.frames) {
      const message = decodeMessage(frame);
      got.push(message);
      if (message.kind === 'welcome' || message.kind === 'failed') decide();
      if (message.kind === 'ping') link.send(encodeMessage('pong', {nonce: message.nonce}));
      if (message.kind === 'challenge') link.send(encodeMessage('present', {record: signed, proof: await prove(message.nonce), peer: ''}));
    }
  };
  void read();
  link.send(encodeMessage('hello', {role: 'node', agent: '', version: spokenVersion}));
  await network.clock.drive(decided);
  await network.clock.settle();
  return {link, got};
}

const fresh = async () => identityOf<NodeId>(await createSecret());
const codesOf = (got: readonly Message[]) => got.flatMap((message) => (message.kind === 'failed' ? [message.code] : []));

test('Hub: a node with a right proof is welcomed and listed', async () => {
  const network = start();
  const {got} = await present({network, identity: await fresh()});
  assert.deepEqual(got.map((message) => message.kind), ['challenge', 'welcome']);
  assert.equal(network.hub.census().nodes, 1);
});

test('Hub: a renewal is listed; one by another key, of another model, or expired is bad-node, and the link ends', async () => {
  const network = start();
  const [identity, other] = [await fresh(), await fresh()];
  const issued = Math.floor(network.clock.now() / 1000);
  const offered = {model: testModel.hash, name: 'renewed', speeds: [], contextTokens: 512, prices: freeOfCharge};
  const renewed = {issued, expires: issued + 3000, engine: '', slots: 1, hidden: 0, models: [offered]};
  const listed = async () => (await network.clock.drive(network.client().directory())).flatMap(({models}) => models.map(({name}) => name));
  const renew = async (record: Uint8Array<ArrayBuffer>) => {
    const {link, got} = await present({network, identity, expires: 3000});
    assert.deepEqual(await listed(), ['']);
    link.send(encodeMessage('renew', {record}));
    await network.clock.settle();
    return {codes: codesOf(got), listed: await listed()};
  };
  const refused = {codes: ['bad-node'], listed: []};
  assert.deepEqual(await renew(await signRecord(other, renewed)), refused);
  assert.deepEqual(await renew(await signRecord(identity, {...renewed, models: [{...offered, model: 'cd'.repeat(32) as ModelHash}]})), refused);
  assert.deepEqual(await renew(await signRecord(identity, {...renewed, expires: issued})), refused);
  assert.deepEqual(await renew(await signRecord(identity, renewed)), {codes: [], listed: ['renewed']});
});

test('Hub: a wrong proof, another nonce, the record of another, an expired record: bad-node, and not listed', async () => {
  const network = start();
  const [identity, other] = [await fresh(), await fresh()];
  const claims: Omit<Claim, 'network' | 'identity'>[] = [
    {proof: async () => new Uint8Array(64)},
    {proof: () => identity.sign(writeStatement(presenceProof, {nonce: new Uint8Array(32)}))},
    {proof: (nonce) => other.sign(writeStatement(presenceProof, {nonce}))},
    {expires: 0},
    {expires: -60},
    {expires: limits.recordSeconds + 1},
    {record: new Uint8Array(10)},
    {record: new Uint8Array(200)},
  ];
  for (const claim of claims) {
    const {got} = await present({network, identity, ...claim});
    assert.deepEqual(codesOf(got), ['bad-node']);
    assert.equal(network.hub.census().nodes, 0);
  }
  assert.equal((await present({network, identity})).got.at(-1)?.kind, 'welcome');
});

test('serve(): rejects with the code of the relay', async () => {
  const network = start();
  const identity = await fresh();
  const liar: Identity<NodeId> = {id: identity.id, sign: async () => new Uint8Array(64)};
  const outcome = await network.clock.drive(network.node(engineOf(network), {identity: liar}).then(() => undefined, (error: unknown) => error));
  assert.equal(codeOf(outcome), 'bad-node');
  assert.ok(sentenceOf(outcome).length > 20);
});

test('Hub: a second link with the key of a node replaces the first, which is told duplicate', async () => {
  const network = start();
  const identity = await fresh();
  const first = await present({network, identity});
  const second = await present({network, identity});
  assert.deepEqual(codesOf(first.got), ['duplicate']);
  assert.deepEqual(codesOf(second.got), []);
  assert.equal(network.hub.census().nodes, 1);
  second.link.close();
  await network.clock.settle();
  assert.equal(network.hub.census().nodes, 0);
});

test('Hub: a silent node is dropped after the lease; its client is told node-lost and can ask another', async () => {
  const network = start();
  let mute = false;
  await network.node(fakeEngine({clock: network.clock, answer: () => story, msPerToken: 1000}), {tamper: (frame) => (mute ? [] : [frame])});
  const client = network.client();
  const job = {task: 'chat', messages: [{role: 'user', content: 'x'}], delivery: 'quiet'} as const;
  const began = network.clock.now();
  const {error} = await network.ask(client, {text: '', job}, () => {
    mute = true;
  });
  assert.equal(codeOf(error), 'node-lost');
  const took = network.clock.now() - began;
  assert.ok(took > limits.leaseMs - limits.heartbeatMs && took <= limits.leaseMs + 2 * limits.heartbeatMs, `${took} ms`);
  assert.equal(network.hub.census().nodes, 0);
  await network.node(engineOf(network));
  assert.equal((await network.ask(client, {text: 'x'})).answer, story);
});

test('Hub: links that answer pings stay for hours', async () => {
  const network = start();
  await network.node(engineOf(network));
  const client = network.client();
  await network.clock.drive(client.link());
  await network.clock.advance(20 * limits.leaseMs);
  assert.deepEqual(network.hub.census(), {nodes: 1, clients: 1, jobs: 0, waiting: 0});
});

test('Hub: a slow consumer is cut off, so that memory stays bounded; the node is free for others', async () => {
  const network = start();
  const node = await network.node(engineOf(network));
  const [relayEnd, ownEnd] = memoryLink();
  let lag = 0;
  const slow: Transport = Object.defineProperty({...relayEnd}, 'buffered', {get: () => lag});
  void network.hub.accept(slow);
  const client = new Client({clock: network.clock, connect: async () => ownEnd, random: Math.random});
  const {error} = await network.ask(client, {text: 'x'}, (event) => {
    if (event.type === 'text') lag = limits.maxLagBytes + 1;
  });
  assert.equal(codeOf(error), 'slow-consumer');
  await network.clock.advance(200);
  assert.equal(node.jobs.taken, 0);
  assert.equal((await network.ask(network.client(), {text: 'x'})).answer, story);
});

test('Hub.sweep(): a node that takes a slot and stays silent is passed over for another', async () => {
  const network = start();
  const silent = await present({network, identity: await fresh()});
  await network.node(engineOf(network));
  let draw = 1;
  const firstFirst = () => (draw /= 2);
  const client = new Client({clock: network.clock, connect: async () => network.connect(), random: firstFirst});
  const sweep = async () => {
    for (let second = 0; second < 20; second += 1) {
      await network.clock.sleep(1000);
      silent.link.send(encodeMessage('pong', {nonce: 0}));
      network.hub.sweep();
    }
  };
  void sweep();
  const {answer, error} = await network.ask(client, {text: 'x'});
  assert.deepEqual({answer, error}, {answer: story, error: undefined});
  assert.ok(silent.got.some((message) => message.kind === 'slot'), 'it was asked first');
});

test('Hub.drain(): who goes on asking meanwhile is told busy each time, and is not cut off', async () => {
  const network = start();
  const node = await network.node(engineOf(network));
  const link = network.connect();
  const codes: string[] = [];
  const reading = (async () => {
    for await (const frame of link.frames) {
      const message = decodeMessage(frame);
      if (message.kind === 'failed') codes.push(message.code);
    }
  })();
  link.send(encodeMessage('hello', {role: 'client', agent: '', version: spokenVersion}));
  const match = () => encodeMessage('match', {model: testModel.hash, bucketBytes: 1024, maxTokens: 8, priceCap: 0n, payment: 'free', nodes: [node.id], work: undefined}, freshHandle());
  link.send(match());
  await network.clock.settle();
  const drained = network.hub.drain(5000);
  for (let count = 0; count < 20; count += 1) link.send(match());
  await network.clock.drive(drained);
  await network.clock.drive(reading);
  assert.deepEqual(codes, Array.from({length: 20}, () => 'busy'));
});

test('Hub.drain(): takes nobody new, lets a running job end, says goodbye', async () => {
  const network = start();
  await network.node(engineOf(network));
  const client = network.client();
  let drained: Promise<void> | undefined;
  const {answer, error} = await network.ask(client, {text: 'x'}, (event) => {
    if (event.type === 'text') drained ??= network.hub.drain(60_000);
  });
  assert.deepEqual({answer, error}, {answer: story, error: undefined});
  assert.ok(drained);
  await network.clock.drive(drained);
  await network.clock.settle();
  assert.deepEqual(network.hub.census(), {nodes: 0, clients: 0, jobs: 0, waiting: 0});
});
