/** A WebSocket as a link: a link that was closed takes no more frames, and lets go of its socket. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {test} from 'node:test';
import {WebSocket, WebSocketServer} from 'ws';
import {webSocketTransport} from './ws-transport.ts';

async function pair() {
  const server = new WebSocketServer({port: 0, host: '127.0.0.1'});
  await once(server, 'listening');
  const far = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [near] = (await once(server, 'connection')) as [WebSocket];
  await once(far, 'open');
  return {server, near, far};
}

test('close(): frames end at once, and a socket that was paused by what nobody reads closes with its other side', async () => {
  const {server, near, far} = await pair();
  const transport = webSocketTransport(near);
  for (let count = 0; count < 300; count += 1) far.send(new Uint8Array(5000));
  while (!near.isPaused) await new Promise(setImmediate);
  const closed = once(near, 'close');
  transport.close();
  let read = 0;
  for await (const _ of transport.frames) read += 1;
  assert.ok(read < 300, 'what came after the end is not there');
  await closed;
  server.close();
});
