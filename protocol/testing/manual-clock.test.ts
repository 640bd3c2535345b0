import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {ManualClock} from './manual-clock.ts';

test('time stands still while Web Crypto computes, however long it takes', async () => {
  const clock = new ManualClock(setImmediate);
  const long = new Uint8Array(1 << 20);
  let done = 0;
  const work = async () => {
    for (; done < 40; done += 1) await crypto.subtle.digest('SHA-256', long);
  };
  const working = work();
  await clock.settle();
  assert.equal(done, 40);
  await working;
  await assert.rejects(clock.drive(crypto.subtle.digest('SHA-256', long).then(() => Promise.reject(new Error('its own')))), /its own/);
});

test('sleepers wake in order, each before the next begins', async () => {
  const clock = new ManualClock(setImmediate);
  const woken: number[] = [];
  const sleep = async (ms: number) => {
    await clock.sleep(ms);
    woken.push(ms);
    if (ms === 10) await sleep(15);
  };
  const all = Promise.all([sleep(30), sleep(10), sleep(20)]);
  await clock.advance(29);
  assert.deepEqual(woken, [10, 20, 15]);
  await clock.advance(1);
  await all;
  assert.deepEqual(woken, [10, 20, 15, 30]);
});
