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
  const engine = restingEngine(fakeEngine({clock, answer: () => Array.from({length: 50}, (_, index) => `w${index}`).join(' '), msPerToken: 20}), {clock, duty: () => duty, onRest: () => {}});
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
  const engine = restingEngine(fakeEngine({clock, answer: () => 'a b c', msPerToken: 500}), {clock, duty: () => 30, onRest: () => {}});
  const stop = new AbortController();
  const reason = new Error('stopped');
  const run = async () => {
    for await (const event of engine.generate(job, stop.signal)) if (event.type === 'text') queueMicrotask(() => stop.abort(reason));
  };
  const ended = run().then(() => 'done', (error: unknown) => error);
  assert.equal(await clock.drive(ended), reason);
});

/** An engine that computes ahead, with jobs of a second each; gives what it said of its rests, with the times. */
function ahead(duty: number) {
  const clock = new ManualClock(setImmediate);
  const began = clock.now();
  const rests: string[] = [];
  const answer = () => Array.from({length: 50}, (_, index) => `w${index}`).join(' ');
  const source = {...fakeEngine({clock, answer, msPerToken: 20, concurrency: 4}), ahead: true};
  const engine = restingEngine(source, {clock, duty: () => duty, onRest: (resting) => rests.push(`${resting ? 'rests' : 'works'} at ${clock.now() - began}`)});
  const run = async () => {
    for await (const event of engine.generate(job, new AbortController().signal)) if (event.type === 'end') break;
  };
  return {clock, rests, run};
}

test('an engine that computes ahead works at full speed, then rests as a whole', async () => {
  const {clock, rests, run} = ahead(50);
  await clock.drive(run());
  assert.deepEqual(rests, ['rests at 1000']);
  await clock.advance(999);
  assert.equal(rests.length, 1);
  await clock.advance(1);
  assert.deepEqual(rests, ['rests at 1000', 'works at 2000']);
});

test('four jobs at once are one piece of work: they are rested for once', async () => {
  const {clock, rests, run} = ahead(50);
  await clock.drive(Promise.all([run(), run(), run(), run()]));
  await clock.advance(3000);
  assert.deepEqual(rests, ['rests at 1000', 'works at 2000']);
});

test('at full duty it never rests', async () => {
  const {clock, rests, run} = ahead(100);
  await clock.drive(run());
  await clock.advance(3000);
  assert.deepEqual(rests, []);
});

test('a job that comes while it rests is done, and rested for after it', async () => {
  const {clock, rests, run} = ahead(50);
  await clock.drive(run());
  await clock.advance(500);
  await clock.drive(run());
  await clock.advance(5000);
  assert.deepEqual(rests, ['rests at 1000', 'rests at 2500', 'works at 3500']);
});

test('jobs without a gap: it takes no more once it owes half a minute', async () => {
  const {clock, rests, run} = ahead(30);
  const over = new AbortController();
  const chain = async () => {
    while (!over.signal.aborted) await run();
  };
  const both = Promise.all([chain(), clock.advance(500).then(chain)]);
  while (rests.length === 0) await clock.advance(500);
  assert.match(rests[0] ?? '', /^rests at 1[3-5]\d{3}$/);
  over.abort();
  await clock.drive(both);
  await clock.advance(120_000);
  assert.match(rests.at(-1) ?? '', /^works at /);
});
