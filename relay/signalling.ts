/**
 * WebRTC signalling: PeerServer inside this relay, behind tickets and a police. The only door to `peer`.
 * Its defaults (no authentication, any message to anyone, unbounded queues) never show: see docs/threats.md.
 */
import {EventEmitter} from 'node:events';
import type {IncomingMessage, Server} from 'node:http';
import type {Duplex} from 'node:stream';
import express from 'express';
import {ExpressPeerServer} from 'peer';
import * as v from 'valibot';
import {type WebSocket, WebSocketServer} from 'ws';
import {TokenBucket} from '#protocol/rate.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import {refuseUpgrade} from './admission.ts';
import type {Log} from './log.ts';
import type {Tickets} from './tickets.ts';

/** The signalling id of the relay itself. */
export const relayPeer = 'relay';
export const signalPath = '/signal';
/** PeerJS's `key`; no secret. */
export const signalKey = 'bombyx';

const maxMessageBytes = 64 * 1024;
/** How long two peers may signal after an accepted dial. */
const allowedMs = 60_000;
const maxAllowed = 10_000;

/** What a peer may send. EXPIRE, ERROR, OPEN and the like are the server's own words. */
const messageSchema = v.object({
  type: v.picklist(['OFFER', 'ANSWER', 'CANDIDATE', 'LEAVE', 'HEARTBEAT']),
  dst: v.optional(v.pipe(v.string(), v.regex(/^([0-9a-f]{32}|relay)$/))),
  payload: v.optional(v.unknown()),
});
/** A signalling message with its sender, which the server stamped. */
export interface Signal {
  readonly type: 'OFFER' | 'ANSWER' | 'CANDIDATE' | 'LEAVE' | 'HEARTBEAT';
  readonly src: string;
  /** Where the sender's socket comes from. */
  readonly address: string;
  readonly payload: unknown;
}

export interface Signalling {
  /** Takes a WebSocket upgrade under `signalPath` that comes from `address`. */
  upgrade(knock: {request: IncomingMessage; socket: Duplex; head: Buffer; address: string}): void;
  /** Two peers may exchange signals for a minute. */
  allow(left: string, right: string): void;
  /** Sends a signal from the relay's own peer. */
  send(to: string, signal: {type: 'ANSWER' | 'CANDIDATE'; payload: unknown}): void;
  close(): void;
}

export interface SignallingOptions {
  readonly server: Server;
  readonly tickets: Tickets;
  readonly clock: Clock;
  readonly log: Log;
  /** Signals for the relay's own peer. */
  onSignal(signal: Signal): void;
}

/** A stand-in for a WebSocket, as much of it as PeerServer uses: towards a policed peer, or the relay's own peer. */
class SocketFace extends EventEmitter {
  readonly #deliver: (text: string) => void;
  readonly #shut: () => void;

  constructor(face: {deliver(text: string): void; shut(): void}) {
    super();
    this.#deliver = face.deliver;
    this.#shut = face.shut;
  }

  send(text: string): void {
    this.#deliver(text);
  }

  close(): void {
    this.#shut();
  }
}

