/** The relay's choice: within the set, only into free slots, the best record first, the longest idle among equals. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ModelHash, NodeId} from './ids.ts';
import {type MatchJob, Matching, type MatchNode} from './matching.ts';

const model = 'ab'.repeat(32) as ModelHash;
const other = 'cd'.repeat(32) as ModelHash;
const ids = ['a', 'b', 'c'] as const as readonly string[] as readonly NodeId[];
const times = {offerMs: 50, firstMs: 50, slotMs: 5000};

const nodeOf = (id: NodeId, changes: Partial<MatchNode> = {}): MatchNode => ({id, models: new Set([model]), open: 1, taken: 0, lastBound: 0, ...changes});
const jobOf = (changes: Partial<MatchJob> = {}): MatchJob => ({model, nodes: ids, tried: new Set(), client: {}, weight: 1, asked: 0, ...changes});

/** Nodes a, b, c with these changes; one for each. */
function stage(...changes: readonly Partial<MatchNode>[]) {
  const matching = new Matching<MatchNode, MatchJob>();
  const nodes = changes.map((change, index) => nodeOf(ids[index] ?? ('?' as NodeId), change));
  for (const node of nodes) matching.join(node);
  return {matching, nodes};
}
const placedAt = (world: ReturnType<typeof stage>, job = jobOf()) => world.matching.place(job, 1).node?.id;

test('place(): the idle one that was bound longest ago; at a tie the order of the client decides', () => {
  assert.equal(placedAt(stage({lastBound: 3}, {lastBound: 1}, {lastBound: 2})), 'b');
  assert.equal(placedAt(stage({}, {}, {})), 'a');
  assert.equal(placedAt(stage({}, {}, {}), jobOf({nodes: ids.toReversed()})), 'c');
});

test('place(): never a busy one, one without the model, one that is gone, one that was tried, or one outside the set', () => {
  assert.equal(placedAt(stage({open: 0}, {models: new Set([other])})), undefined);
  assert.equal(placedAt(stage({taken: 2}, {lastBound: 9})), 'b');
  assert.equal(placedAt(stage({}, {lastBound: 9}), jobOf({tried: new Set(ids.slice(0, 1))})), 'b');
  assert.equal(placedAt(stage({}, {lastBound: 9}), jobOf({nodes: ids.slice(1)})), 'b');
  assert.equal(placedAt(stage({}), jobOf({nodes: []})), undefined);
  const world = stage({});
  world.matching.leave(nodeOf('a' as NodeId), 0);
  assert.equal(placedAt(world), 'a', 'another object of the same name is not the one that left');
  const [node] = stage({}).nodes;
  assert.ok(node);
  assert.equal(world.matching.next(node, 0), undefined);
});

test('isServed(): busy ones count; tried ones, gone ones and those without the model do not', () => {
  assert.ok(stage({open: 0}).matching.isServed(jobOf()));
  assert.ok(!stage({}).matching.isServed(jobOf({tried: new Set(ids)})));
  assert.ok(!stage({models: new Set([other])}).matching.isServed(jobOf()));
  assert.ok(!stage().matching.isServed(jobOf()));
});

test('place(): the node that was seen to be quicker and to lose fewer jobs, whatever the order', () => {
  const world = stage({open: 9}, {open: 9}, {open: 9});
  const {health} = world.matching;
  for (let count = 0; count < 9; count += 1) for (const [index, id] of ids.entries()) health.finished(id, {...times, slotMs: [4000, 2000, 8000][index] ?? 0});
  assert.equal(placedAt(world), 'b');
  health.failed('b' as NodeId, {trouble: 'lost', client: 1, now: 1});
  health.failed('b' as NodeId, {trouble: 'lost', client: 2, now: 1});
  assert.equal(placedAt(world), 'a');
});

test('place(): nodes whose records differ by little take turns', () => {
  const world = stage({open: 9}, {open: 9});
  for (let count = 0; count < 9; count += 1) for (const [index, id] of ids.slice(0, 2).entries()) world.matching.health.finished(id, {...times, slotMs: [5000, 5010][index] ?? 0});
  const taken = [1, 2, 3, 4].map((now) => world.matching.place(jobOf(), now).node?.id);
  assert.deepEqual(taken, ['a', 'b', 'a', 'b']);
});

test('place(): one choice of twenty goes to the node of which least is known', () => {
  const world = stage({open: 99}, {open: 99});
  for (let count = 0; count < 9; count += 1) world.matching.health.finished('a' as NodeId, {...times, slotMs: 100});
  for (let count = 0; count < 4; count += 1) world.matching.health.finished('b' as NodeId, {...times, slotMs: 9000});
  const taken = Array.from({length: 40}, (_, now) => world.matching.place(jobOf(), now).node?.id);
  assert.equal(taken.filter((id) => id === 'b').length, 2);
});

