/** Signalling sockets: messages that have ended the process once, and what PeerServer does by itself and may not do here. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {type TestContext, test} from 'node:test';
import {WebSocket} from 'ws';
import {systemClock} from './clock.ts';
import {readConfig} from './config.ts';
import {silentLog} from './log.ts';
import {createSignalling, type Signal} from './signalling.ts';
import {startRelay} from './start-relay.ts';
import {type Ticket, Tickets} from './tickets.ts';

test('a message that is nested too deeply to be written again closes its socket, and nothing else', async () => {
  const relay = await startRelay(readConfig({PORT: '0'}), {log: silentLog});
  const {peer, token} = (await (await fetch(`${relay.url}/api/ticket`, {method: 'POST'})).json()) as Ticket;
  const socket = new WebSocket(`ws://127.0.0.1:${relay.port}/signal/peerjs?${new URLSearchParams({id: peer, token, key: 'bombyx'})}`);
  await once(socket, 'open');
  const depth = 30_000;
  socket.send(`{"type":"OFFER","dst":"relay","payload":${'['.repeat(depth)}${']'.repeat(depth)}}`);
  const [code] = (await once(socket, 'close')) as [number];
  assert.equal(code, 1008);
  assert.equal((await fetch(`${relay.url}/livez`)).status, 200);
  await relay.close();
});

/** Signalling alone, in a server of its own. */
async function stage(t: TestContext) {
  const server = createServer((_, response) => response.writeHead(404).end());
  const tickets = new Tickets(systemClock);
  const toRelay: Signal[] = [];
  const {promise: heardByRelay, resolve} = Promise.withResolvers<void>();
  const onSignal = (signal: Signal) => {
    toRelay.push(signal);
    resolve();
  };
  const signalling = createSignalling({server, tickets, clock: systemClock, log: silentLog, onSignal});
  server.on('upgrade', (request, socket, head) => signalling.upgrade({request, socket, head, address: '127.0.0.1'}));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  /** Signs in; gives its socket and all that it hears. */
  const signIn = async ({peer, token}: Ticket) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/signal/peerjs?${new URLSearchParams({id: peer, token, key: 'bombyx'})}`);
    const heard: {type: string; src?: string; payload?: unknown}[] = [];
    socket.on('message', (data) => heard.push(JSON.parse(String(data)) as (typeof heard)[number]));
    await once(socket, 'message');
    return {peer, heard, socket, say: (type: string, dst: string, payload?: unknown) => socket.send(JSON.stringify({type, dst, payload}))};
  };
  t.after(() => {
    signalling.close();
    server.close();
  });
  return {signalling, tickets, signIn, toRelay, heardByRelay};
}

test('what is said to somebody who is not there, allowed or not, is not kept for later', async (t) => {
  const {signalling, tickets, signIn, heardByRelay} = await stage(t);
  const [first, second] = [tickets.issue(), tickets.issue()];
  signalling.allow(first.peer, second.peer);
  const left = await signIn(first);
  for (let count = 0; count < 40; count += 1) left.say('OFFER', second.peer, 'x'.repeat(60_000));
  // Behind these, so they were dealt with.
  left.say('OFFER', 'relay', 'done');
  await heardByRelay;
  const right = await signIn(second);
  left.say('OFFER', second.peer, 'at last');
  await once(right.socket, 'message');
  assert.deepEqual(right.heard.map(({type, src, payload}) => [type, src, payload]), [['OPEN', undefined, undefined], ['OFFER', first.peer, 'at last']]);
});

test('only what two peers that met say reaches the other, under the name of who said it; a third reaches neither', async (t) => {
  const {signalling, tickets, signIn, toRelay, heardByRelay} = await stage(t);
  const [left, right, third] = [await signIn(tickets.issue()), await signIn(tickets.issue()), await signIn(tickets.issue())];
  signalling.allow(left.peer, right.peer);
  for (const type of ['OFFER', 'ANSWER', 'CANDIDATE', 'LEAVE']) {
    third.say(type, right.peer, 'evil');
    third.say(type, left.peer, 'evil');
  }
  third.socket.send(JSON.stringify({type: 'OFFER', dst: 'relay', src: left.peer, payload: 'who am I'}));
  await heardByRelay;
  left.say('OFFER', right.peer, 'hello');
  await once(right.socket, 'message');
  right.say('ANSWER', left.peer, 'hello too');
  await once(left.socket, 'message');
  assert.deepEqual(toRelay.map(({src, payload}) => [src, payload]), [[third.peer, 'who am I']]);
  assert.deepEqual(right.heard.slice(1), [{type: 'OFFER', src: left.peer, dst: right.peer, payload: 'hello'}]);
  assert.deepEqual(left.heard.slice(1), [{type: 'ANSWER', src: right.peer, dst: left.peer, payload: 'hello too'}]);
});

test('PeerServer’s own addresses, which name every peer and make ids for anybody, do not exist', async () => {
  const relay = await startRelay(readConfig({PORT: '0'}), {log: silentLog});
  for (const path of ['/signal/bombyx/id', '/signal/bombyx/peers', '/signal/peerjs/id', '/signal/', '/bombyx/id', '/id']) {
    const response = await fetch(relay.url + path);
    assert.equal(response.status, 404, path);
    assert.equal(response.headers.get('access-control-allow-origin'), null, path);
  }
  await relay.close();
});
