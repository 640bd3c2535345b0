/** Waits end by what is waited for, by time, or by a signal, and leave nothing behind that would keep a process alive. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {ManualClock} from '../testing/manual-clock.ts';
import {within} from './deadline.ts';

/** A clock that counts who sleeps on it. */
function stage() {
  const clock = new ManualClock(setImmediate);
  let asleep = 0;
  const sleep = (ms: number, signal?: AbortSignal) => {
    asleep += 1;
    return clock.sleep(ms, signal).finally(() => (asleep -= 1));
  };
  return {clock, counted: {now: () => clock.now(), sleep}, asleep: () => asleep};
}
const never = new Promise<string>(() => {});
const deadline = {ms: 60_000, code: 'stalled'} as const;

test('within(): the result, and the clock is let go', async () => {
  const {counted: clock, asleep} = stage();
  assert.equal(await within(Promise.resolve('here'), {clock, ...deadline}), 'here');
  await setImmediate();
  assert.equal(asleep(), 0);
});

test('within(): the code when it is time, and not before', async () => {
  const {clock, counted, asleep} = stage();
  let code: unknown;
  const waiting = within(never, {clock: counted, ...deadline}).catch((error: unknown) => (code = (error as {code: string}).code));
  await clock.advance(59_999);
  assert.equal(code, undefined);
  await clock.advance(1);
  await waiting;
  assert.deepEqual([code, asleep()], ['stalled', 0]);
});

test('within(): who aborts is told at once, and nobody sleeps on', async () => {
  const {counted: clock, asleep} = stage();
  const stop = new AbortController();
  const waiting = within(never, {clock, ...deadline, signal: stop.signal});
  assert.equal(asleep(), 1);
  stop.abort(new Error('enough'));
  await assert.rejects(waiting, /enough/);
  await setImmediate();
  assert.equal(asleep(), 0);
  await assert.rejects(within(Promise.resolve('late'), {clock, ...deadline, signal: stop.signal}), /enough/);
  await setImmediate();
  assert.equal(asleep(), 0);
});

test('within(): work that fails after its reader left troubles nobody', async () => {
  const {counted: clock} = stage();
  const stop = new AbortController();
  const work = Promise.withResolvers<string>();
  const waiting = within(work.promise, {clock, ...deadline, signal: stop.signal});
  stop.abort(new Error('enough'));
  await assert.rejects(waiting, /enough/);
  work.reject(new Error('unheard'));
  await setImmediate();
});
