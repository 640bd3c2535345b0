/** The gateway as programs meet it that are written for other servers: the AI SDK and LangChain, unchanged. */
import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {createOpenAICompatible} from '@ai-sdk/openai-compatible';
import {ChatOpenAI} from '@langchain/openai';
import {APICallError, generateText, RetryError, streamText} from 'ai';
import OpenAI from 'openai';
import {type GatewayStage, gatewayStage} from '../testing/gateway-stage.ts';
import {liveNode, talking} from '../testing/live-network.ts';
import {type StuckEngine, stuckEngine} from '../testing/stuck-engine.ts';

const aiModel = ({gateway}: GatewayStage, {model = 'parrot', apiKey = gateway.key, fetch = globalThis.fetch} = {}) => createOpenAICompatible({name: 'bombyx', baseURL: gateway.url, apiKey, includeUsage: true, fetch})(model);
const langChain = ({gateway}: GatewayStage, {model = 'parrot', apiKey = gateway.key} = {}) => new ChatOpenAI({model, apiKey, maxRetries: 0, configuration: {baseURL: gateway.url}});

/** LangChain's declarations have no words for it under our compiler's options. */
const tokensOf = (usage: unknown): number | undefined => (usage as {readonly output_tokens: number} | undefined)?.output_tokens;

async function answering(t: TestContext): Promise<GatewayStage> {
  const stage = await gatewayStage(t);
  await liveNode(stage.relay.port, {engine: talking('Good day to you')});
  return stage;
}
/** A node that says one word and waits. */
async function waiting(t: TestContext): Promise<GatewayStage & Omit<StuckEngine, 'engine'>> {
  const stage = await gatewayStage(t);
  const {engine, ...more} = stuckEngine(['Good'], [' day', ' to you']);
  await liveNode(stage.relay.port, {engine});
  return {...stage, ...more};
}

test('the AI SDK: a whole answer, with its usage and the reason for its end', async (t) => {
  const {text, usage, finishReason, response} = await generateText({model: aiModel(await answering(t)), system: 'Be kind.', prompt: 'hello'});
  assert.deepEqual([text, usage.outputTokens, finishReason, response.modelId], ['Good day to you', 4, 'stop', 'parrot']);
  assert.ok((usage.inputTokens ?? 0) > 0);
  assert.equal(response.headers?.['x-bombyx-receipt'], 'checked');
});

test('the AI SDK: a stream, whose first words are there before the last are said', async (t) => {
  const stage = await waiting(t);
  const stream = streamText({model: aiModel(stage), prompt: 'hello'});
  let text = '';
  for await (const part of stream.textStream) {
    text += part;
    if (text === 'Good') stage.release();
  }
  assert.deepEqual([text, (await stream.usage).outputTokens, await stream.finishReason], ['Good day to you', 3, 'stop']);
});

test('LangChain: a whole answer, with its usage and the reason for its end', async (t) => {
  const {content, usage_metadata: usage, response_metadata: about} = await langChain(await answering(t)).invoke([['system', 'Be kind.'], ['human', 'hello']]);
  assert.deepEqual([content, tokensOf(usage), about['finish_reason']], ['Good day to you', 4, 'stop']);
});

test('LangChain: a stream, whose first words are there before the last are said', async (t) => {
  const stage = await waiting(t);
  let text = '';
  let tokens = 0;
  for await (const part of await langChain(stage).stream('hello')) {
    text += String(part.content);
    tokens += tokensOf(part.usage_metadata) ?? 0;
    if (text === 'Good') stage.release();
  }
  assert.deepEqual([text, tokens], ['Good day to you', 3]);
});

test('the AI SDK: an unknown model is 404 and a wrong key 401, which it does not try again', async (t) => {
  const stage = await answering(t);
  const failed = (model: ReturnType<typeof aiModel>) => generateText({model, prompt: 'hello'}).then(() => assert.fail(), (error: unknown) => error);
  const unknown = await failed(aiModel(stage, {model: 'owl'}));
  assert.ok(APICallError.isInstance(unknown));
  assert.deepEqual([unknown.statusCode, unknown.isRetryable, /There is no model "owl"/.test(unknown.message)], [404, false, true]);
  const stranger = await failed(aiModel(stage, {apiKey: 'sk-bombyx-guess'}));
  assert.ok(APICallError.isInstance(stranger));
  assert.deepEqual([stranger.statusCode, stranger.isRetryable], [401, false]);
});

