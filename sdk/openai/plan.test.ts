/** What is sent to which engine, and when an answer is told. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseCatalogue} from '#protocol/models.ts';
import type {ChosenModel} from './model-choice.ts';
import {type PlanAsked, planOf, type PlannedFormat} from './plan.ts';

const files = [{path: 'a.bin', bytes: 1, sha256: 'ab'.repeat(32)}];
const manifests = {
  wllama: {engine: 'wllama', source: 'models/a', files},
  webllm: {engine: 'webllm-list', modelId: 'a', version: '1', features: []},
  transformers: {engine: 'transformers', source: 'models/a', dtype: 'q4', files},
} as const;

function modelOf(engine: keyof typeof manifests, id = 'parrot'): ChosenModel {
  const [entry = assert.fail()] = parseCatalogue({models: [{id, label: id, demo: false, licence: 'MIT', downloadBytes: 1, contextTokens: 512, manifest: manifests[engine]}]});
  return {name: id, entry, level: 'network', only: undefined};
}

const asked: PlanAsked = {tools: [], choice: 'auto', parallel: true, format: undefined, stream: true, stop: []};
const tools = [{name: 'clock', description: undefined, parameters: undefined, param: 'tools.0'}];
const formatOf = (schema: PlannedFormat['schema']): PlannedFormat => ({schema, description: undefined, param: 'schema'});
const wide = (type: string) => ({type, properties: Object.fromEntries(Array.from({length: 150}, (_, index) => [`a_long_name_of_a_property_${index}`, {type: 'string'}]))});

test('nothing asked for, nothing sent', () => {
  const {instructions, format, stop, formatAgain} = planOf({...asked, stop: ['x']}, modelOf('wllama'));
  assert.deepEqual({instructions, format, stop, formatAgain}, {instructions: '', format: undefined, stop: ['x'], formatAgain: undefined});
});

test('a grammar goes to the engines that take one', () => {
  for (const request of [{...asked, tools}, {...asked, format: formatOf(undefined)}]) {
    for (const engine of ['wllama', 'webllm'] as const) assert.equal(planOf(request, modelOf(engine)).format?.is, 'grammar');
    assert.equal(planOf(request, modelOf('transformers')).format, undefined);
  }
});

test('a model that thinks, by its name, may do so before what it is held to', () => {
  const formatFor = (id: string) => planOf({...asked, format: formatOf(undefined)}, modelOf('webllm', id)).format?.text ?? '';
  for (const id of ['qwen3-8b-f16', 'deepseek-r1-1.5b', 'phi-4-mini-reasoning']) assert.match(formatFor(id), /<think>/, id);
  for (const id of ['qwen2.5-0.5b', 'llama-3.2-1b', 'r10']) assert.doesNotMatch(formatFor(id), /think/, id);
});

test('told as it comes only where the grammar knows the schema', () => {
  const told = (schema: PlannedFormat['schema'], engine: keyof typeof manifests) => planOf({...asked, format: formatOf(schema)}, modelOf(engine)).reader().push('{"a": 1}').length;
  assert.equal(told({type: 'object'}, 'wllama'), 1);
  assert.equal(told({type: 'object'}, 'transformers'), 0);
  assert.equal(told(wide('object'), 'wllama'), 0);
});

test('a schema that is too long for a grammar: JSON at least, where it is of objects', () => {
  assert.deepEqual(planOf({...asked, format: formatOf(wide('object'))}, modelOf('wllama')).format, {is: 'json', text: ''});
  assert.equal(planOf({...asked, format: formatOf({type: 'array', items: wide('object')})}, modelOf('wllama')).format, undefined);
});

test('stop texts where no grammar ends the answer, as far as there is room', () => {
  const stopFor = (stop: readonly string[], parallel: boolean, engine: keyof typeof manifests) => planOf({...asked, tools, parallel, stop}, modelOf(engine)).stop;
  assert.deepEqual(stopFor(['a'], false, 'wllama'), ['a']);
  assert.deepEqual(stopFor(['a'], false, 'transformers'), ['a', '</tool_call>', '<tool_response>']);
  assert.deepEqual(stopFor(['a'], true, 'transformers'), ['a', '<tool_response>']);
  assert.deepEqual(stopFor(['a', 'b', 'c'], false, 'transformers'), ['a', 'b', 'c', '</tool_call>']);
  assert.deepEqual(stopFor(['a', 'b', 'c', 'd'], false, 'transformers'), ['a', 'b', 'c', 'd']);
});
