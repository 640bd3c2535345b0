/** WebRTC from the page, where RTCPeerConnection lives: the only door to PeerJS, always with our own relay, never with its public servers. */
import {type DataConnection, Peer} from 'peerjs';
import * as v from 'valibot';
import {NetworkError} from '#protocol/errors.ts';
import type {DataChannelLike} from '../platform/data-channel.ts';
import {relayOnly, withoutAddresses} from './relay-only.ts';
import {mayHear} from './signal-guard.ts';

const ticketSchema = v.object({
  peer: v.string(),
  token: v.string(),
  relayPeer: v.string(),
  path: v.optional(v.string(), '/signal'),
  key: v.optional(v.string(), 'peerjs'),
  iceServers: v.optional(v.array(v.any()), []),
});
type PeerTicket = v.InferOutput<typeof ticketSchema>;

/** How long signalling may take to open. */
const openMs = 4000;
/** Others that are expected at one time; the oldest make room. */
const mostExpected = 32;

export interface PeerDoor {
  /** Our signalling id. */
  readonly id: string;
  /** Whether others can still signal to us: PeerJS never signs in again by itself. */
  readonly isOpen: boolean;
  /** Starts a channel to the relay's own peer. It is still connecting: hand it on in the same turn, or it can't be transferred. */
  toRelay(): DataChannelLike;
  /** Starts a channel to another peer that agreed to it. */
  to(peer: string): DataChannelLike;
  /** Lets this peer connect to us, once. Nobody else is answered. */
  expect(peer: string): void;
  /** Ends the connection to a peer. */
  leave(peer: string): void;
  /** Gets credentials that are good for a while; for a door that stays. Rejects with `offline`. */
  refresh(): Promise<void>;
  close(): void;
}

export interface PeerOptions {
  /** `strangers` are connected through TURN and in no other way; `devices` that are paired, and the relay, as they can be reached. */
  readonly to: 'devices' | 'strangers';
  /** A channel that another peer opens to us; called in the turn in which it appears. */
  onChannel?(channel: DataChannelLike, peer: string): void;
}

/** Signs in at the relay's signalling; undefined when the relay has no WebRTC, or no TURN for strangers. Rejects with `offline`. */
export async function openPeer({to, onChannel}: PeerOptions): Promise<PeerDoor | undefined> {
  if (!('RTCPeerConnection' in globalThis)) return undefined;
  const ticket = await fetchTicket(to);
  if (!ticket) return undefined;
  const config = configOf(ticket, to);
  const peer = newPeer(ticket, config);
  await opened(peer);
  let isOpen = true;
  peer.on('error', () => {});
  peer.on('disconnected', () => (isOpen = false));
  const expected = new Set<string>();
  guard(peer, {to, expected});
  peer.on('connection', (connection) => {
    expected.delete(connection.peer);
    // One channel each: a stranger may open as many as he likes.
    connection.peerConnection.addEventListener('datachannel', ({channel}) => onChannel?.(channel as unknown as DataChannelLike, connection.peer), {once: true});
  });
  const start = (other: string) => channelOf(peer.connect(other, {serialization: 'raw', reliable: true}));
  return {
    id: ticket.peer,
    get isOpen() {
      return isOpen;
    },
    toRelay: () => start(ticket.relayPeer),
    to: start,
    expect: (other) => void boundedAdd(expected, other),
    leave: (other) => {
      expected.delete(other);
      for (const connection of connectionsTo(peer, other)) connection.close();
    },
    refresh: async () => {
      const fresh = await fetchTicket(to);
      if (!fresh) throw new NetworkError('offline', 'no credentials');
      // PeerJS reads it anew for each connection.
      Object.assign(config, configOf(fresh, to));
    },
    close: () => peer.destroy(),
  };
}

function boundedAdd(expected: Set<string>, other: string): void {
  if (expected.size >= mostExpected) expected.delete(expected.values().next().value ?? '');
  expected.add(other);
}

async function fetchTicket(to: PeerOptions['to']): Promise<PeerTicket | undefined> {
  const response = await fetch(to === 'strangers' ? '/api/ticket/turn' : '/api/ticket', {method: 'POST'});
  return response.ok ? v.parse(ticketSchema, await response.json()) : undefined;
}

const configOf = ({iceServers}: PeerTicket, to: PeerOptions['to']): RTCConfiguration => (to === 'strangers' ? relayOnly(iceServers) : {iceServers});

function newPeer(ticket: PeerTicket, config: RTCConfiguration): Peer {
  const {hostname, port, protocol} = location;
  const secure = protocol === 'https:';
  return new Peer(ticket.peer, {
    host: hostname,
    port: Number(port || (secure ? 443 : 80)),
    path: ticket.path,
    key: ticket.key,
    token: ticket.token,
    secure,
    debug: 0,
    config,
  });
}

/** Stands between PeerJS and its socket: it hears only whom we call or expect, and whatever this browser would say to a stranger, no address of ours leaves it. */
function guard(peer: Peer, {to, expected}: {to: PeerOptions['to']; expected: ReadonlySet<string>}): void {
  const {socket} = peer;
  const send = socket.send.bind(socket);
  const emit = socket.emit.bind(socket);
  const acquaintances = {isExpected: (other: string) => expected.has(other), isConnected: (other: string) => connectionsTo(peer, other).length > 0};
  Object.assign(socket, {
    emit: (event: string, ...said: unknown[]) => (event !== 'message' || mayHear(said[0], acquaintances)) && emit(event, ...said),
    send: (signal: unknown) => {
      const fit = to === 'strangers' ? withoutAddresses(signal) : signal;
      if (fit !== undefined) send(fit);
    },
  });
}

const connectionsTo = (peer: Peer, other: string): readonly DataConnection[] => ((peer.connections as Record<string, DataConnection[]>)[other] ?? []).slice();

function opened(peer: Peer): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(), openMs);
    const fail = () => {
      clearTimeout(timer);
      peer.destroy();
      reject(new NetworkError('offline', 'signalling'));
    };
    peer.once('open', () => {
      clearTimeout(timer);
      peer.off('error', fail);
      resolve();
    });
    peer.on('error', fail);
  });
}

function channelOf(connection: DataConnection): DataChannelLike {
  return connection.dataChannel as unknown as DataChannelLike;
}
