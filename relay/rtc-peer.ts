/** The relay as a WebRTC peer: answers offers that nodes send through signalling, and gives each data channel out as a link. The only door to node-datachannel. */
import {type DataChannel, PeerConnection} from 'node-datachannel';
import * as v from 'valibot';
import {Joiner, splitFrame} from '#protocol/fragments.ts';
import {Queue} from '#protocol/queue.ts';
import type {Clock, Transport} from '#protocol/roles/ports.ts';
import type {Log} from './log.ts';
import type {Signal, Signalling} from './signalling.ts';

const highBytes = 256 * 1024;
const lowBytes = 64 * 1024;
/** A connection that has no open channel by then is given up. */
const openMs = 10_000;
/** Connections that are opening at one time. */
const maxHalfOpen = 200;
const maxUnread = 512;

const offerSchema = v.object({
  sdp: v.object({type: v.literal('offer'), sdp: v.pipe(v.string(), v.maxLength(32_768))}),
  connectionId: v.pipe(v.string(), v.maxLength(64)),
});
const candidateSchema = v.object({
  candidate: v.object({candidate: v.pipe(v.string(), v.maxLength(1024)), sdpMid: v.nullish(v.pipe(v.string(), v.maxLength(16)))}),
  connectionId: v.pipe(v.string(), v.maxLength(64)),
});

const keyOf = (src: string, connectionId: string): string => `${src} ${connectionId}`;

export interface RtcPeer {
  receive(signal: Signal): void;
  close(): void;
}

export interface RtcPeerOptions {
  readonly signalling: () => Signalling;
  readonly clock: Clock;
  readonly log: Log;
  readonly iceServers: readonly string[];
  /** Whether one more connection may be made now. */
  mayOpen(): boolean;
  onLink(transport: Transport): void;
}

interface Connection {
  readonly connection: PeerConnection;
  open: boolean;
}

export function createRtcPeer(options: RtcPeerOptions): RtcPeer {
  /** By signalling id and PeerJS connection id. */
  const connections = new Map<string, Connection>();
  const drop = (key: string) => {
    const found = connections.get(key);
    connections.delete(key);
    found?.connection.close();
  };
  const answer = (signal: Signal) => {
    const parsed = v.safeParse(offerSchema, signal.payload);
    if (!parsed.success) return;
    const {sdp, connectionId} = parsed.output;
    const key = keyOf(signal.src, connectionId);
    const halfOpen = [...connections.values()].filter(({open}) => !open).length;
    if (connections.has(key) || halfOpen >= maxHalfOpen || !options.mayOpen()) return;
    const connection = new PeerConnection(signal.src, {iceServers: [...options.iceServers]});
    const entry: Connection = {connection, open: false};
    connections.set(key, entry);
    const reply = (type: 'ANSWER' | 'CANDIDATE', payload: object) => options.signalling().send(signal.src, {type, payload: {...payload, type: 'data', connectionId}});
    connection.onLocalDescription((local, type) => reply('ANSWER', {sdp: {type, sdp: local}, browser: 'node'}));
    connection.onLocalCandidate((candidate, mid) => reply('CANDIDATE', {candidate: {candidate, sdpMid: mid, sdpMLineIndex: 0}}));
    connection.onStateChange((state) => {
      if (state === 'failed' || state === 'closed' || state === 'disconnected') drop(key);
    });
    connection.onDataChannel((channel) => {
      if (entry.open) return channel.close();
      entry.open = true;
      options.onLink(dataChannelTransport(channel, () => drop(key)));
    });
    connection.setRemoteDescription(sdp.sdp, 'offer');
    void giveUpLater(key, entry);
  };
  const giveUpLater = async (key: string, entry: Connection) => {
    await options.clock.sleep(openMs, closing.signal).catch(() => {});
    if (!entry.open) drop(key);
  };
  const closing = new AbortController();
  return {
    receive: (signal) => {
      try {
        if (signal.type === 'OFFER') answer(signal);
        else if (signal.type === 'CANDIDATE') addCandidate(connections, signal);
      } catch {
        options.log('warn', 'webrtc-signal-refused');
      }
    },
    close: () => {
      closing.abort(new Error('closed'));
      for (const key of connections.keys()) drop(key);
    },
  };
}

function addCandidate(connections: ReadonlyMap<string, Connection>, signal: Signal): void {
  const parsed = v.safeParse(candidateSchema, signal.payload);
  if (!parsed.success) return;
  const {candidate, connectionId} = parsed.output;
  if (candidate.candidate === '') return;
  connections.get(keyOf(signal.src, connectionId))?.connection.addRemoteCandidate(candidate.candidate, candidate.sdpMid ?? '0');
}

/** A data channel of node-datachannel as a link. `shut` closes the connection under it. */
export function dataChannelTransport(channel: DataChannel, shut: () => void): Transport {
  const frames = new Queue<Uint8Array>();
  const joiner = new Joiner();
  let open = true;
  let lowered: (() => void)[] = [];
  const release = () => {
    for (const resolve of lowered) resolve();
    lowered = [];
  };
  const close = () => {
    if (!open) return;
    open = false;
    frames.end();
    release();
    shut();
  };
  channel.setBufferedAmountLowThreshold(lowBytes);
  channel.onBufferedAmountLow(release);
  channel.onClosed(close);
  channel.onError(close);
  channel.onMessage((piece) => {
    try {
      if (typeof piece === 'string' || frames.length > maxUnread) return close();
      const frame = joiner.push(new Uint8Array(piece));
      if (frame) frames.push(frame);
    } catch {
      close();
    }
  });
  return {
    kind: 'webrtc',
    frames,
    send: (frame) => {
      if (!open) return;
      try {
        for (const piece of splitFrame(frame)) channel.sendMessageBinary(piece);
      } catch {
        close();
      }
    },
    get buffered() {
      return open ? channel.bufferedAmount() : 0;
    },
    ready: async () => {
      if (open && channel.bufferedAmount() > highBytes) await new Promise<void>((resolve) => lowered.push(resolve));
    },
    close: () => {
      if (open) setTimeout(close, 50).unref();
    },
  };
}
