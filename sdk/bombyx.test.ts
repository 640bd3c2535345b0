/** The library as a program meets it: OpenAI's client over it, a real relay, a real node. */
import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import OpenAI, {APIError, APIUserAbortError, NotFoundError} from 'openai';
import {type BombyxOptions, createSecret, openBombyx} from '#sdk/bombyx.ts';
import {prices} from '#protocol/testing/paying-stage.ts';
import {ownFolder} from '../relay/testing/gateway-stage.ts';
import {liveNode, openSocket, parrotHash, talking} from '../relay/testing/live-network.ts';
import {openRelay} from '../relay/testing/open-relay.ts';
import {joinPaidNode} from '../relay/testing/paid-node.ts';
import {stuckEngine} from '../relay/testing/stuck-engine.ts';
import {webSocketTransport} from '../relay/ws-transport.ts';

const messages = [{role: 'user' as const, content: 'hello'}];

async function stage(t: TestContext, options: Partial<BombyxOptions> = {}) {
  const relay = await openRelay(t);
  const bombyx = openBombyx({relay: relay.url, ...options});
  t.after(() => bombyx.close());
  const openai = new OpenAI({baseURL: bombyx.baseURL, apiKey: 'none', fetch: bombyx.fetch, maxRetries: 0});
  return {relay, bombyx, openai};
}

test('OpenAI\'s client is answered inside: whole, as it comes, with its receipt', async (t) => {
  const {relay, openai} = await stage(t);
  const node = await liveNode(relay.port, {engine: talking('Good day to you')});
  const {data, response} = await openai.chat.completions.create({model: 'parrot', messages}).withResponse();
  assert.equal(data.choices[0]?.message.content, 'Good day to you');
  assert.deepEqual([response.headers.get('x-bombyx-node'), response.headers.get('x-bombyx-receipt')], [node.id, 'checked']);
  let text = '';
  for await (const chunk of await openai.chat.completions.create({model: 'parrot', messages, stream: true})) text += chunk.choices[0]?.delta.content ?? '';
  assert.equal(text, 'Good day to you');
});

test('models(): what the relay lists, with who offers it now', async (t) => {
  const {relay, bombyx} = await stage(t);
  const offered = async () => (await bombyx.models()).map(({id, bombyx: {nodes, tasks}}) => [id, nodes, tasks]);
  assert.deepEqual(await offered(), [['parrot', 0, ['chat']], ['magpie', 0, ['embeddings']], ['lyrebird', 0, ['transcription']]]);
  await liveNode(relay.port, {engine: talking('x')});
  assert.deepEqual((await offered())[0], ['parrot', 1, ['chat']]);
});

test('an address elsewhere is refused before anything leaves, in every form that fetch takes', async (t) => {
  const {relay, bombyx} = await stage(t);
  for (const input of [`${relay.url}/v1/models`, new URL('https://api.openai.com/v1/models'), new Request('http://bombyx.invalid/v1/models'), 'https://bombyx.invalid.evil.example/v1/models', 'https://bombyx.invalid:8443/v1/models']) {
    await assert.rejects(bombyx.fetch(input), (error: unknown) => error instanceof TypeError && error.message.includes('sends nothing elsewhere') && error.message.includes(bombyx.baseURL));
  }
  const mistaken = new OpenAI({apiKey: 'none', fetch: bombyx.fetch, maxRetries: 0});
  await assert.rejects(mistaken.models.list(), (error: unknown) => error instanceof APIError && /api\.openai\.com/.test(String(error.cause)));
});

test('a request is taken as the global fetch takes it', async (t) => {
  const {relay, bombyx} = await stage(t);
  await liveNode(relay.port, {engine: talking('Good day')});
  const body = JSON.stringify({model: 'parrot', messages});
  const asked = [[`${bombyx.baseURL}/chat/completions`, {method: 'POST', body}], [new Request(`${bombyx.baseURL}/chat/completions`, {method: 'POST', body})], [new URL(`${bombyx.baseURL}/chat/completions`), {method: 'POST', body: new Blob([body])}]] as const;
  for (const [input, init] of asked) {
    const answer = await bombyx.fetch(input, init);
    assert.deepEqual([answer.status, ((await answer.json()) as OpenAI.ChatCompletion).choices[0]?.message.content], [200, 'Good day']);
  }
  const wrong = await bombyx.fetch(`${bombyx.baseURL}/nothing`);
  assert.deepEqual([wrong.status, ((await wrong.json()) as {error: {code: string}}).error.code], [404, 'unknown_url']);
});

test('abort before an answer: the promise rejects with the reason, and the node hears it', async (t) => {
  const {relay, bombyx} = await stage(t);
  const {engine, begun, cancelled} = stuckEngine([]);
  await liveNode(relay.port, {engine});
  const leaving = new AbortController();
  const reason = new Error('enough');
  const asking = assert.rejects(bombyx.fetch(`${bombyx.baseURL}/chat/completions`, {method: 'POST', body: JSON.stringify({model: 'parrot', messages}), signal: leaving.signal}), reason);
  await begun;
  leaving.abort(reason);
  await asking;
  await cancelled;
  await assert.rejects(bombyx.fetch(`${bombyx.baseURL}/models`, {signal: leaving.signal}), reason);
});

test('abort in the midst: the stream ends as OpenAI\'s client expects, and the node hears it', async (t) => {
  const {relay, openai} = await stage(t);
  const {engine, cancelled} = stuckEngine(['Good']);
  await liveNode(relay.port, {engine});
  const stream = await openai.chat.completions.create({model: 'parrot', messages, stream: true});
  const heard: string[] = [];
  for await (const chunk of stream) {
    heard.push(chunk.choices[0]?.delta.content ?? '');
    if (heard.includes('Good')) stream.controller.abort();
  }
  assert.deepEqual(heard, ['', 'Good']);
  await cancelled;
});