test('next(): what waits comes in the order in which it was asked, and only to a node that has room', () => {
  const {matching, nodes: [node]} = stage({open: 0});
  assert.ok(node);
  const jobs = [5, 1, 3].map((asked) => jobOf({asked}));
  for (const job of jobs) assert.equal(matching.place(job, 9).node, undefined);
  assert.equal(matching.next(node, 9), undefined);
  node.open = 1;
  assert.equal(matching.next(node, 9), jobs[1]);
  assert.equal(matching.next(node, 9), undefined, 'its slot is taken');
  node.taken = 0;
  assert.equal(matching.next(node, 9), jobs[2]);
});

test('place(): a job that comes back has its old place, also before others of its client', () => {
  const {matching, nodes: [node]} = stage({});
  assert.ok(node);
  const client = {};
  const [first, second] = [jobOf({client, asked: 1}), jobOf({client, asked: 1})];
  const stranger = jobOf({asked: 2});
  assert.equal(matching.place(first, 1).node, node);
  matching.place(second, 1);
  matching.place(stranger, 2);
  Object.assign(node, {open: 0, taken: 0});
  assert.equal(matching.place(first, 3).node, undefined);
  node.open = 3;
  assert.deepEqual([matching.next(node, 4), node.taken], [first, 1]);
});

test('leave(): gives the jobs that nobody else serves, and only those', () => {
  const {matching, nodes: [gone]} = stage({open: 0}, {open: 0});
  assert.ok(gone);
  const stranded = jobOf({nodes: ids.slice(0, 1)});
  for (const job of [stranded, jobOf()]) matching.place(job, 1);
  assert.deepEqual(matching.leave(gone, 2), [stranded]);
  matching.withdraw(stranded);
  matching.withdraw(stranded);
  assert.equal(matching.waiting, 1);
});

test('join(): a node that comes (back) takes what waits for it, and nothing for a model that it lacks', () => {
  const {matching} = stage({open: 0});
  const job = jobOf();
  matching.place(job, 1);
  const wrong = nodeOf('b' as NodeId, {models: new Set([other])});
  matching.join(wrong);
  assert.equal(matching.next(wrong, 2), undefined);
  const right = nodeOf('c' as NodeId);
  matching.join(right);
  assert.equal(matching.next(right, 2), job);
  assert.equal(matching.waiting, 0);
});

test('place(): the outlook is how long jobs take, and how many are before; unknown at first', () => {
  const {matching} = stage({open: 2, taken: 2}, {open: 1, taken: 1});
  const outlook = () => {
    const placed = matching.place(jobOf({asked: 1}), 1);
    return placed.node ? undefined : placed.outlook;
  };
  assert.deepEqual(outlook(), {position: 1, etaMs: 0});
  for (let count = 0; count < 9; count += 1) for (const id of ids.slice(0, 2)) matching.health.finished(id, {...times, slotMs: 6000});
  assert.deepEqual(outlook(), {position: 2, etaMs: 4000}, 'three slots, six seconds each: one every two seconds, and it is the second');
  assert.deepEqual(outlook(), {position: 3, etaMs: 6000});
});

test('place(), next(): one job at a time for a new node, none while it is paused, one after that', () => {
  const {matching, nodes: [node]} = stage({open: 4});
  assert.ok(node);
  assert.equal(matching.place(jobOf(), 0).node, node);
  assert.equal(matching.place(jobOf(), 0).node, undefined);
  assert.equal(matching.next(node, 0), undefined);
  node.taken = 0;
  for (let count = 0; count < 2; count += 1) matching.health.failed(node.id, {trouble: 'silent', client: 1, now: 0});
  assert.equal(matching.next(node, 9000), undefined);
  assert.equal(matching.place(jobOf(), 9000).node, undefined);
  assert.deepEqual([matching.sweep(9000), matching.sweep(10_000)], [[], [node]]);
  assert.ok(matching.next(node, 10_000));
  assert.equal(matching.next(node, 10_000), undefined);
  node.taken = 0;
  for (let count = 0; count < 3; count += 1) matching.health.finished(node.id, times);
  assert.ok(matching.next(node, 10_000));
  assert.equal(matching.place(jobOf(), 10_000).node, node, 'now several');
});

test('whyIdle(): closed, busy, on probation, paused, or simply not asked', () => {
  const {matching, nodes: [node]} = stage({open: 3});
  assert.ok(node);
  const why = (now = 1) => matching.whyIdle(node, now).reason;
  assert.equal(why(), 'nobody-asks');
  node.taken = 1;
  assert.equal(why(), 'one-at-a-time');
  for (let count = 0; count < 3; count += 1) matching.health.finished(node.id, times);
  assert.equal(why(), 'nobody-asks');
  node.taken = 3;
  assert.equal(why(), 'busy');
  Object.assign(node, {open: 0, taken: 0});
  assert.equal(why(), 'closed');
  node.open = 1;
  for (let count = 0; count < 2; count += 1) matching.health.failed(node.id, {trouble: 'silent', client: 1, now: 1});
  assert.deepEqual(matching.whyIdle(node, 1), {reason: 'paused', until: 10_001, trouble: 'silent'});
});
