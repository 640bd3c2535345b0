/** A data channel as a link, over a twin of RTCDataChannel: what PeerJS would do in its own way and may not. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {codeOf} from '#protocol/errors.ts';
import {limits} from '#protocol/limits.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {type DataChannelLike, openDataChannel} from './data-channel.ts';

/** One end of a channel whose network takes nothing until it is told to. */
class ChannelTwin extends EventTarget implements DataChannelLike {
  binaryType = 'blob';
  readyState = 'connecting';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  readonly sent: Uint8Array[] = [];

  open(): void {
    this.readyState = 'open';
    this.dispatchEvent(new Event('open'));
  }

  send(data: Uint8Array<ArrayBuffer>): void {
    this.sent.push(data);
    this.bufferedAmount += data.length;
  }

  /** The network has taken all but so many bytes. */
  drainTo(bytes: number): void {
    this.bufferedAmount = bytes;
    if (bytes <= this.bufferedAmountLowThreshold) this.dispatchEvent(new Event('bufferedamountlow'));
  }

  hear(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', {data}));
  }

  close(): void {
    this.readyState = 'closed';
    this.dispatchEvent(new Event('close'));
  }
}

async function opened() {
  const clock = new ManualClock(() => setImmediate());
  const channel = new ChannelTwin();
  const opening = openDataChannel(channel, {clock});
  channel.open();
  return {clock, channel, transport: await opening};
}
const settles = async (work: Promise<unknown>): Promise<boolean> => {
  let isSettled = false;
  void work.then(() => (isSettled = true));
  await setImmediate();
  return isSettled;
};

test('openDataChannel(): a frame of any size leaves in pieces that every browser carries, and comes whole', async () => {
  const [left, right] = [await opened(), await opened()];
  const frame = new Uint8Array(limits.maxFrameBytes).map((_, index) => index % 251);
  left.transport.send(frame);
  assert.ok(left.channel.sent.length > 16 && left.channel.sent.every((piece) => piece.length <= limits.maxFragmentBytes));
  for (const piece of left.channel.sent) right.channel.hear(piece.buffer);
  const {value} = await right.transport.frames[Symbol.asyncIterator]().next();
  assert.deepEqual(Buffer.from(value as Uint8Array), Buffer.from(frame));
});

test('openDataChannel(): a sender that waits for ready() never has more under way than a quarter of a megabyte and one frame', async () => {
  const {channel, transport} = await opened();
  const frame = new Uint8Array(4096);
  for (let sent = 0; sent < 1000 && (await settles(transport.ready())); sent += 1) transport.send(frame);
  assert.ok(channel.bufferedAmount > 256 * 1024 && channel.bufferedAmount <= 256 * 1024 + 4200, String(channel.bufferedAmount));
  assert.equal(transport.buffered, channel.bufferedAmount);
  const waiting = transport.ready();
  channel.drainTo(128 * 1024);
  assert.equal(await settles(waiting), false, 'not for each byte that leaves');
  channel.drainTo(64 * 1024);
  assert.equal(await settles(waiting), true);
});

test('openDataChannel(): an end wakes whoever waits, and nothing is sent after it', async () => {
  const {channel, transport} = await opened();
  while (await settles(transport.ready())) transport.send(new Uint8Array(16_000));
  const [waiting, {length}] = [transport.ready(), channel.sent];
  channel.close();
  assert.equal(await settles(waiting), true);
  transport.send(new Uint8Array(9));
  assert.equal(channel.sent.length, length);
  assert.equal((await transport.frames[Symbol.asyncIterator]().next()).done, true);
});

test('openDataChannel(): text, and pieces that are none, end the link', async () => {
  for (const wrong of ['text', new Blob(['x']), Uint8Array.of(7, 1).buffer, new ArrayBuffer(0)]) {
    const {channel, transport} = await opened();
    assert.equal(channel.binaryType, 'arraybuffer');
    channel.hear(wrong);
    assert.equal(channel.readyState, 'closed');
    assert.equal((await transport.frames[Symbol.asyncIterator]().next()).done, true);
  }
});

test('openDataChannel(): a channel that does not open in time, or closes before, is offline', async () => {
  const clock = new ManualClock(() => setImmediate());
  const silent = new ChannelTwin();
  assert.equal(codeOf(await clock.drive(openDataChannel(silent, {clock, ms: 5000}).catch((error: unknown) => error))), 'offline');
  assert.equal(silent.readyState, 'closed');
  const closing = new ChannelTwin();
  const opening = openDataChannel(closing, {clock}).catch((error: unknown) => error);
  closing.close();
  assert.equal(codeOf(await clock.drive(opening)), 'offline');
});
