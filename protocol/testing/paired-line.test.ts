/** Questions of paired devices at a node whose slots are taken: they wait in line, before strangers and after the node's own device. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {codeOf} from '../errors.ts';
import {createSecret, identityOf} from '../identity.ts';
import type {DeviceId, NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import {ask, type AskEvent} from '../roles/ask.ts';
import {ClientLink} from '../roles/client-link.ts';
import {serveDirect} from '../roles/direct.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {memoryLink} from './memory-link.ts';
import {TestNetwork, testModel} from './network.ts';

const story = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');

/** A node with one slot, and a way for devices that are paired with it. */
async function stage(msPerToken = 60) {
  const network = new TestNetwork(new ManualClock(() => setImmediate()));
  const {clock} = network;
  const identity = await identityOf<NodeId>(await createSecret());
  const node = await network.node(fakeEngine({clock, answer: () => story, msPerToken}), {identity});
  const paired = new Set<string>();
  const device = async (isOwn = false) => {
    const own = await identityOf<DeviceId>(await createSecret());
    paired.add(own.id);
    const [nodeEnd, transport] = memoryLink();
    if (isOwn) node.jobs.own(nodeEnd);
    void serveDirect({transport: nodeEnd, identity, jobs: node.jobs, clock, isPaired: (id) => paired.has(id)}).catch(() => {});
    const link = await clock.drive(ClientLink.open({transport, clock, direct: {identity: own, node: node.id}}));
    const question = async (onEvent: (event: AskEvent) => void = () => {}, signal = new AbortController().signal) => {
      let text = '';
      const job = {task: 'chat', messages: [{role: 'user', content: 'mine'}], maxTokens: 1024} as const;
      for await (const event of ask({model: testModel.hash, job, priceCap: 0n, signal, clock, random: () => 0.5, route: async () => ({link, nodes: [node.id], name: isOwn ? 'here' : 'direct'})})) {
        if (event.type === 'text') text += event.text;
        onEvent(event);
      }
      return text;
    };
    return {id: own.id, link, question};
  };
  return {network, clock, node, paired, device};
}

/** Runs `then` at the first piece of text. */
const onFirstText = (then: () => void) => {
  let isFirst = true;
  return (event: AskEvent) => {
    if (event.type !== 'text' || !isFirst) return;
    isFirst = false;
    then();
  };
};
const outcomeOf = (asking: Promise<unknown>) => asking.then(() => 'done', codeOf);

test('a second question of one device waits, is told its place, and is answered as soon as the first has said all', async () => {
  const {clock, device} = await stage();
  const {question} = await device();
  const places: number[] = [];
  let second: Promise<string> | undefined;
  let doneAt = 0;
  let boundAt = 0;
  const askAgain = () => {
    second = question((event) => {
      if (event.type === 'waiting') places.push(event.position);
      if (event.type === 'bound') boundAt = clock.now();
    });
  };
  const started = onFirstText(askAgain);
  const first = question((event) => {
    started(event);
    if (event.type === 'done') doneAt = clock.now();
  });
  assert.equal(await clock.drive(first), story);
  assert.ok(second);
  assert.equal(await clock.drive(second), story);
  assert.deepEqual(places, [1]);
  // Sixty words take 36 frames of a tenth of a second, padded to 64: that padding holds nobody up.
  assert.ok(boundAt - doneAt < limits.answerTickMs, `${boundAt - doneAt} ms after`);
});

test('the node’s own device goes first, then the paired ones in their order, then strangers', async () => {
  const {network, clock, node, device} = await stage();
  const [own, phone, laptop] = [await device(true), await device(), await device()];
  const order: string[] = [];
  const others: Promise<unknown>[] = [];
  const note = (who: string) => (event: AskEvent) => {
    if (event.type === 'bound') order.push(who);
    if (event.type === 'waiting') order.push(`${who} is number ${event.position}`);
  };
  const asking = phone.question(onFirstText(() => {
    others.push(network.ask(network.client(), {text: 'x'}, (event) => void (event.type === 'bound' && order.push('stranger'))));
    others.push(laptop.question(note('laptop')), phone.question(note('phone')), own.question(note('own')));
  }));
  await clock.drive(asking);
  await clock.drive(Promise.all(others));
  assert.deepEqual(order.slice(0, 4), ['laptop is number 1', 'phone is number 2', 'own is number 1', 'laptop is number 2']);
  assert.deepEqual(order.filter((each) => !each.includes('number')), ['own', 'laptop', 'phone', 'stranger']);
  await clock.advance(10_000);
  assert.equal(node.jobs.taken, 0);
});

test('a pause refuses paired devices, also those in line; while the node measures itself they wait', async () => {
  const {clock, node, device} = await stage();
  const {question} = await device();
  node.jobs.pause(true, true);
  const waiting = outcomeOf(question());
  await clock.advance(2000);
  assert.equal(node.jobs.taken, 0);
  node.jobs.pause(false, false);
  assert.equal(await clock.drive(waiting), 'done');
  node.jobs.pause(true, true);
  const unlucky = outcomeOf(question());
  await clock.advance(1000);
  node.jobs.pause(true, false);
  assert.equal(await clock.drive(unlucky), 'busy');
  assert.equal(await clock.drive(outcomeOf(question())), 'busy');
});

test('one that was unpaired while it waited, and one that stopped, get no slot; the next one does', async () => {
  const {clock, node, paired, device} = await stage();
  const [removed, stopped, last] = [await device(), await device(), await device()];
  node.jobs.pause(false, true);
  const stop = new AbortController();
  const outcomes = [outcomeOf(removed.question()), outcomeOf(stopped.question(undefined, stop.signal)), outcomeOf(last.question())];
  await clock.advance(1000);
  paired.delete(removed.id);
  stop.abort();
  await clock.advance(1000);
  node.jobs.pause(false, false);
  assert.deepEqual(await clock.drive(Promise.all(outcomes)), ['not-paired', 'cancelled', 'done']);
});

test('whoever stands in line waits as long as the answer before takes, however long that is', async () => {
  const {clock, device} = await stage(2000);
  const {question} = await device();
  const began = clock.now();
  let second: Promise<string> | undefined;
  const first = question(onFirstText(() => (second = question())));
  assert.equal(await clock.drive(first), story);
  assert.ok(second);
  assert.equal(await clock.drive(second), story);
  assert.ok(clock.now() - began > 2 * (limits.queueMs + limits.stepMs));
});

test('so many may wait for one link, and no more', async () => {
  const {clock, node, device} = await stage();
  const {link} = await device();
  node.jobs.pause(false, true);
  const slots = Array.from({length: limits.maxJobsPerClient + 1}, () => link.job());
  for (const slot of slots) slot.send('slot', {model: testModel.hash, bucketBytes: 1024, maxTokens: 1});
  await clock.advance(1000);
  const last = slots.at(-1);
  assert.ok(last);
  const said = await clock.drive(last.next());
  assert.deepEqual(said.kind === 'failed' && said.code, 'busy');
});
