/** What is a node's fault and what is not, seen from the relay. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import {NodeHealth} from '../node-health.ts';
import {type Course, Verdicts} from '../roles/relay-verdicts.ts';

const id = 'n' as NodeId;
const late = limits.stepMs + 1;

function stage() {
  const health = new NodeHealth();
  health.came(id);
  const verdicts = new Verdicts(health);
  verdicts.sweep(0);
  let clients = 0;
  const course = (changes: Partial<Course> = {}): Course => {
    clients += 1;
    return {clientNumber: clients, node: {id}, step: 'running', since: 0, slottedAt: 0, offerMs: 1, firstMs: 1, frames: 0, blamed: false, ...changes};
  };
  return {health, verdicts, course, broken: (now = 1) => health.standing(id, now) === 'broken'};
}
const times = (count: number, act: () => void): void => {
  for (let done = 0; done < count; done += 1) act();
};

test('Verdicts: a silence counts once for each job', () => {
  const {verdicts, course, broken} = stage();
  const one = course({step: 'slotted'});
  times(9, () => verdicts.silent(one, 0));
  assert.ok(!broken());
  verdicts.silent(course(), 0);
  assert.ok(broken());
});

test('Verdicts: nobody was silent while the relay itself was asleep', () => {
  const {verdicts, course, broken} = stage();
  verdicts.sweep(60_000);
  times(9, () => verdicts.silent(course(), 60_000));
  times(9, () => verdicts.lingered(course({step: 'leaving'}), 60_000));
  assert.ok(!broken(60_001));
  verdicts.sweep(61_000);
  times(2, () => verdicts.silent(course(), 61_000));
  assert.ok(broken(61_001));
});

test('Verdicts: what a client cancels is no fault, except a node that never began and was given its time', () => {
  const {verdicts, course, broken, health} = stage();
  times(9, () => verdicts.cancelled(course({frames: 1}), late));
  times(9, () => verdicts.cancelled(course({step: 'offered'}), late));
  times(9, () => verdicts.cancelled(course(), limits.stepMs / 2));
  assert.deepEqual([broken(), health.done(id)], [false, 0]);
  verdicts.cancelled(course({frames: limits.minAnswerFrames}), 100);
  assert.equal(health.done(id), 0, 'it may have been an error, read by the client alone');
  verdicts.cancelled(course({frames: limits.minAnswerFrames + 1}), 100);
  assert.equal(health.done(id), 1, 'what it wrote is work');
  times(2, () => verdicts.cancelled(course(), late));
  assert.ok(broken());
});

test('Verdicts: letting go with an answer is a job done, without one a failure', () => {
  const {verdicts, course, broken, health} = stage();
  times(3, () => verdicts.released(course({frames: 17}), 5000));
  assert.equal(health.standing(id, 1), 'trusted');
  times(3, () => verdicts.released(course({step: 'offered'}), 5000));
  assert.ok(!broken());
  times(3, () => verdicts.released(course({frames: 1}), 0));
  assert.ok(broken());
});

test('Verdicts: a refusal with a reason is no fault; an engine that fails is', () => {
  const {verdicts, course, broken} = stage();
  for (const code of ['refused', 'wrong-task', 'too-long', 'unpaid', 'cancelled'] as const) times(3, () => verdicts.failed(course(), {code, now: 0}));
  assert.ok(!broken());
  times(3, () => verdicts.failed(course(), {code: 'engine-failed', now: 0}));
  assert.ok(broken());
});

test('Verdicts: a link that closes during a job is a loss, before it is not', () => {
  const {verdicts, course, broken} = stage();
  times(9, () => verdicts.lost(course({step: 'slotted'}), 0));
  times(9, () => verdicts.lost(course({step: 'offered'}), 0));
  assert.ok(!broken());
  times(3, () => verdicts.lost(course(), 0));
  assert.ok(broken());
});
