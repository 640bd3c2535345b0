/** The duty cycle, on a clock that the test moves. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import type {JobHandle} from '#protocol/ids.ts';
import type {EngineJobOf} from '#protocol/roles/engine.ts';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {restingEngine} from './engine-rest.ts';

const job: EngineJobOf<'chat'> = {task: 'chat', handle: '' as JobHandle, messages: [{role: 'user', content: 'x'}], maxTokens: 100, temperature: 0, topP: 1, seed: undefined, stop: [], format: undefined};

/** How long an answer of 50 words takes that needs a second of work. */
async function timeAt(duty: number): Promise<number> {
  const clock = new ManualClock(setImmediate);
  const engine = restingEngine(fakeEngine({clock, answer: () => Array.from({length: 50}, (_, index) => `w${index}`).join(' '), msPerToken: 20}), {clock, duty: () => duty});
  const began = clock.now();
  let words = 0;
  const run = async () => {
    for await (const event of engine.generate(job, new AbortController().signal)) words += event.type === 'text' ? 1 : 0;
    return clock.now() - began;
  };
  const time = await clock.drive(run());
  assert.equal(words, 50);
  return time;
}

test('it works its share of the time', async () => {
  const full = await timeAt(100);
  assert.ok(full >= 980 && full <= 1100, `${full}`);
  for (const [duty, factor] of [[60, 100 / 60], [30, 100 / 30]] as const) {
    const time = await timeAt(duty);
    assert.ok(Math.abs(time - full * factor) <= full * 0.15, `${time} at ${duty} %, ${full} at 100 %`);
  }
});

test('a job that is stopped while it rests ends at once', async () => {
  const clock = new ManualClock(setImmediate);
  const engine = restingEngine(fakeEngine({clock, answer: () => 'a b c', msPerToken: 500}), {clock, duty: () => 30});
  const stop = new AbortController();
  const reason = new Error('stopped');
  const run = async () => {
    for await (const event of engine.generate(job, stop.signal)) if (event.type === 'text') queueMicrotask(() => stop.abort(reason));
  };
  const ended = run().then(() => 'done', (error: unknown) => error);
  assert.equal(await clock.drive(ended), reason);
});
