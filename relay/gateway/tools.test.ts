/** Tools as OpenAI's own client uses them, over a real relay and a node with a scripted engine. */
import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {APIError, BadRequestError, type OpenAI} from 'openai';
import {gatewayStage, scriptedNode} from '../testing/gateway-stage.ts';
import {finch, liveNode, talking} from '../testing/live-network.ts';

type Create = OpenAI.ChatCompletionCreateParamsNonStreaming;

const weather = {type: 'function' as const, function: {name: 'get_weather', description: 'The weather of a city', parameters: {type: 'object', properties: {city: {type: 'string'}, note: {type: 'string'}}, required: ['city']}}};
const clock = {type: 'function' as const, function: {name: 'clock'}};
const messages = [{role: 'user' as const, content: 'What is the weather in Ulm?'}];
const request: Create = {model: 'parrot', messages, tools: [weather, clock]};
const said = (name: string, given: string) => `<tool_call>\n{"name": "${name}", "arguments": ${given}}\n</tool_call>`;
const rain = said('get_weather', '{"city": "Ulm"}');

async function stageWith(t: TestContext, answers: readonly string[], {isFinch = false} = {}) {
  const {relay, openai} = await gatewayStage(t, {}, {hasFinch: isFinch});
  const asked = await scriptedNode(relay.port, answers, isFinch ? {entry: finch} : {});
  return {openai, asked};
}

/** A stream as its deltas, and what they come to. */
async function heard(openai: OpenAI, params: Create) {
  const stream = await openai.chat.completions.create({...params, stream: true, stream_options: {include_usage: true}});
  const calls: {id: string; name: string; given: string; pieces: number}[] = [];
  let text = '';
  let reason: string | null = null;
  let usage: OpenAI.CompletionUsage | null | undefined;
  for await (const {choices: [choice], usage: counted} of stream) {
    text += choice?.delta.content ?? '';
    for (const {index, id, function: called} of choice?.delta.tool_calls ?? []) {
      if (id !== undefined) calls[index] = {id, name: called?.name ?? '', given: '', pieces: 0};
      const call = calls[index] ?? assert.fail('arguments before their call');
      call.given += called?.arguments ?? '';
      call.pieces += called?.arguments ? 1 : 0;
    }
    reason = choice?.finish_reason ?? reason;
    usage = counted;
  }
  return {calls, text, reason, usage};
}

const functionCalls = (message: OpenAI.ChatCompletionMessage | undefined) => (message?.tool_calls ?? []).map((call) => (call.type === 'function' ? {name: call.function.name, given: call.function.arguments} : assert.fail()));
const isRefused = (status: number, code: string) => (error: unknown) => error instanceof APIError && error.status === status && error.code === code;

test('a call, whole: what the engine is told, and what comes of it', async (t) => {
  const {openai, asked} = await stageWith(t, [`Let me look.\n${rain}`]);
  const {choices: [choice]} = await openai.chat.completions.create(request);
  assert.equal(choice?.finish_reason, 'tool_calls');
  assert.equal(choice?.message.content, 'Let me look.');
  assert.deepEqual(functionCalls(choice?.message), [{name: 'get_weather', given: '{"city": "Ulm"}'}]);
  assert.match(choice?.message.tool_calls?.[0]?.id ?? '', /^call_[0-9a-f]{24}$/);
  const [job] = asked;
  assert.equal(job?.messages[0]?.role, 'system');
  for (const words of ['<tool_call>', 'get_weather', 'The weather of a city', '"city":{"type":"string"}', '<tool_response>']) assert.ok(job?.messages[0]?.content.includes(words), words);
  assert.equal(job?.format?.is, 'grammar');
  assert.match(job?.format?.text ?? '', /get_weather/);
  assert.deepEqual(job?.stop, []);
});

test('a call as it comes: its name first, its arguments in pieces, the reason last', async (t) => {
  const given = `{"city": "Ulm", "note": "${'a long word '.repeat(80)}"}`;
  const {openai} = await stageWith(t, [`I look. ${said('get_weather', given)}`]);
  const {calls: [call, ...others], text, reason, usage} = await heard(openai, request);
  assert.equal(others.length, 0);
  assert.equal(call?.given, given);
  assert.ok((call?.pieces ?? 0) > 1, 'the arguments came in one piece');
  assert.equal(text, 'I look.');
  assert.equal(reason, 'tool_calls');
  assert.ok((usage?.completion_tokens ?? 0) > 240);
});

test('several calls at once, streamed and whole', async (t) => {
  const {openai} = await stageWith(t, [`${rain}\n${said('clock', '{}')}`]);
  const {choices: [choice]} = await openai.chat.completions.create(request);
  assert.deepEqual(functionCalls(choice?.message).map(({name}) => name), ['get_weather', 'clock']);
  assert.equal(choice?.message.content, null);
  const {calls} = await heard(openai, request);
  assert.deepEqual(calls.map(({name, given}) => [name, given]), [['get_weather', '{"city": "Ulm"}'], ['clock', '{}']]);
  assert.notEqual(calls[0]?.id, calls[1]?.id);
});