test('LangChain: the same, as the names that it gives them', async (t) => {
  const stage = await answering(t);
  const failed = (chat: ChatOpenAI) => chat.invoke('hello').then(() => assert.fail(), ({status, lc_error_code: name}: {status: number; lc_error_code: string}) => [status, name]);
  assert.deepEqual(await failed(langChain(stage, {model: 'owl'})), [404, 'MODEL_NOT_FOUND']);
  assert.deepEqual(await failed(langChain(stage, {apiKey: 'sk-bombyx-guess'})), [401, 'MODEL_AUTHENTICATION']);
});

test('who aborts in the midst of a stream ends the node\'s work: the AI SDK', async (t) => {
  const stage = await waiting(t);
  const leaving = new AbortController();
  const aborts: string[] = [];
  const stream = streamText({model: aiModel(stage), prompt: 'hello', abortSignal: leaving.signal});
  for await (const part of stream.fullStream) {
    if (part.type === 'text-delta') leaving.abort();
    if (part.type === 'abort' || part.type === 'error') aborts.push(part.type);
  }
  assert.deepEqual(aborts, ['abort']);
  await stage.cancelled;
});

test('who aborts in the midst of a stream ends the node\'s work: LangChain', async (t) => {
  const stage = await waiting(t);
  const leaving = new AbortController();
  await assert.rejects(async () => {
    for await (const part of await langChain(stage).stream('hello', {signal: leaving.signal})) if (part.content !== '') leaving.abort();
  }, /abort/i);
  await stage.cancelled;
});

test('who aborts a whole answer ends the node\'s work as well: the AI SDK and OpenAI\'s client', async (t) => {
  for (const ask of [
    (stage: GatewayStage, signal: AbortSignal) => generateText({model: aiModel(stage), prompt: 'hello', abortSignal: signal}),
    ({openai}: GatewayStage, signal: AbortSignal) => openai.chat.completions.create({model: 'parrot', messages: [{role: 'user', content: 'hello'}]}, {signal}),
  ]) {
    const stage = await gatewayStage(t);
    const {engine, begun, cancelled} = stuckEngine(['Good']);
    await liveNode(stage.relay.port, {engine});
    const leaving = new AbortController();
    const asking = assert.rejects(ask(stage, leaving.signal), /abort/i);
    await begun;
    leaving.abort();
    await asking;
    await cancelled;
  }
});

/** A client's fetch between whose first two tries a node comes, and which waits for neither. */
function nodeBetweenTries({relay}: GatewayStage) {
  const tries: number[] = [];
  const fetching: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    tries.push(answer.status);
    if (answer.status !== 503) return answer;
    assert.equal(answer.headers.get('retry-after'), '5');
    await liveNode(relay.port, {engine: talking('Good day to you')});
    // The wait that the gateway asks for is over: the node is here.
    const headers = new Headers(answer.headers);
    headers.delete('retry-after');
    headers.set('retry-after-ms', '1');
    return new Response(answer.body, {status: answer.status, headers});
  };
  return {tries, fetching};
}

test('no computer yet: clients try again by themselves, and have their answer once there is one', async (t) => {
  for (const ask of [
    async ({gateway}: GatewayStage, fetching: typeof fetch) => (await new OpenAI({baseURL: gateway.url, apiKey: gateway.key, fetch: fetching, maxRetries: 1}).chat.completions.create({model: 'parrot', messages: [{role: 'user', content: 'hello'}]})).choices[0]?.message.content,
    async (stage: GatewayStage, fetching: typeof fetch) => (await generateText({model: aiModel(stage, {fetch: fetching}), prompt: 'hello', maxRetries: 1})).text,
  ]) {
    const stage = await gatewayStage(t);
    const {tries, fetching} = nodeBetweenTries(stage);
    assert.equal(await ask(stage, fetching), 'Good day to you');
    assert.deepEqual(tries, [503, 200]);
  }
});

test('no computer at all: the AI SDK says how often it tried, and why it gave up', async (t) => {
  const stage = await gatewayStage(t);
  const impatient: typeof fetch = async (input, init) => {
    const {body, status, headers} = await fetch(input, init);
    return new Response(body, {status, headers: {...Object.fromEntries(headers), 'retry-after-ms': '1'}});
  };
  await assert.rejects(generateText({model: aiModel(stage, {fetch: impatient}), prompt: 'hello', maxRetries: 1}), (error: unknown) => RetryError.isInstance(error) && error.errors.length === 2 && APICallError.isInstance(error.lastError) && error.lastError.statusCode === 503);
});
