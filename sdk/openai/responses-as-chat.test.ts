/** Items of a response's request as the messages of a chat. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {badField, Refusal} from './refusal.ts';
import {asChat} from './responses-as-chat.ts';
import {responsesRequestOf} from './responses-request.ts';

const request = (body: object) => asChat(responsesRequestOf({model: 'parrot', input: 'x', ...body}));
const input = [
  {role: 'user', content: 'weather?'},
  {type: 'reasoning', id: 'rs_1', summary: []},
  {type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [{type: 'output_text', text: 'I look', annotations: []}]},
  {type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{"at":"Bern"}'},
  {type: 'function_call', call_id: 'c2', name: 'weather', arguments: '{"at":"Rome"}'},
  {type: 'function_call_output', call_id: 'c1', output: 'rain'},
  {type: 'function_call_output', call_id: 'c2', output: [{type: 'input_text', text: 'sun'}]},
];

test('calls belong to what was said before them, results to their calls, thoughts are left out', () => {
  const {chat} = request({input, instructions: 'Be brief.'});
  const call = (id: string, at: string) => ({id, type: 'function', function: {name: 'weather', arguments: `{"at":"${at}"}`}});
  assert.deepEqual(chat.messages, [
    {role: 'system', content: 'Be brief.'},
    {role: 'user', content: 'weather?'},
    {role: 'assistant', content: [{type: 'text', text: 'I look'}], tool_calls: [call('c1', 'Bern'), call('c2', 'Rome')]},
    {role: 'tool', tool_call_id: 'c1', content: 'rain'},
    {role: 'tool', tool_call_id: 'c2', content: [{type: 'text', text: 'sun'}]},
  ]);
});

test('tools, a choice and a format in the words of chat', () => {
  const schema = {type: 'object'};
  const {chat} = request({tools: [{type: 'function', name: 'weather', parameters: schema}], tool_choice: {type: 'function', name: 'weather'}, text: {format: {type: 'json_schema', name: 'answer', schema, strict: true}}});
  assert.deepEqual(JSON.parse(JSON.stringify([chat.tools, chat.tool_choice, chat.response_format])), [
    [{type: 'function', function: {name: 'weather', parameters: schema}}],
    {type: 'function', function: {name: 'weather'}},
    {type: 'json_schema', json_schema: {name: 'answer', schema, strict: true}},
  ]);
});

test('what the chat refuses is told under the names of this interface', () => {
  const {inItsNames} = request({input, instructions: 'Be brief.'});
  const named = (param: string) => {
    const error = inItsNames(badField(param, 'no'));
    return error instanceof Refusal ? error.body.error.param : undefined;
  };
  assert.equal(named('messages.0.content'), 'instructions');
  assert.equal(named('messages.2.content.0.image_url.url'), 'input.2.content.0');
  assert.equal(named('messages.4'), 'input.6');
  assert.equal(named('messages'), 'input');
  assert.equal(named('response_format.json_schema'), 'text.format');
  assert.equal(named('tools'), 'tools');
  assert.equal(named('tool_choice.function.name'), 'tool_choice.name');
});

test('a tool is named by its place in the request, whatever was left out before it', () => {
  const tool = {type: 'function', name: 'weather'};
  const {chat, inItsNames} = request({tools: [{type: 'web_search'}, tool, {type: 'namespace', name: 'agents', tools: [tool]}, {...tool, name: 'clock'}]});
  assert.deepEqual(chat.tools?.map(({function: {name}}) => name), ['weather', 'clock']);
  const error = inItsNames(badField('tools.1.function.parameters', 'no'));
  assert.equal(error instanceof Refusal && error.body.error.param, 'tools.3.parameters');
  for (const [tools, param] of [[[{type: 'web_search'}, {type: 'function', name: 'no good'}], 'tools.1.name'], [[{name: 'weather'}], 'tools.0.type'], [[{type: 'a b'}], 'tools.0.type'], [['weather'], 'tools.0']] as const) {
    assert.throws(() => request({tools}), (wrong: unknown) => wrong instanceof Refusal && wrong.status === 400 && wrong.body.error.param === param, param);
  }
});

test('what nothing here can follow is named', () => {
  for (const [body, param] of [[{previous_response_id: 'resp_1'}, 'previous_response_id'], [{top_logprobs: 2}, 'top_logprobs'], [{input: [{type: 'web_search_call', id: 'x'}]}, 'input.0.type'], [{input: []}, 'input'], [{input: [{role: 'user', content: [{type: 'input_file', file_id: 'f'}]}]}, 'input.0.content.0.type']] as const) {
    assert.throws(() => request(body), (error: unknown) => error instanceof Refusal && error.status === 400 && error.body.error.param === param, param);
  }
});
