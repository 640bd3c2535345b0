/** The client in this page: its link to the relay, its questions, and direct links to paired devices. */
import type {Identity} from '#protocol/identity.ts';
import type {DeviceId, NodeId} from '#protocol/ids.ts';
import type {NodeRecord} from '#protocol/node-record.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import {Client} from '#protocol/roles/client.ts';
import {ClientLink} from '#protocol/roles/client-link.ts';
import {dial} from '#protocol/roles/dial.ts';
import type {Purse} from '#protocol/roles/purse.ts';
import type {Terms} from '#protocol/messages.ts';
import {systemClock} from '../platform/clock.ts';
import {openDataChannel} from '../platform/data-channel.ts';
import {openSocket} from '../platform/socket.ts';
import type {AskRequest} from '../state/chat.ts';
import {meetings} from './meetings.ts';
import type {PeerDoor} from './peer.ts';

export interface PageNetwork {
  ask(request: AskRequest): AsyncGenerator<AskEvent, void>;
  directory(): Promise<readonly NodeRecord[]>;
  /** The channel holds another sum than before. */
  forgetDeposit(): void;
}

export interface NetworkOptions {
  readonly linkUrl: string;
  readonly identity: Identity<DeviceId>;
  /** Asks for free answers. */
  readonly trial: Identity<DeviceId>;
  delivery(): 'stream' | 'quiet';
  /** The open channel to a relay's vault. */
  purse(terms: Terms): Promise<Purse | undefined>;
  /** The relay pays for so many more answers. */
  onTrial(left: number): void;
  paired(): readonly NodeId[];
}

export function createClient({linkUrl, identity, trial, delivery, purse, onTrial, paired}: NetworkOptions): PageNetwork {
  const client = new Client({clock: systemClock, connect: () => openSocket(linkUrl), purse, trial, onTrial, meetings: meetings(), random: secureRandom});
  let peer: PeerDoor | undefined;
  let direct: {link: ClientLink; node: NodeId} | undefined;

  /** A link straight to a paired node that is here; undefined where none can be had: then the relay carries the job to it. */
  const openDirect = async (records: readonly NodeRecord[]) => {
    if (direct?.link.isOpen) return direct;
    const node = records.find((record) => paired().includes(record.node))?.node;
    if (node === undefined) return undefined;
    peer?.close();
    const {openPeer} = await import('./peer.ts');
    peer = await openPeer({to: 'devices'});
    if (!peer) return undefined;
    const theirs = await dial(await client.link(), {identity, node, peer: peer.id, clock: systemClock});
    const transport = await openDataChannel(peer.to(theirs), {clock: systemClock});
    direct = {link: await ClientLink.open({transport, clock: systemClock, direct: {identity, node}}), node};
    return direct;
  };

  async function* ask({model, job, priceCap, level, prefer, signal}: AskRequest): AsyncGenerator<AskEvent, void> {
    const question = {model, priceCap, signal, job: {...job, delivery: delivery()}, ...(prefer ? {prefer} : {})};
    if (level === 'network') return yield* client.ask(question);
    const offering = (await client.directory()).filter((record) => record.models.some((offered) => offered.model === model));
    const straight = await openDirect(offering).catch(() => undefined);
    yield* client.ask({...question, only: new Set(paired()), ...(straight ? {direct: straight} : {})});
  }

  return {ask, directory: () => client.directory(), forgetDeposit: () => client.forgetPayments()};
}

function secureRandom(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
}

