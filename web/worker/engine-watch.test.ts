/** An engine under watch, on a clock that the test moves. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {codeOf, NetworkError} from '#protocol/errors.ts';
import type {JobHandle} from '#protocol/ids.ts';
import type {Engine, EngineEvent, EngineJobOf} from '#protocol/roles/engine.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {watchEngine} from './engine-watch.ts';

const job: EngineJobOf<'chat'> = {task: 'chat', handle: '' as JobHandle, messages: [], maxTokens: 1, temperature: 0, topP: 1, seed: undefined, stop: [], format: undefined};
const text = (said: string): EngineEvent => ({type: 'text', text: said, tokens: 1});

function stage(generate: (signal: AbortSignal) => AsyncIterable<EngineEvent>) {
  const clock = new ManualClock(setImmediate);
  const told: string[] = [];
  const engine: Engine = {description: 'x', tasks: ['chat'], concurrency: 2, generate: (_, signal) => generate(signal), dispose: async () => {}};
  const watched = watchEngine(engine, {clock, onBroken: (code, detail) => told.push(`${code} ${detail}`)});
  const run = async (signal = new AbortController().signal) => {
    const events: EngineEvent[] = [];
    for await (const event of watched.generate(job, signal)) events.push(event);
    return events;
  };
  return {clock, told, watched, run};
}

test('events pass as they are, and the engine keeps its words about itself', async () => {
  const {run, told, watched} = stage(async function* () {
    yield text('a');
    yield text('b');
  });
  assert.deepEqual(await run(), [text('a'), text('b')]);
  assert.deepEqual([watched.description, watched.concurrency, told], ['x', 2, []]);
});

test('a driver that hangs: the job fails, the engine is broken, once', async () => {
  const {clock, run, told} = stage(async function* () {
    yield text('a');
    await new Promise(() => {});
  });
  const outcomes = Promise.all([run(), run()].map((each) => each.then(() => 'done', codeOf)));
  await clock.settle();
  await clock.advance(89_000);
  assert.deepEqual(told, []);
  await clock.advance(12_000);
  assert.deepEqual(await outcomes, ['engine-failed', 'engine-failed']);
  assert.equal(told.length, 1);
});

test('a lost device is told; what is the fault of the job is not', async () => {
  for (const [code, count] of [['gpu-lost', 1], ['engine-failed', 1], ['too-long', 0]] as const) {
    const {run, told} = stage(async function* () {
      yield text('a');
      throw new NetworkError(code, 'it said');
    });
    assert.equal(await run().then(() => 'done', codeOf), code);
    assert.equal(told.length, count, code);
  }
});

test('a job that was stopped breaks nothing, whatever the engine makes of it', async () => {
  const stop = new AbortController();
  const {run, told} = stage(async function* (signal) {
    yield text('a');
    stop.abort(new NetworkError('cancelled'));
    if (signal.aborted) throw new NetworkError('engine-failed', 'a poor way to say so');
  });
  assert.equal(await run(stop.signal).then(() => 'done', codeOf), 'engine-failed');
  assert.deepEqual(told, []);
});
