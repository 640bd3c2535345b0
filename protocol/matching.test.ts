/** The relay's choice: within the set, idle, longest unused. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ModelHash, NodeId} from './ids.ts';
import {anyServes, type Candidate, pickNode} from './matching.ts';

const model = 'ab'.repeat(32) as ModelHash;
const other = 'cd'.repeat(32) as ModelHash;
const ids = ['a', 'b', 'c'] as const as readonly string[] as readonly NodeId[];

function world(changes: readonly Partial<Candidate>[]): (node: NodeId) => Candidate | undefined {
  const candidates = new Map(changes.map((change, index) => [ids[index], {node: ids[index] ?? ('?' as NodeId), models: new Set([model]), free: 1, lastBound: 0, ...change}]));
  return (node) => candidates.get(node);
}
const pick = (changes: readonly Partial<Candidate>[], nodes = ids) => pickNode({model, nodes}, world(changes))?.node;

test('pickNode(): the idle one that was bound longest ago', () => {
  assert.equal(pick([{lastBound: 3}, {lastBound: 1}, {lastBound: 2}]), 'b');
});

test('pickNode(): at a tie the order of the client decides', () => {
  assert.equal(pick([{}, {}, {}]), 'a');
  assert.equal(pick([{}, {}, {}], ids.toReversed()), 'c');
});

test('pickNode(): never a busy one, one without the model, one that is gone, or one outside the set', () => {
  assert.equal(pick([{free: 0}, {models: new Set([other])}]), undefined);
  assert.equal(pick([{free: -1}, {lastBound: 9}]), 'b');
  assert.equal(pick([{}, {lastBound: 9}], ids.slice(1)), 'b');
  assert.equal(pick([{}], []), undefined);
});

test('anyServes(): busy ones count, others do not', () => {
  const wanted = {model, nodes: ids};
  assert.ok(anyServes(wanted, world([{free: 0}])));
  assert.ok(!anyServes(wanted, world([{models: new Set([other])}])));
  assert.ok(!anyServes(wanted, world([])));
  assert.ok(!anyServes({model, nodes: []}, world([{}])));
});
