/** The network's numbers, on a clock that the test moves: what is counted where, and how seldom anybody looks. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import type {ModelHash} from '#protocol/ids.ts';
import {freeOfCharge} from '#protocol/price.ts';
import type {Supply} from '#protocol/roles/relay-directory.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {parrot} from '#sdk/testing/catalogue.ts';
import {type NetworkStatus, NetworkWatch} from './network-status.ts';
import {parrotHash} from './testing/live-network.ts';

const foreign = 'ee'.repeat(32) as ModelHash;
const offers = (model: ModelHash, completion = 0n): Supply['models'][number] => ({model, name: 'x', speeds: [], contextTokens: 512, prices: {...freeOfCharge, completion}});

function stage(supply: readonly Supply[] = []) {
  const clock = new ManualClock(setImmediate);
  let looks = 0;
  const hub = {
    census: () => ({nodes: supply.length, clients: 0, jobs: 2, waiting: 3}),
    supply: () => {
      looks += 1;
      return [...supply];
    },
  };
  const watch = new NetworkWatch({hub: () => hub, catalogue: [parrot], clock});
  return {clock, watch, read: () => JSON.parse(watch.text()) as NetworkStatus, looks: () => looks};
}

test('an empty network: every model of the catalogue with nobody', () => {
  const {read} = stage();
  const models = [{id: 'parrot', hash: parrotHash, nodes: 0, idle: 0, free: 0, prices: null, waitMs: null, asked: 0}];
  assert.deepEqual(read(), {nodes: 0, idle: 0, waiting: 3, running: 2, waitMs: null, models, otherModels: {nodes: 0, idle: 0}});
});

test('lowest and median price of those that ask one; a node with known and unknown models counts in both', () => {
  const {read} = stage([
    {idle: 1, models: [offers(parrotHash)]},
    {idle: 0, models: [offers(parrotHash, 30n), offers(foreign, 1n), offers('dd'.repeat(32) as ModelHash)]},
    {idle: 2, models: [offers(parrotHash, 10n)]},
    {idle: 0, models: [offers(parrotHash, 2n ** 63n)]},
  ]);
  const {nodes, idle, models: [model], otherModels} = read();
  assert.deepEqual([nodes, idle, model?.nodes, model?.idle, model?.free], [4, 2, 4, 2, 1]);
  assert.deepEqual(model?.prices, {prompt: {lowest: '0', median: '0'}, completion: {lowest: '10', median: '30'}});
  assert.deepEqual(otherModels, {nodes: 1, idle: 0});
});

test('however many ask, the relay looks once a second', async () => {
  const {clock, read, looks} = stage();
  for (let asked = 0; asked < 100; asked += 1) read();
  assert.equal(looks(), 1);
  await clock.advance(999);
  read();
  assert.equal(looks(), 1);
  await clock.advance(1);
  read();
  assert.equal(looks(), 2);
});

test('a median wait is told from five waits on, for ten minutes; waits for foreign models count in the whole only', async () => {
  const {clock, watch, read} = stage();
  for (const ms of [10, 50, 20, 40]) watch.waited(parrotHash, ms);
  watch.waited(foreign, 30);
  assert.deepEqual([read().waitMs, read().models[0]?.waitMs, read().models[0]?.asked], [30, null, 0]);
  await clock.advance(1000);
  watch.waited(parrotHash, 1000);
  assert.deepEqual([read().models[0]?.waitMs, read().models[0]?.asked], [40, 5]);
  for (const ms of [1, 2, 3, 4]) watch.waited(parrotHash, ms);
  await clock.advance(1000);
  assert.equal(read().models[0]?.asked, 5, 'in steps of five: nine');
  await clock.advance(11 * 60_000);
  assert.deepEqual([read().waitMs, read().models[0]?.asked], [null, 0]);
});
