/** The gateway's HTTP server: lets in whoever may, hands requests to the face, and passes answers on as fast as they are read. */
import {once} from 'node:events';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {refused} from '#sdk/openai/face.ts';
import {Refusal, refusalOf} from '#sdk/openai/refusal.ts';
import type {Log} from '../log.ts';
import {corsHeaders, type DoorOptions, requireEntrance} from './door.ts';
import {bodyOf} from './request-body.ts';

export interface GatewayServerOptions {
  readonly door: DoorOptions;
  face(request: Request): Promise<Response>;
  readonly log: Log;
}

/** What is asked at once; a client of the network may have so many jobs open. */
const mostRequests = 16;
const mostConnections = 128;

export function gatewayServer(options: GatewayServerOptions): Server {
  let running = 0;
  const server = createServer({headersTimeout: 10_000, requestTimeout: 120_000, keepAliveTimeout: 30_000, maxHeaderSize: 16 * 1024}, (request, response) => {
    running += 1;
    const started = performance.now();
    response.once('close', () => {
      running -= 1;
      // Never what was asked: the path alone, and only a known one.
      options.log('info', 'answered', {method: request.method ?? '', route: routeName(request), status: response.writableFinished ? response.statusCode : 499, ms: Math.round(performance.now() - started)});
    });
    const isBusy = running > mostRequests;
    void exchange(options, {request, response, isBusy});
  });
  server.maxConnections = mostConnections;
  server.on('clientError', (_, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  return server;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly isBusy: boolean;
}

async function exchange(options: GatewayServerOptions, {request, response, isBusy}: Exchange): Promise<void> {
  const left = new AbortController();
  response.once('close', () => left.abort());
  const answer = await answerTo(options, {request, isBusy, signal: left.signal});
  try {
    for (const [name, value] of [...answer.headers, ...Object.entries({...corsHeaders(request, options.door), ...hardening})]) response.setHeader(name, value);
    // What was not read of a request can't be told from the next one.
    if (!request.complete) response.setHeader('connection', 'close');
    response.writeHead(answer.status);
    response.flushHeaders();
    await pour(answer, response);
  } catch {
    response.destroy();
  }
}

const hardening = {'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-site', 'referrer-policy': 'no-referrer'};

async function answerTo({door, face}: GatewayServerOptions, {request, isBusy, signal}: {request: IncomingMessage; isBusy: boolean; signal: AbortSignal}): Promise<Response> {
  try {
    if (request.method === 'GET' && request.url === '/health') return new Response('{"ok":true}', {headers: {'content-type': 'application/json'}});
    requireEntrance(request, door);
    if (request.method === 'OPTIONS') return new Response(null, {status: 204});
    if (isBusy) throw new Refusal({status: 429, message: `The gateway answers ${mostRequests} requests at once. Nothing was sent; try again in a moment.`, type: 'rate_limit_error', code: 'too_many_requests', retryAfter: 1});
    const body = await bodyOf(request);
    const {host = 'localhost'} = request.headers;
    return await face(new Request(new URL(request.url ?? '/', `http://${host}`), {method: request.method ?? 'GET', headers: headersOf(request), signal, ...(body ? {body} : {})}));
  } catch (error) {
    return refused(refusalOf(error));
  }
}

/** What the face reads. The key stays here. */
function headersOf({headers}: IncomingMessage): Headers {
  const passed = new Headers();
  for (const name of ['content-type', 'x-bombyx-level', 'accept']) {
    const value = headers[name];
    if (typeof value === 'string') passed.set(name, value);
  }
  return passed;
}

/** Writes as fast as the caller reads. Who leaves ends the answer. */
async function pour({body}: Response, response: ServerResponse): Promise<void> {
  if (!body) return void response.end();
  const reader = body.getReader();
  const leave = () => void reader.cancel().catch(() => {});
  response.once('close', leave);
  for (;;) {
    const {done, value} = await reader.read();
    if (done) break;
    if (response.destroyed) return;
    if (!response.write(value)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.off('close', leave);
  response.end();
}

const known = new Set(['/v1/models', '/v1/chat/completions', '/v1/completions', '/v1/embeddings', '/v1/responses', '/v1/audio/transcriptions', '/health']);
const routeName = ({url = '/'}: IncomingMessage): string => {
  const path = url.split('?')[0] ?? '/';
  return known.has(path) ? path : path.startsWith('/v1/models/') ? '/v1/models/…' : 'other';
};
