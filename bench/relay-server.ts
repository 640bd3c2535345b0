/** The measured process: our relay, or the barest forwarder that `ws` can make. Tells its parent the port. */
import type {AddressInfo} from 'node:net';
import {type WebSocket, WebSocketServer} from 'ws';
import {readConfig} from '../relay/config.ts';
import {silentLog} from '../relay/log.ts';
import {startRelay} from '../relay/start-relay.ts';

if (process.argv[2] === 'relay') {
  const relay = await startRelay(readConfig({PORT: '0', BOMBYX_WEBRTC: 'off', BOMBYX_LINKS_PER_ADDRESS: '10000'}), {log: silentLog, frameRate: {burst: 1e9, perSecond: 1e9}});
  process.send?.(relay.port);
} else {
  const server = new WebSocketServer({port: 0, host: '127.0.0.1', perMessageDeflate: false, skipUTF8Validation: true});
  const receivers = new Map<string, WebSocket>();
  server.on('connection', (socket, request) => {
    const [, pair = '', end] = (request.url ?? '').split('/');
    if (end === 'in') receivers.set(pair, socket);
    else socket.on('message', (data) => receivers.get(pair)?.send(data));
  });
  server.on('listening', () => process.send?.((server.address() as AddressInfo).port));
}
