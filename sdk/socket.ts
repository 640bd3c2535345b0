/** The host's WebSocket as a link: the same in a page, a worker and Node.js. */
import {NetworkError} from '#protocol/errors.ts';
import {Queue} from '#protocol/queue.ts';
import type {Transport} from '#protocol/roles/ports.ts';

const highBytes = 256 * 1024;
/** It has no event for a drained socket: look again so often. */
const lookMs = 20;

/** Where a relay takes links, by its address. */
export const linkOf = (relay: string): string => new URL('/link', relay.replace(/^http/, 'ws')).href;

/** Opens a link. Rejects with `offline`. */
export function openSocket(url: string): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    const frames = new Queue<Uint8Array>();
    socket.addEventListener('message', ({data}: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer) frames.push(new Uint8Array(data));
      else socket.close(1003);
    });
    socket.addEventListener('close', () => {
      frames.end();
      reject(new NetworkError('offline', 'the socket did not open'));
    });
    socket.addEventListener('open', () => resolve(transportOf(socket, frames)));
  });
}

/** Opens a link to the first of these that can be reached. Rejects as the first did. */
export async function openFirst(urls: readonly string[]): Promise<Transport> {
  let failure: unknown = new NetworkError('offline', 'nowhere to go');
  for (const [index, url] of urls.entries()) {
    try {
      return await openSocket(url);
    } catch (error) {
      if (index === 0) failure = error;
    }
  }
  throw failure;
}

function transportOf(socket: WebSocket, frames: Queue<Uint8Array>): Transport {
  return {
    kind: 'websocket',
    frames,
    send: (frame) => {
      if (socket.readyState === socket.OPEN) socket.send(frame as Uint8Array<ArrayBuffer>);
    },
    get buffered() {
      return socket.bufferedAmount;
    },
    ready: async () => {
      while (socket.readyState === socket.OPEN && socket.bufferedAmount > highBytes) await new Promise((resolve) => setTimeout(resolve, lookMs));
    },
    close: () => socket.close(),
  };
}
