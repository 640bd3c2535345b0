/** Questions to a person's own, paired devices: straight to one of them where that can be had, else through a relay to them alone. */
import {codeOf, NetworkError} from '../errors.ts';
import type {Identity} from '../identity.ts';
import type {DeviceId, ModelHash, NodeId} from '../ids.ts';
import type {AskEvent} from './ask.ts';
import type {Client, ClientQuestion} from './client.ts';
import {ClientLink} from './client-link.ts';
import {dial} from './dial.ts';
import type {Clock, Transport} from './ports.ts';

/** The host's way to other peers. */
export interface PeerWay {
  /** Our own signalling id. */
  readonly id: string;
  /** Opens a channel to a peer that agreed to it. Rejects with `offline`. */
  to(peer: string): Promise<Transport>;
  close(): void;
}

export interface OwnDevicesOptions {
  readonly client: Client;
  readonly identity: Identity<DeviceId>;
  readonly clock: Clock;
  /** The devices that are paired now. */
  paired(): readonly NodeId[];
  /** Signs in at the relay's signalling; undefined where there is none. */
  openPeer(): Promise<PeerWay | undefined>;
  /** One of them answers. */
  onUse?(node: NodeId): void;
}

interface DirectLink {
  readonly link: ClientLink;
  readonly node: NodeId;
  /** What it offered when the link was opened. */
  readonly models: readonly ModelHash[];
}

export class OwnDevices {
  readonly #options: OwnDevicesOptions;
  #peer: PeerWay | undefined;
  #direct: DirectLink | undefined;
  #opening: Promise<unknown> = Promise.resolve();

  constructor(options: OwnDevicesOptions) {
    this.#options = options;
  }

  /** Asks one of them; see `Client.ask`. Throws `not-paired` where none knows this device any more. */
  async *ask(question: ClientQuestion): AsyncGenerator<AskEvent, void> {
    const {client, paired, onUse} = this.#options;
    const strangers = new Set<NodeId>();
    const direct = await this.#inTurn(() => this.#open(question.model, strangers)).catch(() => undefined);
    const only = new Set(paired().filter((node) => !strangers.has(node)));
    try {
      for await (const event of client.ask({...question, only, ...(direct ? {direct} : {})})) {
        if (event.type === 'bound') onUse?.(event.node);
        yield event;
      }
    } catch (error) {
      throw strangers.size > 0 && codeOf(error) === 'no-node' ? new NetworkError('not-paired', 'no longer') : error;
    }
  }

  close(): void {
    this.#direct?.link.close();
    this.#peer?.close();
  }

  /** Questions of one moment find one link: a second opening would end the signalling under the first. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#opening.then(work);
    this.#opening = result.catch(() => {});
    return result;
  }

  /** A link straight to a paired device that is at our relay, whose signalling is the only one for us; undefined where none can be had. */
  async #open(model: ModelHash, without: Set<NodeId>): Promise<DirectLink | undefined> {
    const {client, identity, clock, paired, openPeer} = this.#options;
    const known = this.#direct;
    // Another model is asked for through the relay: to leave the link would end what is under way on it.
    if (known?.link.isOpen && paired().includes(known.node)) return known.models.includes(model) ? known : undefined;
    known?.link.close();
    const records = await (await client.link()).directory();
    const found = records.find((record) => paired().includes(record.node) && !without.has(record.node) && record.models.some((offered) => offered.model === model));
    if (!found) return undefined;
    const {node} = found;
    this.#peer?.close();
    this.#peer = await openPeer();
    if (!this.#peer) return undefined;
    const theirs = await dial(await client.link(), {identity, node, peer: this.#peer.id, clock}).catch((error: unknown) => {
      if (codeOf(error) !== 'not-paired') throw error;
      return undefined;
    });
    // It knows this device no longer, and is not to be asked as if by a stranger either.
    if (theirs === undefined) return this.#open(model, without.add(node));
    const link = await ClientLink.open({transport: await this.#peer.to(theirs), clock, direct: {identity, node}});
    this.#direct = {link, node, models: found.models.map((offered) => offered.model)};
    return this.#direct;
  }
}
