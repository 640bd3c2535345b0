/** Why a node has no job, as it hears it: once, when it changes, and nothing while it works or while nothing happens. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import type {Body} from '../messages.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {TestNetwork} from './network.ts';

const story = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');
const slotKind = 0x20;
const idleKind = 0x14;

function start(): TestNetwork {
  const network = new TestNetwork(new ManualClock(() => setImmediate()));
  network.sweepEachSecond();
  return network;
}

type Heard = Body<'idle'> & {readonly at: number};

/** A node that notes why it has no job; `isDeaf` while it hears of no slot. */
async function listener(network: TestNetwork, {concurrency = 1, isDeaf = () => false}: {concurrency?: number; isDeaf?: () => boolean} = {}) {
  const heard: Heard[] = [];
  let frames = 0;
  const node = await network.node(fakeEngine({clock: network.clock, answer: () => story, concurrency}), {
    onIdle: (why) => void heard.push({...why, at: network.clock.now()}),
    tamper: (frame) => {
      if (frame[1] === idleKind) frames += 1;
      return frame[1] === slotKind && isDeaf() ? [] : [frame];
    },
  });
  return {node, heard, reasons: () => heard.map(({reason}) => reason), frames: () => frames};
}

async function answers(network: TestNetwork, count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    await network.ask(network.client(), {text: 'x'});
    await network.clock.advance(20_000);
  }
}

test('a node without jobs hears once that nobody asks, and no more for a day and after each job', async () => {
  const network = start();
  const {reasons, frames} = await listener(network);
  await network.clock.advance(3_600_000);
  assert.deepEqual([reasons(), frames()], [['nobody-asks'], 1]);
  await answers(network, 5);
  assert.deepEqual([reasons(), frames()], [['nobody-asks'], 1]);
});

test('a computer with several slots hears that it gets one job at a time, while that is so', async () => {
  const network = start();
  const {reasons, heard} = await listener(network, {concurrency: 2});
  await network.clock.advance(10_000);
  await answers(network, 4);
  assert.deepEqual(new Set(reasons()), new Set(['nobody-asks', 'one-at-a-time']));
  assert.equal(reasons().at(-1), 'nobody-asks');
  const count = heard.length;
  await answers(network, 4);
  assert.equal(heard.length, count, 'after three jobs it is trusted');
  for (const [index, {at}] of heard.entries()) assert.ok(at - (heard[index - 1]?.at ?? 0) >= 5000, 'never sooner than after five seconds');
});

test('a computer that was silent twice hears until when it is paused and why, and afterwards that it may have jobs again', async () => {
  const network = start();
  let deaf = false;
  const {heard} = await listener(network, {isDeaf: () => deaf});
  await network.clock.advance(10_000);
  deaf = true;
  // Nobody else is there, so both end without an answer.
  await answers(network, 2);
  const [first, paused, again] = heard;
  assert.ok(first?.reason === 'nobody-asks' && paused?.reason === 'paused', JSON.stringify(heard));
  assert.equal(paused.trouble, 'silent');
  const pauseMs = paused.until * 1000 - paused.at;
  assert.ok(pauseMs > 5000 && pauseMs <= 11_000, `${pauseMs}`);
  assert.equal(again?.reason, 'nobody-asks');
  assert.ok(again.at >= paused.until * 1000 - 1000 && again.at <= paused.until * 1000 + 2000);
});

test('a node that took itself out hears nothing until it is back', async () => {
  const network = start();
  const {node, frames} = await listener(network);
  node.jobs.pause(true);
  await network.clock.settle();
  await network.clock.advance(60_000);
  assert.equal(frames(), 0);
  node.jobs.pause(false);
  await network.clock.advance(2000);
  assert.equal(frames(), 1);
});
