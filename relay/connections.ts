/** How many HTTP connections one address may hold at a time, so that whoever lets many stand idle, or reads slowly, uses up only what is his. */
import type {IncomingMessage, Server, ServerResponse} from 'node:http';
import type {Socket} from 'node:net';
import {addressOf, plainAddress, prefixOf} from './admission.ts';

/** A browser opens six, and a household or an office has several. */
const leastPerAddress = 64;

/** As many as an address may hold beside its links. */
export const connectionsPerAddress = (linksPerAddress: number): number => Math.max(leastPerAddress, 2 * linksPerAddress);

/** What is open of each address, or /56 of IPv6; nothing is kept of those that have nothing open. */
export class OpenCounts {
  readonly #most: number;
  readonly #open = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Addresses that have something open. */
  get size(): number {
    return this.#open.size;
  }

  /** Counts one more; undefined when there are too many, else what to call when it is over, once or more often. */
  open(address: string): (() => void) | undefined {
    const prefix = prefixOf(address);
    const count = this.#open.get(prefix) ?? 0;
    if (count >= this.#most) return undefined;
    this.#open.set(prefix, count + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      const left = (this.#open.get(prefix) ?? 1) - 1;
      if (left > 0) this.#open.set(prefix, left);
      else this.#open.delete(prefix);
    };
  }
}

export interface ConnectionOptions {
  readonly most: number;
  /** Behind a proxy all connections are the proxy's: then what counts is requests that are being answered, by the address that the proxy names. */
  readonly trustProxy: boolean;
  onRefused(): void;
}

/** Bounds a server's connections; what comes back says for each request whether it may be answered, and answers it with 429 where it may not. */
export function boundConnections(server: Server, {most, trustProxy, onRefused}: ConnectionOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  const counts = new OpenCounts(most);
  if (!trustProxy) countSockets(server, {counts, onRefused});
  return (request, response) => {
    if (!trustProxy) return true;
    const over = counts.open(addressOf(request, true));
    if (over) response.once('close', over);
    else {
      onRefused();
      response.writeHead(429, {'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'connection': 'close'});
      response.end(JSON.stringify({code: 'flood', sentence: 'Too many requests from this address at once. Wait a moment and try again.'}));
    }
    return over !== undefined;
  };
}

function countSockets(server: Server, {counts, onRefused}: {counts: OpenCounts; onRefused(): void}): void {
  const held = new WeakMap<object, () => void>();
  server.on('connection', (socket: Socket) => {
    const over = counts.open(plainAddress(socket.remoteAddress ?? '') ?? 'unknown');
    if (!over) {
      onRefused();
      // Without a word: whoever does it on purpose would have us write to all of them.
      return socket.destroy();
    }
    held.set(socket, over);
    socket.once('close', over);
    return undefined;
  });
  // From here on it counts as a link, or is let go.
  server.on('upgrade', (_request, socket) => held.get(socket)?.());
}
