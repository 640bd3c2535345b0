/** The relay as a WebRTC peer: answers offers that nodes send through signalling, and gives each data channel out as a link. The only door to node-datachannel. */
import {PeerConnection} from 'node-datachannel';
import * as v from 'valibot';
import type {Clock, Transport} from '#protocol/roles/ports.ts';
import {dataChannelTransport} from './data-channel.ts';
import {isOwnCandidate, withOwnCandidates} from './ice-candidates.ts';
import type {Log} from './log.ts';
import type {Signal, Signalling} from './signalling.ts';

/** A connection that has no open channel by then is given up. */
const openMs = 10_000;
/** Connections that are opening at one time; one more takes the place of the oldest, so that nobody can hold them all. */
const maxHalfOpen = 200;

const connectionId = v.pipe(v.string(), v.maxLength(64));
const offerSchema = v.object({sdp: v.object({type: v.literal('offer'), sdp: v.pipe(v.string(), v.maxLength(32_768))}), connectionId});
const candidateSchema = v.object({
  candidate: v.object({candidate: v.pipe(v.string(), v.maxLength(1024)), sdpMid: v.nullish(v.pipe(v.string(), v.maxLength(16)))}),
  connectionId,
});

export interface RtcPeer {
  receive(signal: Signal): void;
  /** Resolves when the links that are open now have ended. */
  settled(): Promise<unknown>;
  close(): void;
}

export interface RtcPeerOptions {
  readonly signalling: () => Signalling;
  readonly clock: Clock;
  readonly log: Log;
  readonly iceServers: readonly string[];
  /** Counts one more connection of an address: undefined when there are too many, else what to call when it has ended. */
  admit(address: string): (() => void) | undefined;
  onLink(transport: Transport, address: string): void;
}

interface Connection {
  /** The signalling id of its peer. */
  readonly peer: string;
  readonly connection: PeerConnection;
  readonly released: () => void;
  readonly over: PromiseWithResolvers<void>;
}

export function createRtcPeer(options: RtcPeerOptions): RtcPeer {
  /** By signalling id and PeerJS connection id. */
  const halfOpen = new Map<string, Connection>();
  const open = new Set<Connection>();
  const closing = new AbortController();
  const giveUp = (key: string, entry: Connection | undefined = halfOpen.get(key)) => {
    if (!entry || halfOpen.get(key) !== entry) return;
    halfOpen.delete(key);
    end(entry);
  };
  const giveUpLater = async (key: string, entry: Connection) => {
    await options.clock.sleep(openMs, closing.signal).catch(() => {});
    giveUp(key, entry);
  };
  const makeRoom = (peer: string) => {
    for (const [key, entry] of halfOpen) if (entry.peer === peer) giveUp(key);
    if (halfOpen.size >= maxHalfOpen) giveUp(halfOpen.keys().next().value ?? '');
  };
  const answer = ({src, address, payload}: Signal) => {
    const offer = v.parse(offerSchema, payload);
    const key = keyOf(src, offer.connectionId);
    if (halfOpen.has(key)) return;
    makeRoom(src);
    const released = options.admit(address);
    if (!released) return;
    const entry: Connection = {peer: src, connection: new PeerConnection(src, {iceServers: [...options.iceServers]}), released, over: Promise.withResolvers()};
    halfOpen.set(key, entry);
    const {connection} = entry;
    const reply = (type: 'ANSWER' | 'CANDIDATE', body: object) => options.signalling().send(src, {type, payload: {...body, type: 'data', connectionId: offer.connectionId}});
    const ended = () => {
      if (open.delete(entry)) end(entry);
      else giveUp(key, entry);
    };
    connection.onLocalDescription((sdp, type) => reply('ANSWER', {sdp: {type, sdp}, browser: 'node'}));
    connection.onLocalCandidate((candidate, sdpMid) => reply('CANDIDATE', {candidate: {candidate, sdpMid, sdpMLineIndex: 0}}));
    connection.onStateChange((state) => {
      if (state === 'failed' || state === 'closed' || state === 'disconnected') ended();
    });
    connection.onDataChannel((channel) => {
      if (halfOpen.get(key) !== entry) return channel.close();
      halfOpen.delete(key);
      open.add(entry);
      options.onLink(dataChannelTransport(channel, ended), address);
    });
    try {
      connection.setRemoteDescription(withOwnCandidates(offer.sdp.sdp, address), 'offer');
      void giveUpLater(key, entry);
    } catch (error) {
      giveUp(key);
      throw error;
    }
  };
  const addCandidate = ({src, address, payload}: Signal) => {
    const {candidate, connectionId: id} = v.parse(candidateSchema, payload);
    if (isOwnCandidate(candidate.candidate, address)) halfOpen.get(keyOf(src, id))?.connection.addRemoteCandidate(candidate.candidate, candidate.sdpMid ?? '0');
  };
  return {
    receive: (signal) => {
      try {
        if (signal.type === 'OFFER') answer(signal);
        else if (signal.type === 'CANDIDATE') addCandidate(signal);
      } catch {
        options.log('warn', 'webrtc-signal-refused');
      }
    },
    settled: () => Promise.all([...open].map(({over}) => over.promise)),
    close: () => {
      closing.abort(new Error('closed'));
      for (const key of halfOpen.keys()) giveUp(key);
      for (const entry of open) end(entry);
      open.clear();
    },
  };
}

const keyOf = (src: string, id: string): string => `${src} ${id}`;

function end({connection, released, over}: Connection): void {
  connection.close();
  released();
  over.resolve();
}