test('abort in the midst of a body that is read by hand: the reading fails with the reason', async (t) => {
  const {relay, bombyx} = await stage(t);
  const {engine, cancelled} = stuckEngine(['Good']);
  await liveNode(relay.port, {engine});
  const leaving = new AbortController();
  const answer = await bombyx.fetch(`${bombyx.baseURL}/chat/completions`, {method: 'POST', body: JSON.stringify({model: 'parrot', messages, stream: true}), signal: leaving.signal});
  const reader = answer.body?.getReader() ?? assert.fail();
  const words = new TextDecoder();
  for (let text = ''; !text.includes('Good');) text += words.decode((await reader.read()).value);
  leaving.abort(new Error('enough'));
  await assert.rejects(async () => {
    while (!(await reader.read()).done);
  }, /enough/);
  await cancelled;
});

test('failures come as the classes of OpenAI\'s client', async (t) => {
  const {openai} = await stage(t);
  await assert.rejects(openai.chat.completions.create({model: 'owl', messages}), (error: unknown) => error instanceof NotFoundError && error.code === 'model_not_found');
  await assert.rejects(openai.chat.completions.create({model: 'parrot', messages}), (error: unknown) => error instanceof APIError && error.status === 503 && error.code === 'no_capacity');
  const leaving = new AbortController();
  leaving.abort();
  await assert.rejects(openai.chat.completions.create({model: 'parrot', messages}, {signal: leaving.signal}), APIUserAbortError);
});

test('the level mine asks the computers that were named, and no other', async (t) => {
  const relay = await openRelay(t);
  const [mine, other] = [await liveNode(relay.port, {engine: talking('mine')}), await liveNode(relay.port, {engine: talking('other')})];
  for (const [node, said] of [[mine.id, 'mine'], [other.id, 'other']] as const) {
    const bombyx = openBombyx({relay: relay.url, level: 'mine', mine: [node]});
    t.after(() => bombyx.close());
    const openai = new OpenAI({baseURL: bombyx.baseURL, apiKey: 'none', fetch: bombyx.fetch, maxRetries: 0});
    assert.equal((await openai.chat.completions.create({model: 'parrot', messages})).choices[0]?.message.content, said);
  }
});

test('a relay that is not there: said as 503, and by models() as an error', async (t) => {
  const {relay, bombyx, openai} = await stage(t);
  await relay.close();
  await assert.rejects(openai.models.list(), (error: unknown) => error instanceof APIError && error.status === 503 && error.code === 'relay_unreachable');
  await assert.rejects(bombyx.models(), /relay can not be reached/);
});

test('close(): what is asked ends, and nothing is asked any more', async (t) => {
  const {relay, bombyx, openai} = await stage(t);
  const {engine, cancelled} = stuckEngine(['Good']);
  await liveNode(relay.port, {engine});
  const stream = await openai.chat.completions.create({model: 'parrot', messages, stream: true});
  await assert.rejects(async () => {
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content === 'Good') bombyx.close();
  }, APIError);
  await cancelled;
  await assert.rejects(bombyx.fetch(`${bombyx.baseURL}/models`), /was closed/);
  await assert.rejects(bombyx.models(), /was closed/);
});

test('options that are wrong are named at once', async () => {
  const relay = 'https://relay.example.org';
  const wrong: readonly (readonly [object, RegExp])[] = [
    [{}, /openBombyx: relay/], [{relay: 'relay.example.org'}, /relay must be an address/], [{relay: 'wss://relay.example.org'}, /relay must be an address/],
    [{relay, level: 'all'}, /level must be/], [{relay, priceCap: 1}, /priceCap must be a bigint/], [{relay, priceCap: -1n}, /priceCap must not be below/],
    [{relay, mine: ['me']}, /mine\.0|mine/], [{relay, secret: {kind: 'seed', seed: new Uint8Array(3)}}, /secret/], [{relay, apiKey: 'x'}, /apiKey is not an option/],
  ];
  for (const [options, reason] of wrong) assert.throws(() => openBombyx(options as BombyxOptions), (error: unknown) => error instanceof TypeError && reason.test(error.message), JSON.stringify(Object.keys(options)));
  for (const secret of [await createSecret(), {kind: 'seed', seed: new Uint8Array(32)} as const]) openBombyx({relay, secret}).close();
});

test('free answers that the relay pays: one device keeps its count by its secret, and a cap of zero asks nobody who charges', async (t) => {
  const relay = await openRelay(t, {BOMBYX_NETWORK: 'devnet', BOMBYX_DATA: ownFolder(t), BOMBYX_TRIAL: '1'});
  const socket = await openSocket(relay.port);
  const leave = await joinPaidNode(relay, {transport: webSocketTransport(socket), model: {hash: parrotHash, name: 'parrot', contextTokens: 512, prices}});
  const ask = async (options: Partial<BombyxOptions>) => {
    const bombyx = openBombyx({relay: relay.url, ...options});
    const answer = await bombyx.fetch(`${bombyx.baseURL}/chat/completions`, {method: 'POST', body: JSON.stringify({model: 'parrot', messages})});
    const {error} = (await answer.json()) as {error?: {code: string}};
    bombyx.close();
    return [answer.status, error?.code ?? BigInt(answer.headers.get('x-bombyx-price') ?? 0) > 0n];
  };
  const secret = await createSecret();
  assert.deepEqual(await ask({secret, priceCap: 0n}), [503, 'no_capacity']);
  assert.deepEqual(await ask({secret}), [200, true]);
  assert.deepEqual(await ask({secret}), [402, 'insufficient_quota']);
  assert.deepEqual(await ask({}), [200, true], 'somebody new');
  await leave();
});
