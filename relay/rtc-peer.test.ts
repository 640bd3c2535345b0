/** A WebRTC peer of its own connects to a real relay through tickets and signalling, and frames of every size cross. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {test} from 'node:test';
import {type DataChannel, PeerConnection} from 'node-datachannel';
import {WebSocket} from 'ws';
import {decodeMessage, encodeMessage} from '#protocol/codec.ts';
import {freshHandle} from '#protocol/ids.ts';
import type {Message} from '#protocol/messages.ts';
import type {Transport} from '#protocol/roles/ports.ts';
import {spokenVersion} from '#protocol/version.ts';
import {readConfig} from './config.ts';
import {silentLog} from './log.ts';
import {dataChannelTransport} from './data-channel.ts';
import {startRelay} from './start-relay.ts';

interface Signal {
  type: string;
  payload: {sdp: {sdp: string}; candidate: {candidate: string; sdpMid: string}};
}

/** A signalling socket with a ticket. */
async function signIn(url: string): Promise<{signals: WebSocket; say(type: string, payload: object): void}> {
  const ticket = (await (await fetch(`${url}/api/ticket`, {method: 'POST'})).json()) as {peer: string; token: string; relayPeer: string};
  const signals = new WebSocket(`${url.replace('http', 'ws')}/signal/peerjs?key=bombyx&id=${ticket.peer}&token=${ticket.token}`);
  await once(signals, 'message');
  return {signals, say: (type, payload) => signals.send(JSON.stringify({type, dst: ticket.relayPeer, payload}))};
}

/** A data channel to the relay, as PeerJS opens it. */
async function connect(url: string): Promise<{transport: Transport; signals: WebSocket}> {
  const {signals, say} = await signIn(url);
  const connection = new PeerConnection('test', {iceServers: []});
  // Without this listener the library keeps a closed connection, and the process, alive.
  connection.onStateChange(() => {});
  const send = (type: string, payload: object) => say(type, {...payload, type: 'data', connectionId: 'dc_test'});
  connection.onLocalDescription((sdp, type) => send('OFFER', {sdp: {type, sdp}, serialization: 'raw', reliable: true}));
  connection.onLocalCandidate((candidate, sdpMid) => send('CANDIDATE', {candidate: {candidate, sdpMid}}));
  signals.on('message', (data) => {
    const {type, payload} = JSON.parse(String(data)) as Signal;
    if (type === 'ANSWER') connection.setRemoteDescription(payload.sdp.sdp, 'answer');
    if (type === 'CANDIDATE') connection.addRemoteCandidate(payload.candidate.candidate, payload.candidate.sdpMid);
  });
  const channel: DataChannel = connection.createDataChannel('dc_test');
  const transport = dataChannelTransport(channel, () => connection.close());
  await new Promise<void>((resolve) => channel.onOpen(resolve));
  return {transport, signals};
}

/** What the other side says, message by message. */
function listen(transport: Transport): () => Promise<Message | undefined> {
  const frames = transport.frames[Symbol.asyncIterator]();
  return async () => {
    const {done, value} = await frames.next();
    return done ? undefined : decodeMessage(value);
  };
}

test('createRtcPeer(): a data channel opens, and a link over it works like any other, also with large frames', async () => {
  const seen: Uint8Array[] = [];
  const relay = await startRelay(readConfig({PORT: '0'}), {log: silentLog, observe: (frame) => seen.push(frame)});
  const {transport, signals} = await connect(relay.url);
  const next = listen(transport);
  transport.send(encodeMessage('hello', {role: 'client', agent: 'test', version: spokenVersion}));
  assert.equal((await next())?.kind, 'welcome');
  const large = encodeMessage('request', {enc: new Uint8Array(1120), sealed: new Uint8Array(200_000).fill(7)}, freshHandle());
  transport.send(large);
  const answer = await next();
  assert.equal(answer?.kind === 'failed' && answer.code, 'refused', 'no such job, but the frame came whole');
  assert.deepEqual(Buffer.from(seen.at(-1) ?? []), Buffer.from(large));
  assert.deepEqual(relay.links, {websocket: 0, webrtc: 1});
  signals.close();
  await relay.close();
});

test('createRtcPeer(): the last words of a relay that goes away arrive, also behind a long queue', async () => {
  const relay = await startRelay(readConfig({PORT: '0'}), {log: silentLog});
  const {transport, signals} = await connect(relay.url);
  const next = listen(transport);
  transport.send(encodeMessage('hello', {role: 'client', agent: 'test', version: spokenVersion}));
  await next();
  const asks = 100;
  for (let count = 0; count < asks; count += 1) transport.send(encodeMessage('ping', {nonce: count}));
  for (let count = 0; count < asks; count += 1) assert.equal((await next())?.kind, 'pong');
  const closed = relay.close();
  assert.equal((await next())?.kind, 'goodbye');
  assert.equal(await next(), undefined);
  signals.close();
  await closed;
});

test('createRtcPeer(): offers that lead nowhere, by the hundred, keep nobody else out', async () => {
  const relay = await startRelay(readConfig({PORT: '0', BOMBYX_LINKS_PER_ADDRESS: '1000'}), {log: silentLog});
  const nonsense = ['nonsense', 'v=0', 'v=0\r\nm=', `v=0\r\n${'a='.repeat(9000)}`, 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=setup:actpass'];
  const strangers = await Promise.all(Array.from({length: 12}, () => signIn(relay.url)));
  for (const {say} of strangers) for (let count = 0; count < 25; count += 1) say('OFFER', {sdp: {type: 'offer', sdp: nonsense[count % nonsense.length]}, connectionId: `dc_${count}`});
  const {transport, signals} = await connect(relay.url);
  const next = listen(transport);
  transport.send(encodeMessage('hello', {role: 'client', agent: 'test', version: spokenVersion}));
  assert.equal((await next())?.kind, 'welcome');
  for (const {signals: socket} of [...strangers, {signals}]) socket.close();
  await relay.close();
});
