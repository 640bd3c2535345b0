/** A data channel as a link: frames cut into pieces, with bounds on what may wait in either direction. */
import {Joiner, splitFrame} from '#protocol/fragments.ts';
import {limits} from '#protocol/limits.ts';
import {Queue} from '#protocol/queue.ts';
import type {Transport} from '#protocol/roles/ports.ts';

const highBytes = 256 * 1024;
const lowBytes = 64 * 1024;
/** Each frame that waits costs a little beside its bytes. */
const maxUnreadFrames = 512;
/** How long a closed channel may take to hand over what was queued. */
const lingerMs = 1000;

/** What we use of node-datachannel's DataChannel. */
export interface Channel {
  sendMessageBinary(piece: Uint8Array): boolean;
  bufferedAmount(): number;
  setBufferedAmountLowThreshold(bytes: number): void;
  onBufferedAmountLow(call: () => void): void;
  onMessage(call: (piece: string | Buffer | ArrayBuffer) => void): void;
  onClosed(call: () => void): void;
  onError(call: () => void): void;
  close(): void;
}

/** `shut` closes the connection under the channel; it is called once, after the channel has closed. */
export function dataChannelTransport(channel: Channel, shut: () => void): Transport {
  let unreadBytes = 0;
  const frames = new Queue<Uint8Array>((frame) => {
    unreadBytes -= frame.length;
  });
  const joiner = new Joiner();
  let state: 'open' | 'closing' | 'closed' = 'open';
  let lowered: (() => void)[] = [];
  const leave = () => {
    frames.end();
    for (const resolve of lowered) resolve();
    lowered = [];
  };
  const closed = () => {
    if (state === 'closed') return;
    state = 'closed';
    leave();
    shut();
  };
  const close = () => {
    if (state !== 'open') return;
    state = 'closing';
    leave();
    channel.close();
    setTimeout(closed, lingerMs).unref();
  };
  channel.setBufferedAmountLowThreshold(lowBytes);
  channel.onBufferedAmountLow(() => {
    for (const resolve of lowered) resolve();
    lowered = [];
  });
  channel.onMessage((piece) => {
    if (state !== 'open') return;
    try {
      if (typeof piece === 'string' || frames.length >= maxUnreadFrames || unreadBytes > limits.maxLagBytes) return close();
      const frame = joiner.push(new Uint8Array(piece));
      if (!frame) return;
      unreadBytes += frame.length;
      frames.push(frame);
    } catch {
      close();
    }
  });
  // After `onMessage`: each call has a queue of its own between the library's threads and ours, and a busy thread finds them in the order
  // in which they were made. The end must not overtake what was said last.
  channel.onClosed(closed);
  channel.onError(closed);
  return {
    kind: 'webrtc',
    frames,
    send: (frame) => {
      if (state !== 'open') return;
      try {
        for (const piece of splitFrame(frame)) channel.sendMessageBinary(piece);
      } catch {
        closed();
      }
    },
    get buffered() {
      return state === 'open' ? channel.bufferedAmount() : 0;
    },
    ready: async () => {
      if (state === 'open' && channel.bufferedAmount() > highBytes) await new Promise<void>((resolve) => lowered.push(resolve));
    },
    close,
  };
}
