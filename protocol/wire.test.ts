/** The schema language: what is written is read back, and nothing else is read. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {concat, utf8} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {blob, bytes, decode, encode, floats, id, list, optional, rest, struct, text, u16, u32, u64, u8, variant, type Wire, word} from './wire.ts';

const bad = {code: 'bad-message'};
const back = <T>(wire: Wire<T>, value: T) => assert.deepEqual(decode(wire, encode(wire, value)), value);

test('encode(), decode(): every field reads back what it wrote', () => {
  for (const value of [0, 1, 255]) back(u8, value);
  for (const value of [0, 256, 65_535]) back(u16, value);
  for (const value of [0, 65_536, 4_294_967_295]) back(u32, value);
  for (const value of [0n, 1n << 32n, (1n << 64n) - 1n]) back(u64, value);
  for (const value of ['', 'plain', 'größer', '🐛', '\u0000', '\ufeffbyte order mark']) back(text(64), value);
  for (const value of [[], [1], [1, 2, 3]]) back(list(u16, 3), value);
  for (const value of [undefined, 0, 7]) back(optional(u32), value);
  for (const value of ['a', 'b'] as const) back(word(['a', 'b']), value);
  back(bytes(3), Uint8Array.of(1, 2, 3));
  back(blob(3), Uint8Array.of(1, 2));
  back(id<string>(2), 'beef');
  back(struct({left: u8, right: rest(10)}), {left: 1, right: Uint8Array.of(2, 3)});
  back(text(1000), 'x'.repeat(1000));
  back(floats(3), Float32Array.of(0, -1.5, 1e10));
  const either = variant('is', {a: struct({x: u8}), b: struct({y: text(3)})});
  back(either, {is: 'a', x: 3});
  back(either, {is: 'b', y: 'yes'});
  assert.throws(() => decode(either, Uint8Array.of(2, 0)), {code: 'bad-message'});
  assert.throws(() => encode(either, {is: 'toString', x: 1} as never));
});

test('encode(): numbers are big-endian', () => {
  assert.deepEqual(encode(u32, 0x01020304), Uint8Array.of(1, 2, 3, 4));
  assert.deepEqual(encode(u64, 0x0102030405060708n), Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
});

test('encode(): refuses values that do not fit', () => {
  for (const value of [-1, 256, 1.5, Number.NaN]) assert.throws(() => encode(u8, value), RangeError);
  for (const value of [-1n, 1n << 64n]) assert.throws(() => encode(u64, value), RangeError);
  assert.throws(() => encode(bytes(2), new Uint8Array(3)), RangeError);
  assert.throws(() => encode(blob(2), new Uint8Array(3)), {code: 'too-large'});
  assert.throws(() => encode(text(2), 'äb'), {code: 'too-large'});
  assert.throws(() => encode(list(u8, 1), [1, 2]), {code: 'too-large'});
  assert.throws(() => encode(rest(1), new Uint8Array(2)), {code: 'too-large'});
});

test('decode(): refuses an early end and a late one', () => {
  const wire = struct({a: u16, b: blob(8), c: list(u8, 3), d: optional(u32), e: text(9), f: bytes(2)});
  const whole = encode(wire, {a: 1, b: Uint8Array.of(1, 2), c: [3, 4], d: 5, e: 'xy', f: Uint8Array.of(6, 7)});
  for (let length = 0; length < whole.length; length += 1) assert.throws(() => decode(wire, whole.subarray(0, length)), bad);
  assert.throws(() => decode(wire, concat(whole, Uint8Array.of(0))), bad);
});

test('decode(): refuses lengths above the limit, unknown words and flags, and text that is not UTF-8', () => {
  assert.throws(() => decode(blob(3), Uint8Array.of(0, 0, 0, 4, 1, 2, 3, 4)), bad);
  assert.throws(() => decode(list(u8, 1), Uint8Array.of(0, 2, 1, 1)), bad);
  assert.throws(() => decode(rest(1), Uint8Array.of(1, 2)), bad);
  assert.throws(() => decode(word(['a']), Uint8Array.of(1)), bad);
  assert.throws(() => decode(optional(u8), Uint8Array.of(2, 1)), bad);
  for (const wrong of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) assert.throws(() => decode(text(8), Uint8Array.of(0, 0, 0, wrong.length, ...wrong)), bad);
});

test('decode(): reads copies that do not follow the frame', () => {
  const frame = Uint8Array.of(0, 0, 0, 1, 9);
  const read = decode(blob(4), frame);
  frame[4] = 0;
  assert.deepEqual(read, Uint8Array.of(9));
});

test('decode(): reads a view in the middle of a buffer', () => {
  const inside = concat(utf8('..'), encode(u32, 77), utf8('..')).subarray(2, 6);
  assert.equal(decode(u32, inside), 77);
});

test('decode(): what it throws is ours', () => {
  assert.throws(() => decode(struct({}), Uint8Array.of(1)), (error) => error instanceof NetworkError);
});
