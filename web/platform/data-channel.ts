/** A WebRTC data channel as a link: frames cut into pieces that every browser carries. In the worker where it can be transferred, else in the page. */
import {NetworkError} from '#protocol/errors.ts';
import {Joiner, splitFrame} from '#protocol/fragments.ts';
import {limits} from '#protocol/limits.ts';
import {Queue} from '#protocol/queue.ts';
import {within} from '#protocol/roles/deadline.ts';
import type {Clock, Transport} from '#protocol/roles/ports.ts';

/** What we use of RTCDataChannel; the worker's library of types does not have it. */
export interface DataChannelLike extends EventTarget {
  binaryType: string;
  readonly readyState: string;
  readonly bufferedAmount: number;
  bufferedAmountLowThreshold: number;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

const highBytes = 256 * 1024;
const lowBytes = 64 * 1024;

/** The link over a channel once it is open. Rejects with `offline` when it is not within `ms`. */
export async function openDataChannel(channel: DataChannelLike, {clock, ms = limits.stepMs}: {clock: Clock; ms?: number}): Promise<Transport> {
  const transport = transportOf(channel);
  const opened = new Promise<void>((resolve, reject) => {
    if (channel.readyState === 'open') return resolve();
    channel.addEventListener('open', () => resolve(), {once: true});
    channel.addEventListener('close', () => reject(new NetworkError('offline', 'the data channel closed')), {once: true});
    if (channel.readyState === 'closed') reject(new NetworkError('offline', 'the data channel is closed'));
  });
  try {
    await within(opened, {clock, ms, code: 'offline'});
    return transport;
  } catch (error) {
    transport.close();
    throw error;
  }
}

function transportOf(channel: DataChannelLike): Transport {
  const frames = new Queue<Uint8Array>();
  const joiner = new Joiner();
  channel.binaryType = 'arraybuffer';
  channel.bufferedAmountLowThreshold = lowBytes;
  channel.addEventListener('close', () => frames.end());
  channel.addEventListener('message', (event) => {
    const {data} = event as MessageEvent<unknown>;
    try {
      if (!(data instanceof ArrayBuffer)) throw new NetworkError('bad-message', 'text on a data channel');
      const frame = joiner.push(new Uint8Array(data));
      if (frame) frames.push(frame);
    } catch {
      channel.close();
      frames.end();
    }
  });
  return {
    kind: 'webrtc',
    frames,
    send: (frame) => {
      if (channel.readyState === 'open') for (const piece of splitFrame(frame)) channel.send(piece);
    },
    get buffered() {
      return channel.bufferedAmount;
    },
    ready: async () => {
      if (channel.readyState !== 'open' || channel.bufferedAmount <= highBytes) return;
      await new Promise<void>((resolve) => {
        channel.addEventListener('bufferedamountlow', () => resolve(), {once: true});
        channel.addEventListener('close', () => resolve(), {once: true});
      });
    },
    close: () => {
      channel.close();
      frames.end();
    },
  };
}
