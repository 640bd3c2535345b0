/** Wrong frames on links at every stage: a stranger, a node that has yet to show its key, a node, a client. */
import {readFileSync} from 'node:fs';
import {setImmediate, setTimeout as sleep} from 'node:timers/promises';
import {concat, fromHex, randomBytes} from '#protocol/bytes.ts';
import {encodeMessage, envelopeBytes} from '#protocol/codec.ts';
import type {Identity} from '#protocol/identity.ts';
import {type DeviceId, freshHandle, type JobHandle, linkHandle, type NodeId} from '#protocol/ids.ts';
import {limits} from '#protocol/limits.ts';
import type {Message} from '#protocol/messages.ts';
import type {SignedOffer} from '#protocol/offer.ts';
import {spokenVersion} from '#protocol/version.ts';
import {enterAsClient, enterAsNode, freshNode, model, RawEnd, type RawLink} from './raw-end.ts';
import type {Random} from './random.ts';
import type {Tally} from './tally.ts';

/** A valid frame of every kind. */
const {frames: recorded} = JSON.parse(readFileSync(new URL('../../protocol/testing/vectors/frames-v1.json', import.meta.url), 'utf8')) as {frames: Record<string, string>};
const frames = Object.values(recorded).map(fromHex) as [Uint8Array<ArrayBuffer>, ...Uint8Array<ArrayBuffer>[]];

export interface LinkStage {
  readonly random: Random;
  readonly tally: Tally;
  dial(address: string): Promise<RawLink>;
  /** Nodes that are or were here. */
  readonly nodes: [NodeId, ...NodeId[]];
  /** Right ones, of no job; some cost something. */
  readonly offers: readonly [SignedOffer, ...SignedOffer[]];
  readonly devices: readonly [Identity<DeviceId>, ...Identity<DeviceId>[]];
  /** Handles that crossed some link. */
  readonly handles: [JobHandle, ...JobHandle[]];
}

const remembered = 50;
const farewellMs = 20;
const stages = ['stranger', 'candidate', 'node', 'node', 'client', 'client', 'client'] as const;

/** One link: gets as far as its stage, misbehaves, and leaves in one way or another. */
export async function fuzzLink(stage: LinkStage): Promise<void> {
  const {random, tally} = stage;
  const end = new RawEnd(await stage.dial(random.address()), (message) => hear(stage, message));
  await enter(end, stage);
  end.link.spoil?.();
  for (let count = 1 + random.length(60); count > 0; count -= 1) {
    tally.inputs += 1;
    misbehave(end, stage);
    if (random.chance(0.2)) await setImmediate();
  }
  if (random.chance(0.3)) await Promise.race([end.ended, setImmediate()]);
  if (random.chance(0.5)) end.link.transport.close();
  // A frame that was left half sent swallows the words of farewell; nobody waits for an answer to those.
  await Promise.race([end.ended, sleep(farewellMs)]);
  end.link.socket?.terminate();
  end.link.transport.close();
  await end.ended;
}

function hear({tally, handles, random}: LinkStage, message: Message): void {
  if (message.kind === 'failed') tally.refused(message.code);
  if (message.kind === 'failed' && message.code === 'internal' && message.handle === linkHandle) tally.fault('the relay ended a link with internal');
  if (message.handle === linkHandle) return;
  handles[handles.length < remembered ? handles.length : random.below(remembered)] = message.handle;
}

async function enter(end: RawEnd, {random, nodes, devices}: LinkStage): Promise<void> {
  const to = random.pick(stages);
  if (to === 'client') await enterAsClient(end, random.chance(0.5) ? random.pick(devices) : undefined);
  if (to === 'candidate') end.say('hello', {role: 'node', agent: 'fuzz', version: spokenVersion});
  if (to !== 'node') return;
  const identity = await freshNode();
  await enterAsNode(end, {identity, slots: 1 + random.below(4)});
  nodes[nodes.length < remembered ? nodes.length : 1 + random.below(remembered - 1)] = identity.id;
}

