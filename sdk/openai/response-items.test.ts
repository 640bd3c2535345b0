/** Items of a response that calls tools. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {OutputPart} from './output.ts';
import {ResponseItems, type Step} from './response-items.ts';

function told(parts: readonly OutputPart[]): {readonly steps: readonly Step[]; readonly bodies: readonly object[]} {
  const items = new ResponseItems();
  const steps = [...parts.flatMap((part) => [...items.push(part)]), ...items.end('completed')];
  return {steps, bodies: items.bodies};
}

const call = (index: number): OutputPart => ({is: 'call', index, id: `call_${index}`, name: `tool${index}`});
const args = (index: number, text: string): OutputPart => ({is: 'arguments', index, text});

test('two calls after a text: three items, each ended before the next begins', () => {
  const {steps, bodies} = told([{is: 'text', text: 'let me look'}, call(0), args(0, '{"a":'), args(0, '1}'), call(1), args(1, '{}')]);
  assert.deepEqual(steps.filter(({type}) => type.includes('output_item')).map(({type, output_index}) => `${type.slice(21)} ${String(output_index)}`), ['added 0', 'done 0', 'added 1', 'done 1', 'added 2', 'done 2']);
  assert.deepEqual(bodies.slice(1).map((body) => ({...body, id: ''})), [
    {type: 'function_call', id: '', call_id: 'call_0', name: 'tool0', arguments: '{"a":1}', status: 'completed'},
    {type: 'function_call', id: '', call_id: 'call_1', name: 'tool1', arguments: '{}', status: 'completed'},
  ]);
});

test('arguments come in pieces and then as a whole', () => {
  const {steps} = told([call(0), args(0, '{"a":'), args(0, '1}')]);
  assert.deepEqual(steps.filter(({type}) => type.includes('arguments')).map(({type, delta, arguments: whole}) => [type.split('.').at(-1), delta ?? whole]), [['delta', '{"a":'], ['delta', '1}'], ['done', '{"a":1}']]);
});

test('text after a call is a message of its own', () => {
  const {bodies} = told([{is: 'text', text: 'before'}, call(0), {is: 'text', text: 'after'}]);
  assert.deepEqual(bodies.map((body) => ('type' in body ? body.type : '')), ['message', 'function_call', 'message']);
});
