/** WebRTC from the gateway to a paired device: PeerJS's signalling at our relay, a data channel by node-datachannel. Like `web/page/peer.ts`, for a host without a browser. */
import {randomBytes} from 'node:crypto';
import {PeerConnection} from 'node-datachannel';
import * as v from 'valibot';
import {NetworkError} from '#protocol/errors.ts';
import {limits} from '#protocol/limits.ts';
import {Queue} from '#protocol/queue.ts';
import {within} from '#protocol/roles/deadline.ts';
import type {PeerWay} from '#protocol/roles/own-devices.ts';
import type {Clock, Transport} from '#protocol/roles/ports.ts';
import {dataChannelTransport} from '../data-channel.ts';

const word = v.pipe(v.string(), v.maxLength(128));
const ticketSchema = v.object({peer: word, token: word, path: word, key: word, iceServers: v.optional(v.array(v.string()), [])});

const description = v.object({sdp: v.object({type: v.literal('answer'), sdp: v.pipe(v.string(), v.maxLength(32_768))}), connectionId: word});
const candidate = v.object({candidate: v.object({candidate: v.pipe(v.string(), v.maxLength(1024)), sdpMid: v.nullish(word)}), connectionId: word});
const signalSchema = v.variant('type', [
  v.object({type: v.literal('ANSWER'), src: word, payload: description}),
  v.object({type: v.literal('CANDIDATE'), src: word, payload: candidate}),
]);
type Signal = v.InferOutput<typeof signalSchema>;

/** PeerServer forgets who is silent for half a minute. */
const heartbeatMs = 5000;
/** Signals of one connection that may wait; there are a dozen. */
const mostSignals = 64;

/** Signs in at a relay's signalling; undefined where the relay has no WebRTC. Rejects with `offline`. */
export async function openPeer(relay: string, clock: Clock): Promise<PeerWay | undefined> {
  const response = await fetch(new URL('/api/ticket', relay), {method: 'POST', redirect: 'error'});
  if (!response.ok) return undefined;
  const {peer: id, token, path, key, iceServers} = v.parse(ticketSchema, await response.json());
  const address = new URL(`${path}/peerjs?${new URLSearchParams({id, token, key})}`, relay.replace(/^http/, 'ws'));
  const socket = new WebSocket(address);
  const ending = new AbortController();
  const signals = new Queue<Signal>();
  socket.addEventListener('message', ({data}: {readonly data: unknown}) => {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), signalSchema), data);
    if (parsed.success && signals.length < mostSignals) signals.push(parsed.output);
  });
  socket.addEventListener('close', () => signals.end());
  await within(new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), {once: true});
    socket.addEventListener('close', () => reject(new NetworkError('offline', 'signalling')), {once: true});
  }), {clock, ms: limits.stepMs, code: 'offline'});
  void beat(socket, {clock, signal: ending.signal});
  return {
    id,
    to: (other) => connect(other, {socket, signals, iceServers, clock}),
    close: () => {
      ending.abort();
      socket.close();
    },
  };
}

async function beat(socket: WebSocket, {clock, signal}: {clock: Clock; signal: AbortSignal}): Promise<void> {
  while (!signal.aborted && socket.readyState === socket.OPEN) {
    socket.send('{"type":"HEARTBEAT"}');
    await clock.sleep(heartbeatMs, signal).catch(() => {});
  }
}

interface Signalled {
  readonly socket: WebSocket;
  readonly signals: Queue<Signal>;
  readonly iceServers: readonly string[];
  readonly clock: Clock;
}

/** Offers a channel, as PeerJS does. */
async function connect(other: string, {socket, signals, iceServers, clock}: Signalled): Promise<Transport> {
  const connectionId = `dc_${randomBytes(8).toString('hex')}`;
  const say = (type: 'OFFER' | 'CANDIDATE', payload: object) => socket.send(JSON.stringify({type, dst: other, payload: {...payload, type: 'data', connectionId}}));
  const connection = new PeerConnection(connectionId, {iceServers: [...iceServers]});
  connection.onLocalDescription((sdp, type) => say('OFFER', {sdp: {type, sdp}, label: connectionId, reliable: true, serialization: 'raw'}));
  connection.onLocalCandidate((found, sdpMid) => say('CANDIDATE', {candidate: {candidate: found, sdpMid, sdpMLineIndex: 0}}));
  const channel = connection.createDataChannel(connectionId);
  const opened = new Promise<void>((resolve, reject) => {
    channel.onOpen(resolve);
    connection.onStateChange((state) => {
      if (state === 'failed' || state === 'closed') reject(new NetworkError('offline', `the connection is ${state}`));
    });
  });
  const transport = dataChannelTransport(channel, () => connection.close());
  const hear = async () => {
    for await (const signal of signals) if (signal.src === other && signal.payload.connectionId === connectionId) take(connection, signal);
  };
  hear().catch(() => transport.close());
  try {
    await within(opened, {clock, ms: limits.stepMs, code: 'offline'});
    return transport;
  } catch (error) {
    transport.close();
    throw error;
  }
}

function take(connection: PeerConnection, signal: Signal): void {
  if (signal.type === 'ANSWER') return connection.setRemoteDescription(signal.payload.sdp.sdp, 'answer');
  const {candidate: found, sdpMid} = signal.payload.candidate;
  // Browsers hide their addresses behind names of the local network; what they send to us shows where they are.
  if (!/\.local\b/.test(found)) connection.addRemoteCandidate(found, sdpMid ?? '0');
}
