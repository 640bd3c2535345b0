/** One other relay of the cluster, as this one knows it: which nodes are there, and for which models it has room. */
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import {type Beat, busMessages, type Change, maxPage, type NodeEntry, type MemberId, subjects} from './bus-messages.ts';
import type {Bus} from './bus.ts';

/** Nodes that one relay may say that it has. */
const maxNodes = 100_000;
/** Changes that wait while its list comes; with more the list is asked for again. */
const maxWaiting = 10_000;
const pageMs = 3000;
const first = '0'.repeat(64) as NodeId;

export interface NeighbourOptions {
  readonly bus: Bus;
  readonly id: MemberId;
  readonly url: string;
  /** Its nodes are others than before. */
  onNodes(): void;
  /** Its list came for the first time. */
  onList(): void;
  /** A node came there, or it was there when the list came. */
  onNode(entry: NodeEntry): void;
}

export class Neighbour {
  readonly #options: NeighbourOptions;
  readonly #nodes = new Map<NodeId, NodeEntry>();
  #room: ReadonlyMap<ModelHash, number> = new Map();
  #changes: number | undefined;
  /** What came while its list is being fetched. */
  #waiting: Change[] | undefined;
  /** When it was last heard, ms since 1970. */
  heardAt = 0;

  constructor(options: NeighbourOptions) {
    this.#options = options;
  }

  get url(): string {
    return this.#options.url;
  }

  get id(): MemberId {
    return this.#options.id;
  }

  get nodes(): ReadonlyMap<NodeId, NodeEntry> {
    return this.#nodes;
  }

  roomFor(model: ModelHash): number {
    return this.#room.get(model) ?? 0;
  }

  /** Somebody asked in vain, or took what was there: so it counts until the next beat. */
  setRoom(model: ModelHash, idle: number): void {
    this.#room = new Map(this.#room).set(model, idle);
  }

  /** True where it has room that it had not before. */
  beat({is, room, changes}: Beat, now: number): boolean {
    this.heardAt = now;
    const before = this.#room;
    this.#room = new Map(is === 'open' ? room.map(({model, idle}) => [model, idle]) : []);
    if (this.#changes !== changes && !this.#waiting) void this.#fetch();
    return [...this.#room].some(([model, idle]) => idle > (before.get(model) ?? 0));
  }

  change(change: Change): void {
    if (this.#waiting) {
      if (this.#waiting.length < maxWaiting) this.#waiting.push(change);
    } else if (change.change === (this.#changes ?? -1) + 1) {
      this.#apply(change);
      this.#options.onNodes();
    }
    // Else something was missed: the next beat shows it.
  }

  #apply({change, is, entry}: Change): void {
    this.#changes = change;
    if (is === 'gone') this.#nodes.delete(entry.node);
    else if (this.#nodes.size < maxNodes || this.#nodes.has(entry.node)) {
      this.#nodes.set(entry.node, entry);
      this.#options.onNode(entry);
    }
  }

  /** All its nodes, page by page, and then what changed meanwhile. */
  async #fetch(): Promise<void> {
    const {bus, id, onNode, onNodes, onList} = this.#options;
    const isFirst = this.#changes === undefined;
    this.#waiting = [];
    try {
      const fetched = new Map<NodeId, NodeEntry>();
      let changes: number | undefined;
      for (let after = first; ; ) {
        const page = busMessages.nodes.read(await bus.ask(subjects.nodes(id), busMessages.page.write({after}), pageMs));
        changes ??= page.changes;
        for (const entry of page.nodes) fetched.set(entry.node, entry);
        const last = page.nodes.at(-1)?.node;
        if (page.nodes.length < maxPage || last === undefined || last <= after || fetched.size >= maxNodes) break;
        after = last;
      }
      this.#nodes.clear();
      for (const [node, entry] of fetched) this.#nodes.set(node, entry);
      this.#changes = changes;
      for (const change of this.#waiting) if (change.change > (this.#changes ?? 0)) this.#apply(change);
      for (const entry of fetched.values()) onNode(entry);
      onNodes();
      if (isFirst) onList();
    } catch {
      // It did not answer, or not in our words: its next beat is asked again.
    } finally {
      this.#waiting = undefined;
    }
  }
}