export function createSignalling(options: SignallingOptions): Signalling {
  const {clock, log, tickets} = options;
  const sockets = new WebSocketServer({noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false});
  /** What PeerServer takes for its socket server: we hand it faces, never raw sockets. */
  const faces = new EventEmitter();
  const app = ExpressPeerServer(options.server, {
    path: signalPath,
    key: signalKey,
    concurrent_limit: 100_000,
    alive_timeout: 30_000,
    createWebSocketServer: () => faces as unknown as WebSocketServer,
  });
  // PeerServer starts when it is mounted; the app around it never gets a request, so its HTTP routes do not exist.
  const timers = ownTimers(() => express().use(app));
  app.on('error', () => log('warn', 'signalling-error'));
  const allowed = new Map<string, number>();
  /** The address of each peer. */
  const online = new Map<string, string>([[relayPeer, 'unknown']]);
  const mayReach = (from: string, to: string): boolean => to === relayPeer || (allowed.get(pairOf(from, to)) ?? 0) > clock.now();
  const own = new SocketFace({deliver: (text) => deliverToRelay(text, (signal) => options.onSignal({...signal, address: online.get(signal.src) ?? 'unknown'})), shut: () => {}});
  const admit = (face: SocketFace, {peer, token}: {peer: string; token: string}) =>
    faces.emit('connection', face, {url: `${signalPath}/peerjs?${new URLSearchParams({id: peer, token, key: signalKey})}`});
  admit(own, {peer: relayPeer, token: relayPeer});
  const heartbeat = setInterval(() => own.emit('message', '{"type":"HEARTBEAT"}'), 10_000);
  heartbeat.unref();

  return {
    upgrade: ({request, socket, head, address}) => {
      const query = new URL(request.url ?? '', 'http://relay').searchParams;
      const ticket = {peer: query.get('id') ?? '', token: query.get('token') ?? ''};
      if (!tickets.redeem(ticket)) return refuseUpgrade(socket, '401 Unauthorized');
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        online.set(ticket.peer, address);
        webSocket.on('close', () => online.delete(ticket.peer));
        const face = policedFace(webSocket, {clock, mayReach: (to) => online.has(to) && mayReach(ticket.peer, to)});
        admit(face, ticket);
      });
    },
    allow: (left, right) => {
      if (allowed.size >= maxAllowed) allowed.delete(allowed.keys().next().value ?? '');
      allowed.set(pairOf(left, right), clock.now() + allowedMs);
    },
    send: (to, signal) => own.emit('message', JSON.stringify({...signal, dst: to})),
    close: () => {
      clearInterval(heartbeat);
      timers.end();
      for (const webSocket of sockets.clients) webSocket.terminate();
    },
  };
}

/**
 * Runs `start` so that the timers it sets, and those that their calls set in turn, can be ended: PeerServer sets two that never end.
 * The global is replaced only while that code runs, which is never longer than one turn.
 */
function ownTimers(start: () => void): {end(): void} {
  const {setTimeout: real} = globalThis;
  let ended = false;
  const within = (call: () => void) => {
    if (ended) return;
    globalThis.setTimeout = ((again: () => void, ms: number) => real(() => within(again), ms).unref()) as typeof setTimeout;
    try {
      call();
    } finally {
      globalThis.setTimeout = real;
    }
  };
  within(start);
  return {
    end: () => {
      ended = true;
    },
  };
}

const pairOf = (left: string, right: string): string => [left, right].toSorted().join(' ');

/** A real socket behind the police: wrong or too many messages close it, messages to peers that it may not reach are dropped. */
function policedFace(socket: WebSocket, {clock, mayReach}: {clock: Clock; mayReach(to: string): boolean}): SocketFace {
  const bucket = new TokenBucket({burst: 60, perSecond: 10, now: clock.now()});
  const face = new SocketFace({
    deliver: (text) => {
      if (socket.bufferedAmount > maxMessageBytes * 4) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.send(text);
    },
    shut: () => socket.close(),
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => face.emit('close'));
  socket.on('message', (data) => {
    const parsed = v.safeParse(messageSchema, parseJson(String(data)));
    if (!parsed.success || !bucket.take(clock.now())) return socket.close(1008);
    const {type, dst} = parsed.output;
    if (type !== 'HEARTBEAT' && (dst === undefined || !mayReach(dst))) return;
    const text = textOf(parsed.output);
    if (text === undefined) return socket.close(1008);
    face.emit('message', text);
  });
  return face;
}

function deliverToRelay(text: string, onSignal: (signal: Omit<Signal, 'address'>) => void): void {
  const parsed = v.safeParse(v.object({type: messageSchema.entries.type, src: v.string(), payload: v.optional(v.unknown())}), parseJson(text));
  if (parsed.success) onSignal({payload: undefined, ...parsed.output});
}

/** What can be parsed may still be too deep to be written: a few kilobytes of brackets would end the process. */
function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
