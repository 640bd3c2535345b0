/** What is held against a node and what is not; pauses grow, end with a trial, and memory is bounded. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {NodeId} from './ids.ts';
import {NodeHealth} from './node-health.ts';

const node = 'n' as NodeId;
const times = {offerMs: 50, firstMs: 50, slotMs: 5000};
const second = 1000;
const hour = 3600 * second;

function known(): NodeHealth {
  const health = new NodeHealth();
  health.came(node);
  return health;
}
const silent = (health: NodeHealth, now: number) => health.failed(node, {trouble: 'silent', client: 1, now});

test('NodeHealth: a new node has one job at a time until three are done', () => {
  const health = known();
  assert.equal(health.allowance(node, 0), 1);
  health.finished(node, times);
  health.finished(node);
  assert.equal(health.standing(node, 0), 'probation');
  health.finished(node, times);
  assert.deepEqual([health.standing(node, 0), health.allowance(node, 0)], ['trusted', Infinity]);
  assert.equal(health.allowance('stranger' as NodeId, 0), 1);
});

test('NodeHealth: two silences pause a node, each pause twice as long; one job is the trial that ends them', () => {
  const health = known();
  silent(health, 0);
  assert.equal(health.allowance(node, 0), 1);
  let now = 0;
  silent(health, now);
  for (const pause of [10, 20, 40, 80, 160, 320, 600, 600]) {
    assert.equal(health.pausedUntil(node), now + pause * second);
    assert.deepEqual([health.standing(node, now), health.allowance(node, now)], ['broken', 0]);
    assert.deepEqual(health.sweep(now), []);
    now += pause * second;
    assert.deepEqual([health.standing(node, now), health.allowance(node, now)], ['trial', 1]);
    assert.deepEqual(health.sweep(now), [node], 'told once');
    assert.deepEqual(health.sweep(now), []);
    silent(health, now);
  }
  now = health.pausedUntil(node);
  health.finished(node);
  assert.equal(health.standing(node, now), 'trial', 'an answer that was cancelled shows too little');
  health.finished(node, times);
  for (let count = 0; count < 3; count += 1) health.finished(node, times);
  assert.equal(health.standing(node, now), 'trusted');
  silent(health, now);
  assert.equal(health.standing(node, now), 'trusted', 'all is forgiven');
});

test('NodeHealth: failures of running jobs count by client: one that sends what no engine survives breaks nobody', () => {
  const health = known();
  for (let count = 0; count < 50; count += 1) health.failed(node, {trouble: 'failed', client: 1, now: 0});
  assert.equal(health.standing(node, 0), 'probation');
  for (const client of [2, 3]) health.failed(node, {trouble: 'lost', client, now: 0});
  assert.equal(health.standing(node, 0), 'broken');
});

test('NodeHealth: a job that ends well wipes out the strikes before it', () => {
  const health = known();
  for (let client = 0; client < 30; client += 1) {
    health.failed(node, {trouble: 'failed', client, now: 0});
    if (client % 2 === 1) health.finished(node, times);
  }
  assert.notEqual(health.standing(node, 0), 'broken');
});

test('NodeHealth: leaving and coming back ends no pause', () => {
  const health = known();
  silent(health, 0);
  silent(health, 0);
  health.went(node, 0);
  health.came(node);
  assert.equal(health.standing(node, second), 'broken');
});

test('NodeHealth: times are known after some jobs, and no node looks more than four times faster or slower than typical', () => {
  const health = known();
  const [quick, slow] = ['quick', 'slow'] as readonly string[] as readonly [NodeId, NodeId];
  for (const id of [quick, slow]) health.came(id);
  assert.equal(health.slotMs(node), 0);
  for (let count = 0; count < 40; count += 1) {
    health.finished(node, times);
    health.finished(quick, {...times, slotMs: 1});
    health.finished(slow, {...times, slotMs: hour});
  }
  const typical = health.slotMs();
  assert.ok(Math.abs(health.slotMs(quick) / typical - 1 / 4) < 0.01);
  assert.ok(Math.abs(health.slotMs(slow) / typical - 4) < 0.01);
  assert.ok(health.cost(quick) < health.cost(node) && health.cost(node) < health.cost(slow));
  assert.ok(Math.abs(health.slotMs('new' as NodeId) / typical - 1) < 0.01, 'a new node counts as typical');
});

test('NodeHealth: forgets nodes that are gone for an hour, and the oldest when many are gone', () => {
  const health = new NodeHealth();
  const come = (count: number, now: number, name: string) => {
    for (let index = 0; index < count; index += 1) {
      health.came(`${name}${index}` as NodeId);
      health.went(`${name}${index}` as NodeId, now);
    }
  };
  come(100, 0, 'early');
  health.sweep(hour - 1);
  assert.equal(health.size, 100);
  health.sweep(hour);
  assert.equal(health.size, 0);
  come(50_000, 2 * hour, 'many');
  assert.equal(health.size, 20_000);
  assert.equal(health.done('many0' as NodeId), 0);
});
