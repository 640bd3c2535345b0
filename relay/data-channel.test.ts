/** The link over a data channel against one that a test drives: what waits is bounded, and what was said last still goes out. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {splitFrame} from '#protocol/fragments.ts';
import {limits} from '#protocol/limits.ts';
import {type Channel, dataChannelTransport} from './data-channel.ts';

function driven() {
  const calls = {message: (_piece: Uint8Array | string) => {}, closed: () => {}, low: () => {}};
  const seen = {sent: 0, closes: 0, shuts: 0, buffered: 0};
  /** In the order in which they were given: so the library calls them, when a busy thread finds several at once. */
  const given: string[] = [];
  const channel: Channel = {
    sendMessageBinary: () => ((seen.sent += 1), true),
    bufferedAmount: () => seen.buffered,
    setBufferedAmountLowThreshold: () => {},
    onBufferedAmountLow: (call) => (calls.low = call),
    onMessage: (call) => {
      given.push('message');
      calls.message = (piece) => call(typeof piece === 'string' ? piece : Buffer.from(piece));
    },
    onClosed: (call) => {
      given.push('closed');
      calls.closed = call;
    },
    onError: () => {},
    close: () => (seen.closes += 1),
  };
  const transport = dataChannelTransport(channel, () => (seen.shuts += 1));
  const push = (frame: Uint8Array) => splitFrame(frame).forEach((piece) => calls.message(piece));
  return {transport, calls, seen, push, given};
}

test('frames that nobody reads: the channel is closed before they cost more than a few of the largest', async () => {
  const {transport, seen, push} = driven();
  let pushed = 0;
  while (seen.closes === 0 && pushed < 100) push(new Uint8Array(limits.maxFrameBytes).fill((pushed += 1)));
  assert.ok(pushed * limits.maxFrameBytes <= limits.maxLagBytes + 3 * limits.maxFrameBytes, `${pushed} frames`);
  let read = 0;
  for await (const _ of transport.frames) read += 1;
  assert.equal(read, pushed - 1, 'what came before is still there, then the frames end');
});

test('tiny frames that nobody reads are bounded by their number', () => {
  const {seen, push} = driven();
  let pushed = 0;
  while (seen.closes === 0 && pushed < 10_000) push(Uint8Array.of((pushed += 1) & 0xff));
  assert.equal(pushed, 513);
});

test('frames that are read in time pass for ever', async () => {
  const {transport, seen, push} = driven();
  const frames = transport.frames[Symbol.asyncIterator]();
  for (let count = 0; count < 50; count += 1) {
    push(new Uint8Array(limits.maxFrameBytes));
    assert.equal(((await frames.next()).value as Uint8Array).length, limits.maxFrameBytes);
  }
  assert.equal(seen.closes, 0);
});

test('close(): the channel closes first, the connection under it only when that has gone through', () => {
  const {transport, calls, seen} = driven();
  transport.send(Uint8Array.of(1));
  transport.close();
  assert.deepEqual([seen.sent, seen.closes, seen.shuts], [1, 1, 0]);
  transport.send(Uint8Array.of(2));
  assert.equal(seen.sent, 1, 'nothing more goes out');
  calls.closed();
  calls.closed();
  assert.equal(seen.shuts, 1);
});

test('a busy thread reads the last words before the end', async () => {
  const {transport, calls, push, given} = driven();
  for (const name of given) {
    if (name === 'message') push(Uint8Array.of(7));
    else calls.closed();
  }
  const read: Uint8Array[] = [];
  for await (const frame of transport.frames) read.push(frame);
  assert.deepEqual(read, [Uint8Array.of(7)]);
});

test('text and what is no piece of a frame close the channel', () => {
  for (const piece of ['text', Uint8Array.of(), Uint8Array.of(9, 9), Uint8Array.of(1)]) {
    const {calls, seen} = driven();
    calls.message(piece);
    assert.equal(seen.closes, 1);
  }
});

test('a sender waits while the buffer is full, and is let go when the channel closes', async () => {
  const {transport, calls, seen} = driven();
  seen.buffered = 300 * 1024;
  const waiting = transport.ready();
  seen.buffered = 0;
  calls.low();
  await waiting;
  seen.buffered = 300 * 1024;
  const stuck = transport.ready();
  calls.closed();
  await stuck;
});
