/** Signalling sockets: messages that have ended the process once. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {test} from 'node:test';
import {WebSocket} from 'ws';
import {readConfig} from './config.ts';
import {silentLog} from './log.ts';
import {startRelay} from './start-relay.ts';
import type {Ticket} from './tickets.ts';

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
