/** The client in this page: its link to the relay, its questions, and direct links to paired devices. */
import {codeOf, NetworkError} from '#protocol/errors.ts';
import type {Identity} from '#protocol/identity.ts';
import type {DeviceId, ModelHash, NodeId} from '#protocol/ids.ts';
import type {NodeRecord} from '#protocol/node-record.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import type {RelayRecord} from '#protocol/relay-record.ts';
import {Client} from '#protocol/roles/client.ts';
import type {RelayNews} from '#protocol/roles/client-relays.ts';
import {ClientLink} from '#protocol/roles/client-link.ts';
import {dial} from '#protocol/roles/dial.ts';
import type {Purse} from '#protocol/roles/purse.ts';
import type {Terms} from '#protocol/messages.ts';
import {breathe} from '../platform/breathe.ts';
import {systemClock} from '../platform/clock.ts';
import {openDataChannel} from '../platform/data-channel.ts';
import {linkOf, openFirst, openSocket} from '#sdk/socket.ts';
import type {AskRequest} from '../state/chat.ts';
import {meetings} from './meetings.ts';
import {siblings} from './relay-addresses.ts';
import type {PeerDoor} from './peer.ts';

export interface PageNetwork {
  ask(request: AskRequest): AsyncGenerator<AskEvent, void>;
  directory(): Promise<readonly NodeRecord[]>;
  /** Links to another relay now. Rejects with why it can't. */
  meet(relay: string): Promise<void>;
  /** Lets go of another relay. */
  leave(relay: string): void;
  /** The channel holds another sum than before. */
  forgetDeposit(): void;
}

export interface NetworkOptions {
  /** Our relay, or where it is away another one of its cluster. */
  links(): Promise<readonly string[]>;
  readonly identity: Identity<DeviceId>;
  /** Asks for free answers. */
  readonly trial: Identity<DeviceId>;
  delivery(): 'stream' | 'quiet';
  /** Answers of other relays are asked for with a key of its own for each. */
  trialAt(relay: string): Promise<Identity<DeviceId>>;
  /** The open channel to a relay's vault. */
  purse(terms: Terms, relay: string): Promise<Purse | undefined>;
  /** Relays of other operators that are used. */
  chosen(): readonly string[];
  onRecord(relay: string, record: RelayRecord): void;
  onNews(relay: string, news: RelayNews): void;
  /** The relay pays for so many more answers. */
  onTrial(left: number): void;
  paired(): readonly NodeId[];
  /** A paired device answers. */
  onPairedUse(node: NodeId): void;
}

/** An open link straight to a paired node. */
interface DirectLink {
  readonly link: ClientLink;
  readonly node: NodeId;
}

export function createClient({links, identity, delivery, paired, onPairedUse, ...options}: NetworkOptions): PageNetwork {
  const client = new Client({clock: systemClock, connect: (relay) => (relay === undefined ? links().then(openFirst) : openSocket(linkOf(relay))), relays: siblings, breathe, meetings: meetings(), random: secureRandom, ...options});
  let peer: PeerDoor | undefined;
  let direct: DirectLink | undefined;

  /** A link straight to a paired node that is at our relay, whose signalling is the only one for us; undefined where none can be had: then a relay carries the job to it. */
  const openDirect = async (model: ModelHash, without: Set<NodeId>): Promise<DirectLink | undefined> => {
    if (direct?.link.isOpen && paired().includes(direct.node)) return direct;
    direct?.link.close();
    const records = await (await client.link()).directory();
    const node = records.find((record) => paired().includes(record.node) && !without.has(record.node) && record.models.some((offered) => offered.model === model))?.node;
    if (node === undefined) return undefined;
    peer?.close();
    const {openPeer} = await import('./peer.ts');
    peer = await openPeer({to: 'devices'});
    if (!peer) return undefined;
    const theirs = await dial(await client.link(), {identity, node, peer: peer.id, clock: systemClock}).catch((error: unknown) => {
      if (codeOf(error) !== 'not-paired') throw error;
      return undefined;
    });
    // It knows this device no longer, and is not to be asked as if by a stranger either.
    if (theirs === undefined) return openDirect(model, without.add(node));
    const transport = await openDataChannel(peer.to(theirs), {clock: systemClock});
    direct = {link: await ClientLink.open({transport, clock: systemClock, direct: {identity, node}}), node};
    return direct;
  };

  async function* ask({model, job, priceCap, level, prefer, only, without, signal}: AskRequest): AsyncGenerator<AskEvent, void> {
    const question = {model, priceCap, signal, job: {...job, delivery: delivery()}, ...(prefer ? {prefer} : {}), ...(only ? {only} : {}), ...(without ? {without} : {})};
    if (level === 'network') return yield* client.ask(question);
    const strangers = new Set<NodeId>();
    const straight = await openDirect(model, strangers).catch(() => undefined);
    const mine = new Set(paired().filter((node) => !strangers.has(node)));
    try {
      for await (const event of client.ask({...question, only: mine, ...(straight ? {direct: straight} : {})})) {
        if (event.type === 'bound') onPairedUse(event.node);
        yield event;
      }
    } catch (error) {
      throw strangers.size > 0 && codeOf(error) === 'no-node' ? new NetworkError('not-paired', 'no longer') : error;
    }
  }

  const meet = async (relay: string) => {
    // A job may have been sent on to it before it was chosen: that link has shown no record.
    client.leave(relay);
    await client.link(relay);
  };
  return {ask, directory: () => client.directory(), meet, leave: (relay) => client.leave(relay), forgetDeposit: () => client.forgetPayments()};
}

function secureRandom(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
}

