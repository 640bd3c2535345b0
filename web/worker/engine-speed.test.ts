/** The speed of an engine: measured alone and together, and told when it has become another. On a clock that the test moves. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import type {JobHandle} from '#protocol/ids.ts';
import type {Engine, EngineJobOf} from '#protocol/roles/engine.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {EngineSpeed} from './engine-speed.ts';

const never = new AbortController().signal;
const story = Array.from({length: 80}, (_, index) => `w${index}`).join(' ');
const job: EngineJobOf<'chat'> = {task: 'chat', handle: '' as JobHandle, messages: [{role: 'user', content: 'x'}], maxTokens: 30, temperature: 0, topP: 1, seed: undefined, stop: [], format: undefined};

async function measured(engine: (clock: Clock) => Engine) {
  const clock = new ManualClock(setImmediate);
  const speed = new EngineSpeed(engine(clock), {clock, contextTokens: 4096});
  await clock.drive(speed.measure(never));
  return {clock, speed};
}

const close = (value: number | undefined, wanted: number) => assert.ok(value !== undefined && Math.abs(value - wanted) <= wanted * 0.05, `${value}, not ${wanted}`);

test('an engine of one job has one row: 20 ms a token are 50 tokens/s', async () => {
  const {speed} = await measured((clock) => fakeEngine({clock, answer: () => story, msPerToken: 20}));
  assert.deepEqual(speed.measured.map(({jobs}) => jobs), [1]);
  close(speed.measured[0]?.decode, 500);
  close(speed.decode, 50);
  assert.ok((speed.measured[0]?.prefill ?? 0) > 0);
});

test('an engine of four is measured with one, two and four at once; two at once is not four', async () => {
  const {speed} = await measured((clock) => fakeEngine({clock, answer: () => story, msPerToken: 20, concurrency: 4}));
  assert.deepEqual(speed.measured.map(({jobs}) => jobs), [1, 2, 4]);
  for (const {jobs, decode} of speed.measured) close(decode, 500 * jobs);
  const {speed: three} = await measured((clock) => fakeEngine({clock, answer: () => story, concurrency: 3}));
  assert.deepEqual(three.measured.map(({jobs}) => jobs), [1, 2]);
});

test('a slow engine is cut off and tells what it did until then; one that says nothing is unknown', async () => {
  const {speed, clock} = await measured((own) => fakeEngine({clock: own, answer: () => story, msPerToken: 300}));
  close(speed.measured[0]?.decode, 33);
  assert.ok(clock.now() < new ManualClock(setImmediate).now() + 4000);
  const {speed: silent} = await measured((own) => fakeEngine({clock: own, answer: () => story, msPerToken: 60_000}));
  assert.deepEqual(silent.measured, [{jobs: 1, prefill: 0, decode: 0}]);
});

test('answers at another speed are drift, the same speed is not; what a reader takes does not count', async () => {
  let msPerToken = 20;
  const slowable = (clock: Clock): Engine => ({
    description: '', tasks: ['chat'], concurrency: 1, dispose: async () => {},
    generate: (asked, signal) => fakeEngine({clock, answer: () => story, msPerToken}).generate(asked, signal),
  });
  const {speed, clock} = await measured(slowable);
  const answer = async () => {
    for await (const event of speed.engine.generate(job, never)) if (event.type === 'text') await clock.sleep(70);
  };
  for (let round = 0; round < 10; round += 1) await clock.drive(answer());
  assert.equal(speed.hasDrifted, false);
  msPerToken = 40;
  for (let round = 0; round < 4; round += 1) await clock.drive(answer());
  assert.equal(speed.hasDrifted, false, 'half of what was seen is no proof');
  for (let round = 0; round < 4; round += 1) await clock.drive(answer());
  assert.equal(speed.hasDrifted, true);
  await assert.rejects(speed.measure(AbortSignal.abort(new Error('stopped'))), /stopped/);
  assert.equal(speed.hasDrifted, false, 'what could not be measured is not tried again at once');
  await clock.drive(speed.measure(never));
  close(speed.decode, 25);
});

test('a stop while it is measured is the reason of the rejection; a failing engine is too', async () => {
  const clock = new ManualClock(setImmediate);
  const stop = new AbortController();
  const reason = new Error('stopped');
  const speed = new EngineSpeed(fakeEngine({clock, answer: () => story}), {clock, contextTokens: 512});
  const ended = speed.measure(stop.signal).then(() => 'measured', (error: unknown) => error);
  stop.abort(reason);
  assert.equal(await clock.drive(ended), reason);
  const broken = new EngineSpeed(fakeEngine({clock, answer: () => story, failAfter: 3}), {clock, contextTokens: 512});
  await assert.rejects(clock.drive(broken.measure(never)), {code: 'engine-failed'});
});