test('an answer in words calls nothing', async (t) => {
  const {openai} = await stageWith(t, ['It is 3 < 4, and {no} call.']);
  const {choices: [choice]} = await openai.chat.completions.create(request);
  assert.equal(choice?.message.content, 'It is 3 < 4, and {no} call.');
  assert.equal(choice?.message.tool_calls, undefined);
  assert.equal(choice?.finish_reason, 'stop');
});

test('results go back as the model knows them', async (t) => {
  const {openai, asked} = await stageWith(t, [rain, 'It rains in Ulm.']);
  const first = (await openai.chat.completions.create(request)).choices[0]?.message ?? assert.fail();
  const result = {role: 'tool' as const, tool_call_id: first.tool_calls?.[0]?.id ?? '', content: '{"sky": "rain"}'};
  const second = await openai.chat.completions.create({...request, messages: [...messages, first, result]});
  assert.equal(second.choices[0]?.message.content, 'It rains in Ulm.');
  assert.deepEqual(asked[1]?.messages.slice(1).map(({role, content}) => [role, content]), [['user', messages[0]?.content], ['assistant', rain], ['user', '<tool_response>\n{"sky": "rain"}\n</tool_response>']]);
});

test('none: the tools are not spoken of; required and one function: the grammar leaves nothing else', async (t) => {
  const {openai, asked} = await stageWith(t, [rain]);
  await openai.chat.completions.create({...request, tool_choice: 'none'});
  await openai.chat.completions.create({...request, tool_choice: 'required'});
  await openai.chat.completions.create({...request, tool_choice: {type: 'function', function: {name: 'get_weather'}}});
  const [none, required, one] = asked;
  assert.equal(none?.messages.length, 1);
  assert.equal(none?.format, undefined);
  assert.match(required?.format?.text ?? '', /^root ::= "<tool_call>"/);
  assert.match(required?.format?.text ?? '', /clock/);
  assert.match(one?.format?.text ?? '', /^root ::= "<tool_call>"/);
  assert.doesNotMatch(`${one?.format?.text} ${one?.messages[0]?.content}`, /clock/);
});

test('a choice that can not be, and a schema that is none, are refused before anybody is asked', async (t) => {
  const {openai, asked} = await stageWith(t, [rain]);
  const refused = async (more: Partial<Create>, param: string) => assert.rejects(openai.chat.completions.create({...request, ...more}), (error: unknown) => error instanceof BadRequestError && error.param === param, param);
  await refused({tools: [], tool_choice: 'required'}, 'tool_choice');
  await refused({tool_choice: {type: 'function', function: {name: 'owl'}}}, 'tool_choice');
  await refused({tools: [weather, weather]}, 'tools.1.function.name');
  await refused({tools: [clock, {type: 'function', function: {name: 'x', parameters: {$ref: '#/none'}}}]}, 'tools.1.function.parameters');
  assert.equal(asked.length, 0);
});

test('a wrong call is asked for once more, with the fault named and a call forced; both asks are counted', async (t) => {
  const wrong = said('get_weather', '{"town": "Ulm"}');
  const {openai, asked} = await stageWith(t, [wrong, rain]);
  const {choices: [choice]} = await openai.chat.completions.create(request);
  assert.deepEqual(functionCalls(choice?.message).map(({given}) => given), ['{"city": "Ulm"}']);
  const [first, second] = asked;
  assert.deepEqual(second?.messages.slice(0, -2), first?.messages);
  assert.deepEqual(second?.messages.at(-2), {role: 'assistant', content: wrong});
  assert.match(second?.messages.at(-1)?.content ?? '', /get_weather do not fit.*city/);
  assert.match(second?.format?.text ?? '', /^root ::= "<tool_call>"/);
});

/** As the engine of the stage counts a prompt. */
const wordsOf = (asked: Awaited<ReturnType<typeof stageWith>>['asked']): number => asked.flatMap(({messages: sent}) => sent.map(({content}) => content.match(/ ?[^ ]+| /g)?.length ?? 0)).reduce((sum, count) => sum + count, 0);

test('usage is of both asks, each with its receipt', async (t) => {
  const {openai, asked} = await stageWith(t, ['No.', rain]);
  const {usage, choices} = await openai.chat.completions.create({...request, tool_choice: 'required'});
  assert.equal(choices[0]?.message.content, null);
  assert.equal(usage?.prompt_tokens, wordsOf(asked));
  assert.equal((usage as unknown as {bombyx: {answers: readonly {receipts: readonly object[]}[]}}).bombyx.answers[0]?.receipts.length, 2);
});

