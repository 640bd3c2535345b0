/** GGUF files as they are written, read again by the app: the end-of-turn text, wherever they say it, and files that say nothing. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {randomBytes} from '#protocol/bytes.ts';
import {type Fact, ggufOf} from './gguf.ts';
import {ggufOfFolder} from './make-gguf.ts';
import {demoModel} from './variants.ts';
import {endWordOf} from '../web/worker/gguf-words.ts';

const blobOf = (facts: Readonly<Record<string, Fact>>): Blob => new Blob([Uint8Array.from(ggufOf(facts, []))]);
const words = {'tokenizer.ggml.tokens': {is: 'texts', value: ['a', '</s>', 'ü']}} as const satisfies Record<string, Fact>;
const end = {'tokenizer.ggml.eos_token_id': {is: 'whole', value: 1}} as const satisfies Record<string, Fact>;
const others = {'general.name': {is: 'text', value: 'x'}, 'some.numbers': {is: 'wholes', value: [1, 2, 3]}, 'some.flag': {is: 'flag', value: true}, 'some.float': {is: 'float', value: 0.5}} as const satisfies Record<string, Fact>;

test('the words before their number or after it, among other facts', async () => {
  assert.equal(await endWordOf(blobOf({...others, ...words, ...end})), '</s>');
  assert.equal(await endWordOf(blobOf({...end, ...others, ...words})), '</s>');
});

test('the demo model as GGUF', async () => {
  assert.equal(await endWordOf(new Blob([Uint8Array.from(ggufOfFolder(demoModel))])), '<|end|>');
});

test('a list of words that is longer than one part of the file', async () => {
  const value = Array.from({length: 60_000}, (_, index) => `word ${index}`.padEnd(30));
  assert.equal(await endWordOf(blobOf({'tokenizer.ggml.tokens': {is: 'texts', value}, 'tokenizer.ggml.eos_token_id': {is: 'whole', value: 59_999}})), 'word 59999'.padEnd(30));
});

test('a file that says none, a cut one, one that lies, and what is no GGUF: nothing', async () => {
  assert.equal(await endWordOf(blobOf(others)), '');
  assert.equal(await endWordOf(blobOf({...words, 'tokenizer.ggml.eos_token_id': {is: 'whole', value: 9}})), '');
  const whole = Uint8Array.from(ggufOf({...others, ...words, ...end}, []));
  for (let length = 0; length < whole.length - 40; length += 5) assert.equal(await endWordOf(new Blob([whole.subarray(0, length)])), '');
  const lying = Uint8Array.from(whole);
  new DataView(lying.buffer).setBigUint64(24, 2n ** 60n, true);
  assert.equal(await endWordOf(new Blob([lying])), '');
  assert.equal(await endWordOf(new Blob([randomBytes(5000)])), '');
});
