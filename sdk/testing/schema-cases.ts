/** Schemas for the tests of grammars, by all that read them. */
import type {JsonSchema} from '../openai/json-schema.ts';

/** A schema that rules can say, texts of it, and texts that are not. */
export const schemaCases: readonly (readonly [JsonSchema, readonly string[], readonly string[]])[] = [
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

/** What rules can't say: any JSON goes. */
export const openSchemas: readonly JsonSchema[] = [
  {}, {not: {type: 'string'}}, {allOf: [{type: 'object'}, {required: ['a']}]}, {$ref: '#/nowhere'}, {$ref: '#/$defs/a', $defs: {a: {anyOf: [{$ref: '#/$defs/b'}]}, b: {oneOf: [{$ref: '#/$defs/a'}, {type: 'null'}]}}}, {$ref: '#'}, {enum: []}, {type: 'no such type'}, {anyOf: 'nothing'},
  {type: 'array', prefixItems: [{type: 'object'}]},
];
