/** What pages of other sites may do at a relay that names them, and what stays shut. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {get, type IncomingMessage} from 'node:http';
import {type TestContext, test} from 'node:test';
import {type ClientOptions, WebSocket} from 'ws';
import {decodeMessage, encodeMessage} from '#protocol/codec.ts';
import {spokenVersion} from '#protocol/version.ts';
import {readConfig} from './config.ts';
import {openRelay} from './testing/open-relay.ts';

const page = 'https://app.example.org';
const named = {BOMBYX_CLIENT_ORIGINS: `${page}, http://localhost:5173`};

async function asked(port: number, {path, origin, method = 'GET'}: {path: string; origin?: string; method?: string}): Promise<IncomingMessage> {
  const {promise, resolve, reject} = Promise.withResolvers<IncomingMessage>();
  get({host: '127.0.0.1', port, path, method, headers: {host: `localhost:${port}`, ...(origin === undefined ? {} : {origin})}}, resolve).on('error', reject);
  return (await promise).resume();
}
const opened = ({headers, statusCode}: IncomingMessage) => [statusCode, headers['access-control-allow-origin'], headers['cross-origin-resource-policy']];

async function link(t: TestContext, port: number, {path = '/link', origin}: {path?: string; origin: string}): Promise<WebSocket> {
  const options: ClientOptions = {origin};
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, options);
  t.after(() => socket.terminate());
  await once(socket, 'open');
  return socket;
}
async function refusal(port: number, {path = '/link', origin}: {path?: string; origin: string}): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {origin});
  socket.on('error', () => {});
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, {statusCode: number}];
  return response.statusCode;
}
async function answer(socket: WebSocket, role: 'client' | 'node') {
  socket.send(encodeMessage('hello', {role, agent: 'test', version: spokenVersion}));
  const [data] = (await once(socket, 'message')) as [Buffer];
  return decodeMessage(data);
}

test('a page that is named reads the catalogue and what the relay is; its origin alone is let in', async (t) => {
  const {port} = await openRelay(t, named);
  for (const path of ['/models.json', '/api/relay', '/api/relay?x']) {
    const answered = await asked(port, {path, origin: page});
    assert.deepEqual([...opened(answered), answered.headers.vary], [200, page, 'cross-origin', 'origin'], path);
    assert.deepEqual(opened(await asked(port, {path, origin: 'https://evil.example'})), [403, undefined, undefined], path);
    assert.deepEqual(opened(await asked(port, {path, origin: `http://localhost:${port}`})), [200, undefined, 'same-origin'], path);
    assert.deepEqual(opened(await asked(port, {path})), [200, undefined, 'same-origin'], path);
    assert.equal((await asked(port, {path})).headers.vary, 'origin', path);
  }
});

test('nothing else opens for it: no other path, no other method, no signalling, and not under a foreign name', async (t) => {
  const {port} = await openRelay(t, {...named, BOMBYX_WEBRTC: 'on'});
  for (const path of ['/', '/index.html', '/metrics', '/livez', '/readyz', '/api/network', '/api/operator', '/signal/peerjs', '/mirror/x/y', '/models.json/', '//models.json']) assert.deepEqual(opened(await asked(port, {path, origin: page})), [403, undefined, undefined], path);
  for (const path of ['/models.json', '/api/relay', '/api/ticket', '/api/settle']) for (const method of ['POST', 'OPTIONS']) assert.deepEqual(opened(await asked(port, {path, origin: page, method})), [403, undefined, undefined], path);
  assert.equal(await refusal(port, {path: '/signal/peerjs', origin: page}), 403);
  assert.equal(await refusal(port, {origin: 'https://evil.example'}), 403);
});

test('its link is a client\'s: it is welcomed to ask, and turned down where it would serve', async (t) => {
  const {port} = await openRelay(t, named);
  assert.equal((await answer(await link(t, port, {origin: page}), 'client')).kind, 'welcome');
  const serving = await link(t, port, {origin: page});
  const closed = once(serving, 'close');
  const said = await answer(serving, 'node');
  assert.deepEqual([said.kind, said.kind === 'failed' && said.code], ['failed', 'refused']);
  await closed;
  assert.equal((await answer(await link(t, port, {origin: `http://127.0.0.1:${port}`}), 'node')).kind, 'challenge', 'our own page may');
});

test('without the setting no foreign page is let in, and nothing is said of origins', async (t) => {
  const {port} = await openRelay(t);
  const answered = await asked(port, {path: '/models.json', origin: page});
  assert.deepEqual([...opened(answered), answered.headers.vary], [403, undefined, undefined, undefined]);
  assert.equal(await refusal(port, {origin: page}), 403);
});

test('readConfig(): origins of pages, each as browsers write it; never all of them', () => {
  assert.deepEqual(readConfig({}).clientOrigins, []);
  assert.deepEqual(readConfig({BOMBYX_CLIENT_ORIGINS: 'https://App.example.org/, http://localhost:5173'}).clientOrigins, [page, 'http://localhost:5173']);
  for (const wrong of ['*', 'null', 'https://*', 'app.example.org', 'https://app.example.org/path', 'file:///tmp/page.html']) assert.throws(() => readConfig({BOMBYX_CLIENT_ORIGINS: wrong}), /BOMBYX_CLIENT_ORIGINS must be at most 32 addresses/, wrong);
});
