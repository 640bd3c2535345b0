/** Answers that have to be JSON: checked as a whole, told at once or as they come. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {AnswerFault} from './answer-fault.ts';
import {formatReader} from './format-reader.ts';
import {checkOf} from './json-schema.ts';

const check = checkOf({type: 'object', properties: {ok: {type: 'boolean'}}, required: ['ok']}, {param: 'x', maxBytes: 999});

function read(answer: string, {holds, reason = 'stop'}: {holds: boolean; reason?: 'stop' | 'length'}): readonly string[] {
  const reader = formatReader(check, {holds});
  return [...[...answer].flatMap((letter) => reader.push(letter)), ...reader.end(reason)].map((part) => ('text' in part ? part.text : ''));
}

test('held: told in one piece when it is right, without a fence', () => {
  for (const answer of ['{"ok": true}', ' {"ok": true}\n', '```json\n{"ok": true}\n```', '```\n{"ok": true}```', '```{"ok": true}```']) assert.deepEqual(read(answer, {holds: true}), ['{"ok": true}'], answer);
});

test('not held: told letter by letter, checked at the end', () => {
  assert.equal(read('{"ok":true}', {holds: false}).length, 11);
  assert.throws(() => read('```json\n{"ok": true}\n```', {holds: false}), AnswerFault);
});

test('what is wrong is named without a word of the answer', () => {
  for (const [answer, what] of [['secret', /not JSON/], ['', /not JSON/], ['{"ok": "secret"}', /#\/properties\/ok\/type/], ['{}', /#\/required/], ['{"ok": true} and more', /not JSON/]] as const) {
    for (const holds of [true, false]) assert.throws(() => read(answer, {holds}), (error: unknown) => error instanceof AnswerFault && error.body.error.code === 'invalid_response_format' && what.test(error.message) && !error.message.includes('secret'), answer);
  }
});

test('cut by the count: told as it is', () => {
  for (const holds of [true, false]) assert.equal(read('{"ok": tr', {holds, reason: 'length'}).join(''), '{"ok": tr');
});
