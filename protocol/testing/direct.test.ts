/** The direct route: only a paired device that proves its key gets in, and nobody else learns where a node is. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {decodeMessage, encodeMessage} from '../codec.ts';
import {codeOf, sentenceOf} from '../errors.ts';
import {createSecret, type Identity, identityOf} from '../identity.ts';
import {type DeviceId, freshHandle, linkHandle, type NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Body, Message} from '../messages.ts';
import {ClientLink} from '../roles/client-link.ts';
import {dial} from '../roles/dial.ts';
import {answerDial, makeDial, makeIntroduction, serveDirect} from '../roles/direct.ts';
import {NodeJobs} from '../roles/node-jobs.ts';
import {spokenVersion} from '../version.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {memoryLink} from './memory-link.ts';
import {TestNetwork, testModel} from './network.ts';

const newClock = () => new ManualClock(() => setImmediate());
const device = async () => identityOf<DeviceId>(await createSecret());
const story = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');

/** A node that serves direct links of `paired` devices, and one open end to it. */
async function serving(paired: readonly DeviceId[], clock = newClock()) {
  const identity = await identityOf<NodeId>(await createSecret());
  const engine = fakeEngine({clock, answer: () => story});
  const jobs = new NodeJobs({identity, engine, model: testModel, clock, speed: () => 0, earningsOf: () => undefined, onChange: () => {}, onOutcome: () => {}});
  const [nodeEnd, transport] = memoryLink();
  const isPaired = (id: string) => paired.some((known) => known === id);
  const ended = serveDirect({transport: nodeEnd, identity, jobs, clock, isPaired}).then(() => undefined, (error: unknown) => error);
  return {clock, node: identity.id, jobs, transport, ended};
}

const settled = <T>(clock: ManualClock, work: Promise<T>): Promise<T | unknown> => clock.drive(work.catch((error: unknown) => error));

test('serveDirect(): a paired device asks directly; no relay sees a frame', async () => {
  const own = await device();
  const network = new TestNetwork(newClock());
  const {clock, node, jobs, transport} = await serving([own.id], network.clock);
  const link = await clock.drive(ClientLink.open({transport, clock, direct: {identity: own, node}}));
  const client = network.client();
  const {answer, events, error} = await network.ask(client, {text: 'x', direct: {link, node}});
  assert.deepEqual({answer, error}, {answer: story, error: undefined});
  assert.deepEqual(events.flatMap((event) => (event.type === 'bound' ? [event.route] : [])), ['direct']);
  assert.equal(network.hub.census().clients, 0);
  await clock.advance(10_000);
  assert.equal(jobs.taken, 0);
  assert.equal((await network.ask(client, {text: 'again', direct: {link, node}})).answer, story);
});

test('serveDirect(): an unpaired device is refused, not-paired', async () => {
  const {clock, node, transport, ended} = await serving([]);
  const outcome = await settled(clock, ClientLink.open({transport, clock, direct: {identity: await device(), node}}));
  assert.equal(codeOf(outcome), 'not-paired');
  assert.match(sentenceOf(outcome), /Pair both devices/);
  assert.equal(codeOf(await ended), 'not-paired');
});

test('serveDirect(): a wrong signature, another node, another kind of message: not-paired', async () => {
  const own = await device();
  const forger: Identity<DeviceId> = {id: own.id, sign: (await device()).sign};
  type Introduce = (wanted: {node: NodeId; nonce: Uint8Array<ArrayBuffer>}) => Promise<Body<'introduce'>>;
  const attempts: readonly Introduce[] = [
    (wanted) => makeIntroduction(forger, wanted),
    ({nonce}) => makeIntroduction(own, {nonce, node: 'ee'.repeat(32) as NodeId}),
    ({node}) => makeIntroduction(own, {nonce: new Uint8Array(32), node}),
  ];
  for (const attempt of attempts) {
    const {clock, node, transport, ended} = await serving([own.id]);
    const challenge = await transport.frames[Symbol.asyncIterator]().next();
    const message = decodeMessage(challenge.value);
    assert.ok(message.kind === 'challenge');
    transport.send(encodeMessage('introduce', await attempt({node, nonce: message.nonce})));
    assert.equal(codeOf(await clock.drive(ended)), 'not-paired');
  }
  const {clock, transport, ended} = await serving([own.id]);
  transport.send(encodeMessage('slot', {model: testModel.hash, bucketBytes: 1024, maxTokens: 1}, freshHandle()));
  assert.equal(codeOf(await clock.drive(ended)), 'not-paired');
});

test('serveDirect(): whoever was paired and is no longer gets no other answer over a link that is open', async () => {
  const own = await device();
  const paired = [own.id];
  const network = new TestNetwork(newClock());
  const {clock, node, transport, ended} = await serving(paired, network.clock);
  const link = await clock.drive(ClientLink.open({transport, clock, direct: {identity: own, node}}));
  const client = network.client();
  assert.equal((await network.ask(client, {text: 'x', direct: {link, node}})).answer, story);
  paired.pop();
  const {error, answer} = await network.ask(client, {text: 'again', direct: {link, node}});
  assert.deepEqual([codeOf(error), answer], ['not-paired', '']);
  assert.equal(codeOf(await clock.drive(ended)), 'not-paired');
});

