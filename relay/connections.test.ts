/** Real sockets that stand idle: one address holds no more than its share, others are served, links count elsewhere, and behind a proxy it is requests that count. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer, type IncomingMessage, request as ask, type ServerResponse} from 'node:http';
import {type AddressInfo, connect, type Socket} from 'node:net';
import {test, type TestContext} from 'node:test';
import {WebSocket} from 'ws';
import {plainAddress} from './admission.ts';
import {readConfig} from './config.ts';
import {boundConnections, connectionsPerAddress, OpenCounts} from './connections.ts';
import {silentLog} from './log.ts';
import {startRelay} from './start-relay.ts';
import {appFolder} from './testing/live-network.ts';

/** Opens a connection that says nothing. */
async function idle(t: TestContext, {port, from}: {port: number; from?: string}): Promise<Socket> {
  const socket = connect({port, host: '127.0.0.1', ...(from === undefined ? {} : {localAddress: from})});
  socket.on('error', () => {});
  t.after(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** Resolves once the other side has let go. */
const closed = async (socket: Socket): Promise<unknown> => {
  socket.resume();
  return socket.closed || once(socket, 'close');
};

/** Asks over a connection of its own. */
async function status({port, from, forwarded}: {port: number; from?: string; forwarded?: string}): Promise<number | undefined> {
  const request = ask({port, host: '127.0.0.1', path: '/livez', agent: false, headers: {host: 'localhost', ...(forwarded === undefined ? {} : {'x-forwarded-for': forwarded})}, ...(from === undefined ? {} : {localAddress: from})});
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

async function start(t: TestContext) {
  const relay = await startRelay(readConfig({PORT: '0', BOMBYX_WEBRTC: 'off', BOMBYX_LINKS_PER_ADDRESS: '40', BOMBYX_DIST: appFolder(t)}), {log: silentLog});
  t.after(() => relay.close());
  return relay;
}

test('an address with as many idle connections as it may have gets no more, until one of them closes', async (t) => {
  const {port} = await start(t);
  const most = connectionsPerAddress(40);
  assert.equal(most, 80);
  const sockets: Socket[] = [];
  for (let count = 0; count < most; count += 1) sockets.push(await idle(t, {port}));
  const over = await idle(t, {port});
  await closed(over);
  await assert.rejects(status({port}), /ECONNRESET|hang up/);
  assert.ok(sockets.every((socket) => !socket.closed), 'the others stay');
  sockets[0]?.end('GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  if (sockets[0]) await closed(sockets[0]);
  // The relay's end may close a moment later than ours.
  while ((await status({port}).catch(() => undefined)) !== 200);
});

test('meanwhile another address is served', {skip: process.platform === 'linux' ? false : 'only Linux has all of 127.0.0.0/8'}, async (t) => {
  const {port} = await start(t);
  for (let count = 0; count < 80; count += 1) await idle(t, {port, from: '127.0.0.2'});
  const over = await idle(t, {port, from: '127.0.0.2'});
  await closed(over);
  assert.equal(await status({port, from: '127.0.0.3'}), 200);
});

test('links count by themselves: they leave the connections to pages, and the other way round', async (t) => {
  const {port} = await start(t);
  const links: WebSocket[] = [];
  for (let count = 0; count < 40; count += 1) {
    const link = new WebSocket(`ws://127.0.0.1:${port}/link`);
    await once(link, 'open');
    links.push(link);
  }
  for (let count = 0; count < 79; count += 1) await idle(t, {port});
  assert.equal(await status({port}), 200);
  const late = new WebSocket(`ws://127.0.0.1:${port}/link`);
  const [, refusal] = (await once(late, 'unexpected-response')) as [unknown, IncomingMessage];
  assert.equal(refusal.statusCode, 429, 'a link too many is refused as a link');
  late.on('error', () => {});
  late.terminate();
  for (const link of links) link.terminate();
});

test('behind a proxy its connections are not counted, but the requests of each visitor that are being answered', async (t) => {
  const waiting: ServerResponse[] = [];
  let refused = 0;
  const server = createServer((request, response) => {
    if (mayAnswer(request, response)) waiting.push(response);
  });
  const mayAnswer = boundConnections(server, {most: 3, trustProxy: true, onRefused: () => (refused += 1)});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close().closeAllConnections());
  const {port} = server.address() as AddressInfo;
  for (let count = 0; count < 10; count += 1) await idle(t, {port});
  const slow = Array.from({length: 3}, () => status({port, forwarded: '2001:db8:0:1::1'}));
  while (waiting.length < 3) await once(server, 'request');
  assert.equal(await status({port, forwarded: '2001:db8:0:2::9'}), 429, 'the same household');
  assert.equal(refused, 1);
  const other = status({port, forwarded: '198.51.100.7'});
  await once(server, 'request');
  const over = waiting.splice(0).map((response) => once(response.end(), 'close'));
  assert.deepEqual(await Promise.all([...slow, other]), [200, 200, 200, 200]);
  await Promise.all(over);
  const next = status({port, forwarded: '2001:db8:0:1::1'});
  await once(server, 'request');
  waiting.pop()?.end();
  assert.equal(await next, 200);
});

test('OpenCounts: a /56 of IPv6 is one address, closing twice counts once, and nothing is kept of who has gone', () => {
  const counts = new OpenCounts(2);
  const open = (address: string) => counts.open(plainAddress(address) ?? '');
  const [first, second] = [open('2001:db8:0:1::1'), open('2001:db8:0:2::1')];
  assert.ok(first && second && open('192.0.2.1'));
  assert.equal(open('2001:db8:0:3::1'), undefined);
  first();
  first();
  assert.ok(open('2001:db8:0:3::1'));
  assert.equal(open('2001:db8:0:4::1'), undefined, 'one went, one came');
  assert.equal(counts.size, 2);
  const gone = new OpenCounts(1);
  for (let index = 0; index < 1000; index += 1) gone.open(`10.0.${index >> 8}.${index & 255}`)?.();
  assert.equal(gone.size, 0);
});
