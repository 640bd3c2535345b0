/** What of a file is its text: bounded, whole characters, nothing that is no text. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {startOf, textOf} from './plain-text.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (bytes: Uint8Array, of = bytes.length) => textOf(bytes, of);

test('a text file is its text, with line ends of one kind', () => {
  assert.deepEqual(read(utf8('a\r\nb\rc\n\tü😀')), {is: 'text', text: 'a\nb\nc\n\tü😀', cut: {is: 'whole'}});
  assert.deepEqual(read(utf8('\uFEFFwith a mark')), {is: 'text', text: 'with a mark', cut: {is: 'whole'}});
});

test('the start of a longer file says so, and ends before half a character', () => {
  const bytes = utf8('ab😀');
  for (let cutAt = 3; cutAt < 6; cutAt += 1) assert.deepEqual(read(bytes.slice(0, cutAt), 6), {is: 'text', text: 'ab', cut: {is: 'start', bytes: cutAt, of: 6}});
});

test('other bytes than text are not taken: broken UTF-8, pictures, programs, nothing', () => {
  for (const bytes of [[0xff, 0xfe, 0x41, 0x00], [0x89, 0x50, 0x4e, 0x47], [0x41, 0x00, 0x42], [0xc3], [0x7f, 0x45, 0x4c, 0x46, 0x02, 0x01]]) {
    assert.deepEqual(read(new Uint8Array(bytes)), {is: 'problem', why: 'not-text'}, String(bytes));
  }
  for (const text of ['', ' \n']) assert.deepEqual(read(utf8(text)), {is: 'problem', why: 'no-text'});
});

test('the longest start that fits has whole characters only', () => {
  assert.deepEqual([startOf('ab😀', 5), startOf('ab😀', 6), startOf('äö', 3), startOf('abc', 0)], ['ab', 'ab😀', 'ä', '']);
});
