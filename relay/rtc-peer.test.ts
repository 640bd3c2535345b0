/** A WebRTC peer of its own connects to a real relay through tickets and signalling, and frames of every size cross. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {test} from 'node:test';
import {type DataChannel, PeerConnection} from 'node-datachannel';
import {WebSocket} from 'ws';
import {decodeMessage, encodeMessage} from '#protocol/codec.ts';
import {freshHandle} from '#protocol/ids.ts';
import type {Transport} from '#protocol/roles/ports.ts';
import {readConfig} from './config.ts';
import {silentLog} from './log.ts';
import {dataChannelTransport} from './rtc-peer.ts';
import {startRelay} from './start-relay.ts';

interface Signal {
  type: string;
  payload: {sdp: {sdp: string}; candidate: {candidate: string; sdpMid: string}};
}

/** A data channel to the relay, as PeerJS opens it. */
async function connect(url: string): Promise<{transport: Transport; connection: PeerConnection; signals: WebSocket}> {
  const ticket = (await (await fetch(`${url}/api/ticket`, {method: 'POST'})).json()) as {peer: string; token: string; relayPeer: string};
  const signals = new WebSocket(`${url.replace('http', 'ws')}/signal/peerjs?key=bombyx&id=${ticket.peer}&token=${ticket.token}`);
  await once(signals, 'message');
  const connection = new PeerConnection('test', {iceServers: []});
  const send = (type: string, payload: object) => signals.send(JSON.stringify({type, dst: ticket.relayPeer, payload: {...payload, type: 'data', connectionId: 'dc_test'}}));
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
  return {transport, connection, signals};
}

test('createRtcPeer(): a data channel opens, and a link over it works like any other, also with large frames', async () => {
  const seen: Uint8Array[] = [];
  const relay = await startRelay(readConfig({PORT: '0'}), {log: silentLog, observe: (frame) => seen.push(frame)});
  const {transport, signals} = await connect(relay.url);
  const frames = transport.frames[Symbol.asyncIterator]();
  const next = async () => decodeMessage((await frames.next()).value as Uint8Array);
  transport.send(encodeMessage('hello', {role: 'client', agent: 'test'}));
  assert.equal((await next()).kind, 'welcome');
  const large = encodeMessage('request', {enc: new Uint8Array(1120), sealed: new Uint8Array(200_000).fill(7)}, freshHandle());
  transport.send(large);
  const answer = await next();
  assert.equal(answer.kind === 'failed' && answer.code, 'refused', 'no such job, but the frame came whole');
  assert.deepEqual(Buffer.from(seen.at(-1) ?? []), Buffer.from(large));
  assert.deepEqual(relay.links, {websocket: 0, webrtc: 1});
  signals.close();
  await relay.close();
});
