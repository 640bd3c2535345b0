/** Other relays of the same cluster, as one relay sees them; and the nodes that it holds for jobs that they send on. */
import type {Bytes} from '../bytes.ts';
import type {JobHandle, ModelHash, NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Matching, MatchJob, MatchNode} from '../matching.ts';
import type {Message} from '../messages.ts';

/** What of a job another relay needs to find a node for it: no content, for there is none yet. */
export type Wanted = Pick<Message<'match'>, 'handle' | 'model' | 'nodes'>;

/** A node that another relay holds for a job. */
export interface HeldElsewhere {
  /** The address of that relay. */
  readonly relay: string;
  readonly node: NodeId;
}

export interface Neighbours {
  /** The signed records of nodes that are at other relays. */
  records(): readonly Bytes[];
  /** Whether any of these nodes is at another relay, and offers the model there. */
  have(nodes: readonly NodeId[], model: ModelHash): boolean;
  /** Asks those that have room to hold one of these nodes. Undefined where none did. Never rejects. */
  hold(wanted: Wanted): Promise<HeldElsewhere | undefined>;
}

interface Held<N> {
  readonly node: N;
  readonly until: number;
}

/** Slots that are kept for jobs whose clients were sent here by another relay and are on their way. */
export class RelayHolds<N extends MatchNode> {
  readonly #matching: Pick<Matching<N, MatchJob>, 'nodes' | 'place' | 'withdraw'>;
  readonly #held = new Map<JobHandle, Held<N>>();

  constructor(matching: Pick<Matching<N, MatchJob>, 'nodes' | 'place' | 'withdraw'>) {
    this.#matching = matching;
  }

  /** Keeps a slot of an idle node of the set for the client that will come with this handle; undefined where none is idle. */
  hold({handle, model, nodes}: Wanted, now: number): NodeId | undefined {
    if (this.#held.has(handle) || this.#held.size >= limits.maxQueue) return undefined;
    const job: MatchJob = {model, nodes, tried: new Set(), client: {}, weight: 1, asked: now};
    const {node} = this.#matching.place(job, now);
    if (!node) this.#matching.withdraw(job);
    else this.#held.set(handle, {node, until: now + limits.stepMs});
    return node?.id;
  }

  /** The client came, or is given up: the slot is free for its job, or for any. Gives the node, where it is still here. */
  release(handle: JobHandle): N | undefined {
    const held = this.#held.get(handle);
    if (!held || !this.#held.delete(handle)) return undefined;
    held.node.taken -= 1;
    return this.#matching.nodes.get(held.node.id) === held.node ? held.node : undefined;
  }

  /** Gives up clients that did not come; gives the nodes that have room again. */
  sweep(now: number): readonly N[] {
    const late = [...this.#held].filter(([, {until}]) => until < now);
    return late.flatMap(([handle]) => this.release(handle) ?? []);
  }
}

/** What a relay's jobs do with the other relays of its cluster. */
export interface SeekerOptions<J> {
  readonly neighbours: Neighbours;
  /** The nodes of a job's set that are not out. */
  left(job: J): readonly NodeId[];
  wanted(job: J): Wanted;
  /** Another relay holds a node for it, and it still waits here. */
  onHeld(job: J, held: HeldElsewhere): void;
  /** No node of its set is at any relay any more. */
  onStranded(job: J): void;
  isServedHere(job: J): boolean;
}

/** Jobs that wait here, and that a node at another relay could take. */
export class Seeker<J> {
  readonly #options: SeekerOptions<J>;
  /** In the order in which they came; true while a question is under way. */
  readonly #jobs = new Map<J, boolean>();

  constructor(options: SeekerOptions<J>) {
    this.#options = options;
  }

  has(job: J): boolean {
    return this.#options.neighbours.have(this.#options.left(job), this.#options.wanted(job).model);
  }

  /** A job begins to wait: it is asked for elsewhere at once, and again whenever there is room. */
  add(job: J): void {
    if (this.#jobs.has(job) || !this.has(job)) return;
    this.#jobs.set(job, false);
    void this.#seek(job);
  }

  remove(job: J): void {
    this.#jobs.delete(job);
  }

  /** Others have room again, or have other nodes than before. */
  again(): void {
    for (const [job, isAsking] of this.#jobs) {
      if (!this.has(job)) {
        this.#jobs.delete(job);
        if (!this.#options.isServedHere(job)) this.#options.onStranded(job);
      } else if (!isAsking) void this.#seek(job);
    }
  }

  async #seek(job: J): Promise<void> {
    const {neighbours, wanted, left, onHeld} = this.#options;
    this.#jobs.set(job, true);
    const held = await neighbours.hold({...wanted(job), nodes: left(job)});
    if (!this.#jobs.has(job)) return;
    this.#jobs.set(job, false);
    if (held && left(job).includes(held.node)) onHeld(job, held);
  }
}
