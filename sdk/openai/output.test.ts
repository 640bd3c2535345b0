/** Thoughts are taken out of an answer, however it is cut into pieces. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type OutputPart, plainReader, reasoningReader, type ReasoningOptions} from './output.ts';

function read(pieces: readonly string[], options: ReasoningOptions = {}): {reasoning: string; text: string} {
  const reader = reasoningReader(plainReader(), options);
  const parts: readonly OutputPart[] = [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end('stop')];
  const sum = (is: OutputPart['is']) => parts.map((part) => (part.is === is && 'text' in part ? part.text : '')).join('');
  return {reasoning: sum('reasoning'), text: sum('text')};
}

const cases: readonly [string, {reasoning: string; text: string}, ReasoningOptions?][] = [
  ['Hello <think> there', {reasoning: '', text: 'Hello <think> there'}],
  ['<thin', {reasoning: '', text: '<thin'}],
  [' <think>\nHm </thin> so\n</think>\n\nYes. ', {reasoning: 'Hm </thin> so\n', text: 'Yes. '}],
  ['<think>no end', {reasoning: 'no end', text: ''}],
  ['<think>a <call> b', {reasoning: 'a <call> b', text: ''}],
  ['<think>a <call> b', {reasoning: 'a ', text: '<call> b'}, {orAt: '<call>'}],
  ['<think>a</think><call> b', {reasoning: 'a', text: '<call> b'}, {orAt: '<call>'}],
];

test('every answer, cut in two at every place and letter by letter', () => {
  for (const [answer, parts, options] of cases) {
    for (let at = 0; at <= answer.length; at += 1) assert.deepEqual(read([answer.slice(0, at), answer.slice(at)], options), parts, `${answer} cut at ${at}`);
    assert.deepEqual(read([...answer], options), parts, answer);
  }
});
