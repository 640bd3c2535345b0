/** Completions as older tools ask for them, over a real relay and a real node. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {BadRequestError, type OpenAI} from 'openai';
import {gatewayStage} from '../testing/gateway-stage.ts';
import {liveNode, talking} from '../testing/live-network.ts';

test('a prompt is answered in 16 tokens, as OpenAI\'s would be', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  await liveNode(relay.port, {engine: talking(Array.from({length: 40}, (_, index) => `w${index}`).join(' '))});
  const answer = await openai.completions.create({model: 'parrot', prompt: 'Count'});
  assert.equal(answer.object, 'text_completion');
  assert.match(answer.choices[0]?.text ?? '', /^w0 .* w15$/);
  assert.equal(answer.choices[0]?.finish_reason, 'length');
  assert.equal(answer.usage?.completion_tokens, 16);
});

test('a completion as it comes, with its usage last', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  const node = await liveNode(relay.port, {engine: talking('a b c')});
  const {data, response} = await openai.completions.create({model: 'parrot', prompt: 'x', stream: true, stream_options: {include_usage: true}}).withResponse();
  const chunks: OpenAI.Completion[] = [];
  for await (const chunk of data) chunks.push(chunk);
  assert.equal(chunks.map(({choices}) => choices[0]?.text ?? '').join(''), 'a b c');
  assert.equal(chunks.at(-2)?.choices[0]?.finish_reason, 'stop');
  assert.equal(chunks.at(-1)?.usage?.completion_tokens, 3);
  assert.equal(response.headers.get('x-bombyx-node'), node.id);
});

test('what no engine can do is named', async (t) => {
  const {openai} = await gatewayStage(t);
  const wrong = (fields: Partial<OpenAI.CompletionCreateParamsNonStreaming>, param: string) =>
    assert.rejects(openai.completions.create({model: 'parrot', prompt: 'x', ...fields}), (error: unknown) => error instanceof BadRequestError && error.param === param, param);
  await wrong({echo: true}, 'echo');
  await wrong({suffix: 'end'}, 'suffix');
  await wrong({best_of: 2}, 'best_of');
  await wrong({logprobs: 0}, 'logprobs');
  await wrong({prompt: [1, 2]}, 'prompt');
  await wrong({prompt: ''}, 'prompt');
  await wrong({prompt: ['a', 'b', 'c'], n: 4}, 'n');
});
