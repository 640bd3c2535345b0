/** This device's own jobs at its node: before all others, after none is refused, and free. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {codeOf} from '../errors.ts';
import {createSecret, identityOf} from '../identity.ts';
import type {DeviceId, NodeId} from '../ids.ts';
import {ask, type AskEvent} from '../roles/ask.ts';
import {ClientLink} from '../roles/client-link.ts';
import {serveDirect} from '../roles/direct.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {memoryLink} from './memory-link.ts';
import {TestNetwork, testModel} from './network.ts';

const story = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');

/** A node of a network, and a way for its own device to ask it. */
async function stage() {
  const network = new TestNetwork(new ManualClock(() => setImmediate()));
  const {clock} = network;
  const identity = await identityOf<NodeId>(await createSecret());
  const node = await network.node(fakeEngine({clock, answer: () => story}), {identity});
  const own = await identityOf<DeviceId>(await createSecret());
  const [nodeEnd, transport] = memoryLink();
  node.jobs.own(nodeEnd);
  void serveDirect({transport: nodeEnd, identity, jobs: node.jobs, clock, isPaired: (device) => device === own.id}).catch(() => {});
  const link = await clock.drive(ClientLink.open({transport, clock, direct: {identity: own, node: node.id}}));
  const askOwn = async (signal = new AbortController().signal, onEvent: (event: AskEvent) => void = () => {}) => {
    const events: AskEvent[] = [];
    const job = {task: 'chat', messages: [{role: 'user', content: 'mine'}], maxTokens: 1024} as const;
    for await (const event of ask({model: testModel.hash, job, priceCap: 0n, signal, clock, random: () => 0.5, route: async () => ({link, nodes: [node.id], name: 'here'})})) {
      events.push(event);
      onEvent(event);
    }
    return events;
  };
  return {network, clock, node, link, askOwn};
}

const said = (events: readonly AskEvent[]): string => events.map((event) => (event.type === 'text' ? event.text : '')).join('');

test('a question of this device: sealed, receipted, free, and no relay sees a frame of it', async () => {
  const {network, clock, node, askOwn} = await stage();
  const events = await clock.drive(askOwn());
  assert.equal(said(events), story);
  assert.deepEqual(events.flatMap((event) => (event.type === 'bound' ? [event.route] : [])), ['here']);
  assert.deepEqual(events.flatMap((event) => (event.type === 'done' ? [event.receipt.price] : [])), [0n]);
  await clock.advance(10_000);
  assert.equal(network.hub.census().clients, 0);
  assert.deepEqual(node.outcomes.map(({outcome}) => outcome), ['done']);
});

test('while a stranger is answered it waits, and the next stranger waits behind it', async () => {
  const {network, clock, node, askOwn} = await stage();
  const order: string[] = [];
  let mine: Promise<readonly AskEvent[]> | undefined;
  let second: ReturnType<TestNetwork['ask']> | undefined;
  const first = network.ask(network.client(), {text: 'a'}, (event) => {
    if (event.type !== 'text' || mine) return;
    mine = askOwn(undefined, (own) => own.type === 'bound' && order.push('own'));
    second = network.ask(network.client(), {text: 'b'}, (other) => other.type === 'bound' && order.push('stranger'));
  });
  assert.equal((await first).answer, story);
  assert.ok(mine && second);
  assert.equal(said(await clock.drive(mine)), story);
  assert.equal((await second).answer, story);
  assert.deepEqual(order, ['own', 'stranger']);
  await clock.advance(10_000);
  assert.equal(node.jobs.taken, 0);
});

test('a pause for others is none for this device; while the node measures itself it waits', async () => {
  const {clock, node, askOwn} = await stage();
  node.jobs.pause(true);
  assert.equal(said(await clock.drive(askOwn())), story);
  node.jobs.pause(true, true);
  let bound = false;
  const asking = askOwn(undefined, (event) => (bound ||= event.type === 'bound'));
  await clock.advance(2000);
  assert.equal(bound, false);
  node.jobs.pause(true, false);
  assert.equal(said(await clock.drive(asking)), story);
});

test('one that waits and is stopped leaves the line: the slot goes to others', async () => {
  const {network, clock, node, askOwn} = await stage();
  node.jobs.pause(false, true);
  const stop = new AbortController();
  const asking = askOwn(stop.signal).catch((error: unknown) => error);
  await clock.advance(1000);
  assert.equal(node.jobs.open, false);
  stop.abort();
  assert.equal(codeOf(await clock.drive(asking)), 'cancelled');
  await clock.advance(1000);
  assert.equal(node.jobs.open, true);
  node.jobs.pause(false, false);
  assert.equal((await network.ask(network.client(), {text: 'b'})).answer, story);
});

test('a node that ends tells who waits; a link that closes is forgotten', async () => {
  const {clock, node, link, askOwn} = await stage();
  node.jobs.pause(false, true);
  const asking = askOwn().catch((error: unknown) => error);
  await clock.advance(1000);
  link.close();
  assert.equal(codeOf(await clock.drive(asking)), 'link-closed');
  await clock.advance(1000);
  assert.equal(node.jobs.open, true);
  const other = await stage();
  other.node.jobs.pause(false, true);
  const waiting = other.askOwn().catch((error: unknown) => error);
  await other.clock.advance(1000);
  await other.clock.drive(other.node.jobs.drain());
  assert.equal(codeOf(await other.clock.drive(waiting)), 'busy');
});

test('what never leaves a person’s devices: where the paired one is lost in mid-answer, no stranger is asked, though one offers the model', async () => {
  const network = new TestNetwork(new ManualClock(() => setImmediate()));
  const engine = () => fakeEngine({clock: network.clock, answer: () => story});
  const [mine, stranger] = [await network.node(engine()), await network.node(engine())];
  let taken = 0;
  const {events, error} = await network.ask(network.client(), {text: 'x', only: new Set([mine.id])}, (event) => {
    if (event.type === 'text') mine.link.close();
    taken += stranger.jobs.taken;
  });
  assert.deepEqual(events.flatMap((event) => (event.type === 'bound' ? [event.node] : [])), [mine.id]);
  assert.ok(['node-lost', 'no-node', 'link-closed'].includes(codeOf(error)));
  await network.clock.advance(60_000);
  assert.deepEqual([taken, stranger.outcomes], [0, []]);
});
