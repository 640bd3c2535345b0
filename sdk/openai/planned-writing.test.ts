/** What a second ask costs and says; the journeys of both asks over a real network are in relay/gateway/tools.test.ts. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import type {JobHandle, ModelHash, NodeId} from '#protocol/ids.ts';
import type {Receipt} from '#protocol/receipt.ts';
import type {ClientQuestion} from '#protocol/roles/client.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {parrot} from '../testing/catalogue.ts';
import {Companions} from './companions.ts';
import {AnswerFault} from './answer-fault.ts';
import type {ChosenModel} from './model-choice.ts';
import {planOf} from './plan.ts';
import {type PlannedWriting, writePlanned} from './planned-writing.ts';
import {Provenance} from './provenance.ts';
import type {Told} from './writing.ts';

const model: ChosenModel = {name: 'parrot', entry: parrot, level: 'network', only: undefined};
const receipt: Receipt = {handle: '' as JobHandle, node: '' as NodeId, model: '' as ModelHash, offer: new Uint8Array(32), counts: {prompt: 10, cached: 0, reasoning: 0, completion: 3}, price: 30n, reason: 'stop', request: new Uint8Array(32), answer: new Uint8Array(32), hour: 0};

/** Asks for any object; gives what was told, and the questions. */
async function asked(answers: readonly string[], {messages, stream = false}: {messages: PlannedWriting['messages']; stream?: boolean}) {
  const questions: ClientQuestion[] = [];
  const network = {
    async *ask(question: ClientQuestion) {
      const text = answers[questions.length] ?? '';
      questions.push(question);
      yield {type: 'text' as const, text, tokens: 3};
      yield {type: 'done' as const, receipt};
    },
    directory: async () => [],
    catalogue: async () => [],
    mine: () => new Set<NodeId>(),
  };
  const plan = planOf({tools: [], choice: 'auto', parallel: true, format: {schema: undefined, description: undefined, param: 'format'}, stream, stop: []}, model);
  const provenance = new Provenance(model);
  const exchange = {options: {network, clock: new ManualClock(setImmediate), priceCap: 100n, level: 'network' as const, delivery: 'stream' as const}, request: new Request('http://localhost/'), asking: new AbortController(), companions: new Companions()};
  const told: Told[] = [];
  const failure: unknown = await (async () => {
    for await (const part of writePlanned(exchange, {model, provenance, plan, messages, how: {maxTokens: 9}})) told.push(part);
  })().catch((error: unknown) => error);
  return {questions, told, provenance, failure};
}

const user = {role: 'user', content: 'An object, please.', images: []} as const;
const saidBy = ({job}: ClientQuestion) => ('messages' in job ? job.messages.map(({role, content}) => `${role}: ${content.slice(0, 20)}`) : []);

test('both asks together cost no more than one may, and both are counted', async () => {
  const {questions, told, provenance} = await asked(['no', '{}'], {messages: [user]});
  assert.deepEqual(questions.map(({priceCap}) => priceCap), [100n, 70n]);
  assert.deepEqual(told.map((part) => (part.is === 'text' ? part.text : part.is)), ['{}', 'end']);
  assert.deepEqual([provenance.price, provenance.usage.prompt_tokens, provenance.usage.completion_tokens], [60n, 20, 6]);
});

test('the model sees its answer and its fault; what it was to continue is one message with what came', async () => {
  const fresh = await asked(['<think>hm</think>no', '{}'], {messages: [user]});
  assert.deepEqual(saidBy(fresh.questions[1] as ClientQuestion), ['user: An object, please.', 'assistant: no', 'user: Your answer is not v']);
  const continued = await asked(['b}', '{}'], {messages: [user, {role: 'assistant', content: '{a', images: []}]});
  assert.deepEqual(saidBy(continued.questions[1] as ClientQuestion).slice(0, 2), ['user: An object, please.', 'assistant: {ab}']);
});

test('no second ask where there is no room for it, or where the caller was told', async () => {
  const full = await asked(['no', '{}'], {messages: Array.from({length: 511}, () => user)});
  const streamed = await asked(['no', '{}'], {messages: [user], stream: true});
  for (const {questions, failure} of [full, streamed]) {
    assert.equal(questions.length, 1);
    assert.ok(failure instanceof AnswerFault);
  }
});
