/** Records of an answer: cut anywhere they come back whole, and bad ones are refused. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {AnswerBody, type AnswerRecord, encodeRecord, maxTextBytes, RecordReader} from './answer.ts';
import {concat, randomBytes, utf8} from './bytes.ts';
import {codeOf, NetworkError} from './errors.ts';

const records: readonly AnswerRecord[] = [
  {type: 'prompt', tokens: 12},
  {type: 'text', text: 'Hello, wörld 🐛', tokens: 4},
  {type: 'text', text: '', tokens: 0},
  {type: 'text', text: '\ufeffmark', tokens: 1},
  {type: 'end', reason: 'length'},
  {type: 'receipt', receipt: new Uint8Array(300).fill(1), signature: new Uint8Array(64).fill(2), salt: new Uint8Array(32).fill(3)},
  {type: 'error', code: 'gpu-lost'},
  {type: 'item', body: new Uint8Array(100).fill(7), tokens: 2},
];
const stream = concat(...records.map(encodeRecord));

test('RecordReader.push(): records come back, wherever the frames were cut', () => {
  for (const size of [1, 2, 5, 7, 236, stream.length]) {
    const reader = new RecordReader();
    const read: AnswerRecord[] = [];
    for (let at = 0; at < stream.length; at += size) read.push(...reader.push(stream.subarray(at, at + size)));
    assert.deepEqual(read, records, `${size} bytes a frame`);
  }
});

test('RecordReader.push(): an empty frame is no record, half a record waits', () => {
  const reader = new RecordReader();
  assert.deepEqual(reader.push(new Uint8Array(0)), []);
  assert.deepEqual(reader.push(stream.subarray(0, 8)), []);
});

test('RecordReader.push(): refuses unknown kinds, records above the limit, and bodies that are none', () => {
  const bad = [[0, 0, 0, 0, 0], [7, 0, 0, 0, 0], [255, 0, 0, 0, 0], [2, 255, 255, 255, 255], [1, 0, 0, 0, 0], [1, 0, 0, 0, 5, 0, 0, 0, 0, 0], [3, 0, 0, 0, 1, 9]];
  for (const content of bad) assert.throws(() => new RecordReader().push(Uint8Array.from(content)), {code: 'bad-message'});
});

test('RecordReader.push(): random bytes throw nothing but NetworkError', () => {
  for (let round = 0; round < 2000; round += 1) {
    const content = randomBytes(1 + (round % 60));
    content[0] = round % 8;
    if (round % 2 === 0) content.fill(0, 1, 4);
    try {
      new RecordReader().push(content);
    } catch (error) {
      assert.ok(error instanceof NetworkError);
    }
  }
});

test('encodeRecord(): the longest text fits, one byte more is too-large', () => {
  const longest = encodeRecord({type: 'text', text: 'x'.repeat(maxTextBytes), tokens: 1});
  assert.equal(new RecordReader().push(longest).length, 1);
  assert.throws(() => encodeRecord({type: 'text', text: 'x'.repeat(maxTextBytes + 1), tokens: 1}), (error) => codeOf(error) === 'too-large');
});

test('AnswerBody: pieces of text are one text, however it was cut; items keep their bounds', () => {
  const [one, other] = [new AnswerBody(), new AnswerBody()];
  for (const piece of ['a qui', 'et ', 'network']) one.addText(piece);
  assert.deepEqual(one.bytes, utf8('a quiet network'));
  assert.equal(one.length, 15);
  other.addItem(Uint8Array.of(1, 2));
  other.addItem(Uint8Array.of(3));
  assert.deepEqual(other.bytes, Uint8Array.of(0, 0, 0, 2, 1, 2, 0, 0, 0, 1, 3));
});
