/** Pieces of frames: joined they are the frame, and a bad piece is refused before it costs memory. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {randomBytes} from './bytes.ts';
import {Joiner, splitFrame} from './fragments.ts';
import {limits} from './limits.ts';

const room = limits.maxFragmentBytes - 1;

function join(joiner: Joiner, frame: Uint8Array): Uint8Array | undefined {
  let whole: Uint8Array | undefined;
  for (const piece of splitFrame(frame)) {
    assert.equal(whole, undefined, 'only the last piece completes');
    assert.ok(piece.length <= limits.maxFragmentBytes);
    whole = joiner.push(piece);
  }
  return whole;
}

test('splitFrame(), Joiner.push(): any frame comes back, one after the other', () => {
  const joiner = new Joiner();
  for (const length of [0, 1, 18, room - 1, room, room + 1, 2 * room, 2 * room + 1, 65_535]) {
    const frame = randomBytes(length);
    const whole = join(joiner, frame);
    assert.ok(whole);
    assert.deepEqual(Uint8Array.from(whole), frame);
  }
  assert.equal(join(joiner, new Uint8Array(limits.maxFrameBytes))?.length, limits.maxFrameBytes);
});

test('splitFrame(): as few pieces as fit', () => {
  assert.deepEqual([0, 1, room, room + 1, 2 * room + 1].map((length) => splitFrame(new Uint8Array(length)).length), [1, 1, 1, 2, 3]);
});

test('Joiner.push(): refuses pieces that are none', () => {
  for (const piece of [[], [2], [255, 1], [1]]) assert.throws(() => new Joiner().push(Uint8Array.from(piece)), {code: 'bad-message'});
});

test('Joiner.push(): refuses pieces that make more than a frame, as soon as they do', () => {
  const joiner = new Joiner();
  const piece = new Uint8Array(limits.maxFragmentBytes).fill(1);
  const fit = Math.floor(limits.maxFrameBytes / room);
  for (let count = 0; count < fit; count += 1) assert.equal(joiner.push(piece), undefined);
  assert.throws(() => joiner.push(piece), {code: 'too-large'});
  assert.throws(() => new Joiner().push(new Uint8Array(limits.maxFrameBytes + 2)), {code: 'too-large'});
});
