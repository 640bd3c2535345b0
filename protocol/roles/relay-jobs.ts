/** The relay's jobs: which wait, which are bound to what node, and what each may do next. Content never comes here. */
import {type ErrorCode, NetworkError} from '../errors.ts';
import type {JobHandle, ModelHash, NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import {anyServes, type Candidate, pickNode} from '../matching.ts';
import type {Message} from '../messages.ts';
import type {RelayLink} from './relay-link.ts';

/** A node that is here. */
export interface PresentNode {
  readonly id: NodeId;
  readonly link: RelayLink;
  /** The signed record, as it came last. */
  record: Uint8Array<ArrayBuffer>;
  readonly models: ReadonlySet<ModelHash>;
  readonly peer: string;
  /** Slots that it lets the relay fill. */
  open: number;
  /** Slots that the relay filled. */
  taken: number;
  lastBound: number;
}

/** `leaving`: the client is gone and the node has yet to let go. */
type Step = 'waiting' | 'slotted' | 'offered' | 'running' | 'leaving';

interface RelayJob {
  readonly handle: JobHandle;
  readonly wanted: Message<'match'>;
  client: RelayLink | undefined;
  node: PresentNode | undefined;
  step: Step;
  since: number;
  readonly asked: number;
  readonly tried: Set<NodeId>;
}

export class RelayJobs {
  readonly #onRemoved: (handle: JobHandle) => void;
  readonly #nodes = new Map<NodeId, PresentNode>();
  readonly #jobs = new Map<JobHandle, RelayJob>();
  /** In the order in which they came. */
  #waiting = new Set<RelayJob>();

  /** @param onRemoved is told of every job that is over */
  constructor(onRemoved: (handle: JobHandle) => void) {
    this.#onRemoved = onRemoved;
  }

  get nodes(): ReadonlyMap<NodeId, PresentNode> {
    return this.#nodes;
  }

  get counts(): {jobs: number; waiting: number} {
    return {jobs: this.#jobs.size - this.#waiting.size, waiting: this.#waiting.size};
  }

  /** Takes a node in; one that comes back replaces its old link. */
  addNode(node: PresentNode, now: number): void {
    const old = this.#nodes.get(node.id);
    if (old) {
      this.removeNode(old, now);
      old.link.close('duplicate');
    }
    this.#nodes.set(node.id, node);
  }

  /** Lets a node go; the clients of its jobs are told at once. */
  removeNode(node: PresentNode, now: number): void {
    if (this.#nodes.get(node.id) === node) this.#nodes.delete(node.id);
    for (const job of this.#jobs.values()) {
      if (job.node !== node) continue;
      if (job.step === 'slotted') this.#requeue(job);
      else this.#fail(job, 'node-lost');
    }
    this.match(now);
  }

  /** The client of a job that this node was bound to and has yet to make an offer for. */
  slotted(handle: JobHandle, node: PresentNode): {readonly client: RelayLink; readonly payment: Message<'match'>['payment']} | undefined {
    const job = this.#jobs.get(handle);
    return job?.node === node && job.step === 'slotted' && job.client ? {client: job.client, payment: job.wanted.payment} : undefined;
  }

  /**
   * A node does not take what it was bound to. One that has just closed (it said so on the same link, before this) may take it later; any other is
   * left out. False where nothing was to be declined.
   */
  decline(handle: JobHandle, {node, code, now}: {node: PresentNode; code: ErrorCode; now: number}): boolean {
    const job = this.#jobs.get(handle);
    if (job?.node !== node || job.step !== 'slotted') return false;
    this.#requeue(job, {leaveOut: code !== 'busy' || node.open >= node.taken});
    this.match(now);
    return true;
  }

  /** Lets a client go; its nodes stop. */
  removeClient(client: RelayLink, now: number): void {
    for (const job of this.#jobs.values()) if (job.client === client) this.#cancel(job, now);
  }

  /** A client asks for a node. @throws NetworkError `duplicate`, `busy`, `no-node` */
  want(wanted: Message<'match'>, {client, now}: {client: RelayLink; now: number}): void {
    if (this.#jobs.has(wanted.handle)) throw new NetworkError('duplicate', 'this handle is in use');
    const own = [...this.#jobs.values()].filter((job) => job.client === client).length;
    if (own >= limits.maxJobsPerClient || this.#waiting.size >= limits.maxQueue) throw new NetworkError('busy', 'too many jobs');
    if (!anyServes(wanted, (node) => this.#candidate(node))) throw new NetworkError('no-node', 'none of the set');
    const job: RelayJob = {handle: wanted.handle, wanted, client, node: undefined, step: 'waiting', since: now, asked: now, tried: new Set()};
    this.#jobs.set(job.handle, job);
    this.#waiting.add(job);
    this.match(now);
    if (job.step === 'waiting') client.send('queued', {position: Math.min(65_535, this.#waiting.size), reason: 'waiting'}, job.handle);
  }

  /** Binds waiting jobs to idle nodes, oldest first. */
  match(now: number): void {
    for (const job of this.#waiting) {
      const nodes = job.wanted.nodes.filter((node) => !job.tried.has(node));
      const wanted = {model: job.wanted.model, nodes};
      const found = pickNode(wanted, (node) => this.#candidate(node));
      if (found) this.#bind(job, {node: found.present, now});
      else if (!anyServes(wanted, (node) => this.#candidate(node))) this.#fail(job, job.tried.size > 0 ? 'refused' : 'no-node');
    }
  }

  /** Where a client's frame of this kind goes. @throws NetworkError `refused` */
  towardsNode(kind: 'request' | 'cancel', {handle, client, now}: {handle: JobHandle; client: RelayLink; now: number}): RelayLink | undefined {
    const job = this.#jobs.get(handle);
    if (!job || job.client !== client) {
      if (kind === 'cancel') return undefined;
      throw new NetworkError('refused', 'no such job');
    }
    if (kind === 'cancel') {
      this.#cancel(job, now);
      return undefined;
    }
    if (job.step !== 'offered') throw new NetworkError(job.step === 'running' ? 'duplicate' : 'refused', 'no offer is open');
    job.step = 'running';
    job.since = now;
    return job.node?.link;
  }

  /** Where a node's frame of this kind goes; undefined when its client has left. @throws NetworkError `refused` */
  towardsClient(kind: 'offer' | 'response' | 'failed' | 'released', {handle, node, now}: {handle: JobHandle; node: PresentNode; now: number}): RelayLink | undefined {
    const job = this.#jobs.get(handle);
    if (!job || job.node !== node) {
      if (kind === 'released' || kind === 'failed') return undefined;
      throw new NetworkError('refused', 'not a job of this node');
    }
    const {client} = job;
    if (kind === 'offer') {
      if (job.step === 'leaving') return undefined;
      if (job.step !== 'slotted') throw new NetworkError('duplicate', 'a second offer');
      job.step = 'offered';
      job.since = now;
    } else if (kind === 'response') {
      if (job.step !== 'running' && job.step !== 'leaving') throw new NetworkError('refused', 'an answer before the question');
    } else {
      this.#remove(job);
      this.match(now);
    }
    return client;
  }

  /** Ends what waited or stood still for too long. */
  sweep(now: number): void {
    for (const job of this.#jobs.values()) {
      const age = now - job.since;
      if (job.step === 'waiting' && age > limits.queueMs) this.#fail(job, 'busy');
      else if (job.step === 'slotted' && age > limits.stepMs) this.#requeue(job);
      else if (job.step === 'offered' && age > limits.offerSeconds * 1000) this.#fail(job, 'expired');
      else if (job.step === 'running' && age > limits.jobMs) this.#fail(job, 'overran');
      else if (job.step === 'leaving' && age > limits.stepMs) this.#remove(job);
    }
    this.match(now);
  }

  #candidate(id: NodeId): (Candidate & {present: PresentNode}) | undefined {
    const present = this.#nodes.get(id);
    if (!present) return undefined;
    return {node: id, models: present.models, free: present.open - present.taken, lastBound: present.lastBound, present};
  }

  #bind(job: RelayJob, {node, now}: {node: PresentNode; now: number}): void {
    this.#waiting.delete(job);
    Object.assign(job, {node, step: 'slotted', since: now});
    node.taken += 1;
    node.lastBound = now;
    const {model, bucketBytes, maxTokens} = job.wanted;
    node.link.send('slot', {model, bucketBytes, maxTokens}, job.handle);
  }

  /** Back to its place in the queue; a node that did not answer is left out. */
  #requeue(job: RelayJob, {leaveOut} = {leaveOut: true}): void {
    if (job.node) {
      if (leaveOut) job.tried.add(job.node.id);
      job.node.taken -= 1;
      job.node.link.send('cancel', {}, job.handle);
    }
    // It waits since it was asked, and before those that came later.
    Object.assign(job, {node: undefined, step: 'waiting', since: job.asked});
    this.#waiting = new Set([job, ...this.#waiting]);
  }

  #cancel(job: RelayJob, now: number): void {
    if (!job.node) return this.#remove(job);
    Object.assign(job, {client: undefined, step: 'leaving', since: now});
    job.node.link.send('cancel', {}, job.handle);
  }

  #fail(job: RelayJob, code: ErrorCode): void {
    job.client?.send('failed', {code}, job.handle);
    if (job.node && this.#nodes.get(job.node.id) === job.node) job.node.link.send('cancel', {}, job.handle);
    this.#remove(job);
  }

  #remove(job: RelayJob): void {
    this.#jobs.delete(job.handle);
    this.#waiting.delete(job);
    if (job.node) job.node.taken -= 1;
    this.#onRemoved(job.handle);
  }
}
