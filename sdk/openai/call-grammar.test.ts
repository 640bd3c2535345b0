/** The grammars take what they should and nothing else, by the compiler that WebLLM has inside; llama.cpp's turn is in web/e2e/engines.spec.ts. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {utf8} from '#protocol/bytes.ts';
import {grammarCheck} from '../testing/xgrammar.ts';
import {callGrammarOf, jsonGrammarOf, maxFormatBytes} from './call-grammar.ts';
import type {JsonSchema} from './json-schema.ts';

const weather = {name: 'get_weather', parameters: {type: 'object', properties: {city: {type: 'string'}, days: {type: 'integer', minimum: 1, maximum: 7}}, required: ['city']}};
const clock = {name: 'clock', parameters: undefined};
const said = (name: string, given: string) => `<tool_call>\n{"name": "${name}", "arguments": ${given}}\n</tool_call>`;

const grammar = (options: Parameters<typeof callGrammarOf>[0]) => grammarCheck(callGrammarOf(options) ?? assert.fail('no grammar'));
const json = (schema: JsonSchema) => grammarCheck(jsonGrammarOf(schema) ?? assert.fail('no grammar'));

async function expectTaken(takes: (text: string) => Promise<boolean>, texts: {readonly taken: readonly string[]; readonly not: readonly string[]}): Promise<void> {
  for (const text of texts.taken) assert.equal(await takes(text), true, `not taken: ${text}`);
  for (const text of texts.not) assert.equal(await takes(text), false, `taken: ${text}`);
}

test('a forced call is one of the tools, with arguments that fit', async () => {
  await expectTaken(await grammar({tools: [weather, clock], onlyOne: false, instead: 'nothing'}), {
    taken: [
      said('get_weather', '{"city":"Ulm"}'), said('get_weather', '{"city": "Ulm </tool_call> \\"\\u00e9😀", "days": 3}'), said('clock', '{}'), said('clock', '{"any": [1.5e-3, null]}'),
      `${said('clock', '{}')}\n${said('get_weather', '{"city":""}')}`,
    ],
    not: ['', 'hello', said('owl', '{}'), said('get_weather', '{}'), said('get_weather', '{"city":"Ulm","days":8}'), said('get_weather', '{"city":"a\nb"}'), said('clock', '[]'), `${said('clock', '{}')} and more`, `Yes. ${said('clock', '{}')}`],
  });
});

test('one call is one call', async () => {
  await expectTaken(await grammar({tools: [clock], onlyOne: true, instead: 'nothing'}), {taken: [said('clock', '{}')], not: [`${said('clock', '{}')}\n${said('clock', '{}')}`]});
});

test('any text, but what begins as a call becomes one', async () => {
  await expectTaken(await grammar({tools: [weather, clock], onlyOne: false, instead: 'text'}), {
    taken: ['', 'Hello.\nIt is 3 < 4 <tool> <<tool_cal', '<', '<tool_', 'ünï 😀', said('clock', '{}'), `I look.\n${said('clock', '{}')}`, `<<${said('clock', '{}')}`, `<tool_call${said('clock', '{}')}\n${said('clock', '{}')}`],
    not: ['<tool_call>', 'so <tool_call> is a tag', said('owl', '{}'), `${said('clock', '{}')} and more`],
  });
});

test('JSON instead of a call', async () => {
  await expectTaken(await grammar({tools: [clock], onlyOne: false, instead: {type: 'object', properties: {ok: {type: 'boolean'}}, required: ['ok']}}), {taken: ['{"ok": true}', said('clock', '{}')], not: ['yes', '{}', `{"ok":true}${said('clock', '{}')}`]});
});

test('schemas: each keyword that rules can say', async () => {
  const cases: readonly [JsonSchema, readonly string[], readonly string[]][] = [
    [{type: 'object', properties: {a: {type: 'null'}, b: {type: 'boolean'}, c: {type: 'null'}}, required: ['b']}, ['{"b":true}', '{"a": null, "b": false, "c": null}', '{ "b":true,"c":null }'], ['{}', '{"a":null}', '{"c":null,"b":true}', '{"b":true,}', '{"b":true,"d":1}']],
    [{type: 'object', properties: {a: {type: 'null'}, b: {type: 'null'}}}, ['{}', '{"a":null}', '{"b":null}', '{"a":null,"b":null}'], ['{,"b":null}', '{"a":null,}']],
    [{type: 'object', properties: {a: {type: 'null'}}, additionalProperties: {type: 'integer'}}, ['{}', '{"x":1}', '{"a":null,"x":1,"y":-2}'], ['{"x":null}', '{"a":null "x":1}']],
    [{type: 'object', additionalProperties: {type: 'integer'}}, ['{}', '{"x":1}', '{"x":1,"y":2}'], ['{"x":"1"}']],
    [{type: 'object', additionalProperties: false}, ['{}'], ['{"a":1}']],
    [{type: 'object', required: ['any']}, ['{"any":[{}]}'], ['{}']],
    [{type: 'array', items: {type: 'integer'}, minItems: 1, maxItems: 2}, ['[1]', '[1, 2]'], ['[]', '[1,2,3]', '["1"]']],
    [{type: 'array', items: {type: 'boolean'}}, ['[]', '[true,false]'], ['[1]']],
    [{type: 'array', maxItems: 0}, ['[]'], ['[1]']],
    [{type: 'string', minLength: 2, maxLength: 3}, ['"ab"', '"😀b\\n"'], ['"a"', '"abcd"']],
    [{enum: ['a"b', 1, null, {x: [true]}]}, ['"a\\"b"', '1', 'null', '{"x":[true]}'], ['"a"', '2']],
    [{const: 'x\\y'}, ['"x\\\\y"'], ['"x"']],
    [{type: ['string', 'null']}, ['"a"', 'null'], ['1']],
    [{type: 'integer', minimum: 0}, ['0', '12'], ['-1', '01', '1.5']],
    [{type: 'number'}, ['-1.5', '1e9', '0'], ['.5', '+1', '"1"']],
    [{anyOf: [{type: 'integer'}, {type: 'array', items: {type: 'integer'}}]}, ['1', '[1]'], ['"1"']],
    [{$ref: '#/$defs/node', $defs: {node: {type: 'object', properties: {v: {type: 'integer'}, next: {anyOf: [{$ref: '#/$defs/node'}, {type: 'null'}]}}, required: ['v', 'next']}}}, ['{"v":1,"next":null}', '{"v":1,"next":{"v":2,"next":null}}'], ['{"v":1}', '{"v":1,"next":2}']],
  ];
  for (const [schema, taken, not] of cases) await expectTaken(await json(schema), {taken, not});
});

test('what rules can not say is left open, and never stops the compiler', async () => {
  const open: readonly JsonSchema[] = [
    {}, {not: {type: 'string'}}, {allOf: [{type: 'object'}, {required: ['a']}]}, {$ref: '#/nowhere'}, {$ref: '#/$defs/a', $defs: {a: {anyOf: [{$ref: '#/$defs/b'}]}, b: {oneOf: [{$ref: '#/$defs/a'}, {type: 'null'}]}}}, {$ref: '#'}, {enum: []}, {type: 'no such type'}, {anyOf: 'nothing'},
    {type: 'array', prefixItems: [{type: 'object'}]},
  ];
  for (const schema of open) assert.equal(await (await json(schema))('[{"a": "b"}]'), true, JSON.stringify(schema));
  assert.equal(await (await json({type: 'array', minItems: 3, maxItems: 2}))('[1]'), true);
  assert.equal(await (await json({type: 'string', maxLength: 1_000_000}))(`"${'a'.repeat(5000)}"`), true);
});

test('too many rules: arguments are any objects, and at last there is no grammar', async () => {
  const properties = Object.fromEntries(Array.from({length: 400}, (_, index) => [`a_long_name_of_a_property_${index}`, {type: 'string'}]));
  const text = callGrammarOf({tools: [{name: 'wide', parameters: {type: 'object', properties, required: ['a_long_name_of_a_property_0']}}], onlyOne: true, instead: 'text'}) ?? assert.fail();
  assert.ok(utf8(text).length <= maxFormatBytes);
  assert.equal(await (await grammarCheck(text))(said('wide', '{}')), true);
  assert.equal(jsonGrammarOf({type: 'object', properties}), undefined);
});

test('the compiler is the one that WebLLM has inside', () => {
  const {devDependencies} = JSON.parse(readFileSync(new URL('../../node_modules/@mlc-ai/web-llm/package.json', import.meta.url), 'utf8')) as {devDependencies: Record<string, string>};
  const {version} = JSON.parse(readFileSync(new URL('../../node_modules/@mlc-ai/web-xgrammar/package.json', import.meta.url), 'utf8')) as {version: string};
  assert.equal(devDependencies['@mlc-ai/web-xgrammar'], version);
});
