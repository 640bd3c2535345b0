/** The client in this page: its link to the relay, its questions, and direct links to paired devices. */
import type {Identity} from '#protocol/identity.ts';
import type {DeviceId, NodeId} from '#protocol/ids.ts';
import type {NodeRecord} from '#protocol/node-record.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import type {RelayRecord} from '#protocol/relay-record.ts';
import {Client} from '#protocol/roles/client.ts';
import type {RelayNews} from '#protocol/roles/client-relays.ts';
import {OwnDevices, type PeerWay} from '#protocol/roles/own-devices.ts';
import type {Purse} from '#protocol/roles/purse.ts';
import type {Terms} from '#protocol/messages.ts';
import {breathe} from '../platform/breathe.ts';
import {systemClock} from '../platform/clock.ts';
import {openDataChannel} from '../platform/data-channel.ts';
import {linkOf, openFirst, openSocket} from '#sdk/socket.ts';
import type {AskRequest} from '../state/chat.ts';
import {meetings} from './meetings.ts';
import {siblings} from './relay-addresses.ts';

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

export function createClient({links, identity, delivery, paired, onPairedUse, ...options}: NetworkOptions): PageNetwork {
  const client = new Client({clock: systemClock, connect: (relay) => (relay === undefined ? links().then(openFirst) : openSocket(linkOf(relay))), relays: siblings, breathe, meetings: meetings(), random: secureRandom, ...options});
  const own = new OwnDevices({client, identity, clock: systemClock, paired, openPeer, onUse: onPairedUse});

  const ask = ({model, job, priceCap, level, prefer, only, without, signal}: AskRequest): AsyncGenerator<AskEvent, void> => {
    const question = {model, priceCap, signal, job: {...job, delivery: delivery()}, ...(prefer ? {prefer} : {}), ...(only ? {only} : {}), ...(without ? {without} : {})};
    return level === 'network' ? client.ask(question) : own.ask(question);
  };

  const meet = async (relay: string) => {
    // A job may have been sent on to it before it was chosen: that link has shown no record.
    client.leave(relay);
    await client.link(relay);
  };
  return {ask, directory: () => client.directory(), meet, leave: (relay) => client.leave(relay), forgetDeposit: () => client.forgetPayments()};
}

/** PeerJS loads when a device of one's own is asked. */
async function openPeer(): Promise<PeerWay | undefined> {
  const door = await (await import('./peer.ts')).openPeer({to: 'devices'});
  return door && {id: door.id, to: (peer) => openDataChannel(door.to(peer), {clock: systemClock}), close: () => door.close()};
}

function secureRandom(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
}

