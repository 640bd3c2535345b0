/** Answers of the WebLLM adapter over a scripted engine that is as deaf as the real one: it hears an interrupt only between two tokens. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {NetworkError} from '#protocol/errors.ts';
import type {JobHandle} from '#protocol/ids.ts';
import type {Engine, EngineEvent, EngineJobOf} from '#protocol/roles/engine.ts';
import {stage} from './testing/scripted-mlc.ts';

const job: EngineJobOf<'chat'> = {task: 'chat', handle: '' as JobHandle, messages: [{role: 'user', content: 'Hi'}], maxTokens: 9, temperature: 0, topP: 1, seed: 5, stop: [], format: undefined};

async function collect(engine: Engine, asked: EngineJobOf<'chat'> = job, signal = new AbortController().signal): Promise<EngineEvent[]> {
  const events: EngineEvent[] = [];
  for await (const event of engine.generate(asked, signal)) events.push(event);
  return events;
}

const textOf = (events: readonly EngineEvent[]): string => events.map((event) => (event.type === 'text' ? event.text : '')).join('');
const tokensOf = (events: readonly EngineEvent[]): number => events.reduce((sum, event) => sum + (event.type === 'text' ? event.tokens : 0), 0);

test('an answer: the prompt first, pieces with their tokens, the end; reset before and after', async () => {
  const {mlc, clock, engine} = stage({pieces: ['Hel', 'lo', '', '', '\u{1f98b}'], finish: 'length'});
  assert.deepEqual(await collect(engine), [
    {type: 'prompt', tokens: 11},
    {type: 'text', text: 'Hel', tokens: 1},
    {type: 'text', text: 'lo', tokens: 1},
    {type: 'text', text: '\u{1f98b}', tokens: 3},
    {type: 'end', reason: 'length'},
  ]);
  await clock.settle();
  assert.deepEqual(mlc.calls, ['reset', 'prefill', 'unlock', 'reset']);
});

test('the token that ends an answer is no part of it; one cut within a character counts', async () => {
  assert.equal(tokensOf(await collect(stage({pieces: ['Hel', 'lo', '']}).engine)), 2);
  const cut = await collect(stage({pieces: ['Hel', 'lo', ''], finish: 'length'}).engine);
  assert.deepEqual(cut.slice(-2), [{type: 'text', text: '', tokens: 1}, {type: 'end', reason: 'length'}]);
});

test('a WebLLM whose pipeline tells nothing: the usage settles the counts at the end', async () => {
  const events = await collect(stage({pieces: ['a', '', 'b', ''], counts: false}).engine);
  assert.deepEqual([tokensOf(events), events.find(({type}) => type === 'prompt')], [3, {type: 'prompt', tokens: 11}]);
});

test('the job is passed on: counts, sampling, seed; no seed where there is none', async () => {
  const {mlc, engine} = stage({pieces: ['a']});
  await collect(engine, {...job, temperature: 0.7, topP: 0.9});
  await collect(engine, {...job, seed: undefined});
  const [first, second] = mlc.requests;
  assert.deepEqual([first?.max_tokens, first?.temperature, first?.top_p, first?.seed, first?.stream], [9, 0.7, 0.9, 5, true]);
  assert.ok(second && !('seed' in second) && !('response_format' in second));
});

test('a format is asked for: a JSON schema, a grammar', async () => {
  const {mlc, engine} = stage({pieces: ['{}']});
  await collect(engine, {...job, format: {is: 'json', text: '{"type":"object"}'}});
  await collect(engine, {...job, format: {is: 'grammar', text: 'root ::= "a"'}});
  assert.deepEqual(mlc.requests.map((request) => request.response_format), [{type: 'json_object', schema: '{"type":"object"}'}, {type: 'grammar', grammar: 'root ::= "a"'}]);
});

test('system messages become one, at the start; an unfinished answer is asked to be continued', async () => {
  const {mlc, engine} = stage({pieces: ['a']});
  const messages = [{role: 'system', content: 'one'}, {role: 'user', content: 'Hi'}, {role: 'system', content: 'two'}, {role: 'assistant', content: 'Once'}] as const;
  await collect(engine, {...job, messages});
  const sent = mlc.requests[0]?.messages ?? [];
  assert.deepEqual(sent.map(({role}) => role), ['system', 'user', 'assistant', 'user']);
  assert.equal(sent[0]?.content, 'one\n\ntwo');
});

test('a stop text over several tokens: held back whole, cut exactly, its tokens counted, nothing decoded after it', async () => {
  const {mlc, engine} = stage({pieces: ['Hi ', 'E', 'N', 'D', ' more', ' and more']});
  const events = await collect(engine, {...job, stop: ['END', 'never']});
  assert.deepEqual([textOf(events), tokensOf(events), events.at(-1)], ['Hi ', 4, {type: 'end', reason: 'stop'}]);
  assert.ok(mlc.calls.includes('interrupt') && mlc.requests[0]?.stop === undefined);
});

test('a stop text that only begins is said', async () => {
  const events = await collect(stage({pieces: ['Hi ', 'EN', '']}).engine, {...job, stop: ['END']});
  assert.deepEqual([textOf(events), tokensOf(events), events.at(-1)], ['Hi EN', 2, {type: 'end', reason: 'stop'}]);
});

test('abort between two tokens: interrupts, throws the reason at once, and the next job is answered', async () => {
  const {mlc, engine} = stage({pieces: ['a', 'b', 'c']});
  const stop = new AbortController();
  const reason = new Error('stopped');
  const events: EngineEvent[] = [];
  await assert.rejects(async () => {
    for await (const event of engine.generate(job, stop.signal)) {
      events.push(event);
      if (event.type === 'text') stop.abort(reason);
    }
  }, reason);
  assert.deepEqual([textOf(events), mlc.calls.includes('interrupt')], ['a', true]);
  assert.equal(textOf(await collect(engine)), 'abc');
});

test('abort in the prefill: throws at once; the next job starts only when the prefill is over', async () => {
  const {promise: prefilled, resolve: endPrefill} = Promise.withResolvers<void>();
  const {mlc, clock, engine} = stage({pieces: ['a', 'b'], prefill: () => prefilled});
  const stop = new AbortController();
  const first = collect(engine, job, stop.signal);
  await clock.settle();
  stop.abort(new NetworkError('cancelled'));
  await assert.rejects(first, {code: 'cancelled'});
  mlc.script = {pieces: ['next']};
  const second = collect(engine);
  await clock.settle();
  assert.equal(mlc.requests.length, 1, 'the GPU is not free yet');
  endPrefill();
  assert.equal(textOf(await second), 'next');
  assert.deepEqual(mlc.calls.filter((call) => call === 'prefill' || call === 'unlock'), ['prefill', 'unlock', 'prefill', 'unlock']);
});

test('a prefill that never ends: the next job fails with `gpu-lost` after two minutes, later ones at once', async () => {
  const {clock, engine} = stage({pieces: ['a'], prefill: () => new Promise(() => {})});
  const stop = new AbortController();
  const first = collect(engine, job, stop.signal);
  await clock.settle();
  stop.abort(new NetworkError('cancelled'));
  await assert.rejects(first, {code: 'cancelled'});
  const outcome = collect(engine).catch((error: unknown) => error);
  await clock.advance(119_000);
  assert.equal(await Promise.race([outcome, clock.settle().then(() => 'waits')]), 'waits');
  await clock.advance(2000);
  const failure = await outcome;
  assert.ok(failure instanceof NetworkError && failure.code === 'gpu-lost');
  await assert.rejects(collect(engine), {code: 'gpu-lost'});
});

test('a long answer is no lost GPU: the next job waits for it, however long', async () => {
  const {promise, resolve} = Promise.withResolvers<void>();
  const {clock, engine} = stage({pieces: ['a', 'b'], decode: () => promise});
  const first = collect(engine);
  const second = collect(engine);
  await clock.advance(600_000);
  resolve();
  assert.deepEqual([textOf(await first), textOf(await second)], ['ab', 'ab']);
});

test('a job that is stopped while it waits leaves the others alone', async () => {
  const {promise, resolve} = Promise.withResolvers<void>();
  const {clock, engine} = stage({pieces: ['a', 'b'], decode: () => promise});
  const stop = new AbortController();
  const first = collect(engine);
  const second = collect(engine, job, stop.signal);
  const third = collect(engine);
  await clock.settle();
  stop.abort(new NetworkError('cancelled'));
  await assert.rejects(second, {code: 'cancelled'});
  resolve();
  assert.deepEqual([textOf(await first), textOf(await third)], ['ab', 'ab']);
});

test('a listener that leaves in mid-answer frees the engine', async () => {
  const {mlc, engine} = stage({pieces: ['a', 'b', 'c']});
  for await (const event of engine.generate(job, new AbortController().signal)) if (event.type === 'text') break;
  assert.equal(textOf(await collect(engine)), 'abc');
  assert.equal(mlc.calls.filter((call) => call === 'unlock').length, 2);
});

test('a lost device ends the running job, even one that would wait for ever, and all later ones', async () => {
  const {clock, engine, lose} = stage({pieces: ['a', 'b'], decode: () => new Promise(() => {})});
  const running = collect(engine);
  await clock.settle();
  lose('the driver was reset');
  await assert.rejects(running, {code: 'gpu-lost', message: /driver was reset/});
  await assert.rejects(collect(engine), {code: 'gpu-lost'});
});

test('failures by what WebLLM throws: too long, lost, our own code, anything else; the next job is answered where it can be', async () => {
  const fails = async (thrown: Error) => {
    const {mlc, engine} = stage({pieces: ['a'], prefill: () => Promise.reject(thrown)});
    const failure = await collect(engine).then(() => undefined, (error: unknown) => error);
    mlc.script = {pieces: ['next']};
    const next = await collect(engine).then(textOf, () => 'none');
    return [failure instanceof NetworkError ? failure.code : failure, next];
  };
  assert.deepEqual(await fails(new Error('Prompt tokens exceed context window size: number of prompt tokens: 9')), ['too-long', 'next']);
  assert.deepEqual(await fails(new NetworkError('engine-failed', 'logits are not finite')), ['engine-failed', 'next']);
  assert.deepEqual(await fails(new TypeError('x is not a function')), ['engine-failed', 'next']);
  assert.deepEqual(await fails(new Error('A valid external Instance reference no longer exists: Device is lost')), ['gpu-lost', 'none']);
});

test('an answer that breaks off is not passed for a whole one', async () => {
  const {mlc, clock, engine} = stage({pieces: ['a', 'b', 'c'], decode: () => clock.sleep(1)});
  const running = collect(engine);
  await clock.settle();
  await mlc.interruptGenerate();
  await assert.rejects(clock.drive(running), {code: 'engine-failed'});
});

test('dispose(): unloads, and answers nothing any more', async () => {
  const {mlc, engine} = stage({pieces: ['a']});
  await engine.dispose();
  assert.ok(mlc.calls.includes('unload'));
  await assert.rejects(collect(engine), {code: 'cancelled'});
});
