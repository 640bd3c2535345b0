/** A WebSocket as a link. `ws` has no drain event: what is ready is known from its buffer and from send callbacks. */
import type {WebSocket} from 'ws';
import {Queue} from '#protocol/queue.ts';
import type {Transport} from '#protocol/roles/ports.ts';

/** A sender waits above this, bytes. */
const highBytes = 256 * 1024;
/** What may wait unread before the socket is paused. */
const maxUnreadFrames = 64;
const maxUnreadBytes = 512 * 1024;

/** Binary frames over `socket`; a text message closes it. Works for both ends. */
export function webSocketTransport(socket: WebSocket): Transport {
  let unreadBytes = 0;
  const frames = new Queue<Uint8Array>((frame) => {
    unreadBytes -= frame.length;
    if (socket.isPaused && frames.length < maxUnreadFrames / 4 && unreadBytes < maxUnreadBytes / 4) socket.resume();
  });
  let corked = false;
  let isClosing = false;
  let lowered: (() => void)[] = [];
  const release = () => {
    for (const resolve of lowered) resolve();
    lowered = [];
  };
  const sent = () => {
    if (socket.bufferedAmount <= highBytes / 4) release();
  };
  socket.binaryType = 'nodebuffer';
  socket.on('message', (data, isBinary) => {
    if (isClosing) return;
    if (!isBinary || !(data instanceof Buffer)) return socket.close(1003);
    unreadBytes += data.length;
    frames.push(data);
    if (frames.length > maxUnreadFrames || unreadBytes > maxUnreadBytes) socket.pause();
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    frames.end();
    release();
  });
  return {
    kind: 'websocket',
    frames,
    send: (frame) => {
      if (socket.readyState !== socket.OPEN) return;
      if (!corked) corked = corkUntilNextTurn(socket, () => {
        corked = false;
      });
      socket.send(frame, sent);
    },
    get buffered() {
      return socket.bufferedAmount;
    },
    ready: async () => {
      if (socket.readyState !== socket.OPEN || socket.bufferedAmount <= highBytes) return;
      await new Promise<void>((resolve) => lowered.push(resolve));
    },
    close: () => {
      isClosing = true;
      frames.end();
      // A paused socket would see neither the other side's farewell nor that it has gone, and keep what it holds for half a minute.
      socket.resume();
      socket.close();
    },
  };
}

/** Joins all writes of one turn into one packet: twice the frames per second when they come in bursts. */
function corkUntilNextTurn(socket: WebSocket, uncorked: () => void): boolean {
  const stream = (socket as unknown as {_socket?: {cork(): void; uncork(): void}})._socket;
  if (!stream) return false;
  stream.cork();
  setImmediate(() => {
    uncorked();
    stream.uncork();
  });
  return true;
}
