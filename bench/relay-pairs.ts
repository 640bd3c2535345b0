/** Pairs of a node and a client with a running job between them, at a real relay, ready to stream frames. */
import {once} from 'node:events';
import {WebSocket} from 'ws';
import {randomBytes} from '#protocol/bytes.ts';
import {decodeMessage, encodeMessage} from '#protocol/codec.ts';
import {createSecret, identityOf} from '#protocol/identity.ts';
import {freshHandle, type JobHandle, type ModelHash, type NodeId} from '#protocol/ids.ts';
import type {Body, Kind, Message} from '#protocol/messages.ts';
import {presenceProof, signRecord} from '#protocol/node-record.ts';
import {freeOfCharge} from '#protocol/price.ts';
import {writeStatement} from '#protocol/statement.ts';
import {spokenVersion} from '#protocol/version.ts';

const model = 'cd'.repeat(32) as ModelHash;
const need = {model, bucketBytes: 1024, maxTokens: 100};

class End {
  readonly socket: WebSocket;
  readonly #waiting: ((message: Message) => void)[] = [];
  readonly #early: Message[] = [];

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => {
      const frame = data as Buffer;
      if (frame[1] === 0x23) return;
      const message = decodeMessage(frame);
      if (message.kind === 'ping') return this.send('pong', {nonce: message.nonce});
      const take = this.#waiting.shift();
      if (take) take(message);
      else this.#early.push(message);
    });
  }

  static async open(port: number): Promise<End> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/link`, {perMessageDeflate: false});
    const end = new End(socket);
    await once(socket, 'open');
    return end;
  }

  send<K extends Kind>(kind: K, body: Body<K>, handle?: JobHandle): void {
    this.socket.send(encodeMessage(kind, body, handle));
  }

  async next<K extends Kind>(kind: K): Promise<Message<K>> {
    for (;;) {
      const message = this.#early.shift() ?? (await new Promise<Message>((resolve) => this.#waiting.push(resolve)));
      if (message.kind === kind) return message as Message<K>;
    }
  }
}

async function openNode(port: number): Promise<{end: End; id: NodeId}> {
  const identity = await identityOf<NodeId>(await createSecret());
  const end = await End.open(port);
  end.send('hello', {role: 'node', agent: 'bench', version: spokenVersion});
  const {nonce} = await end.next('challenge');
  const issued = Math.floor(Date.now() / 1000);
  const models = [{model, name: 'bench', speeds: [], contextTokens: 512, prices: freeOfCharge}];
  const record = await signRecord(identity, {issued, expires: issued + 600, engine: 'bench', slots: 1, hidden: 0, models});
  end.send('present', {record, proof: await identity.sign(writeStatement(presenceProof, {nonce})), peer: ''});
  await end.next('welcome');
  return {end, id: identity.id};
}

/** One job between a new node and a new client: from the node, frames of `bytes` now flow to the client. */
async function openPair(port: number, bytes: number) {
  const node = await openNode(port);
  const client = await End.open(port);
  client.send('hello', {role: 'client', agent: 'bench', version: spokenVersion});
  await client.next('welcome');
  const handle = freshHandle();
  client.send('match', {...need, priceCap: 0n, payment: 'free', nodes: [node.id], work: undefined}, handle);
  await node.end.next('slot');
  node.end.send('offer', {node: node.id, offer: randomBytes(1300), signature: randomBytes(64)}, handle);
  await client.next('offer');
  client.send('request', {enc: randomBytes(1120), sealed: randomBytes(1040)}, handle);
  await node.end.next('request');
  const frame = encodeMessage('response', {part: randomBytes(bytes)}, handle);
  return {
    send: () => node.end.socket.send(frame),
    onFrame: (listener: () => void) =>
      void client.socket.on('message', (data) => {
        if ((data as Buffer)[1] === 0x23) listener();
      }),
  };
}

export async function openPairs({port, pairs, bytes}: {port: number; pairs: number; bytes: number}) {
  const open = [];
  for (let index = 0; index < pairs; index += 1) open.push(await openPair(port, bytes));
  return open;
}
