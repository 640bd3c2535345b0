/** Which nodes a relay lists, and what they offer. */
import {type Bytes, randomBytes} from '../bytes.ts';
import {limits} from '../limits.ts';
import type {NodeRecord} from '../node-record.ts';
import type {PresentNode} from './relay-jobs.ts';

/** What one present node offers. */
export interface Supply {
  readonly models: NodeRecord['models'];
  /** Slots that no job has. */
  readonly idle: number;
}

export class RelayDirectory {
  readonly #said = new WeakMap<PresentNode, NodeRecord>();
  readonly #elsewhere: () => readonly Bytes[];

  /** @param elsewhere the records of nodes at other relays of the cluster */
  constructor(elsewhere: () => readonly Bytes[]) {
    this.#elsewhere = elsewhere;
  }

  note(node: PresentNode, record: NodeRecord): void {
    this.#said.set(node, record);
  }

  /** What a node says of itself. */
  recordOf(node: PresentNode): NodeRecord | undefined {
    return this.#said.get(node);
  }

  /** What is offered now, a node at a time, without saying whose it is. */
  supply(nodes: Iterable<PresentNode>): Supply[] {
    return [...nodes].map((node) => ({models: this.#said.get(node)?.models ?? [], idle: Math.max(0, node.open - node.taken)}));
  }

  /** A random selection when there are more nodes than one answer holds. */
  records(nodes: Iterable<PresentNode>): readonly Bytes[] {
    const all = [...[...nodes].map((node) => node.record), ...this.#elsewhere()];
    const start = all.length > limits.maxDirectory ? Math.floor(((randomBytes(1)[0] ?? 0) / 256) * all.length) : 0;
    return [...all.slice(start), ...all.slice(0, start)].slice(0, limits.maxDirectory);
  }
}