test('wrong again: refused, without a word of the answer', async (t) => {
  const {openai, asked} = await stageWith(t, [said('owl', '{"secret": 1}')]);
  await assert.rejects(openai.chat.completions.create(request), (error: unknown) => isRefused(502, 'invalid_tool_call')(error) && !/owl|secret/.test(String(error)));
  assert.equal(asked.length, 2);
});

test('streamed: before a call was told it is asked anew, after it the stream ends with an error', async (t) => {
  // Longer than a frame: what comes before the fault has been told.
  const words = 'It takes me some time. '.repeat(20).trim();
  const {openai, asked} = await stageWith(t, [`${words} ${said('owl', '{}')}`, `Sorry. ${rain}`, said('get_weather', `{"note": "${words}"}`)]);
  const mended = await heard(openai, request);
  assert.equal(mended.text, words);
  assert.deepEqual(mended.calls.map(({given}) => given), ['{"city": "Ulm"}']);
  assert.equal(mended.reason, 'tool_calls');
  await assert.rejects(heard(openai, request), (error: unknown) => error instanceof APIError && error.code === 'invalid_tool_call');
  assert.equal(asked.length, 3);
});

test('a call cut by the count ends with that reason', async (t) => {
  const {openai} = await stageWith(t, [said('get_weather', '{"city": "a very long name of a city"}')]);
  const {choices: [choice]} = await openai.chat.completions.create({...request, max_tokens: 6});
  assert.equal(choice?.finish_reason, 'length');
  assert.equal(functionCalls(choice?.message)[0]?.name, 'get_weather');
  const {reason, calls} = await heard(openai, {...request, max_tokens: 6});
  assert.equal(reason, 'length');
  assert.ok('{"city": "a very long name of a city"}'.startsWith(calls[0]?.given ?? '-'));
});

test('one call only: the rest is not told; where nothing holds the engine to it, it is told to stop at the tag', async (t) => {
  const {openai, asked} = await stageWith(t, [`${rain}\n${said('clock', '{}')} and so on`], {isFinch: true});
  const {calls, reason} = await heard(openai, {...request, model: 'finch', parallel_tool_calls: false});
  assert.deepEqual(calls.map(({name}) => name), ['get_weather']);
  assert.equal(reason, 'tool_calls');
  assert.deepEqual([asked[0]?.format, asked[0]?.stop], [undefined, ['</tool_call>', '<tool_response>']]);
});

test('one call only, and no room for another stop text: the question is ended behind it', async (t) => {
  // Were it heard to its end, its end would be the count.
  const {openai, asked} = await stageWith(t, [`${rain} and so on${' and so on'.repeat(400)}`], {isFinch: true});
  const {calls, reason, usage} = await heard(openai, {...request, model: 'finch', parallel_tool_calls: false, stop: ['1', '2', '3', '4']});
  assert.deepEqual(calls.map(({name}) => name), ['get_weather']);
  assert.equal(reason, 'tool_calls');
  assert.deepEqual(asked[0]?.stop, ['1', '2', '3', '4']);
  assert.equal(usage?.prompt_tokens, wordsOf(asked), 'as its computer said');
  assert.deepEqual((usage as unknown as {bombyx: {answers: readonly {receipts: readonly object[]}[]}}).bombyx.answers[0]?.receipts, [], 'no receipt proves it');
});

test('an engine without grammars: no format is sent, a wrong call is not told and asked for again', async (t) => {
  const {openai, asked} = await stageWith(t, [said('get_weather', '{"town": 1}'), '{"name": "get_weather", "parameters": {"city": "Ulm"}}'], {isFinch: true});
  const {calls} = await heard(openai, {...request, model: 'finch'});
  assert.deepEqual(calls.map(({given}) => given), ['{"city":"Ulm"}']);
  assert.deepEqual(asked.map(({format}) => format), [undefined, undefined]);
});

test('several choices, each with its own calls', async (t) => {
  const {relay, openai} = await gatewayStage(t);
  for (const _ of [1, 2]) await liveNode(relay.port, {engine: talking(`Yes. ${rain}`)});
  const {choices} = await openai.chat.completions.create({...request, n: 2});
  assert.deepEqual(choices.map(({message, finish_reason: reason}) => [functionCalls(message).length, reason]), [[1, 'tool_calls'], [1, 'tool_calls']]);
});

test('OpenAI’s own loop over tools runs through', async (t) => {
  const {openai} = await stageWith(t, [rain, 'It rains in Ulm.']);
  const seen: string[] = [];
  const runner = openai.chat.completions.runTools({model: 'parrot', messages, tools: [{type: 'function', function: {...weather.function, parse: JSON.parse, function: ({city}: {city: string}) => {
    seen.push(city);
    return 'rain';
  }}}]});
  assert.equal(await runner.finalContent(), 'It rains in Ulm.');
  assert.deepEqual(seen, ['Ulm']);
});
