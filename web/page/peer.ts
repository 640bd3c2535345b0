/** WebRTC from the page, where RTCPeerConnection lives: the only door to PeerJS, always with our own relay, never with its public servers. */
import {type DataConnection, Peer} from 'peerjs';
import * as v from 'valibot';
import {NetworkError} from '#protocol/errors.ts';
import type {DataChannelLike} from '../platform/data-channel.ts';

const ticketSchema = v.object({
  peer: v.string(),
  token: v.string(),
  relayPeer: v.string(),
  path: v.optional(v.string(), '/signal'),
  key: v.optional(v.string(), 'peerjs'),
  iceServers: v.optional(v.array(v.any()), []),
});

/** How long signalling may take to open. */
const openMs = 4000;

export interface PeerDoor {
  /** Our signalling id. */
  readonly id: string;
  /** Starts a channel to the relay's own peer. It is still connecting: hand it on in the same turn, or it can't be transferred. */
  toRelay(): DataChannelLike;
  /** Starts a channel to another peer that agreed to it. */
  to(peer: string): DataChannelLike;
  close(): void;
}

export interface PeerOptions {
  /** A channel that another peer opens to us; called in the turn in which it appears. */
  onChannel?(channel: DataChannelLike): void;
}

/** Signs in at the relay's signalling; undefined when the relay has no WebRTC. Rejects with `offline`. */
export async function openPeer({onChannel}: PeerOptions = {}): Promise<PeerDoor | undefined> {
  if (!('RTCPeerConnection' in globalThis)) return undefined;
  const response = await fetch('/api/ticket', {method: 'POST'});
  if (!response.ok) return undefined;
  const ticket = v.parse(ticketSchema, await response.json());
  const {hostname, port, protocol} = location;
  const secure = protocol === 'https:';
  const peer = new Peer(ticket.peer, {
    host: hostname,
    port: Number(port || (secure ? 443 : 80)),
    path: ticket.path,
    key: ticket.key,
    token: ticket.token,
    secure,
    debug: 0,
    config: {iceServers: ticket.iceServers},
  });
  await opened(peer);
  peer.on('error', () => {});
  peer.on('connection', (connection) => {
    connection.peerConnection.addEventListener('datachannel', ({channel}) => onChannel?.(channel as unknown as DataChannelLike));
  });
  const start = (to: string) => channelOf(peer.connect(to, {serialization: 'raw', reliable: true}));
  return {id: ticket.peer, toRelay: () => start(ticket.relayPeer), to: start, close: () => peer.destroy()};
}

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
