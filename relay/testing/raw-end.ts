/** An end of a link that speaks frames as it is told to, right or wrong, and holds what the relay says against the protocol. */
import {once} from 'node:events';
import {WebSocket} from 'ws';
import {decodeMessage, encodeMessage, peek} from '#protocol/codec.ts';
import {createSecret, type Identity, identityOf} from '#protocol/identity.ts';
import {type DeviceId, freshHandle, type JobHandle, type ModelHash, type NodeId} from '#protocol/ids.ts';
import type {Body, Kind, Message} from '#protocol/messages.ts';
import {presenceProof, signRecord} from '#protocol/node-record.ts';
import {type SignedOffer, signOffer} from '#protocol/offer.ts';
import {freeOfCharge} from '#protocol/price.ts';
import type {Transport} from '#protocol/roles/ports.ts';
import {writeStatement} from '#protocol/statement.ts';
import {trialProof} from '#protocol/trial.ts';
import {spokenVersion} from '#protocol/version.ts';
import {webSocketTransport} from '../ws-transport.ts';

export const model = 'cd'.repeat(32) as ModelHash;
/** How long a relay that works may take for one step; a hang, not a measurement. */
const hangMs = 20_000;

/** What the relay passes on unread; it may be nonsense of the other side. */
const unread: ReadonlySet<Kind> = new Set(['request', 'offer', 'response', 'released', 'failed']);

export interface RawLink {
  readonly transport: Transport;
  /** Where the link is a WebSocket. */
  readonly socket?: WebSocket;
  /** From here on pieces may be spoilt on the way. */
  spoil?(): void;
}

/** A WebSocket link that comes, by its proxy's word, from `address`. */
export async function dialRelay(port: number, address: string): Promise<RawLink> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/link`, {perMessageDeflate: false, headers: {'x-forwarded-for': address}});
  const transport = webSocketTransport(socket);
  await once(socket, 'open');
  return {transport, socket};
}

export class RawEnd {
  readonly link: RawLink;
  /** Resolves when the link has ended. Rejects when the relay said what is no message. */
  readonly ended: Promise<void>;
  readonly #hear: (message: Message) => void;
  #waiting: {readonly kind: Kind; readonly resolve: (message: Message | undefined) => void}[] = [];
  #over = false;

  /** @param hear is told of every message, pings apart, which are answered */
  constructor(link: RawLink, hear: (message: Message) => void = () => {}) {
    this.link = link;
    this.#hear = hear;
    this.ended = this.#read();
    this.ended.catch(() => {});
  }

  send(frame: Uint8Array): void {
    this.link.transport.send(frame);
  }

  say<K extends Kind>(kind: K, body: Body<K>, handle?: JobHandle): void {
    this.send(encodeMessage(kind, body, handle));
  }

  /** The next message of this kind; undefined when the link ends first. */
  async next<K extends Kind>(kind: K): Promise<Message<K> | undefined> {
    if (this.#over) return undefined;
    let hang: ReturnType<typeof setTimeout> | undefined;
    const message = await new Promise<Message | undefined>((resolve, reject) => {
      hang = setTimeout(() => reject(new Error(`no ${kind} within ${hangMs} ms`)), hangMs);
      this.#waiting.push({kind, resolve});
    });
    clearTimeout(hang);
    return message as Message<K> | undefined;
  }

  async #read(): Promise<void> {
    try {
      for await (const frame of this.link.transport.frames) {
        const message = readable(frame);
        if (message) this.#take(message);
      }
    } finally {
      this.#over = true;
      for (const {resolve} of this.#waiting) resolve(undefined);
    }
  }

  #take(message: Message): void {
    if (message.kind === 'ping') return this.say('pong', {nonce: message.nonce});
    this.#hear(message);
    const found = this.#waiting.find(({kind}) => kind === message.kind);
    if (!found) return;
    this.#waiting = this.#waiting.filter((waiting) => waiting !== found);
    found.resolve(message);
  }
}

function readable(frame: Uint8Array): Message | undefined {
  try {
    return decodeMessage(frame);
  } catch (error) {
    if (unread.has(peek(frame).kind)) return undefined;
    throw error;
  }
}

export const freshNode = async (): Promise<Identity<NodeId>> => identityOf<NodeId>(await createSecret());

/** Makes an honest node of a fresh link. False when the link ended on the way. */
export async function enterAsNode(end: RawEnd, {identity, slots}: {identity: Identity<NodeId>; slots: number}): Promise<boolean> {
  const welcome = end.next('welcome');
  const challenge = end.next('challenge');
  end.say('hello', {role: 'node', agent: 'fuzz', version: spokenVersion});
  const nonce = (await challenge)?.nonce;
  if (!nonce) return false;
  const issued = Math.floor(Date.now() / 1000);
  const models = [{model, name: 'fuzz', speeds: [], contextTokens: 512, prices: freeOfCharge}];
  const record = await signRecord(identity, {issued, expires: issued + 3600, engine: 'fuzz', slots, hidden: 0, models});
  end.say('present', {record, proof: await identity.sign(writeStatement(presenceProof, {nonce})), peer: ''});
  return (await welcome) !== undefined;
}

/** Makes an honest client of a fresh link; `device` gets free answers where there are any. False when the link ended on the way. */
export async function enterAsClient(end: RawEnd, device?: Identity<DeviceId>): Promise<boolean> {
  const welcome = end.next('welcome');
  end.say('hello', {role: 'client', agent: 'fuzz', version: spokenVersion});
  const said = await welcome;
  if (device && said?.terms) end.say('trial', {device: device.id, signature: await device.sign(writeStatement(trialProof, {nonce: said.terms.nonce}))}, freshHandle());
  return said !== undefined;
}

/** A right offer, with nobody who could open what is sealed to it. */
export const offerOf = (identity: Identity<NodeId>, {handle, ceiling}: {handle: JobHandle; ceiling: bigint}): Promise<SignedOffer> =>
  signOffer(identity, {handle, expires: Math.floor(Date.now() / 1000) + 30, model, prices: freeOfCharge, ceiling, chunk: 64, kemPublicKey: new Uint8Array(1216)});
