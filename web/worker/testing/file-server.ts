/** A real HTTP server with files in memory that knows ranges, and misbehaves as a test tells it to. */
import {createHash} from 'node:crypto';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';

/** One request as it came. */
export interface Asked {
  readonly path: string;
  readonly range: readonly [number, number] | undefined;
  /** How often this path was asked for before. */
  readonly times: number;
}

/** Answers in its own way; false to leave the request to the server. */
export type Mischief = (asked: Asked, response: ServerResponse, send: (bytes: Uint8Array) => void) => boolean;

export interface FileServer {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Bytes of files that it handed out. */
  readonly sent: number;
  close(): Promise<void>;
}

export async function serveFiles(files: ReadonlyMap<string, Uint8Array>, mischief: Mischief = () => false): Promise<FileServer> {
  const asked: Asked[] = [];
  let sent = 0;
  const server = createServer((request, response) => {
    const one = read(request, asked);
    asked.push(one);
    const send = (bytes: Uint8Array) => {
      sent += bytes.length;
      response.end(bytes);
    };
    if (!mischief(one, response, send)) answer(files.get(one.path), {asked: one, response, send});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    get sent() {
      return sent;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

function read({url = '/', headers}: IncomingMessage, before: readonly Asked[]): Asked {
  const path = decodeURIComponent(url.slice(1));
  const found = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '');
  return {path, range: found ? [Number(found[1]), Number(found[2])] : undefined, times: before.filter((one) => one.path === path).length};
}

function answer(bytes: Uint8Array | undefined, {asked: {range}, response, send}: {asked: Asked; response: ServerResponse; send(bytes: Uint8Array): void}): void {
  if (!bytes) return void response.writeHead(404).end();
  response.setHeader('etag', `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`);
  if (!range) return send(bytes);
  response.writeHead(206, {'content-range': `bytes ${range[0]}-${range[1]}/${bytes.length}`});
  send(bytes.subarray(range[0], range[1] + 1));
}
