/**
 * The direct route between paired devices. Nobody else may even learn a node's address, so the dial is signed and answered first:
 *
 *   device                          relay                     node
 *     dial {node, device, sig}  ->    passes it on        ->    paired? signature right? fresh?
 *                               <-                        <-    dialed {2}: not paired, or no longer
 *     dialed {accepted, peer}   <-    opens signalling    <-    dialed {accepted}
 *     ... a data channel opens between the two ...
 *     introduce {device, sig}   <----- challenge {nonce} -----  proves the device's key on the channel itself
 *     slot, offer, request ...  <---------------------------->  as through a relay
 */
import {decodeMessage, encodeMessage} from '../codec.ts';
import {codeOf, NetworkError} from '../errors.ts';
import {type Identity, isSignedBy} from '../identity.ts';
import type {DeviceId, NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Body, Message} from '../messages.ts';
import {type StatementKind, writeStatement} from '../statement.ts';
import {bytes, id, struct, text, u32} from '../wire.ts';
import {randomBytes} from '../bytes.ts';
import {within} from './deadline.ts';
import type {NodeJobs} from './node-jobs.ts';
import type {Clock, Transport} from './ports.ts';

const dialStatement: StatementKind<{node: NodeId; peer: string; time: number}> = {
  label: 'bombyx/dial/v1',
  fields: struct({node: id<NodeId>(32), peer: text(64), time: u32}),
};
const introduction: StatementKind<{node: NodeId; nonce: Uint8Array<ArrayBuffer>}> = {
  label: 'bombyx/introduce/v1',
  fields: struct({node: id<NodeId>(32), nonce: bytes(32)}),
};

/** A signed wish to reach `node` from signalling id `peer`. */
export async function makeDial(identity: Identity<DeviceId>, {node, peer, now}: {node: NodeId; peer: string; now: number}): Promise<Body<'dial'>> {
  const time = Math.floor(now / 1000);
  return {node, device: identity.id, peer, time, signature: await identity.sign(writeStatement(dialStatement, {node, peer, time}))};
}

interface DialGuard {
  readonly identity: Identity<NodeId>;
  readonly clock: Clock;
  readonly peer: string;
  isPaired(device: string): boolean;
}

/** What a node says to a dial: 1 only to a paired device that signed it just now; 2 where it is not paired, so that it need not wonder; 0 where it can't be reached. */
export async function answerDial(dial: Message<'dial'>, {identity, clock, peer, isPaired}: DialGuard): Promise<Body<'dialed'>> {
  const fresh = Math.abs(clock.now() / 1000 - dial.time) <= limits.clockSkewSeconds;
  const statement = {node: identity.id, peer: dial.peer, time: dial.time};
  const known = isPaired(dial.device) && (await isSignedBy(dial.device, {message: writeStatement(dialStatement, statement), signature: dial.signature}));
  if (!known) return {accepted: 2, peer: ''};
  return fresh && peer !== '' ? {accepted: 1, peer} : {accepted: 0, peer: ''};
}

/** The node's end of a direct link: proves the device, then serves its jobs until the link ends. @throws NetworkError `not-paired`, `bad-message` */
export async function serveDirect(options: Omit<DialGuard, 'peer'> & {readonly transport: Transport; readonly jobs: NodeJobs; /** A paired device has come. */ onDevice?(device: DeviceId): void}): Promise<void> {
  const {transport, jobs, clock, identity} = options;
  const frames = transport.frames[Symbol.asyncIterator]();
  try {
    const nonce = randomBytes(32);
    transport.send(encodeMessage('challenge', {nonce}));
    const first = await within(frames.next(), {clock, ms: limits.stepMs, code: 'not-paired'});
    if (first.done) return;
    const device = await requireIntroduction(decodeMessage(first.value), {nonce, node: identity.id, isPaired: options.isPaired});
    options.onDevice?.(device);
    jobs.pair(transport, () => options.isPaired(device));
    transport.send(encodeMessage('welcome', {relay: '', heartbeatMs: limits.heartbeatMs, terms: undefined, work: undefined}));
    for (let next = await frames.next(); !next.done; next = await frames.next()) {
      const message = decodeMessage(next.value);
      if (!options.isPaired(device)) throw new NetworkError('not-paired', 'no longer');
      if (message.kind === 'ping') transport.send(encodeMessage('pong', {nonce: message.nonce}));
      else void jobs.receive(message, transport);
    }
  } catch (error) {
    transport.send(encodeMessage('failed', {code: codeOf(error)}));
    throw error;
  } finally {
    jobs.linkClosed(transport);
    transport.close();
  }
}

async function requireIntroduction(message: Message, expected: {nonce: Uint8Array<ArrayBuffer>; node: NodeId; isPaired(device: string): boolean}): Promise<DeviceId> {
  if (message.kind !== 'introduce' || !expected.isPaired(message.device)) throw new NetworkError('not-paired', 'unknown device');
  const statement = writeStatement(introduction, {node: expected.node, nonce: expected.nonce});
  if (!(await isSignedBy(message.device, {message: statement, signature: message.signature}))) throw new NetworkError('not-paired', 'signature');
  return message.device;
}

/** The device's answer to a node's challenge on a direct link. */
export async function makeIntroduction(identity: Identity<DeviceId>, expected: {node: NodeId; nonce: Uint8Array<ArrayBuffer>}): Promise<Body<'introduce'>> {
  return {device: identity.id, signature: await identity.sign(writeStatement(introduction, expected))};
}
