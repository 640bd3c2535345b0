/** Which schemas can be used, and what is said of a value that does not fit. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkOf, type JsonSchema} from './json-schema.ts';
import {Refusal} from './refusal.ts';

const check = (schema: JsonSchema) => checkOf(schema, {param: 'schema', maxBytes: 16 * 1024});

test('a value fits or does not, keyword by keyword', () => {
  const cases: readonly [JsonSchema, readonly unknown[], readonly unknown[]][] = [
    [{type: 'object', properties: {a: {type: 'integer'}}, required: ['a'], additionalProperties: false}, [{a: 1}], [{}, {a: 1.5}, {a: 1, b: 2}, [], null]],
    [{type: 'array', items: {enum: ['x', 'y']}, minItems: 1, maxItems: 2}, [['x'], ['x', 'y']], [[], ['z'], ['x', 'x', 'x']]],
    [{type: 'string', minLength: 1, maxLength: 2, pattern: '^a'}, ['a', 'ab'], ['', 'abc', 'b']],
    [{anyOf: [{const: 1}, {type: 'null'}]}, [1, null], [2]],
    [{oneOf: [{type: 'integer'}, {minimum: 5}]}, [1, 5.5], [6]],
    [{$ref: '#/$defs/a', $defs: {a: {type: 'object', properties: {next: {$ref: '#/$defs/a'}}}}}, [{}, {next: {next: {}}}], [{next: 1}]],
    [{'x-unknown': 1, 'type': 'boolean'}, [true], [1]],
  ];
  for (const [schema, good, bad] of cases) {
    const checked = check(schema);
    for (const value of good) assert.equal(checked(value), undefined, JSON.stringify([schema, value]));
    for (const value of bad) assert.ok(checked(value), JSON.stringify([schema, value]));
  }
});

test('what is said names the schema, and to the model also the place; the schema stays as it was', () => {
  const schema = {type: 'object', properties: {city: {type: 'string'}}};
  const misfit = check(schema)({city: 5});
  assert.equal(misfit?.rule, '#/properties/city/type');
  assert.match(misfit?.words ?? '', /#\/city/);
  assert.deepEqual(Reflect.ownKeys(schema), ['type', 'properties']);
  assert.equal(check({properties: {a: {additionalProperties: false}}})({a: {secret: 1}})?.rule, '#/properties/a/additionalProperties');
});

test('a schema that can not be used is refused, with its field', () => {
  let deep: JsonSchema = {type: 'null'};
  for (let level = 0; level < 20; level += 1) deep = {type: 'array', items: deep, not: {not: {}}};
  for (let level = 0; level < 20; level += 1) deep = {properties: {a: deep}};
  const bad: readonly JsonSchema[] = [[] as unknown as JsonSchema, deep, {description: 'x'.repeat(17_000)}, {$ref: '#/$defs/none'}, {$ref: 5}, {pattern: '(['}, {properties: {a: {pattern: '(['}}}, {enum: 5}, {$id: 'http://['}];
  for (const schema of bad) assert.throws(() => check(schema), (error: unknown) => error instanceof Refusal && error.status === 400 && error.body.error.param === 'schema', JSON.stringify(schema).slice(0, 80));
});

test('a value that can not be checked does not fit', () => {
  const endless = check({properties: {a: {$ref: '#/$defs/a'}}, $defs: {a: {$ref: '#/$defs/a'}}});
  assert.equal(endless({}), undefined);
  assert.ok(endless({a: 1}));
  let value: unknown = [];
  for (let level = 0; level < 100_000; level += 1) value = [value];
  assert.ok(check({$ref: '#/$defs/a', $defs: {a: {type: 'array', items: {$ref: '#/$defs/a'}}}})(value));
});
