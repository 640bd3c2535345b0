/** Responses as OpenAI's own client gets them, over a real relay and a real node. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {APIError, BadRequestError, type OpenAI} from 'openai';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {systemClock} from '../clock.ts';
import {gatewayStage, scriptedNode} from '../testing/gateway-stage.ts';
import {liveNode, talking} from '../testing/live-network.ts';

test('a response at once: its text, its usage, its receipt', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  const node = await liveNode(relay.port, {engine: talking('Good day to you')});
  const {data, response} = await openai.responses.create({model: 'parrot', input: 'hello', instructions: 'Be polite.', store: false, metadata: {for: 'a test'}}).withResponse();
  assert.equal(data.output_text, 'Good day to you');
  assert.equal(data.status, 'completed');
  assert.match(data.id, /^resp_[0-9a-f]{32}$/);
  assert.deepEqual(data.metadata, {for: 'a test'});
  assert.deepEqual([data.usage?.input_tokens, data.usage?.output_tokens, data.usage?.total_tokens], [3, 4, 7]);
  assert.equal(data.error, null);
  assert.equal(response.headers.get('x-bombyx-node'), node.id);
});

test('a response as it comes, which OpenAI\'s client puts together', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  await liveNode(relay.port, {engine: talking('<think>so polite</think>Good day to you')});
  const stream = openai.responses.stream({model: 'parrot', input: [{role: 'user', content: 'hello'}]});
  let text = '';
  stream.on('response.output_text.delta', ({delta}) => (text += delta));
  const whole = await stream.finalResponse();
  assert.equal(text, 'Good day to you');
  assert.equal(whole.output_text, text);
  assert.deepEqual(whole.output.map(({type}) => type), ['reasoning', 'message']);
  assert.equal(whole.status, 'completed');
  assert.equal(whole.usage?.output_tokens, 5);
});

test('a conversation goes on when it is sent as a whole', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  const engine = fakeEngine({clock: systemClock, msPerToken: 1, answer: ({messages}) => messages.map(({role, content}) => `${role}:${content}`).join('|')});
  await liveNode(relay.port, {engine});
  const first = await openai.responses.create({model: 'parrot', input: 'one'});
  const second = await openai.responses.create({model: 'parrot', input: [{role: 'user', content: 'one'}, ...first.output, {role: 'user', content: [{type: 'input_text', text: 'two'}]}] as OpenAI.Responses.ResponseInput});
  assert.equal(second.output_text, 'user:one|assistant:user:one|user:two');
});

test('an answer that breaks off is an error to who reads it', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  await liveNode(relay.port, {engine: fakeEngine({clock: systemClock, msPerToken: 1, answer: () => 'a b c d', failAfter: 2})});
  const types: string[] = [];
  const read = async () => {
    for await (const {type} of await openai.responses.create({model: 'parrot', input: 'x', stream: true})) types.push(type);
  };
  await assert.rejects(read, (error: unknown) => error instanceof APIError && error.code === 'engine_failed');
  assert.equal(types.at(-1), 'response.failed');
});

test('what is kept nowhere, and what can not be done, is named', async (t) => {
  const {openai} = await gatewayStage(t);
  const wrong = (fields: Partial<OpenAI.Responses.ResponseCreateParamsNonStreaming>, param: string) =>
    assert.rejects(openai.responses.create({model: 'parrot', input: 'x', ...fields}), (error: unknown) => error instanceof BadRequestError && error.param === param, param);
  await wrong({previous_response_id: 'resp_1'}, 'previous_response_id');
  await wrong({conversation: 'conv_1'}, 'conversation');
  await wrong({background: true}, 'background');
  await wrong({tools: [{type: 'web_search'}], tool_choice: 'required'}, 'tool_choice');
  await wrong({tools: [{type: 'web_search'}], tool_choice: {type: 'web_search_preview'}}, 'tool_choice.type');
  await wrong({input: [{role: 'user', content: 'x'}, {type: 'item_reference', id: 'msg_1'}]}, 'input.1');
  await wrong({input: [{role: 'user', content: [{type: 'input_image', detail: 'auto', image_url: 'https://example.org/cat.png'}]}], model: 'parrot'}, 'model');
  await wrong({input: [{role: 'system', content: 'be kind'}]}, 'input');
});

const weather = {type: 'function', name: 'weather', description: 'The weather in a city.', strict: true, parameters: {type: 'object', properties: {city: {type: 'string'}}, required: ['city'], additionalProperties: false}} as const;

test('a response that calls a tool, streamed and whole; its result goes back', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  const asked = await scriptedNode(relay.port, ['<tool_call>\n{"name": "weather", "arguments": {"city": "Oslo"}}\n</tool_call>', '<tool_call>\n{"name": "weather", "arguments": {"city": "Oslo"}}\n</tool_call>', 'It snows.']);
  const input = [{role: 'user', content: 'Weather in Oslo?'}] as const;
  const whole = await openai.responses.create({model: 'parrot', input: [...input], tools: [weather]});
  const [call] = whole.output;
  assert.ok(call?.type === 'function_call');
  assert.deepEqual([call.name, JSON.parse(call.arguments)], ['weather', {city: 'Oslo'}]);
  const stream = openai.responses.stream({model: 'parrot', input: [...input], tools: [weather]});
  let pieces = '';
  stream.on('response.function_call_arguments.delta', ({delta}) => (pieces += delta));
  const streamed = await stream.finalResponse();
  assert.deepEqual([streamed.output.map(({type}) => type), JSON.parse(pieces)], [['function_call'], {city: 'Oslo'}]);
  const after = await openai.responses.create({model: 'parrot', input: [...input, {type: 'function_call', call_id: call.call_id, name: call.name, arguments: call.arguments}, {type: 'function_call_output', call_id: call.call_id, output: 'snow'}], tools: [weather]});
  assert.equal(after.output_text, 'It snows.');
  assert.match(asked.at(-1)?.messages.at(-1)?.content ?? '', /<tool_response>\nsnow\n<\/tool_response>/);
});

test('a response of a format is checked; what is wrong with a schema is told under this interface\'s names', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  const asked = await scriptedNode(relay.port, ['{"city": "Oslo"}']);
  const format = {type: 'json_schema', name: 'place', strict: true, schema: weather.parameters} as const;
  const {output_text} = await openai.responses.create({model: 'parrot', input: 'Where?', text: {format}});
  assert.deepEqual(JSON.parse(output_text), {city: 'Oslo'});
  assert.equal(asked[0]?.format?.is, 'grammar');
  const deep = (levels: number): Record<string, unknown> => (levels === 0 ? {type: 'string'} : {type: 'array', items: deep(levels - 1)});
  await assert.rejects(openai.responses.create({model: 'parrot', input: 'x', text: {format: {...format, schema: deep(40)}}}), (error: unknown) => error instanceof BadRequestError && error.param?.startsWith('text.format') === true);
  await assert.rejects(openai.responses.create({model: 'parrot', input: 'x', tools: [{...weather, parameters: deep(40)}]}), (error: unknown) => error instanceof BadRequestError && error.param?.startsWith('tools.0') === true && !error.param.includes('function'));
});

test('tools that a server would run are left out, and named; the others are offered', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  const asked = await scriptedNode(relay.port, ['It snows.']);
  const tools: OpenAI.Responses.Tool[] = [{type: 'web_search'}, weather, {type: 'code_interpreter', container: {type: 'auto'}}];
  const {data, response} = await openai.responses.create({model: 'parrot', input: 'x', tools}).withResponse();
  assert.equal(data.output_text, 'It snows.');
  assert.equal(response.headers.get('x-bombyx-left-out'), 'web_search, code_interpreter');
  assert.deepEqual(data.tools.map(({type}) => type), ['function']);
  const told = asked[0]?.messages[0]?.content ?? '';
  assert.deepEqual([told.includes('"weather"'), /web_search|code_interpreter/.test(told)], [true, false]);
  const stream = await openai.responses.create({model: 'parrot', input: 'x', tools: [{type: 'web_search'}], stream: true}).withResponse();
  stream.data.controller.abort();
  assert.equal(stream.response.headers.get('x-bombyx-left-out'), 'web_search');
  assert.equal((await openai.responses.create({model: 'parrot', input: 'x', tools: [weather]}).withResponse()).response.headers.has('x-bombyx-left-out'), false);
});
