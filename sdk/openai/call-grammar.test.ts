/** The grammars take what they should and nothing else, by the compiler that WebLLM has inside; llama.cpp's turn is in web/e2e/engines.spec.ts. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {utf8} from '#protocol/bytes.ts';
import {openSchemas, schemaCases} from '../testing/schema-cases.ts';
import {grammarCheck} from '../testing/xgrammar.ts';
import {callGrammarOf, type CallGrammarOptions, jsonGrammarOf, maxFormatBytes} from './call-grammar.ts';
import type {JsonSchema} from './json-schema.ts';

const weather = {name: 'get_weather', parameters: {type: 'object', properties: {city: {type: 'string'}, days: {type: 'integer', minimum: 1, maximum: 7}}, required: ['city']}};
const clock = {name: 'clock', parameters: undefined};
const said = (name: string, given: string) => `<tool_call>\n{"name": "${name}", "arguments": ${given}}\n</tool_call>`;

const grammar = (options: CallGrammarOptions, {mayThink = false} = {}) => grammarCheck(callGrammarOf({...options, mayThink})?.text ?? assert.fail('no grammar'));
const json = (schema: JsonSchema, {mayThink = false} = {}) => grammarCheck(jsonGrammarOf(schema, {mayThink}) ?? assert.fail('no grammar'));

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

test('a model that may think first thinks to the end, and answers then', async () => {
  const forced = await grammar({tools: [clock], onlyOne: true, instead: 'nothing'}, {mayThink: true});
  await expectTaken(forced, {taken: [said('clock', '{}'), `<think>\nHm, <tool_call> or </thin? \n</think>\n\n${said('clock', '{}')}`], not: ['<think>', '<think>Hm.', '<think></think>', `Hm.</think>${said('clock', '{}')}`, `<think></think><think></think>${said('clock', '{}')}`]});
  await expectTaken(await json({type: 'null'}, {mayThink: true}), {taken: ['null', '<think>{}</think>null'], not: ['<think>null']});
});

test('schemas: each keyword that rules can say', async () => {
  for (const [schema, taken, not] of schemaCases) await expectTaken(await json(schema), {taken, not});
});

test('what rules can not say is left open, and never stops the compiler', async () => {
  for (const schema of openSchemas) assert.equal(await (await json(schema))('[{"a": "b"}]'), true, JSON.stringify(schema));
  assert.equal(await (await json({type: 'array', minItems: 3, maxItems: 2}))('[1]'), true);
  assert.equal(await (await json({type: 'string', maxLength: 1_000_000}))(`"${'a'.repeat(5000)}"`), true);
});

test('too many rules: arguments are any objects, and at last there is no grammar', async () => {
  const properties = Object.fromEntries(Array.from({length: 400}, (_, index) => [`a_long_name_of_a_property_${index}`, {type: 'string'}]));
  const {text, isExact} = callGrammarOf({tools: [{name: 'wide', parameters: {type: 'object', properties, required: ['a_long_name_of_a_property_0']}}], onlyOne: true, instead: 'text', mayThink: false}) ?? assert.fail();
  assert.ok(utf8(text).length <= maxFormatBytes && !isExact);
  assert.equal(await (await grammarCheck(text))(said('wide', '{}')), true);
  assert.equal(jsonGrammarOf({type: 'object', properties}, {mayThink: true}), undefined);
});

test('the compiler is the one that WebLLM has inside', () => {
  const {devDependencies} = JSON.parse(readFileSync(new URL('../../node_modules/@mlc-ai/web-llm/package.json', import.meta.url), 'utf8')) as {devDependencies: Record<string, string>};
  const {version} = JSON.parse(readFileSync(new URL('../../node_modules/@mlc-ai/web-xgrammar/package.json', import.meta.url), 'utf8')) as {version: string};
  assert.equal(devDependencies['@mlc-ai/web-xgrammar'], version);
});
