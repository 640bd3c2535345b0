/** Formats of answers: what llama.cpp knows goes through, everything else is refused by name. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {shapeOf} from './llama-format.ts';

const shape = (schema: object) => shapeOf({is: 'json', text: JSON.stringify(schema)});

test('a schema goes through without what only people read', () => {
  const person = {type: 'object', properties: {name: {type: 'string', maxLength: 50}, tags: {type: 'array', items: {enum: ['a', 'b', 1, null]}}}, required: ['name'], additionalProperties: false};
  assert.deepEqual(shape({$schema: 'x', title: 'A person', ...person}), {json_schema: person});
  const tree = {$ref: '#/$defs/node', $defs: {node: {type: 'object', properties: {next: {anyOf: [{$ref: '#/$defs/node'}, {type: 'null'}]}}}}};
  assert.deepEqual(shape(tree), {json_schema: tree});
  assert.deepEqual(shapeOf({is: 'json', text: ''}), {json_schema: {type: 'object'}});
  assert.deepEqual(shapeOf({is: 'grammar', text: 'root ::= [a-z]{1,20}'}), {grammar: 'root ::= [a-z]{1,20}'});
});

const wrong: Record<string, object> = {
  'a type that there is none of': {type: 'dog'},
  'a pattern': {type: 'string', pattern: '(['},
  'a keyword that it does not know': {type: 'object', patternProperties: {}},
  'a reference to nothing': {$ref: '#/$defs/missing'},
  'a reference to another place': {$ref: 'https://example.org/schema'},
  'least above most': {type: 'array', minItems: 3, maxItems: 2},
  'too many repetitions': {type: 'array', maxItems: 1_000_000},
  'too many repetitions in all': {type: 'object', properties: Object.fromEntries(Array.from({length: 30}, (_, index) => [`p${index}`, {type: 'string', maxLength: 1000}]))},
  'a fraction as a bound': {type: 'integer', minimum: 0.5},
  'an enum of objects': {enum: [{}]},
  'something wrong deep inside': {type: 'array', items: {anyOf: [{type: 'string'}, {properties: {a: {not: {}}}}]}},
};
for (const [name, schema] of Object.entries(wrong)) {
  test(`shapeOf(): refuses ${name}`, () => assert.throws(() => shape(schema), {code: 'bad-message'}));
}

test('shapeOf(): refuses a grammar of too many repetitions', () => {
  for (const text of ['root ::= "a"{1000000}', 'root ::= "a"{0,1000000}', `root ::= ${'"a"{1000} '.repeat(30)}`]) assert.throws(() => shapeOf({is: 'grammar', text}), {code: 'bad-message'});
});
