/** Frames of a response: what opens, and every way in which a relay may spoil them. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {concat, randomBytes, utf8} from './bytes.ts';
import {pad} from './padding.ts';
import {FrameOpener, frameRoom, FrameSealer, type ResponseKeys} from './response.ts';

const frameBytes = 256;
const tampered = {code: 'tampered'};

const freshKeys = (): ResponseKeys => ({key: randomBytes(32), nonce: randomBytes(12)});

/** Sealed frames with the contents `0`, `1` ...; the last one is final. */
async function sealedFrames(keys: ResponseKeys, count = 4): Promise<Uint8Array[]> {
  const sealer = new FrameSealer(keys);
  const frames: Uint8Array[] = [];
  for (let index = 0; index < count; index += 1) frames.push(await sealer.seal(utf8(String(index)), {frameBytes, final: index === count - 1}));
  return frames;
}

function at(frames: readonly Uint8Array[], index: number): Uint8Array {
  const frame = frames[index];
  assert.ok(frame);
  return frame;
}

test('FrameOpener.open(): frames open in order, all of one size, the last says so', async () => {
  const keys = freshKeys();
  const frames = await sealedFrames(keys, 300);
  assert.deepEqual(new Set(frames.map((frame) => frame.length)), new Set([frameBytes]));
  const opener = new FrameOpener(keys);
  for (const [index, frame] of frames.entries()) {
    const {content, final} = await opener.open(frame);
    assert.deepEqual({content: Uint8Array.from(content), final}, {content: utf8(String(index)), final: index === 299});
  }
});

test('FrameOpener.open(): a dropped frame is noticed at the next', async () => {
  const keys = freshKeys();
  const frames = await sealedFrames(keys);
  const opener = new FrameOpener(keys);
  await opener.open(at(frames, 0));
  await assert.rejects(opener.open(at(frames, 2)), tampered);
});

test('FrameOpener.open(): reordered frames do not open', async () => {
  const keys = freshKeys();
  const frames = await sealedFrames(keys);
  await assert.rejects(new FrameOpener(keys).open(at(frames, 1)), tampered);
});

test('FrameOpener.open(): a repeated frame does not open', async () => {
  const keys = freshKeys();
  const opener = new FrameOpener(keys);
  const first = at(await sealedFrames(keys), 0);
  await opener.open(first);
  await assert.rejects(opener.open(first), tampered);
});

test('FrameOpener.open(): a change of any one byte is noticed', async () => {
  const keys = freshKeys();
  const first = at(await sealedFrames(keys), 0);
  for (let index = 0; index < first.length; index += 1) await assert.rejects(new FrameOpener(keys).open(first.with(index, (first[index] ?? 0) ^ 0x80)), tampered);
});

test('FrameOpener.open(): a truncated frame does not open at any length', async () => {
  const keys = freshKeys();
  const first = at(await sealedFrames(keys), 0);
  for (let length = 0; length < first.length; length += 1) await assert.rejects(new FrameOpener(keys).open(first.subarray(0, length)), tampered);
  await assert.rejects(new FrameOpener(keys).open(concat(first, Uint8Array.of(0))), tampered);
});

test('FrameOpener.open(): no frame before the last passes for the last, so a cut end shows', async () => {
  const keys = freshKeys();
  const frames = await sealedFrames(keys);
  const opener = new FrameOpener(keys);
  const finals = [];
  for (const frame of frames.slice(0, -1)) finals.push((await opener.open(frame)).final);
  assert.deepEqual(finals, [false, false, false]);
});

test('FrameOpener.open(): a frame under another key or another nonce does not open', async () => {
  const keys = freshKeys();
  const first = at(await sealedFrames(keys), 0);
  await assert.rejects(new FrameOpener(freshKeys()).open(first), tampered);
  await assert.rejects(new FrameOpener({...keys, nonce: randomBytes(12)}).open(first), tampered);
  await assert.rejects(new FrameOpener({...keys, key: randomBytes(32)}).open(first), tampered);
});

test('FrameOpener.open(): padding that is not zero is refused', async () => {
  const keys = freshKeys();
  const key = await crypto.subtle.importKey('raw', keys.key, 'AES-GCM', false, ['encrypt']);
  const seal = async (plain: Uint8Array) => new Uint8Array(await crypto.subtle.encrypt({name: 'AES-GCM', iv: keys.nonce}, key, Uint8Array.from(plain)));
  const plain = pad(utf8('x'), 240);
  await new FrameOpener(keys).open(await seal(plain));
  await assert.rejects(new FrameOpener(keys).open(await seal(plain.with(239, 1))), tampered);
  await assert.rejects(new FrameOpener(keys).open(await seal(plain.with(0, 255))), tampered);
});

test('FrameSealer.seal(): a full frame fits, one byte more is a mistake of ours', async () => {
  const room = frameRoom(frameBytes);
  assert.equal((await new FrameSealer(freshKeys()).seal(new Uint8Array(room), {frameBytes, final: false})).length, frameBytes);
  await assert.rejects(new FrameSealer(freshKeys()).seal(new Uint8Array(room + 1), {frameBytes, final: false}), RangeError);
});

test('FrameSealer.seal(): equal contents give unequal frames', async () => {
  const sealer = new FrameSealer(freshKeys());
  const one = await sealer.seal(utf8('x'), {frameBytes, final: false});
  assert.notDeepEqual(await sealer.seal(utf8('x'), {frameBytes, final: false}), one);
});
