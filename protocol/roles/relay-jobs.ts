/** The relay's jobs: which wait, which are bound to what node, and what each may do next. Content never comes here. */
import {type ErrorCode, NetworkError} from '../errors.ts';
import type {JobHandle, ModelHash, NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import {hopelessMs, type MatchJob, Matching, type MatchNode} from '../matching.ts';
import type {Message} from '../messages.ts';
import type {NodeHealth} from '../node-health.ts';
import type {Clock} from './ports.ts';
import {IdleWords} from './relay-idle.ts';
import type {RelayLink} from './relay-link.ts';
import {type HeldElsewhere, type Neighbours, RelayHolds, Seeker, type Wanted} from './relay-neighbours.ts';
import {isNews, placesPerSweep, type Told} from './relay-places.ts';
import {type Course, Verdicts} from './relay-verdicts.ts';

/** A node that is here. */
export interface PresentNode extends MatchNode {
  readonly link: RelayLink;
  /** The signed record, as it came last. */
  record: Uint8Array<ArrayBuffer>;
  readonly peer: string;
  /** When it came, ms since 1970. */
  readonly since: number;
}

/** A job whose answer is under way. */
export interface RunningJob {
  readonly client: RelayLink;
  readonly node: PresentNode | undefined;
  /** Parts of the answer that passed the relay. */
  readonly frames: number;
}

interface RelayJob extends MatchJob, Course {
  readonly handle: JobHandle;
  readonly wanted: Message<'match'>;
  readonly client: RelayLink;
  readonly tried: Set<NodeId>;
  told: Told | undefined;
  node: PresentNode | undefined;
  /** `leaving`: the client is gone and the node has yet to let go. */
  step: Course['step'];
  since: number;
  slottedAt: number;
  offerMs: number;
  firstMs: number;
  frames: number;
}

/** Turns of one client against another's: links are free to open, deposits are not, so whoever pays is not crowded out by whoever opens many links. */
const weights: Readonly<Record<Message<'match'>['payment'], number>> = {channel: 4, trial: 1, free: 1};

/** An address, or the network of a household, as a number (FNV-1a): whoever opens many links there is one client, and no record holds the address. */
function numberOf(prefix: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < prefix.length; index += 1) hash = Math.imul(hash ^ prefix.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

export class RelayJobs {
  readonly #onRemoved: (handle: JobHandle) => void;
  readonly #matching = new Matching<PresentNode, RelayJob>();
  /** Slots for clients that other relays send here. */
  readonly #holds = new RelayHolds(this.#matching);
  readonly #seeker: Seeker<RelayJob> | undefined;
  readonly #verdicts = new Verdicts(this.#matching.health);
  readonly #idle = new IdleWords<PresentNode>();
  readonly #jobs = new Map<JobHandle, RelayJob>();
  readonly #clients = new WeakMap<RelayLink, Set<RelayJob>>();
  readonly #byNode = new WeakMap<PresentNode, Set<RelayJob>>();

  /** @param onRemoved is told of every job that is over */
  constructor(onRemoved: (handle: JobHandle) => void, {clock, neighbours}: {readonly clock: Clock; readonly neighbours?: Neighbours}) {
    this.#onRemoved = onRemoved;
    this.#seeker = neighbours && new Seeker<RelayJob>({
      neighbours,
      left: ({nodes, tried}) => nodes.filter((node) => !tried.has(node)),
      wanted: ({wanted}) => wanted,
      onHeld: (job, held) => this.#sendOn(job, {held, now: clock.now()}),
      onStranded: (job) => this.#failUnserved(job, clock.now()),
      isServedHere: (job) => this.#matching.isServed(job),
    });
  }

  get nodes(): ReadonlyMap<NodeId, PresentNode> {
    return this.#matching.nodes;
  }

  /** What was seen of each node. */
  get health(): NodeHealth {
    return this.#matching.health;
  }

  /** The models of the jobs that wait, once for each. */
  *wanted(): Generator<ModelHash, void> {
    for (const {step, model} of this.#jobs.values()) if (step === 'waiting') yield model;
  }

  get counts(): {jobs: number; waiting: number} {
    return {jobs: this.#jobs.size - this.#matching.waiting, waiting: this.#matching.waiting};
  }

  /** Takes a node in; one that comes back replaces its old link. Its first jobs come by `serve`. */
  addNode(node: PresentNode, now: number): void {
    const old = this.nodes.get(node.id);
    if (old) {
      this.removeNode(old, now);
      old.link.close('duplicate');
    }
    this.#matching.join(node);
  }

  /** Lets a node go; the clients of its jobs are told at once. */
  removeNode(node: PresentNode, now: number): void {
    this.#idle.forget(node);
    const bound = [...this.#of(node)];
    for (const job of this.#matching.leave(node, now)) if (!this.#isServed(job)) this.#failUnserved(job, now);
    for (const job of bound) {
      this.#verdicts.lost(job, now);
      if (job.step === 'slotted') this.#requeue(job, {leaveOut: true, now});
      else this.#fail(job, {code: 'node-lost', now});
    }
  }

  running(handle: JobHandle): RunningJob | undefined {
    const job = this.#jobs.get(handle);
    return job?.step === 'running' ? job : undefined;
  }

  /** The client of a job that this node was bound to and has yet to make an offer for. */
  slotted(handle: JobHandle, node: PresentNode): {readonly client: RelayLink; readonly payment: Message<'match'>['payment']} | undefined {
    const job = this.#jobs.get(handle);
    return job?.node === node && job.step === 'slotted' ? {client: job.client, payment: job.wanted.payment} : undefined;
  }

  /**
   * A node does not take what it was bound to. One that has just closed (it said so on the same link, before this) may take it later; any other is
   * left out. False where nothing was to be declined.
   */
  decline(handle: JobHandle, {node, code, now}: {node: PresentNode; code: ErrorCode; now: number}): boolean {
    const job = this.#jobs.get(handle);
    if (job?.node !== node || job.step !== 'slotted') return false;
    const leaveOut = code !== 'busy' || node.open >= node.taken;
    if (leaveOut) this.#verdicts.failed(job, {code, now});
    this.#requeue(job, {leaveOut, now});
    return true;
  }

  /** A job ends before its offer went on, through no fault of its node. */
  giveUp(handle: JobHandle, {node, code, now}: {node: PresentNode; code: ErrorCode; now: number}): void {
    const job = this.#jobs.get(handle);
    if (job?.node === node) this.#fail(job, {code, now});
  }

  /** Lets a client go; its nodes stop. */
  removeClient(client: RelayLink, now: number): void {
    for (const job of this.#jobsOf(client)) this.#cancel(job, now);
  }

  /** A client asks for a node. @throws NetworkError `duplicate`, `busy`, `no-node` */
  want(wanted: Message<'match'>, {client, now}: {client: RelayLink; now: number}): void {
    if (this.#jobs.has(wanted.handle)) throw new NetworkError('duplicate', 'this handle is in use');
    const jobs = this.#jobsOf(client);
    if (jobs.size >= limits.maxJobsPerClient || this.#matching.waiting >= limits.maxQueue) throw new NetworkError('busy', 'too many jobs');
    const {handle, model, nodes, payment} = wanted;
    const course = {clientNumber: numberOf(client.prefix), node: undefined, step: 'waiting', since: now, slottedAt: 0, offerMs: 0, firstMs: 0, frames: 0, blamed: false, told: undefined} as const;
    const job: RelayJob = {...course, handle, wanted, client, model, nodes, weight: weights[payment], asked: now, tried: new Set()};
    if (!this.#isServed(job)) throw new NetworkError('no-node', 'none of the set');
    // What is held for this job is its own.
    this.#holds.release(handle);
    const placed = this.#matching.place(job, now);
    if (!placed.node && placed.outlook.etaMs > hopelessMs && this.#seeker?.has(job) !== true) {
      this.#matching.withdraw(job);
      throw new NetworkError('busy', 'a wait without hope');
    }
    this.#jobs.set(handle, job);
    jobs.add(job);
    if (placed.node) return this.#slot(job, {node: placed.node, now});
    this.#tellPlace(job, {...placed.outlook, at: now});
    this.#seeker?.add(job);
  }

  /** Keeps a slot for a job whose client another relay sends here. */
  hold(wanted: Wanted, now: number): NodeId | undefined {
    return this.#jobs.has(wanted.handle) ? undefined : this.#holds.hold(wanted, now);
  }

  /** The nodes at other relays are others than before, or have room. */
  lookElsewhere(): void {
    this.#seeker?.again();
  }

  /** Gives a node jobs that wait for it, as long as it has room: it came, opened, or became free. */
  serve(node: PresentNode, now: number): void {
    for (let job = this.#matching.next(node, now); job; job = this.#matching.next(node, now)) this.#slot(job, {node, now});
    this.#idle.touch(node);
  }

  /** Where a client's frame of this kind goes. @throws NetworkError `refused` */
  towardsNode(kind: 'request' | 'cancel', {handle, client, now}: {handle: JobHandle; client: RelayLink; now: number}): RelayLink | undefined {
    const job = this.#jobs.get(handle);
    if (!job || job.client !== client || job.step === 'leaving') {
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

  /**
   * Where a node's frame of this kind goes; undefined when its client has left. `code`: what a `failed` says.
   * @throws NetworkError `refused`, `duplicate`
   */
  towardsClient(kind: 'offer' | 'response' | 'failed' | 'released', {handle, node, now, code}: {handle: JobHandle; node: PresentNode; now: number; code?: ErrorCode}): RelayLink | undefined {
    const job = this.#jobs.get(handle);
    if (!job || job.node !== node) {
      if (kind === 'released' || kind === 'failed') return undefined;
      throw new NetworkError('refused', 'not a job of this node');
    }
    const client = job.step === 'leaving' ? undefined : job.client;
    if (kind === 'offer') {
      if (!client) return undefined;
      if (job.step !== 'slotted') throw new NetworkError('duplicate', 'a second offer');
      Object.assign(job, {step: 'offered', since: now, offerMs: now - job.slottedAt});
    } else if (kind === 'response') {
      if (job.step !== 'running' && job.step !== 'leaving') throw new NetworkError('refused', 'an answer before the question');
      if (job.frames === 0) job.firstMs = now - job.since;
      job.frames += 1;
    } else {
      if (kind === 'released') this.#verdicts.released(job, now);
      else this.#verdicts.failed(job, {code: code ?? 'internal', now});
      this.#remove(job, now);
    }
    return client;
  }

  #tellPlace(job: RelayJob, told: Told): void {
    job.told = told;
    job.client.send('queued', {position: Math.min(65_535, told.position), reason: 'waiting', etaMs: told.etaMs}, job.handle);
  }

  /** Ends what waited or stood still for too long; tells those who wait what has changed much for them, and nodes why they have no jobs. */
  sweep(now: number): void {
    this.#verdicts.sweep(now);
    for (const job of this.#jobs.values()) this.#hurry(job, now);
    for (const node of [...this.#matching.sweep(now), ...this.#holds.sweep(now)]) this.serve(node, now);
    for (const {job, outlook} of this.#matching.lookOver(now, placesPerSweep)) if (job.told && isNews(job.told, {...outlook, now})) this.#tellPlace(job, {...outlook, at: now});
    this.#idle.sweep(now, (node) => this.#matching.whyIdle(node, now));
  }

  #hurry(job: RelayJob, now: number): void {
    const age = now - job.since;
    if (this.#verdicts.isSilent(job, now)) this.#verdicts.silent(job, now);
    if (job.step === 'waiting' && age > limits.queueMs) this.#fail(job, {code: 'busy', now});
    else if (job.step === 'slotted' && age > limits.stepMs) {
      this.#verdicts.silent(job, now);
      this.#requeue(job, {leaveOut: true, now});
    } else if (job.step === 'offered' && age > limits.offerSeconds * 1000) this.#fail(job, {code: 'expired', now});
    else if (job.step === 'running' && age > limits.jobMs) {
      this.#verdicts.lost(job, now);
      this.#fail(job, {code: 'overran', now});
    } else if (job.step === 'leaving' && age > limits.stepMs) {
      this.#verdicts.lingered(job, now);
      this.#remove(job, now);
    }
  }

  #jobsOf(client: RelayLink): Set<RelayJob> {
    const known = this.#clients.get(client);
    if (known) return known;
    const jobs = new Set<RelayJob>();
    this.#clients.set(client, jobs);
    return jobs;
  }

  #of(node: PresentNode): Set<RelayJob> {
    const known = this.#byNode.get(node);
    if (known) return known;
    const jobs = new Set<RelayJob>();
    this.#byNode.set(node, jobs);
    return jobs;
  }

  /** A job was bound: its node hears of it. */
  #slot(job: RelayJob, {node, now}: {node: PresentNode; now: number}): void {
    Object.assign(job, {node, step: 'slotted', since: now, slottedAt: now, blamed: false});
    this.#seeker?.remove(job);
    this.#of(node).add(job);
    const {model, bucketBytes, maxTokens} = job.wanted;
    node.link.send('slot', {model, bucketBytes, maxTokens}, job.handle);
  }

  /** Back to its place in the queue, or at once to another node; one that did not answer is left out. */
  #requeue(job: RelayJob, {leaveOut, now}: {leaveOut: boolean; now: number}): void {
    const {node} = job;
    if (node) {
      if (leaveOut) job.tried.add(node.id);
      this.#vacate(job, node);
      node.link.send('cancel', {}, job.handle);
    }
    // It waits since it was asked, and before those that came later.
    Object.assign(job, {node: undefined, step: 'waiting', since: job.asked});
    if (!this.#isServed(job)) this.#failUnserved(job, now);
    else {
      const placed = this.#matching.place(job, now);
      if (placed.node) this.#slot(job, {node: placed.node, now});
      else this.#seeker?.add(job);
    }
    if (node) this.serve(node, now);
  }

  #cancel(job: RelayJob, now: number): void {
    this.#verdicts.cancelled(job, now);
    if (!job.node) return this.#remove(job, now);
    this.#jobsOf(job.client).delete(job);
    Object.assign(job, {step: 'leaving', since: now});
    job.node.link.send('cancel', {}, job.handle);
  }

  /** Whether any node of its set is here, or at another relay. */
  #isServed(job: RelayJob): boolean {
    return this.#matching.isServed(job) || this.#seeker?.has(job) === true;
  }

  /** Another relay holds a node: the client goes on there, and the job is over here. */
  #sendOn(job: RelayJob, {held, now}: {held: HeldElsewhere; now: number}): void {
    if (job.step !== 'waiting') return;
    job.client.send('redirect', {relay: held.relay, node: held.node}, job.handle);
    this.#remove(job, now);
  }

  #failUnserved(job: RelayJob, now: number): void {
    this.#fail(job, {code: job.tried.size > 0 ? 'refused' : 'no-node', now});
  }

  #fail(job: RelayJob, {code, now}: {code: ErrorCode; now: number}): void {
    if (job.step !== 'leaving') job.client.send('failed', {code}, job.handle);
    if (job.node && this.nodes.get(job.node.id) === job.node) job.node.link.send('cancel', {}, job.handle);
    this.#remove(job, now);
  }

  #vacate(job: RelayJob, node: PresentNode): void {
    node.taken -= 1;
    this.#of(node).delete(job);
  }

  #remove(job: RelayJob, now: number): void {
    this.#jobs.delete(job.handle);
    this.#jobsOf(job.client).delete(job);
    this.#matching.withdraw(job);
    this.#seeker?.remove(job);
    this.#onRemoved(job.handle);
    const {node} = job;
    if (!node) return;
    this.#vacate(job, node);
    this.serve(node, now);
  }
}
