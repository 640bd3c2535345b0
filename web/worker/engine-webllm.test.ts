/** The WebLLM adapter against a scripted MLCEngineInterface: its real libraries can be neither built nor fetched here. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {MLCEngineInterface} from '@mlc-ai/web-llm';
import type {JobHandle} from '#protocol/ids.ts';
import type {EngineEvent, EngineJob} from '#protocol/roles/ports.ts';
import {webLlmEngineOf} from './engine-webllm.ts';

const job: EngineJob = {handle: '' as JobHandle, messages: [{role: 'user', content: 'Hi'}], maxTokens: 9, temperature: 0, topP: 1, seed: 5, stop: ['END']};
const chunk = (content: string, finish: string | null = null) => ({choices: [{delta: {content}, finish_reason: finish}]});

/** An engine that streams these chunks and notes how it was called. */
function scripted(chunks: readonly object[]) {
  const calls: string[] = [];
  const requests: Record<string, unknown>[] = [];
  const mlc = {
    resetChat: async () => void calls.push('resetChat'),
    interruptGenerate: () => void calls.push('interrupt'),
    unload: async () => void calls.push('unload'),
    chat: {
      completions: {
        create: async (request: Record<string, unknown>) => {
          requests.push(request);
          return (async function* () {
            yield* chunks;
          })();
        },
      },
    },
  } as unknown as MLCEngineInterface;
  return {mlc, calls, requests};
}

async function collect(engine: ReturnType<typeof webLlmEngineOf>, asked: EngineJob, signal = new AbortController().signal): Promise<EngineEvent[]> {
  const events: EngineEvent[] = [];
  for await (const event of engine.generate(asked, signal)) events.push(event);
  return events;
}

test('webLlmEngineOf(): resets between jobs, passes the job on, gives events with true counts', async () => {
  const {mlc, calls, requests} = scripted([chunk('Hel'), chunk('lo'), chunk('', 'length'), {choices: [], usage: {prompt_tokens: 11, completion_tokens: 3}}]);
  const events = await collect(webLlmEngineOf(mlc, 'test'), job);
  assert.deepEqual(calls, ['resetChat']);
  assert.deepEqual(events, [
    {type: 'text', text: 'Hel', tokens: 1},
    {type: 'text', text: 'lo', tokens: 1},
    {type: 'text', text: '', tokens: 1},
    {type: 'prompt', tokens: 11},
    {type: 'end', reason: 'length'},
  ]);
  const [request] = requests;
  assert.deepEqual([request?.['max_tokens'], request?.['seed'], request?.['stop'], request?.['stream']], [9, 5, ['END'], true]);
});

test('webLlmEngineOf(): an unfinished answer is asked to be continued', async () => {
  const {mlc, requests} = scripted([]);
  await collect(webLlmEngineOf(mlc, 'test'), {...job, messages: [...job.messages, {role: 'assistant', content: 'Once'}]});
  const messages = requests[0]?.['messages'] as {role: string; content: string}[];
  assert.deepEqual(messages.map(({role}) => role), ['user', 'assistant', 'user']);
});

test('webLlmEngineOf(): abort interrupts the engine and throws the reason', async () => {
  const {mlc, calls} = scripted([chunk('a'), chunk('b')]);
  const stop = new AbortController();
  const reason = new Error('stopped');
  const events: EngineEvent[] = [];
  await assert.rejects(async () => {
    for await (const event of webLlmEngineOf(mlc, 'test').generate(job, stop.signal)) {
      events.push(event);
      stop.abort(reason);
    }
  }, reason);
  assert.equal(events.length, 1);
  assert.ok(calls.includes('interrupt'));
});
