/** Formats of answers as OpenAI's own client asks for them, over a real relay and a node with a scripted engine. */
import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {APIError, BadRequestError, type OpenAI} from 'openai';
import {gatewayStage, scriptedNode} from '../testing/gateway-stage.ts';
import {finch} from '../testing/live-network.ts';

type Create = OpenAI.ChatCompletionCreateParamsNonStreaming;

const schema = {type: 'object', properties: {city: {type: 'string'}, rain: {type: 'boolean'}}, required: ['city', 'rain'], additionalProperties: false};
const request: Create = {model: 'parrot', messages: [{role: 'user', content: 'Ulm?'}], response_format: {type: 'json_schema', json_schema: {name: 'weather', strict: true, schema}}};
const anyJson: Create = {...request, response_format: {type: 'json_object'}};
const right = '{"city": "Ulm", "rain": true}';

async function stageWith(t: TestContext, answers: readonly string[], {isFinch = false} = {}) {
  const {relay, openai} = await gatewayStage(t, {}, {hasFinch: isFinch});
  return {openai, asked: await scriptedNode(relay.port, answers, isFinch ? {entry: finch} : {})};
}

async function heard(openai: OpenAI, params: Create) {
  const pieces: string[] = [];
  let reason: string | null = null;
  for await (const {choices: [choice]} of await openai.chat.completions.create({...params, stream: true})) {
    if (choice?.delta.content) pieces.push(choice.delta.content);
    reason = choice?.finish_reason ?? reason;
  }
  return {pieces, text: pieces.join(''), reason};
}

test('a schema: a grammar for the engine, words for the model, and an answer that fits', async (t) => {
  const {openai, asked} = await stageWith(t, [right]);
  const {choices: [choice]} = await openai.chat.completions.create(request);
  assert.deepEqual(JSON.parse(choice?.message.content ?? ''), {city: 'Ulm', rain: true});
  assert.equal(choice?.finish_reason, 'stop');
  assert.equal(asked[0]?.format?.is, 'grammar');
  assert.match(asked[0]?.format?.text ?? '', /"\\"city\\":"/);
  assert.ok(asked[0]?.messages[0]?.content.includes(JSON.stringify(schema)));
});

test('any JSON: an object without a schema; a list is none', async (t) => {
  const {openai, asked} = await stageWith(t, ['{"a": [1]}', '[1]', '[1]']);
  assert.equal((await openai.chat.completions.create(anyJson)).choices[0]?.message.content, '{"a": [1]}');
  assert.match(asked[0]?.format?.text ?? '', /^root ::= object$/m);
  await assert.rejects(openai.chat.completions.create(anyJson), (error: unknown) => error instanceof APIError && error.code === 'invalid_response_format');
});

test('what does not fit is asked for once more, with the fault named', async (t) => {
  const {openai, asked} = await stageWith(t, ['{"city": "Ulm"}', right]);
  assert.equal((await openai.chat.completions.create(request)).choices[0]?.message.content, right);
  assert.deepEqual(asked[1]?.messages.at(-2), {role: 'assistant', content: '{"city": "Ulm"}'});
  assert.match(asked[1]?.messages.at(-1)?.content ?? '', /required property "rain"/);
});

test('wrong again: refused with what was wrong, and not a word of the answer', async (t) => {
  const {openai, asked} = await stageWith(t, ['{"secret": "secret"}']);
  await assert.rejects(openai.chat.completions.create(request), (error: unknown) => error instanceof APIError && error.status === 502 && error.code === 'invalid_response_format' && /#\//.test(error.message) && !error.message.includes('secret'));
  assert.equal(asked.length, 2);
});

test('streamed by an engine that is held to it: as it comes, and an error at the end where it is wrong', async (t) => {
  const long = JSON.stringify({city: 'a very long name '.repeat(60), rain: true});
  const {openai} = await stageWith(t, [long, long.replace('true', '"no"')]);
  const {pieces, text, reason} = await heard(openai, request);
  assert.equal(text, long);
  assert.equal(reason, 'stop');
  assert.ok(pieces.length > 1, 'it came in one piece');
  await assert.rejects(heard(openai, request), (error: unknown) => error instanceof APIError && error.code === 'invalid_response_format');
});

test('streamed by an engine that is not: checked, mended, and told in one piece without its fence', async (t) => {
  const {openai, asked} = await stageWith(t, ['Here you are: {}', `\`\`\`json\n${right}\n\`\`\``], {isFinch: true});
  assert.deepEqual(await heard(openai, {...request, model: 'finch'}), {pieces: [right], text: right, reason: 'stop'});
  assert.deepEqual(asked.map(({format}) => format), [undefined, undefined]);
  assert.match(asked[1]?.messages.at(-1)?.content ?? '', /not valid JSON/);
});

test('cut by the count: told as it is', async (t) => {
  const {openai} = await stageWith(t, ['{"city": "a very long name", "rain": true}'], {isFinch: true});
  for (const answer of [(await openai.chat.completions.create({...request, model: 'finch', max_tokens: 3})).choices[0]]) {
    assert.equal(answer?.finish_reason, 'length');
    assert.equal(answer?.message.content, '{"city": "a very');
  }
  assert.deepEqual(await heard(openai, {...request, model: 'finch', max_tokens: 3}), {pieces: ['{"city": "a very'], text: '{"city": "a very', reason: 'length'});
});

test('what a model thinks before it is no part of it', async (t) => {
  const {openai} = await stageWith(t, [`<think>{"city"? I see.</think>\n${right}`]);
  const message = (await openai.chat.completions.create(request)).choices[0]?.message as OpenAI.ChatCompletionMessage & {reasoning_content?: string};
  assert.equal(message.content, right);
  assert.equal(message.reasoning_content, '{"city"? I see.');
});

test('with tools: a call, or JSON; and each of several choices is checked by itself', async (t) => {
  const tools = [{type: 'function' as const, function: {name: 'clock'}}];
  const {openai, asked} = await stageWith(t, ['<tool_call>\n{"name": "clock", "arguments": {}}\n</tool_call>', right, right, 'no JSON']);
  const called = await openai.chat.completions.create({...request, tools});
  assert.equal(called.choices[0]?.finish_reason, 'tool_calls');
  assert.equal((await openai.chat.completions.create({...request, tools})).choices[0]?.message.content, right);
  assert.match(asked[0]?.format?.text ?? '', /clock[^]*city/);
});

test('a schema that can not be used is refused before anybody is asked', async (t) => {
  const {openai, asked} = await stageWith(t, [right]);
  let deep: Record<string, unknown> = {type: 'null'};
  for (let level = 0; level < 20; level += 1) deep = {type: 'array', items: deep};
  for (const bad of [{...deep, not: deep, anyOf: [{properties: {a: {items: {properties: {b: {items: {properties: {c: {items: {properties: {d: deep}}}}}}}}}}}]}, {description: 'x'.repeat(17_000)}, {$ref: '#/none'}]) {
    await assert.rejects(openai.chat.completions.create({...request, response_format: {type: 'json_schema', json_schema: {name: 'x', schema: bad}}}), (error: unknown) => error instanceof BadRequestError && error.param === 'response_format.json_schema.schema');
  }
  assert.equal(asked.length, 0);
});