test('serveDirect(): silence is refused after a step, garbage at once', async () => {
  const silent = await serving([]);
  assert.equal(codeOf(await silent.clock.drive(silent.ended)), 'not-paired');
  const garbage = await serving([]);
  garbage.transport.send(Uint8Array.of(1, 2, 3));
  assert.equal(codeOf(await garbage.clock.drive(garbage.ended)), 'bad-message');
});

test('serveDirect(): the link breaks in mid-job: the node stops, the client is told', async () => {
  const own = await device();
  const network = new TestNetwork(newClock());
  const {clock, node, jobs, transport} = await serving([own.id], network.clock);
  const link = await clock.drive(ClientLink.open({transport, clock, direct: {identity: own, node}}));
  const {error} = await network.ask(network.client(), {text: 'x', direct: {link, node}}, (event) => {
    if (event.type === 'text') link.close();
  });
  assert.equal(codeOf(error), 'link-closed');
  await clock.advance(100);
  assert.equal(jobs.taken, 0);
});

const dialOf = (body: Body<'dial'>): Message<'dial'> => ({kind: 'dial', handle: linkHandle, ...body});

test('answerDial(): yes only to a paired device that signed it for this node just now', async () => {
  const clock = newClock();
  const [own, stranger] = [await device(), await device()];
  const identity = await identityOf<NodeId>(await createSecret());
  const guard = {identity, clock, peer: 'peer of the node', isPaired: (id: string) => id === own.id};
  const wish = {node: identity.id, peer: 'peer of the device', now: clock.now()};
  const no = {accepted: 0, peer: ''};
  const unknown = {accepted: 2, peer: ''};
  const right = await makeDial(own, wish);
  assert.deepEqual(await answerDial(dialOf(right), guard), {accepted: 1, peer: guard.peer});
  const skew = (limits.clockSkewSeconds + 1) * 1000;
  const wrong: Record<string, Body<'dial'>> = {
    'unpaired': await makeDial(stranger, wish),
    'wrong signature': {...right, signature: (await makeDial(stranger, wish)).signature},
    'changed peer': {...right, peer: 'another'},
    'changed time': {...right, time: right.time + 1},
    'for another node': await makeDial(own, {...wish, node: 'ee'.repeat(32) as NodeId}),
  };
  for (const [name, body] of Object.entries(wrong)) assert.deepEqual(await answerDial(dialOf(body), guard), unknown, name);
  for (const now of [wish.now - skew, wish.now + skew]) assert.deepEqual(await answerDial(dialOf(await makeDial(own, {...wish, now})), guard), no);
  assert.deepEqual(await answerDial(dialOf(right), {...guard, peer: ''}), no);
});

async function dialling() {
  const allowed: [string, string][] = [];
  const own = await device();
  const network = new TestNetwork(newClock(), {allowSignalling: (left, right) => allowed.push([left, right])});
  const engine = fakeEngine({clock: network.clock, answer: () => story});
  const node = await network.node(engine, {peer: 'node peer', isPaired: (id) => id === own.id});
  return {allowed, own, network, node, link: await network.clock.drive(network.client().link())};
}

test('dial(): through the relay; signalling opens only after the node accepted', async () => {
  const {allowed, own, network, node, link} = await dialling();
  const stranger = await device();
  const ask = (identity: Identity<DeviceId>, to: NodeId) => settled(network.clock, dial(link, {identity, node: to, peer: 'device peer', clock: network.clock}));
  assert.equal(codeOf(await ask(stranger, node.id)), 'not-paired');
  assert.equal(codeOf(await ask(own, 'ee'.repeat(32) as NodeId)), 'dial-refused');
  assert.deepEqual(allowed, []);
  assert.equal(await ask(own, node.id), 'node peer');
  assert.deepEqual(allowed, [['device peer', 'node peer']]);
  assert.ok(link.isOpen);
});

test('dial(): a node that is not there is refused again and again without losing the link', async () => {
  const {own, network, link} = await dialling();
  for (let count = 0; count < 12; count += 1) {
    const outcome = await settled(network.clock, dial(link, {identity: own, node: 'ee'.repeat(32) as NodeId, peer: 'p', clock: network.clock}));
    assert.equal(codeOf(outcome), 'dial-refused');
  }
  assert.ok(link.isOpen);
});

test('Hub: another node cannot accept a dial in the place of the one that was dialled', async () => {
  const {allowed, network, node} = await dialling();
  const other = await network.node(fakeEngine({clock: network.clock, answer: () => story}), {peer: 'evil peer'});
  const handle = freshHandle();
  const raw = network.connect();
  raw.send(encodeMessage('hello', {role: 'client', agent: '', version: spokenVersion}));
  raw.send(encodeMessage('dial', {...(await makeDial(await device(), {node: node.id, peer: 'x', now: network.clock.now()}))}, handle));
  other.link.send(encodeMessage('dialed', {accepted: 1, peer: 'evil peer'}, handle));
  await network.clock.advance(200);
  assert.deepEqual(allowed, []);
});
