/** Serves the built app: right types, lasting caches for hashed files, ranges for models, the shell for every page of the app. */
import {open, stat} from 'node:fs/promises';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {extname, join, normalize, sep} from 'node:path';
import {pipeline} from 'node:stream/promises';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.onnx': 'application/octet-stream',
  '.bin': 'application/octet-stream',
  '.txt': 'text/plain; charset=utf-8',
};

interface Found {
  readonly path: string;
  readonly size: number;
  readonly etag: string;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What in the path stands for the folder. */
  readonly below?: string;
}

/** Answers a GET or HEAD from `folder`. False when nothing fits. */
export async function serveStatic(folder: string, {request, response, below = ''}: Exchange): Promise<boolean> {
  const asked = pathOf(request);
  if (!asked?.startsWith(below)) return false;
  const pathname = asked.slice(below.length);
  const exact = await find(folder, pathname);
  const isPage = below === '' && String(request.headers.accept ?? '').includes('text/html') && extname(pathname) === '';
  const found = exact ?? (isPage ? await find(folder, '/index.html') : undefined);
  if (!found) return false;
  response.setHeader('content-type', types[extname(found.path)] ?? 'application/octet-stream');
  response.setHeader('cache-control', below === '' && pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('etag', found.etag);
  if (pathname === '/sw.js') response.setHeader('service-worker-allowed', '/');
  if (request.headers['if-none-match'] === found.etag) return end(response, 304);
  await send(found, {request, response});
  return true;
}

/** The path of a request below the root, without dots and oddities; undefined when it is not one. */
function pathOf(request: IncomingMessage): string | undefined {
  try {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://relay').pathname);
    return path.includes('\0') || path.split('/').some((part) => part.startsWith('.')) ? undefined : path;
  } catch {
    return undefined;
  }
}

async function find(folder: string, pathname: string): Promise<Found | undefined> {
  const path = normalize(join(folder, pathname === '/' ? 'index.html' : pathname));
  if (!path.startsWith(folder + sep)) return undefined;
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile()) return undefined;
  return {path, size: stats.size, etag: `"${stats.size.toString(36)}-${Math.floor(stats.mtimeMs).toString(36)}"`};
}

async function send(found: Found, {request, response}: Exchange): Promise<void> {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const start = range ? Number(range[1]) : 0;
  const last = range?.[2] ? Math.min(Number(range[2]), found.size - 1) : found.size - 1;
  response.setHeader('accept-ranges', 'bytes');
  if (range && (start >= found.size || start > last)) {
    response.setHeader('content-range', `bytes */${found.size}`);
    end(response, 416);
    return;
  }
  if (range) response.setHeader('content-range', `bytes ${start}-${last}/${found.size}`);
  response.setHeader('content-length', last - start + 1);
  response.statusCode = range ? 206 : 200;
  if (request.method === 'HEAD' || found.size === 0) return void response.end();
  // Opened before it is streamed: a stream that fails to open after its reader left has nobody who hears of it, and would end the relay.
  const file = await open(found.path).catch(() => undefined);
  if (!file) return void response.destroy();
  try {
    await pipeline(file.createReadStream({start, end: last, autoClose: false}), response);
  } catch {
    // A reader that leaves in the middle is no error of ours.
    response.destroy();
  } finally {
    await file.close();
  }
}

function end(response: ServerResponse, status: number): true {
  response.statusCode = status;
  response.end();
  return true;
}
