/** Serves the test of WebLLM on this machine alone: a bare page, the suite's worker, and the model's files, under a policy that lets them ask nobody else. */
import {createReadStream} from 'node:fs';
import {createServer, type Server, type ServerResponse} from 'node:http';
import {extname, join} from 'node:path';
import {pipeline} from 'node:stream/promises';
import type {EntryOf} from '#protocol/models.ts';
import {buildTestWorker} from './test-worker.ts';

const root = join(import.meta.dirname, '..');
const built = join(root, 'test-results/webllm');
const page = '<!doctype html><meta charset="utf-8"><title>WebLLM</title>';
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";
const types: Readonly<Record<string, string>> = {'.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm'};

/** Builds the suite's worker into a folder that nothing ships. */
export const buildWorker = (): Promise<void> => buildTestWorker('webllm-worker.ts', built);

/** Serves until it is closed. Only the files of the entry are found below `/model/`. */
export async function serveModel({manifest}: EntryOf<'webllm'>, folder: string): Promise<Server> {
  const files = new Map(manifest.files.map(({path, bytes}) => [`/model/${path}`, {path: join(folder, path), bytes}]));
  const server = createServer(({url = '/'}, response) => {
    const headers = {'content-security-policy': policy, 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp', 'content-type': types[extname(url)] ?? 'application/octet-stream'};
    const file = files.get(url);
    if (url === '/') response.writeHead(200, {...headers, 'content-type': 'text/html'}).end(page);
    else if (file) void send(response.writeHead(200, {...headers, 'content-length': file.bytes}), file.path);
    else if (/^\/assets\/[\w.-]+$/.test(url)) void send(response.writeHead(200, headers), join(built, url));
    else response.writeHead(404, headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** A browser that leaves in mid-file is no failure of ours. */
const send = (response: ServerResponse, path: string): Promise<void> => pipeline(createReadStream(path), response).catch(() => void response.destroy());
