/** The gateway as OpenAI's own client sees it, over a real relay and a real node. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import OpenAI, {APIError, AuthenticationError, BadRequestError, NotFoundError} from 'openai';
import {gatewayStage} from '../testing/gateway-stage.ts';
import {liveNode, talking} from '../testing/live-network.ts';

const messages = [{role: 'user' as const, content: 'hello'}];

test('an answer: whole, with its usage, its receipt and who could see it', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  const node = await liveNode(relay.port, {engine: talking('Good day to you')});
  const {data, response} = await openai.chat.completions.create({model: 'parrot', messages}).withResponse();
  assert.equal(data.choices[0]?.message.content, 'Good day to you');
  assert.equal(data.choices[0]?.finish_reason, 'stop');
  assert.equal(data.usage?.completion_tokens, 4);
  assert.equal(response.headers.get('x-bombyx-node'), node.id);
  assert.equal(response.headers.get('x-bombyx-receipt'), 'checked');
  assert.match(response.headers.get('x-request-id') ?? '', /^req-/);
  const {bombyx} = data.usage as unknown as {bombyx: {answers: readonly {nodes: readonly string[]; receipts: readonly {checked: boolean}[]}[]}};
  assert.deepEqual(bombyx.answers[0]?.nodes, [node.id]);
  assert.equal(bombyx.answers[0]?.receipts[0]?.checked, true);
});

test('an answer as it comes: deltas, a reason, the usage last', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  await liveNode(relay.port, {engine: talking('Good day to you')});
  const stream = await openai.chat.completions.create({model: 'parrot', messages, stream: true, stream_options: {include_usage: true}});
  let text = '';
  const reasons: (string | null)[] = [];
  let last: OpenAI.ChatCompletionChunk | undefined;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? '';
    if (chunk.choices[0]?.finish_reason) reasons.push(chunk.choices[0].finish_reason);
    last = chunk;
  }
  assert.equal(text, 'Good day to you');
  assert.deepEqual(reasons, ['stop']);
  assert.equal(last?.usage?.completion_tokens, 4);
});

test('models are listed with who offers them', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  await liveNode(relay.port, {engine: talking('x')});
  const models = await openai.models.list();
  assert.deepEqual(models.data.map(({id}) => id), ['parrot', 'magpie', 'lyrebird']);
  assert.equal((await openai.models.retrieve('parrot') as unknown as {bombyx: {nodes: number}}).bombyx.nodes, 1);
});

test('a wrong key, an unknown model and no computer are told as OpenAI tells them', async (t) => {
  const {gateway, openai} = await gatewayStage(t);
  const stranger = new OpenAI({baseURL: gateway.url, apiKey: 'sk-bombyx-guess', maxRetries: 0});
  await assert.rejects(stranger.models.list(), AuthenticationError);
  await assert.rejects(openai.chat.completions.create({model: 'owl', messages}), (error: unknown) => error instanceof NotFoundError && error.code === 'model_not_found');
  await assert.rejects(openai.chat.completions.create({model: 'parrot', messages}), (error: unknown) => error instanceof APIError && error.status === 503 && error.code === 'no_capacity' && error.headers?.get('retry-after') === '5');
  await assert.rejects(openai.chat.completions.create({model: 'parrot', messages, logprobs: true}), (error: unknown) => error instanceof BadRequestError && error.param === 'logprobs');
});

test('a conversation stays with the computer that began it', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  for (const word of ['one', 'two', 'three', 'four']) await liveNode(relay.port, {engine: talking(word)});
  const said: {role: 'user' | 'assistant'; content: string}[] = [{role: 'user', content: 'who are you?'}];
  const nodes = new Set<string | null>();
  for (let turn = 0; turn < 4; turn += 1) {
    const {data, response} = await openai.chat.completions.create({model: 'parrot', messages: said}).withResponse();
    nodes.add(response.headers.get('x-bombyx-node'));
    said.push({role: 'assistant', content: data.choices[0]?.message.content ?? ''}, {role: 'user', content: 'and now?'});
  }
  assert.equal(nodes.size, 1);
});
