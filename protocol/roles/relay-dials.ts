/** Who may signal to whom: paired devices that dial their node through the relay, and strangers of a job that meet. Devices that are yet to pair talk through it. */
import {NetworkError} from '../errors.ts';
import type {JobHandle, NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Message} from '../messages.ts';
import type {PresentNode, RelayJobs} from './relay-jobs.ts';
import type {RelayLink} from './relay-link.ts';
import {RelayMeets} from './relay-meets.ts';
import {RelayRooms} from './relay-rooms.ts';

const maxDials = 1000;
const maxDialsPerClient = 4;

interface Dial {
  readonly client: RelayLink;
  readonly node: PresentNode;
  /** The client's signalling id. */
  readonly peer: string;
  readonly at: number;
}

interface DialOptions {
  readonly allowSignalling?: (left: string, right: string) => void;
  readonly strangersMeet?: boolean;
}

export class RelayDials {
  readonly #nodes: ReadonlyMap<NodeId, PresentNode>;
  readonly #allowSignalling: ((left: string, right: string) => void) | undefined;
  readonly #meets: RelayMeets;
  readonly #rooms = new RelayRooms();
  /** Dials that wait for their node's answer. */
  readonly #waiting = new Map<JobHandle, Dial>();

  constructor(jobs: RelayJobs, {allowSignalling, strangersMeet = false}: DialOptions) {
    this.#nodes = jobs.nodes;
    this.#allowSignalling = allowSignalling;
    this.#meets = new RelayMeets((handle) => jobs.running(handle), strangersMeet ? allowSignalling : undefined);
  }

  /** Whether a client's message was one of these. @throws NetworkError `refused`, `duplicate`, `dial-refused`, `busy`, `expired`, `flood` */
  fromClient(message: Message, {client, frame, now}: {client: RelayLink; frame: Uint8Array; now: number}): boolean {
    if (message.kind === 'dial') this.#dial(message, {client, frame, now});
    else if (message.kind === 'meet' || message.kind === 'back') this.#meets.fromClient(message, {client, frame});
    else if (message.kind === 'host' || message.kind === 'knock' || message.kind === 'aside') this.#rooms.fromClient(message, {client, now});
    else return false;
    return true;
  }

  /** Whether a node's message was one of these. @throws NetworkError `refused`, `duplicate` */
  fromNode(message: Message, {node, frame}: {node: PresentNode; frame: Uint8Array}): boolean {
    if (message.kind === 'dialed') this.#answered(message, {node, frame});
    else if (message.kind === 'met' || message.kind === 'moved' || message.kind === 'back') this.#meets.fromNode(message, {node, frame});
    else return false;
    return true;
  }

  #dial(message: Message<'dial'>, {client, frame, now}: {client: RelayLink; frame: Uint8Array; now: number}): void {
    if (this.#waiting.has(message.handle)) throw new NetworkError('duplicate', 'this handle is in use');
    const node = this.#nodes.get(message.node);
    const own = [...this.#waiting.values()].filter((dial) => dial.client === client).length;
    if (!node || own >= maxDialsPerClient || this.#waiting.size >= maxDials) throw new NetworkError('dial-refused', 'not here, or too many dials');
    this.#waiting.set(message.handle, {client, node, peer: message.peer, at: now});
    node.link.forward(frame);
  }

  #answered(message: Message<'dialed'>, {node, frame}: {node: PresentNode; frame: Uint8Array}): void {
    const dial = this.#waiting.get(message.handle);
    if (dial?.node !== node) return;
    this.#waiting.delete(message.handle);
    if (message.accepted === 1) this.#allowSignalling?.(dial.peer, node.peer);
    dial.client.forward(frame);
  }

  /** Forgets what no node answered in time. */
  sweep(now: number): void {
    this.#rooms.sweep(now);
    for (const [handle, {at}] of this.#waiting) if (now - at > limits.stepMs) this.#waiting.delete(handle);
  }

  gone(link: RelayLink): void {
    this.#rooms.gone(link);
    for (const [handle, {client, node}] of this.#waiting) if (client === link || node.link === link) this.#waiting.delete(handle);
  }
}
