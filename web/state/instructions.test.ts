/** Instructions: what a form says, what a store holds, and nothing that a computer would refuse. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkFields, fieldsOf, type FieldName, type Instructions, readInstructions} from './instructions.ts';

const full: Instructions = {system: 'Be brief.', temperature: 700, topP: 950, maxTokens: 256, seed: 7, stop: ['END', '\t']};
const empty = fieldsOf(undefined);

test('a form and back: nothing is lost, and an empty one says nothing', () => {
  assert.deepEqual(fieldsOf(full), {system: 'Be brief.', temperature: '0.7', topP: '0.95', maxTokens: '256', seed: '7', stop: 'END\n\t'});
  assert.deepEqual(checkFields(fieldsOf(full)), {bad: undefined, instructions: full});
  assert.deepEqual(checkFields(empty), {bad: undefined, instructions: undefined});
  assert.deepEqual(checkFields({...empty, temperature: ' 0,25 '}), {bad: undefined, instructions: {system: '', temperature: 250}});
});

test('what a computer would refuse is named, field by field', () => {
  const wrong: [Partial<typeof empty>, FieldName[]][] = [
    [{temperature: '2.1'}, ['temperature']],
    [{temperature: '-1'}, ['temperature']],
    [{temperature: '0.0005'}, ['temperature']],
    [{temperature: '1e3'}, ['temperature']],
    [{topP: '0'}, ['topP']],
    [{topP: '1.5'}, ['topP']],
    [{maxTokens: '0'}, ['maxTokens']],
    [{maxTokens: '8193'}, ['maxTokens']],
    [{maxTokens: '12.5'}, ['maxTokens']],
    [{seed: '4294967296'}, ['seed']],
    [{stop: 'a\nb\nc\nd\ne'}, ['stop']],
    [{stop: 'ж'.repeat(33)}, ['stop']],
    [{system: 'x'.repeat(16_001)}, ['system']],
    [{temperature: 'warm', seed: 'x'}, ['temperature', 'seed']],
  ];
  for (const [fields, bad] of wrong) assert.deepEqual(checkFields({...empty, ...fields}).bad, bad, JSON.stringify(fields).slice(0, 60));
});

test('nonsense in a store or a file falls away, part by part', () => {
  assert.deepEqual(readInstructions(full), full);
  for (const nonsense of [undefined, null, 7, 'x', [], {}, {system: '  '}, {system: 3, temperature: 'hot', stop: [1, '']}]) assert.equal(readInstructions(nonsense), undefined);
  assert.deepEqual(readInstructions({system: 'y'.repeat(20_000), temperature: 1e9, topP: 500, stop: ['a', 'b', 'c', 'd', 'e'], other: 1}), {system: 'y'.repeat(16_000), topP: 500, stop: ['a', 'b', 'c', 'd']});
});
