/** The devnet over HTTP: TonCenter's v2 and v3 interfaces and the controls, in a server of its own or inside another. */
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import * as v from 'valibot';
import type {Clock} from '#protocol/roles/ports.ts';
import {DevChain, NotAccepted} from './chain.ts';
import {type Faults, openControls, ownerControls} from './control.ts';
import {fileJournal, memoryJournal} from './journal.ts';
import {v2Methods} from './toncenter-v2.ts';
import {v3Routes} from './toncenter-v3.ts';

export interface DevnetOptions {
  readonly clock: Clock;
  /** The global id that the chain says it has. */
  readonly network: number;
  /** Where the chain is kept; without, it is forgotten at the end. */
  readonly folder?: string;
  readonly blockMs?: number;
  /** Whether callers may move the clock, go back, and break things; the faucet is always open. */
  readonly controls?: boolean;
}

export interface Devnet {
  readonly chain: DevChain;
  /** Answers one request for a path under the devnet's root, such as `/api/v2/jsonRPC`. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<void>;
  close(): Promise<void>;
}

const maxBody = 256 * 1024;
const json = v.pipe(v.string(), v.parseJson(undefined, 'is not JSON'), v.record(v.string(), v.unknown()));

export async function openDevnet({clock, network, folder, blockMs = 0, controls = false}: DevnetOptions): Promise<Devnet> {
  const chain = await DevChain.open({network, clock, blockMs, journal: folder === undefined ? memoryJournal() : fileJournal(folder, network)});
  const faults: Faults = {mode: 'none', ms: 0};
  const known = {...openControls, ...(controls ? ownerControls : {})};
  const handle = async (request: IncomingMessage, response: ServerResponse, path: string) => {
    const url = new URL(path, 'http://devnet');
    const control = /^\/control\/([a-z]+)$/.exec(url.pathname)?.[1];
    if (control === undefined && faults.mode === 'down') return void response.destroy();
    const {status, body} = await attempt(async () => {
      const params = {...Object.fromEntries(url.searchParams), ...(await bodyOf(request))};
      if (control === undefined) return answerApi({chain, method: request.method ?? 'GET', path: url.pathname}, params);
      const run = Object.hasOwn(known, control) ? known[control] : undefined;
      return run ? {status: 200, body: await run(chain, params, faults)} : absent;
    });
    if (control === undefined && faults.mode === 'slow') await clock.sleep(faults.ms);
    if (control === undefined && faults.mode === 'cut') return void response.destroy();
    response.writeHead(status, {'content-type': 'application/json', 'cache-control': 'no-store'});
    response.end(JSON.stringify(body));
  };
  return {chain, handle, close: () => chain.close()};
}

export interface RunningDevnet extends Devnet {
  /** Root of the server; the interfaces are at `/api/v2` and `/api/v3` below. */
  readonly url: string;
}

/** A devnet in a server of its own. */
export async function startDevnet(options: DevnetOptions & {readonly host?: string; readonly port?: number}): Promise<RunningDevnet> {
  const devnet = await openDevnet(options);
  const server = createServer({requestTimeout: 30_000}, (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'content-type,x-ton-client-version,x-api-key');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    devnet.handle(request, response, request.url ?? '/').catch(() => response.destroy());
  });
  const {host = '127.0.0.1', port = 0} = options;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({host, port}, resolve);
  });
  return {
    ...devnet,
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await devnet.close();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

interface Called {
  readonly chain: DevChain;
  readonly method: string;
  readonly path: string;
}

const absent: Answer = {status: 404, body: {ok: false, error: 'there is no such method', code: 404}};

async function answerApi({chain, method, path}: Called, params: Record<string, unknown>): Promise<Answer> {
  const [, version, name = ''] = /^\/api\/(v2|v3)\/(\w+)$/.exec(path) ?? [];
  if (version === 'v3') {
    const route = Object.hasOwn(v3Routes, `${method} ${name}`) ? v3Routes[`${method} ${name}`] : undefined;
    return route ? {status: 200, body: await route(chain, params)} : absent;
  }
  const remote = version === 'v2' && name === 'jsonRPC';
  const asked = remote ? String(params['method']) : name;
  const run = version === 'v2' && Object.hasOwn(v2Methods, asked) ? v2Methods[asked] : undefined;
  if (!run) return absent;
  const result = await run(chain, remote ? (params['params'] ?? {}) : params);
  return {status: 200, body: {ok: true, result, ...(remote ? {jsonrpc: '2.0', id: params['id'] ?? null} : {})}};
}

/** Errors as TonCenter gives them: 422 for what can't be read, 500 for what the chain did not take. */
async function attempt(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof v.ValiError) return {status: 422, body: {ok: false, error: error.issues.map((issue) => `${v.getDotPath(issue) ?? 'request'} ${issue.message}`).join('; '), code: 422}};
    if (error instanceof NotAccepted) return {status: 500, body: {ok: false, error: `cannot apply external message to current state: ${error.message}`.slice(0, 300), code: 500}};
    return {status: 500, body: {ok: false, error: (error instanceof Error ? error.message : 'failed').slice(0, 300), code: 500}};
  }
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  if (request.method !== 'POST') return {};
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBody) throw new Error('the request is too long');
    parts.push(part);
  }
  return v.parse(json, Buffer.concat(parts).toString('utf8') || '{}');
}
