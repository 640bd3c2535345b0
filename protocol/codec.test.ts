/** Frames: one recorded per kind, so that no change of the wire goes unseen, and bad ones of every sort. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {concat, fromHex, toHex} from './bytes.ts';
import {decodeMessage, encodeMessage, envelopeBytes, peek, envelopeVersion} from './codec.ts';
import {NetworkError} from './errors.ts';
import type {DeviceId, JobHandle, ModelHash, NodeId} from './ids.ts';
import {limits} from './limits.ts';
import {type Body, kindOfWire, type Kind} from './messages.ts';
import type {TonAddress} from './ton-address.ts';
import {seeded} from './testing/seeded.ts';
import {spokenVersion} from './version.ts';

const node = '11'.repeat(32) as NodeId;
const device = '22'.repeat(32) as DeviceId;
const model = '33'.repeat(32) as ModelHash;
const handle = '44'.repeat(16) as JobHandle;
const filled = (length: number, value: number) => new Uint8Array(length).fill(value);
const signature = filled(64, 0x55);
const address = `0:${'66'.repeat(32)}` as TonAddress;
const sum = {cumulative: 5_000_000_000n, signature};
const need = {model, bucketBytes: 1024, maxTokens: 512};

const samples: {readonly [K in Kind]: Body<K>} = {
  hello: {role: 'node', agent: 'bombyx/1', version: spokenVersion},
  challenge: {nonce: filled(32, 1)},
  present: {record: filled(5, 2), proof: signature, peer: 'peer'},
  welcome: {relay: 'relay', heartbeatMs: 5000, terms: {network: -239, vault: address, relayKey: filled(32, 10), feePermille: 50, disputeWindow: 86_400, trial: 3, nonce: filled(32, 13)}, work: {bits: 16, nonce: filled(32, 15)}},
  status: {free: 2, draining: 1, hidden: 0},
  goodbye: {},
  ping: {nonce: 7},
  pong: {nonce: 7},
  renew: {record: filled(6, 14)},
  banned: {until: 1_800_000_000, code: 'flood'},
  about: {nonce: filled(32, 15), shown: {record: filled(7, 16), proof: signature}},
  list: {},
  directory: {records: [filled(3, 3), filled(0, 0), filled(4, 4)]},
  match: {...need, priceCap: 123_456_789_012n, payment: 'channel', nodes: [node, device as string as NodeId], work: 123_456_789n},
  queued: {position: 3, reason: 'no-node', etaMs: 12_345},
  idle: {reason: 'paused', until: 1_800_000_600, trouble: 'silent'},
  redirect: {relay: 'https://relay.example.org', node},
  slot: need,
  offer: {node, offer: filled(6, 6), signature},
  request: {enc: filled(1120, 7), sealed: filled(9, 8)},
  response: {part: filled(10, 9)},
  cancel: {},
  released: {},
  failed: {code: 'refused'},
  dial: {node, device, peer: 'péer', time: 1_800_000_000, signature},
  dialed: {accepted: 1, peer: 'peer'},
  introduce: {device, signature},
  host: {room: filled(16, 17)},
  knock: {room: filled(16, 17), sealed: filled(320, 18)},
  aside: {sealed: filled(320, 19)},
  meet: {peer: 'peer'},
  met: {accepted: 1, peer: 'peer'},
  moved: {parts: 12},
  back: {parts: 70_000},
  got: {parts: 20},
  fund: {channel: address, epoch: 46_000_000_001n, payerKey: filled(32, 11), proof: signature, ...sum},
  funded: {...sum, charged: 4_999_999_999n, capacity: 9_000_000_000n},
  grant: sum,
  due: {total: 1_234_567n},
  charged: {charged: 4_999_999_999n},
  paid: sum,
  account: {proof: filled(12, 12)},
  accounted: {owner: address, account: address, collected: 1_000_000_000n, ...sum},
  trial: {device, signature},
  trialed: {left: 2},
};
const kinds = Object.keys(samples) as Kind[];
const recorded = (JSON.parse(readFileSync(new URL('testing/vectors/frames-v1.json', import.meta.url), 'utf8')) as {frames: Record<string, string>}).frames;
const frameOf = (kind: Kind): Uint8Array => encodeMessage(kind, samples[kind], handle);

/** Whether it decodes; anything thrown must be ours and must say why. */
function decodes(frame: Uint8Array): boolean {
  try {
    decodeMessage(frame);
    return true;
  } catch (error) {
    assert.ok(error instanceof NetworkError, String(error));
    assert.ok(['bad-message', 'bad-version', 'too-large'].includes(error.code), error.code);
    return false;
  }
}

test('messages: there is a sample and a recorded frame of every kind', () => {
  const known: string[] = [];
  for (let number = 0; number < 256; number += 1) {
    try {
      known.push(kindOfWire(number).kind);
    } catch (error) {
      assert.ok(error instanceof NetworkError && error.code === 'bad-message');
    }
  }
  assert.deepEqual(known.toSorted(), [...kinds].toSorted());
  assert.deepEqual(Object.keys(recorded).toSorted(), [...kinds].toSorted());
});

