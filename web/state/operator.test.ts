/** The operator's page without a browser: what is shown after each answer of the relay, and what becomes of the key. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import type {OperatorAct, Shut, Sight} from './operator-views.ts';
import {createOperator} from './operator.ts';

const nothing = {count: 0, p50: undefined, p95: undefined};
const sightOf = (waiting: number): Sight => ({
  overview: {
    relay: {name: 'a relay', version: '1', protocol: 1, startedAt: 0, now: 1, paused: false, memoryBytes: 1},
    links: {client: 1, node: {websocket: 0, webrtc: 1}},
    turnIssued: undefined,
    nodes: {here: 1, hidden: 0, idle: 1, busy: 0, closed: 0, paused: 0},
    jobs: {running: 2, waiting},
    recent: {minutes: 10, outcomes: {asked: 0, released: 0, cancelled: 0, redirected: 0, failed: 0}, failures: [], refusals: [], match: nothing, firstFrame: nothing},
    models: [],
    money: undefined,
    cluster: undefined,
    notice: '',
    acts: [],
  },
  nodes: {total: 0, found: 0, page: 0, perPage: 50, nodes: []},
  bans: {total: 0, bans: []},
});

/** A relay whose next answers the test names; what it was asked is kept. */
function stage({keptKey}: {keptKey?: string} = {}) {
  const clock = new ManualClock(setImmediate);
  const asked: string[] = [];
  const acts: OperatorAct[] = [];
  let [answer, kept, visible]: [Sight | Shut, string | undefined, boolean] = [sightOf(3), keptKey, true];
  const operator = createOperator({
    clock,
    kept: {get: () => kept, set: (key) => (kept = key)},
    isVisible: () => visible,
    desk: {
      look: async (key, {find, page}) => {
        asked.push(`${key} ${find} ${page}`);
        return answer;
      },
      act: async (_, act) => {
        acts.push(act);
        return 'done';
      },
    },
  });
  return {clock, operator, asked, acts, kept: () => kept, say: (next: Sight | Shut) => (answer = next), see: (seen: boolean) => (visible = seen)};
}

test('the right key opens it; it outlasts the page only where that is asked for; leaving forgets it', async () => {
  const {operator, kept, asked} = stage();
  await operator.enter(' abc ', false);
  assert.equal(operator.view.get().is, 'open');
  assert.deepEqual([asked, kept()], [['abc  0'], undefined]);
  await operator.enter('abc', true);
  assert.equal(kept(), 'abc');
  operator.leave();
  assert.deepEqual([operator.view.get(), kept()], [{is: 'shut', why: undefined, busy: false}, undefined]);
  assert.equal(await operator.act({act: 'drain', on: true}), 'wrong', 'without a key nothing is done');
});

test('a wrong key is said and forgotten, and not kept', async () => {
  const {operator, kept, say, asked} = stage({keptKey: 'old'});
  say('wrong');
  await operator.enter('abc', true);
  assert.deepEqual([operator.view.get(), kept()], [{is: 'shut', why: 'wrong', busy: false}, undefined]);
  await operator.find('x');
  assert.equal(asked.length, 1, 'nobody is asked with it again');
});

test('it looks every five seconds while the page is seen, keeps ten minutes of what it saw, and stops', async () => {
  const {clock, operator, asked, see, say} = stage({keptKey: 'abc'});
  const stop = operator.watch();
  await clock.settle();
  say(sightOf(7));
  await clock.advance(5000);
  const view = operator.view.get();
  assert.deepEqual(view.is === 'open' && view.samples.map(({waiting}) => waiting), [3, 7]);
  see(false);
  await clock.advance(60_000);
  assert.equal(asked.length, 2);
  see(true);
  await clock.advance(15 * 60_000);
  const later = operator.view.get();
  assert.equal(later.is === 'open' && later.samples.length, 120);
  stop();
  const before = asked.length;
  await clock.advance(60_000);
  assert.equal(asked.length, before);
});

test('a relay that is away takes nothing from the screen; a key that is no longer the right one does', async () => {
  const {operator, say} = stage();
  await operator.enter('abc', false);
  say('offline');
  await operator.turnTo(2);
  const view = operator.view.get();
  assert.deepEqual([view.is, view.is === 'open' && view.stale], ['open', true]);
  say('wrong');
  await operator.turnTo(0);
  assert.deepEqual(operator.view.get(), {is: 'shut', why: 'wrong', busy: false});
});

test('looking for nodes begins at the first page; after each act the relay is looked at again', async () => {
  const {operator, asked, acts} = stage();
  await operator.enter('abc', false);
  await operator.turnTo(3);
  await operator.find(' parrot ');
  await operator.turnTo(-1);
  assert.deepEqual(asked, ['abc  0', 'abc  3', 'abc parrot 0', 'abc parrot 0']);
  assert.equal(await operator.act({act: 'notice', text: 'hello'}), 'done');
  assert.deepEqual([acts, asked.length], [[{act: 'notice', text: 'hello'}], 5]);
});
