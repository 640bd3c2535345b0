/** The whole relay over real sockets: what it serves, what it refuses, and that it lets go of everything. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {request as httpRequest} from 'node:http';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {WebSocket} from 'ws';
import {decodeMessage, encodeMessage} from '#protocol/codec.ts';
import {limits} from '#protocol/limits.ts';
import {spokenVersion} from '#protocol/version.ts';
import {readConfig} from './config.ts';
import {silentLog} from './log.ts';
import {type RunningRelay, startRelay} from './start-relay.ts';

let relay: RunningRelay;
let dist = '';

before(async () => {
  dist = mkdtempSync(join(tmpdir(), 'bombyx-dist-'));
  mkdirSync(join(dist, 'assets'));
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>app</title>');
  writeFileSync(join(dist, 'assets/index-abc.js'), 'export {};');
  writeFileSync(join(dist, '.secret'), 'no');
  relay = await startRelay(readConfig({PORT: '0', BOMBYX_DIST: dist}), {log: silentLog});
});
after(async () => {
  await relay.close();
  rmSync(dist, {recursive: true});
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(relay.url + path, {headers});
/** A request exactly as given: `fetch` would tidy paths and headers. */
const raw = (path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    httpRequest({host: '127.0.0.1', port: relay.port, path, headers}, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
const open = async (path: string, options: object = {}): Promise<WebSocket> => {
  const socket = new WebSocket(`ws://127.0.0.1:${relay.port}${path}`, options);
  await once(socket, 'open');
  return socket;
};
const refusal = async (path: string, options: object = {}): Promise<number> => {
  const socket = new WebSocket(`ws://127.0.0.1:${relay.port}${path}`, options);
  socket.on('error', () => {});
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, {statusCode: number}];
  return response.statusCode;
};

test('the app: pages fall back to the shell, hashed files last, every answer has the strict policy', async () => {
  const page = await get('/chat/some-id', {accept: 'text/html'});
  assert.equal(page.status, 200);
  assert.match(await page.text(), /<title>app/);
  assert.equal(page.headers.get('cache-control'), 'no-cache');
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'.*require-trusted-types-for 'script'/);
  assert.match(page.headers.get('content-security-policy') ?? '', /; media-src blob:;/, 'a picked film can be looked at, a foreign one can not');
  assert.equal(page.headers.get('cross-origin-embedder-policy'), 'require-corp');
  assert.match((await get('/assets/index-abc.js')).headers.get('cache-control') ?? '', /immutable/);
  const {headers} = await get('/assets/index-abc.js');
  assert.equal((await get('/assets/index-abc.js', {'if-none-match': headers.get('etag') ?? ''})).status, 304);
});

test('the app: ranges, and nothing outside the folder', async () => {
  const part = await get('/assets/index-abc.js', {range: 'bytes=0-5'});
  assert.deepEqual([part.status, await part.text(), part.headers.get('content-range')], [206, 'export', 'bytes 0-5/10']);
  assert.equal((await get('/assets/index-abc.js', {range: 'bytes=99-'})).status, 416);
  for (const path of ['/../package.json', '/%2e%2e/package.json', '/.secret', '/assets/..%2f..%2f.secret', '/missing.js', '/%00', '/%']) {
    assert.equal(await raw(path, {host: 'localhost'}), 404, path);
  }
});

test('another host name or another origin is refused, over HTTP and WebSocket', async () => {
  assert.equal(await raw('/', {host: 'evil.example'}), 403);
  assert.equal(await raw('/api/relay', {host: 'localhost', origin: 'https://evil.example'}), 403);
  assert.equal(await refusal('/link', {origin: 'https://evil.example'}), 403);
  assert.equal(await refusal('/link', {headers: {host: 'evil.example'}}), 403);
  assert.equal(await refusal('/elsewhere'), 404);
});

test('an upgrade that was refused holds no connection, also when the other side never hangs up', async () => {
  for (const path of ['/elsewhere', '/signal/peerjs']) {
    const socket = connect({port: relay.port, host: '127.0.0.1', allowHalfOpen: true}).resume();
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`);
    await once(socket, 'end');
    const knocking = setInterval(() => socket.write('is anybody there?'), 5);
    await assert.rejects(once(socket, 'close'), /EPIPE|ECONNRESET/);
    clearInterval(knocking);
  }
});

test('a link: hello is welcomed; text and garbage close it, and the next link works', async () => {
  const greet = async (): Promise<WebSocket> => {
    const socket = await open('/link');
    socket.send(encodeMessage('hello', {role: 'client', agent: 'test', version: spokenVersion}));
    const [data] = (await once(socket, 'message')) as [Buffer];
    assert.equal(decodeMessage(data).kind, 'welcome');
    return socket;
  };
  const texting = await greet();
  texting.send('text');
  await once(texting, 'close');
  const babbling = await open('/link');
  babbling.send(Buffer.from('garbage'));
  await once(babbling, 'close');
  const huge = await greet();
  huge.on('error', () => {});
  huge.send(Buffer.alloc(limits.maxFrameBytes + 1));
  await once(huge, 'close');
  const last = await greet();
  last.close();
  await once(last, 'close');
});

test('signalling: no ticket, a used one, or a forged one is 401; a good one opens beside the other sockets', async () => {
  const ticket = (await (await fetch(`${relay.url}/api/ticket`, {method: 'POST'})).json()) as {peer: string; token: string};
  const path = (id: string, token: string) => `/signal/peerjs?key=bombyx&id=${id}&token=${token}`;
  assert.equal(await refusal(path('a'.repeat(32), 'x')), 401);
  assert.equal(await refusal('/signal/peerjs'), 401);
  const socket = new WebSocket(`ws://127.0.0.1:${relay.port}${path(ticket.peer, ticket.token)}`);
  const [data] = (await once(socket, 'message')) as [Buffer];
  assert.deepEqual(JSON.parse(String(data)), {type: 'OPEN'});
  assert.equal(await refusal(path(ticket.peer, ticket.token)), 401);
  const link = await open('/link');
  link.close();
  socket.close();
  await once(socket, 'close');
});

/** Two peers that signed in. */
async function signIn(): Promise<{peer: string; socket: WebSocket; heard: Record<string, unknown>[]}> {
  const ticket = (await (await fetch(`${relay.url}/api/ticket`, {method: 'POST'})).json()) as {peer: string; token: string};
  const socket = new WebSocket(`ws://127.0.0.1:${relay.port}/signal/peerjs?key=bombyx&id=${ticket.peer}&token=${ticket.token}`);
  const heard: Record<string, unknown>[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data)) as Record<string, unknown>));
  await once(socket, 'message');
  return {peer: ticket.peer, socket, heard};
}

