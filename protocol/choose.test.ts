/** The client's draw: only nodes that serve the model, each once, and likelier by weight. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {drawSet} from './choose.ts';
import type {ModelHash, NodeId} from './ids.ts';
import {limits} from './limits.ts';
import type {NodeRecord} from './node-record.ts';
import {freeOfCharge} from './price.ts';

const model = 'ab'.repeat(32) as ModelHash;
const record = (number: number, offered = model): NodeRecord => ({
  node: number.toString(16).padStart(64, '0') as NodeId,
  issued: 0,
  expires: 1,
  engine: '',
  slots: 1,
  hidden: 0,
  models: [{model: offered, name: '', speeds: [], contextTokens: 1, prices: freeOfCharge}],
});
const records = Array.from({length: 100}, (_, index) => record(index));
const options = {model, without: new Set<NodeId>(), random: Math.random};

test('drawSet(): as many as asked, distinct, never above the limit', () => {
  for (const [size, expected] of [[undefined, limits.defaultSet], [0, 0], [1, 1], [limits.maxSet, limits.maxSet], [100, limits.maxSet]] as const) {
    const drawn = drawSet(records, size === undefined ? options : {...options, size});
    assert.equal(drawn.length, expected);
    assert.equal(new Set(drawn).size, expected);
  }
  assert.equal(drawSet(records.slice(0, 3), options).length, 3);
  assert.deepEqual(drawSet([], options), []);
});

test('drawSet(): leaves out other models and nodes that are out', () => {
  const [first, second, third] = [record(1), record(2, 'cd'.repeat(32) as ModelHash), record(3)];
  assert.deepEqual(drawSet([first, second, third], {...options, without: new Set([first.node])}), [third.node]);
});

test('drawSet(): a node of weight 4 is first four times as often as one of weight 1', () => {
  let state = 1;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const [heavy, light] = [record(1), record(2)];
  let first = 0;
  const rounds = 5000;
  for (let round = 0; round < rounds; round += 1) if (drawSet([heavy, light], {...options, random, weight: (one) => (one === heavy ? 4 : 1)})[0] === heavy.node) first += 1;
  assert.ok(Math.abs(first / rounds - 0.8) < 0.03, `${first / rounds}`);
});

test('drawSet(): weights of nothing and numbers of nothing still give a set', () => {
  assert.equal(drawSet(records, {...options, random: () => 0, weight: () => 0}).length, limits.defaultSet);
});
