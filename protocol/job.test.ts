/** Jobs: defaults, limits, and bytes that strangers sealed. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {concat, randomBytes} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {decodeJob, encodeJob, type JobInput, makeJob} from './job.ts';
import {limits} from './limits.ts';

const messages = [{role: 'system', content: 'Be kind.'}, {role: 'user', content: 'größer 🐛 \ufeff'}] as const;

test('makeJob(): fills in defaults, with a fresh salt each time', () => {
  const job = makeJob({messages});
  assert.deepEqual({...job, salt: undefined}, {task: 'chat', messages, maxTokens: 512, temperature: 0, topP: 1000, seed: undefined, stop: [], delivery: 'stream', salt: undefined});
  assert.notDeepEqual(job.salt, makeJob({messages}).salt);
});

test('encodeJob(), decodeJob(): any job comes back', () => {
  for (const extra of [{}, {seed: 7, stop: ['a', 'b'], delivery: 'quiet'}, {maxTokens: limits.maxTokens, temperature: 2000, topP: 1}] as Partial<JobInput>[]) {
    const job = makeJob({messages, ...extra});
    assert.deepEqual(decodeJob(encodeJob(job)), job);
  }
});

const wrong: Record<string, JobInput> = {
  'no messages': {messages: []},
  'nothing to answer': {messages: [{role: 'system', content: 'x'}]},
  'no tokens': {messages, maxTokens: 0},
  'too many tokens': {messages, maxTokens: limits.maxTokens + 1},
  'a temperature above 2': {messages, temperature: 2001},
  'no probability mass': {messages, topP: 0},
  'more than all probability mass': {messages, topP: 1001},
  'an empty stop text': {messages, stop: ['']},
};
for (const [name, input] of Object.entries(wrong)) {
  test(`makeJob(), decodeJob(): refuse ${name}`, () => {
    assert.throws(() => makeJob(input), {code: 'bad-message'});
    assert.throws(() => decodeJob(encodeJob({...makeJob({messages}), ...input})), {code: 'bad-message'});
  });
}

test('encodeJob(): refuses too many messages and stop texts, too-large', () => {
  const many = Array.from({length: limits.maxMessages + 1}, () => ({role: 'user' as const, content: ''}));
  assert.throws(() => encodeJob(makeJob({messages: many})), {code: 'too-large'});
  assert.throws(() => encodeJob(makeJob({messages, stop: ['a', 'b', 'c', 'd', 'e']})), {code: 'too-large'});
  assert.throws(() => encodeJob(makeJob({messages, stop: ['x'.repeat(65)]})), {code: 'too-large'});
});

test('decodeJob(): refuses every cut, a byte too many, and random bytes, with NetworkError', () => {
  const whole = encodeJob(makeJob({messages, seed: 1, stop: ['x']}));
  for (let length = 0; length < whole.length; length += 1) assert.throws(() => decodeJob(whole.subarray(0, length)), {code: 'bad-message'});
  assert.throws(() => decodeJob(concat(whole, Uint8Array.of(0))), {code: 'bad-message'});
  for (let round = 0; round < 2000; round += 1) assert.throws(() => decodeJob(randomBytes(round % 90)), (error) => error instanceof NetworkError);
});