test('signalling: a peer reaches no stranger, forges nothing, and a huge or wrong message closes its socket', async () => {
  const [left, right] = [await signIn(), await signIn()];
  for (const type of ['OFFER', 'CANDIDATE', 'LEAVE']) left.socket.send(JSON.stringify({type, dst: right.peer, payload: {}}));
  left.socket.send(JSON.stringify({type: 'HEARTBEAT'}));
  left.socket.send(JSON.stringify({type: 'EXPIRE', dst: right.peer}));
  await once(left.socket, 'close');
  assert.deepEqual(right.heard, [{type: 'OPEN'}]);
  right.socket.on('error', () => {});
  right.socket.send(JSON.stringify({type: 'OFFER', dst: 'relay', payload: 'x'.repeat(70_000)}));
  await once(right.socket, 'close');
});

test('signalling: an offer that makes no sense is dropped, and the relay goes on', async () => {
  const peer = await signIn();
  for (const payload of [undefined, {}, {sdp: {type: 'offer', sdp: 'nonsense'}, connectionId: 'dc_1'}]) peer.socket.send(JSON.stringify({type: 'OFFER', dst: 'relay', payload}));
  peer.socket.close();
  await once(peer.socket, 'close');
  assert.equal((await get('/livez')).status, 200);
});

test('close(): everyone hears goodbye before the line goes dead', async () => {
  const going = await startRelay(readConfig({PORT: '0', BOMBYX_DIST: dist}), {log: silentLog});
  const sockets = await Promise.all(
    Array.from({length: 5}, async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${going.port}/link`);
      await once(socket, 'open');
      socket.send(encodeMessage('hello', {role: 'client', agent: 'test', version: spokenVersion}));
      await once(socket, 'message');
      return socket;
    }),
  );
  const heard = sockets.map(async (socket) => decodeMessage(((await once(socket, 'message')) as [Buffer])[0]).kind);
  await going.close();
  assert.deepEqual(await Promise.all(heard), ['goodbye', 'goodbye', 'goodbye', 'goodbye', 'goodbye']);
});

test('close(): one that does not listen keeps nobody waiting', async () => {
  const going = await startRelay(readConfig({PORT: '0', BOMBYX_DIST: dist}), {log: silentLog});
  const deaf = new WebSocket(`ws://127.0.0.1:${going.port}/link`);
  await once(deaf, 'open');
  deaf.pause();
  await going.close();
  deaf.terminate();
});