function misbehave(end: RawEnd, stage: LinkStage): void {
  const {random} = stage;
  const {socket} = end.link;
  if (socket && random.chance(0.03)) return misframe(socket, random);
  const frame = frameOf(stage);
  const isFlood = random.chance(0.01);
  for (let count = isFlood ? limits.burstFrames + 100 : 1; count > 0; count -= 1) end.send(frame);
}

/** What is no binary message of a right size, or no WebSocket frame at all. */
function misframe(socket: NonNullable<RawLink['socket']>, random: Random): void {
  const stream = (socket as unknown as {_socket?: {write(bytes: Uint8Array): void}})._socket;
  const how = random.below(6);
  if (socket.readyState !== socket.OPEN) return;
  if (how === 0) socket.send('text');
  else if (how === 1) socket.send(new Uint8Array(limits.maxFrameBytes + 1));
  else if (how === 2) socket.ping(random.bytes(random.below(126)));
  else if (how === 3) socket.send(random.bytes(20), {fin: false});
  else if (how === 4) socket.close(1000 + random.below(4));
  else stream?.write(random.bytes(random.length(400)));
}

function frameOf(stage: LinkStage): Uint8Array {
  const {random} = stage;
  const how = random.below(10);
  if (how === 0) return random.bytes(random.length(2000));
  if (how <= 2) return random.mutated(random.pick(frames));
  if (how <= 5) return withHandle(random.pick(frames), handleFor(stage));
  return fitting(stage);
}

function handleFor({random, handles}: LinkStage): JobHandle {
  const how = random.below(4);
  return how === 0 ? linkHandle : how === 1 ? freshHandle() : random.pick(handles);
}

const withHandle = (frame: Uint8Array, handle: JobHandle): Uint8Array => concat(frame.subarray(0, 2), fromHex(handle), frame.subarray(envelopeBytes));

/** A frame that could be right: of nodes that are here and jobs that run. */
function fitting(stage: LinkStage): Uint8Array {
  const {random, nodes} = stage;
  const handle = handleFor(stage);
  const how = random.below(14);
  const bucketBytes = random.pick([1024, 4096, 0, 2 ** 32 - 1]);
  const set = Array.from({length: random.length(limits.maxSet)}, () => random.pick(nodes));
  if (how <= 2) return encodeMessage('match', {model, bucketBytes, maxTokens: random.below(65_536), priceCap: 0n, payment: random.pick(['free', 'free', 'channel', 'trial']), nodes: set, work: undefined}, random.chance(0.7) ? freshHandle() : handle);
  if (how === 3) return encodeMessage('status', {free: random.below(256), draining: random.below(2), hidden: random.below(2)}, random.chance(0.9) ? linkHandle : handle);
  if (how === 4) return encodeMessage('offer', random.chance(0.8) ? random.pick(stage.offers) : {node: random.pick(nodes), offer: random.bytes(random.length(2048)), signature: randomBytes(64)}, handle);
  if (how === 5) return encodeMessage('request', {enc: new Uint8Array(1120), sealed: new Uint8Array(random.length(100_000))}, handle);
  if (how === 6) return encodeMessage('response', {part: new Uint8Array(random.length(5000))}, handle);
  if (how === 7) return encodeMessage('cancel', {}, handle);
  if (how === 8) return encodeMessage('released', {}, handle);
  if (how === 9) return encodeMessage('failed', {code: random.pick(['busy', 'refused', 'node-lost', 'internal'])}, handle);
  if (how === 10) return encodeMessage('dial', {node: random.pick(nodes), device: random.pick(stage.devices).id, peer: 'ab'.repeat(16), time: 1, signature: randomBytes(64)}, handle);
  if (how === 11) return encodeMessage(random.pick(['moved', 'back', 'back', 'got']), {parts: random.pick([0, 1, 20, 2 ** 32 - 1])}, handle);
  if (how === 12) return random.chance(0.5) ? encodeMessage('meet', {peer: 'ab'.repeat(random.below(33))}, handle) : encodeMessage('met', {accepted: random.below(256), peer: 'cd'.repeat(16)}, handle);
  return encodeMessage('list', {});
}
