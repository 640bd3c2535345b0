/**
 * A node on its link to a relay:
 *
 *   node                          relay
 *     hello {node}            ->
 *                             <-    challenge {nonce}
 *     present {record, proof} ->    checks both signatures
 *                             <-    welcome
 *     status {free}           ->    slot, request, cancel: see node-jobs.ts
 *     renew {record}          ->    well before the last record expires
 */
import {randomBytes, utf8} from '../bytes.ts';
import {decodeMessage, encodeMessage} from '../codec.ts';
import {NetworkError} from '../errors.ts';
import type {Identity} from '../identity.ts';
import type {NodeId, RelayId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Body, Message} from '../messages.ts';
import {type MeasuredSpeed, presenceProof, signRecord} from '../node-record.ts';
import {checkRelayRecord} from '../relay-record.ts';
import {writeStatement} from '../statement.ts';
import {refusedAtHello, spokenVersion} from '../version.ts';
import {answerDial} from './direct.ts';
import type {Earnings} from './earnings.ts';
import type {NodeJobs, ServedModel} from './node-jobs.ts';
import type {Engine} from './engine.ts';
import type {Clock, Transport} from './ports.ts';
import {Silence} from './silence.ts';

export interface ServeOptions {
  readonly transport: Transport;
  readonly identity: Identity<NodeId>;
  readonly engine: Engine;
  readonly model: ServedModel;
  /** What this device measured. */
  speeds(): readonly MeasuredSpeed[];
  readonly jobs: NodeJobs;
  readonly clock: Clock;
  /** Set where answers are paid for. */
  readonly earnings: Earnings | undefined;
  /** Where paired devices can reach this node's signalling; empty when they can't. */
  readonly peer: string;
  /** Whether the page of this node is hidden: browsers give those less. */
  hidden?(): boolean;
  /** Whether a device may dial this node directly. */
  isPaired(device: string): boolean;
  /** Set for a relay of another operator: where it is, and the key that it has to show before it is told anything. */
  readonly relay?: {readonly address: string; readonly key: RelayId};
  /** A device that may dial will connect from this signalling id; nobody else is to be answered there. */
  expectDevice?(peer: string): Promise<void>;
  /** The relay accepted this node. */
  onWelcome(relay: string): void;
  /** The relay says why there are no jobs; it holds until it says another reason. */
  onIdle?(why: Body<'idle'>): void;
}

/** A record stands for an hour; a few renewals may fail or come late. */
const renewMs = 600_000;
/** How often it looks whether its page was hidden or shown. */
const lookMs = 30_000;

/** Serves until the link ends or the signal aborts. Rejects with the relay's code when it refuses this node, or with the signal's reason. */
export async function serve(options: ServeOptions, signal: AbortSignal): Promise<void> {
  const {transport, jobs} = options;
  const close = () => transport.close();
  const ended = new AbortController();
  signal.addEventListener('abort', close, {once: true});
  const silence = new Silence(options.clock, close);
  try {
    const frames = transport.frames[Symbol.asyncIterator]();
    if (options.relay) await meet(options, {frames, relay: options.relay});
    transport.send(encodeMessage('hello', {role: 'node', agent: 'bombyx/1', version: spokenVersion}));
    void keepRecord(options, ended.signal).catch(() => {});
    let isFirst = true;
    for (let next = await frames.next(); !next.done; next = await frames.next()) {
      silence.heard();
      const message = decodeMessage(next.value);
      if (isFirst && message.kind === 'failed') throw new NetworkError(refusedAtHello(message.code), 'said the relay');
      isFirst = false;
      await receive(options, message);
    }
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener('abort', close);
    silence.stop();
    ended.abort();
    jobs.linkClosed(transport);
    transport.close();
  }
}

const isHidden = (hidden: ServeOptions['hidden']): number => (hidden?.() === true ? 1 : 0);

/** Tells the relay how many slots it may fill. Call after each change of the jobs. */
export function sendStatus({transport, jobs, engine, hidden}: Pick<ServeOptions, 'transport' | 'jobs' | 'engine' | 'hidden'>): void {
  const elsewhere = jobs.taken - jobs.takenBy(transport);
  const free = jobs.open ? Math.max(0, engine.concurrency - elsewhere) : 0;
  transport.send(encodeMessage('status', {free, draining: jobs.draining ? 1 : 0, hidden: isHidden(hidden)}));
}

/** Asks for nothing new; what runs over this link goes on. */
export const sayLeaving = (transport: Transport): void => transport.send(encodeMessage('status', {free: 0, draining: 1, hidden: 0}));

/** Says that this node leaves, so that the relay need not find out. */
export const sayGoodbye = (transport: Transport): void => transport.send(encodeMessage('goodbye', {}));

