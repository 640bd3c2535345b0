/** Habits of who shares: what each switch does, in browsers that have all of it and none. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createHabits, type HabitPorts, readHabits} from './habits.ts';
import {store} from './store.ts';
import type {ShareView} from './views.ts';

type Shown = Pick<ShareView, 'status' | 'elsewhere' | 'jobsDone'>;
const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));

async function stage({kept = undefined as unknown, allows = true, inView = false, absent = false} = {}) {
  const calls: string[] = [];
  let stored = kept;
  let shown = () => {};
  let hear = () => {};
  let jobs = 0;
  const ports: HabitPorts = {
    notices: absent ? undefined : {allow: async () => allows, allowed: () => allows, inView: () => inView, show: (kind) => void calls.push(`notice ${kind}`)},
    badge: absent ? undefined : {set: async (count) => void calls.push(`badge ${count}`), clear: async () => {}},
    screen: absent ? undefined : {
      hold: async () => {
        calls.push('hold');
        return () => void calls.push('release');
      },
      onShown: (listener) => (shown = listener),
    },
    tabs: {tell: () => void calls.push('tell'), hear: (listener) => (hear = listener)},
  };
  const share = store<Shown>({status: {is: 'off'}, elsewhere: false, jobsDone: 0});
  const shell = store({updateReady: false});
  const today = store<object>({});
  const habits = await createHabits({ports, load: async () => stored, keep: async (chosen) => void (stored = chosen), share, shell, today, jobsToday: () => jobs});
  return {habits, calls, share, shell, kept: () => stored, change: (value: unknown) => (stored = value), show: () => shown(), hear: () => hear(), done: (count: number) => {
    jobs = count;
    today.set({});
  }};
}

test('the screen is held while this tab shares, taken again when it is shown, and let go at the end', async () => {
  const {habits, calls, share, show} = await stage();
  await habits.choose('awake', true);
  assert.deepEqual(calls, ['tell'], 'not while nothing is shared');
  share.patch({status: {is: 'ready', jobs: 0}});
  share.patch({status: {is: 'ready', jobs: 1}});
  await settled();
  assert.deepEqual(calls, ['tell', 'hold']);
  show();
  await settled();
  assert.deepEqual(calls, ['tell', 'hold', 'hold']);
  share.patch({status: {is: 'off'}});
  await settled();
  assert.deepEqual(calls, ['tell', 'hold', 'hold', 'release']);
  share.patch({status: {is: 'ready', jobs: 0}, elsewhere: true});
  await settled();
  assert.equal(calls.length, 4, 'another tab shares: that one holds it');
});

test('notices: the first job, an end that nobody wished for, an update; only where the person agreed and does not look', async () => {
  const {habits, calls, share, shell} = await stage();
  const live = () => share.patch({status: {is: 'ready', jobs: 0}, jobsDone: 0});
  live();
  share.patch({jobsDone: 1});
  assert.deepEqual(calls, [], 'nobody chose it');
  await habits.choose('notify', true);
  live();
  for (const jobsDone of [1, 2]) share.patch({jobsDone});
  shell.patch({updateReady: true});
  share.patch({status: {is: 'failed', code: 'gpu-lost', detail: ''}});
  share.patch({status: {is: 'off'}});
  assert.deepEqual(calls, ['tell', 'notice first-job', 'notice update', 'notice failed']);
  const looked = await stage({inView: true});
  await looked.habits.choose('notify', true);
  looked.share.patch({status: {is: 'failed', code: 'gpu-lost', detail: ''}});
  assert.deepEqual(looked.calls, ['tell']);
});

test('who says no to notices is not asked again by the switch staying on', async () => {
  const {habits, kept} = await stage({allows: false});
  await habits.choose('notify', true);
  assert.deepEqual([habits.view.get().chosen.notify, habits.view.get().refused, readHabits(kept()).notify], [false, true, false]);
});

test('the number on the icon is that of today’s jobs', async () => {
  const {habits, calls, done} = await stage();
  done(1);
  assert.deepEqual(calls, []);
  await habits.choose('badge', true);
  done(2);
  assert.deepEqual(calls.filter((call) => call !== 'tell'), ['badge 1', 'badge 2']);
});

test('choices are kept, and another tab’s are taken over; a browser without any of it offers only the start', async () => {
  const first = await stage({kept: {awake: true, notify: 'yes'}});
  assert.deepEqual(first.habits.view.get().chosen, {notify: false, badge: false, awake: true, autostart: false});
  first.change({autostart: true});
  first.hear();
  await settled();
  assert.deepEqual(first.habits.view.get().chosen, {notify: false, badge: false, awake: false, autostart: true});
  const bare = await stage({absent: true});
  assert.deepEqual(bare.habits.view.get().possible, {notify: false, badge: false, awake: false, autostart: true});
  await bare.habits.choose('awake', true);
  assert.equal(bare.habits.view.get().chosen.awake, false);
  assert.deepEqual(readHabits(7), {notify: false, badge: false, awake: false, autostart: false});
});