for (const kind of kinds) {
  test(`encodeMessage(): ${kind} is the recorded frame, and decodeMessage() reads it back`, () => {
    assert.equal(toHex(frameOf(kind)), recorded[kind]);
    assert.deepEqual(decodeMessage(fromHex(recorded[kind] ?? '')), {kind, handle, ...samples[kind]});
  });
}

test('decodeMessage(): refuses another version', () => {
  for (const version of [0, 2, 255]) assert.throws(() => decodeMessage(frameOf('ping').with(0, version)), {code: 'bad-version'});
  assert.equal(envelopeVersion, 1);
});

test('decodeMessage(): refuses unknown kinds', () => {
  for (const number of [0, 9, 0x7f, 0xff]) assert.throws(() => decodeMessage(frameOf('ping').with(1, number)), {code: 'bad-message'});
});

test('decodeMessage(): refuses every frame cut short, of every kind; only an open end may be cut', () => {
  for (const kind of kinds) {
    const frame = frameOf(kind);
    const openEnd = kind === 'response' ? 10 : kind === 'request' ? 9 : 0;
    // A hello without its version is one of version 1.
    const isWhole = (length: number) => length >= frame.length - openEnd || (kind === 'hello' && length === frame.length - 2);
    for (let length = 0; length < frame.length; length += 1) assert.equal(decodes(frame.subarray(0, length)), isWhole(length), `${kind} ${length}`);
  }
});

test('decodeMessage(): refuses a byte too many, unless the end is open', () => {
  for (const kind of kinds) assert.equal(decodes(concat(frameOf(kind), Uint8Array.of(0))), kind === 'request' || kind === 'response', kind);
});

test('decodeMessage(): random bytes and random changes throw nothing but NetworkError', () => {
  const random = seeded(1);
  const byte = () => Math.floor(random() * 256);
  for (let round = 0; round < 4000; round += 1) {
    const frame = Uint8Array.from({length: Math.floor(random() * 300)}, byte);
    if (round % 2 === 0) frame.set([envelopeVersion, byte()].slice(0, frame.length));
    decodes(frame);
  }
  for (let round = 0; round < 4000; round += 1) {
    const frame = frameOf(kinds[round % kinds.length] ?? 'ping');
    decodes(frame.with(Math.floor(random() * frame.length), byte()));
  }
});

test('decodeMessage(): refuses frames above the limit, without reading them', () => {
  const frame = new Uint8Array(limits.maxFrameBytes + 1);
  frame.set(frameOf('response'));
  assert.throws(() => decodeMessage(frame), {code: 'too-large'});
  assert.ok(decodes(frame.subarray(0, limits.maxFrameBytes)));
});

test('encodeMessage(): refuses frames and fields above their limits, too-large', () => {
  assert.throws(() => encodeMessage('response', {part: new Uint8Array(limits.maxFrameBytes)}), {code: 'too-large'});
  assert.throws(() => encodeMessage('hello', {role: 'client', agent: 'x'.repeat(65), version: spokenVersion}), {code: 'too-large'});
  assert.throws(() => encodeMessage('match', {...need, priceCap: 0n, payment: 'free', nodes: Array.from({length: limits.maxSet + 1}, () => node), work: undefined}), {code: 'too-large'});
  assert.throws(() => encodeMessage('directory', {records: [new Uint8Array(limits.maxRecordBytes + 1)]}), {code: 'too-large'});
});

test('encodeMessage(): the fullest directory and the largest request fit one frame', () => {
  const records = Array.from({length: limits.maxDirectory}, () => new Uint8Array(limits.maxRecordBytes));
  assert.ok(decodes(encodeMessage('directory', {records})));
  assert.ok(decodes(encodeMessage('request', {enc: new Uint8Array(1120), sealed: new Uint8Array(256 * 1024 + 16)})));
});

test('decodeMessage(): refuses lengths and counts above their limits before it makes room', () => {
  const present = frameOf('present');
  assert.throws(() => decodeMessage(concat(present.subarray(0, envelopeBytes), Uint8Array.of(255, 255, 255, 255))), {code: 'bad-message'});
  const directory = frameOf('directory');
  assert.throws(() => decodeMessage(concat(directory.subarray(0, envelopeBytes), Uint8Array.of(255, 255))), {code: 'bad-message'});
});

test('decodeMessage(): an error code of a newer peer reads as internal', () => {
  assert.deepEqual(decodeMessage(frameOf('failed').with(envelopeBytes, 255)), {kind: 'failed', handle, code: 'internal'});
});

test('peek(): kind and handle without the body', () => {
  assert.deepEqual(peek(frameOf('request').subarray(0, envelopeBytes)), {kind: 'request', handle});
  assert.throws(() => peek(new Uint8Array(envelopeBytes - 1)), {code: 'bad-message'});
});
