/** Vectors as OpenAI's own client gets them, over a real relay and a real node. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {APIError, BadRequestError, type OpenAI} from 'openai';
import {hashOfModel} from '#protocol/models.ts';
import type {EngineJob} from '#protocol/roles/engine.ts';
import {magpie} from '#sdk/testing/catalogue.ts';
import {gatewayStage} from '../testing/gateway-stage.ts';
import {giving, liveNode} from '../testing/live-network.ts';

const model = hashOfModel(magpie);
const vectorOf = (text: string): Float32Array<ArrayBuffer> => Float32Array.of(text.length, 1 / 3, -0.5);
const vectors = (job: EngineJob) => (job.task === 'embeddings' ? job.inputs.map((input) => ({vector: vectorOf(input)})) : []);

type WithAnswers = OpenAI.CreateEmbeddingResponse['usage'] & {bombyx: {answers: readonly {nodes: readonly string[]}[]}};

test('a vector, which OpenAI\'s client asks for in base64 and reads again', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  const node = await liveNode(relay.port, {engine: giving(vectors), model});
  const {data, response} = await openai.embeddings.create({model: 'magpie', input: 'hello'}).withResponse();
  assert.deepEqual(data.data, [{object: 'embedding', index: 0, embedding: [...vectorOf('hello')]}]);
  assert.equal(data.model, 'magpie');
  assert.equal(data.usage.prompt_tokens, 1);
  assert.equal(response.headers.get('x-bombyx-node'), node.id);
  assert.equal(response.headers.get('x-bombyx-receipt'), 'checked');
});

test('both encodings are the same numbers', async (t) => {
  const {relay, openai, gateway} = await gatewayStage(t);
  await liveNode(relay.port, {engine: giving(vectors), model});
  const floats = await openai.embeddings.create({model: 'magpie', input: ['a', 'bb'], encoding_format: 'float'});
  assert.deepEqual(floats.data.map(({embedding}) => embedding), [[...vectorOf('a')], [...vectorOf('bb')]]);
  const raw = await fetch(`${gateway.url}/embeddings`, {method: 'POST', headers: {authorization: `Bearer ${gateway.key}`}, body: JSON.stringify({model: 'magpie', input: 'bb', encoding_format: 'base64', dimensions: 3})});
  const {data: [only]} = (await raw.json()) as {data: [{embedding: string}]};
  assert.deepEqual(Buffer.from(only.embedding, 'base64'), Buffer.from(vectorOf('bb').buffer));
});

test('a list longer than a job is asked in several, and comes back in order', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  await liveNode(relay.port, {engine: giving(vectors), model});
  const input = Array.from({length: 70}, (_, index) => 'x'.repeat(index + 1));
  const {data, usage} = await openai.embeddings.create({model: 'magpie', input});
  assert.deepEqual(data.map(({embedding, index}) => [index, embedding[0]]), input.map((text, index) => [index, text.length]));
  assert.equal((usage as WithAnswers).bombyx.answers.length, 3);
});

test('what can not be done is named', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  await liveNode(relay.port, {engine: giving(vectors), model});
  const wrong = (fields: Partial<OpenAI.EmbeddingCreateParams>, param: string) =>
    assert.rejects(openai.embeddings.create({model: 'magpie', input: 'hello', ...fields}), (error: unknown) => error instanceof BadRequestError && error.param === param, param);
  await wrong({input: [1, 2, 3]}, 'input');
  await wrong({input: [[1, 2], [3]]}, 'input');
  await wrong({input: ''}, 'input');
  await wrong({input: []}, 'input');
  await wrong({input: ['a', '']}, 'input.1');
  await wrong({input: ['a', 'b'.repeat(17_000)]}, 'input.1');
  await wrong({dimensions: 2}, 'dimensions');
  await wrong({model: 'parrot'}, 'model');
});

test('a computer that leaves a vector out is no answer', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  await liveNode(relay.port, {engine: giving((job) => vectors(job).slice(1)), model});
  await assert.rejects(openai.embeddings.create({model: 'magpie', input: ['a', 'b']}), (error: unknown) => error instanceof APIError && error.status === 502);
});
