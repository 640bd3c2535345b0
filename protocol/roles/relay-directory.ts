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
  readonly #offered = new WeakMap<PresentNode, NodeRecord['models']>();
  readonly #elsewhere: () => readonly Bytes[];

  /** @param elsewhere the records of nodes at other relays of the cluster */
  constructor(elsewhere: () => readonly Bytes[]) {
    this.#elsewhere = elsewhere;
  }

  note(node: PresentNode, {models}: NodeRecord): void {
    this.#offered.set(node, models);
  }

  /** What is offered now, a node at a time, without saying whose it is. */
  supply(nodes: Iterable<PresentNode>): Supply[] {
    return [...nodes].map((node) => ({models: this.#offered.get(node) ?? [], idle: Math.max(0, node.open - node.taken)}));
  }

  /** A random selection when there are more nodes than one answer holds. */
  records(nodes: Iterable<PresentNode>): readonly Bytes[] {
    const all = [...[...nodes].map((node) => node.record), ...this.#elsewhere()];
    const start = all.length > limits.maxDirectory ? Math.floor(((randomBytes(1)[0] ?? 0) / 256) * all.length) : 0;
    return [...all.slice(start), ...all.slice(0, start)].slice(0, limits.maxDirectory);
  }
}