async function receive(options: ServeOptions, message: Message): Promise<void> {
  const {transport, jobs} = options;
  if (message.kind === 'challenge') await present(options, message.nonce);
  else if (message.kind === 'welcome') {
    options.earnings?.welcome(message.terms);
    options.onWelcome(message.relay);
    sendStatus(options);
  } else if (message.kind === 'ping') transport.send(encodeMessage('pong', {nonce: message.nonce}));
  // This node signals at its own relay only, so nobody from another one finds it there.
  else if (message.kind === 'meet' && options.relay) transport.send(encodeMessage('met', {accepted: 0, peer: ''}, message.handle));
  // Its page may be busy: nothing else waits for that.
  else if (message.kind === 'dial') void dialed(options, message).catch(() => {});
  else if (message.kind === 'accounted') await options.earnings?.accounted(message);
  else if (message.kind === 'paid') await options.earnings?.paid(message);
  else if (message.kind === 'idle') options.onIdle?.(whyOf(message));
  else if (message.kind === 'banned') throw new NetworkError('banned', `until ${message.until}, after ${message.code}`);
  else if (message.kind === 'failed' && /^0+$/.test(message.handle)) throw new NetworkError(message.code, 'said the relay');
  else if (message.kind !== 'goodbye') void jobs.receive(message, transport);
}

const whyOf = (idle: Message<'idle'>): Body<'idle'> => (idle.reason === 'paused' ? {reason: idle.reason, until: idle.until, trouble: idle.trouble} : {reason: idle.reason});

/** Asks a relay who it is, before anything is said to it. @throws NetworkError `bad-relay`, `relay-changed` */
async function meet({transport, clock}: ServeOptions, {frames, relay}: {frames: AsyncIterator<Uint8Array>; relay: NonNullable<ServeOptions['relay']>}): Promise<void> {
  const nonce = randomBytes(32);
  transport.send(encodeMessage('about', {nonce, shown: undefined}));
  const answer = await untilAnswer(transport, frames);
  if (answer.kind === 'failed') throw new NetworkError(answer.code === 'refused' ? 'bad-relay' : answer.code, 'said the relay');
  if (answer.kind === 'banned') throw new NetworkError('banned', `until ${answer.until}, after ${answer.code}`);
  if (answer.kind !== 'about' || answer.shown === undefined) throw new NetworkError('bad-relay', `${answer.kind} instead of a record`);
  const record = await checkRelayRecord(answer.shown, {nonce, address: relay.address, now: clock.now()});
  if (record.relay !== relay.key) throw new NetworkError('relay-changed', 'another key than before');
}

/** The first message that is no ping. */
async function untilAnswer(transport: Transport, frames: AsyncIterator<Uint8Array>): Promise<Message> {
  for (let next = await frames.next(); !next.done; next = await frames.next()) {
    const message = decodeMessage(next.value);
    if (message.kind !== 'ping') return message;
    transport.send(encodeMessage('pong', {nonce: message.nonce}));
  }
  throw new NetworkError('link-closed', 'before it showed who it is');
}

async function dialed(options: ServeOptions, dial: Message<'dial'>): Promise<void> {
  const answer = await answerDial(dial, options);
  if (answer.accepted === 1) await options.expectDevice?.(dial.peer);
  options.transport.send(encodeMessage('dialed', answer, dial.handle));
}

async function present(options: ServeOptions, nonce: Uint8Array<ArrayBuffer>): Promise<void> {
  const {identity, transport, peer} = options;
  const proof = await identity.sign(writeStatement(presenceProof, {nonce}));
  transport.send(encodeMessage('present', {record: await recordOf(options), proof, peer}));
}

/** Brings a fresh record from time to time, for clients drop one that has expired, and soon after its page was hidden or shown. */
async function keepRecord(options: ServeOptions, signal: AbortSignal): Promise<void> {
  const {clock} = options;
  let said = {at: clock.now(), hidden: isHidden(options.hidden)};
  for (;;) {
    await clock.sleep(lookMs, signal);
    if (clock.now() - said.at < renewMs && isHidden(options.hidden) === said.hidden) continue;
    said = {at: clock.now(), hidden: isHidden(options.hidden)};
    options.transport.send(encodeMessage('renew', {record: await recordOf(options)}));
  }
}

function recordOf({identity, model, engine, speeds, clock, hidden}: ServeOptions): Promise<Uint8Array<ArrayBuffer>> {
  const issued = Math.floor(clock.now() / 1000);
  return signRecord(identity, {
    issued,
    expires: issued + limits.recordSeconds,
    engine: clip(engine.description, 128),
    slots: engine.concurrency,
    hidden: isHidden(hidden),
    models: [{model: model.hash, name: clip(model.name, 96), speeds: [...speeds()], contextTokens: model.contextTokens, prices: model.prices}],
  });
}

/** The longest start of a text that fits `max` bytes. */
function clip(text: string, max: number): string {
  let clipped = text;
  while (utf8(clipped).length > max) clipped = clipped.slice(0, -1);
  return clipped;
}

