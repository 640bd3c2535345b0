/** A node and a client that behave, beside those that do not: the job between them has to end well, whatever else comes in. */
import type {Identity} from '#protocol/identity.ts';
import {freshHandle, type JobHandle, type NodeId} from '#protocol/ids.ts';
import type {Message} from '#protocol/messages.ts';
import {enterAsClient, enterAsNode, freshNode, model, offerOf, RawEnd, type RawLink} from './raw-end.ts';

const parts = 3;

export class HonestPair {
  readonly node: NodeId;
  readonly #client: RawEnd;
  readonly #nodeEnd: RawEnd;
  #received = 0;

  private constructor({node, client, nodeEnd}: {node: NodeId; client: RawEnd; nodeEnd: RawEnd}) {
    this.node = node;
    this.#client = client;
    this.#nodeEnd = nodeEnd;
  }

  static async open(dial: (address: string) => Promise<RawLink>): Promise<HonestPair> {
    const identity = await freshNode();
    const slots = new Set<JobHandle>();
    const nodeEnd: RawEnd = new RawEnd(await dial('192.0.2.1'), (message) => void answer(nodeEnd, {message, identity, slots}));
    const client: RawEnd = new RawEnd(await dial('192.0.2.2'), (message) => {
      if (message.kind === 'response') pair.#received += 1;
    });
    const pair = new HonestPair({node: identity.id, client, nodeEnd});
    if (!(await enterAsNode(nodeEnd, {identity, slots: 200})) || !(await enterAsClient(client))) throw new Error('the honest were not let in');
    return pair;
  }

  /** One whole job. Rejects when it does not end well. */
  async job(): Promise<void> {
    const handle = freshHandle();
    const need = {model, bucketBytes: 1024, maxTokens: 10};
    const offered = this.#client.next('offer');
    this.#client.say('match', {...need, priceCap: 0n, payment: 'free', nodes: [this.node], work: undefined}, handle);
    if ((await offered)?.handle !== handle) throw new Error('no offer, or one of another job');
    const released = this.#client.next('released');
    this.#received = 0;
    this.#client.say('request', {enc: new Uint8Array(1120), sealed: new Uint8Array(1040)}, handle);
    if ((await released)?.handle !== handle || this.#received !== parts) throw new Error(`${this.#received} of ${parts} parts came`);
  }

  close(): void {
    this.#client.link.transport.close();
    this.#nodeEnd.link.transport.close();
  }
}

/** What a node says to each message of a job; it serves everyone, as it can't tell who is honest. */
async function answer(end: RawEnd, {message, identity, slots}: {message: Message; identity: Identity<NodeId>; slots: Set<JobHandle>}): Promise<void> {
  const {handle} = message;
  if (message.kind === 'slot') {
    slots.add(handle);
    const offer = await offerOf(identity, {handle, ceiling: 0n});
    if (slots.has(handle)) end.say('offer', offer, handle);
  }
  if (message.kind === 'cancel') slots.delete(handle);
  if (message.kind === 'dial') end.say('dialed', {accepted: 0, peer: ''}, handle);
  else if (message.kind === 'cancel') end.say('released', {}, handle);
  else if (message.kind === 'request') {
    for (let count = 0; count < parts; count += 1) end.say('response', {part: new Uint8Array(272)}, handle);
    end.say('released', {}, handle);
  }
}
