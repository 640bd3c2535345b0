/** The relay's choice: which idle node of a client's set takes a job, and which job goes first. Pure; the relay and the simulation run the same. */
import type {ModelHash, NodeId} from './ids.ts';
import {limits} from './limits.ts';
import {type Counted, MatchQueue, type Ticket} from './match-queue.ts';
import {NodeHealth, type Trouble} from './node-health.ts';

/** A node as matching sees it. */
export interface MatchNode {
  readonly id: NodeId;
  readonly models: ReadonlySet<ModelHash>;
  /** Slots that it lets the relay fill. */
  open: number;
  /** Slots that the relay filled; matching counts it up, whoever ends a job counts it down. */
  taken: number;
  /** When it was last bound, ms since 1970; 0 for never. */
  lastBound: number;
}

/** A job as matching sees it. */
export interface MatchJob {
  readonly model: ModelHash;
  readonly nodes: readonly NodeId[];
  /** Nodes of the set that are out. */
  readonly tried: ReadonlySet<NodeId>;
  /** Tells clients apart. */
  readonly client: object;
  /** Turns that its client gets: 2 for twice those of 1. */
  readonly weight: number;
  /** ms since 1970. */
  readonly asked: number;
}

/** What a job that has to wait has before it. */
export interface Outlook {
  /** Its place, 1 for the next. */
  readonly position: number;
  /** How long it will take, ms; 0 where that is unknown. */
  readonly etaMs: number;
}

/** Where a job is now: at a node, or waiting. */
export type Placed<N> = {readonly node: N} | {readonly node: undefined; readonly outlook: Outlook};

/** Why a node has no job, as far as the relay knows. `until`: ms since 1970. */
export type IdleReason = {readonly reason: 'closed' | 'busy' | 'one-at-a-time' | 'nobody-asks'} | {readonly reason: 'paused'; readonly until: number; /** What went wrong last. */ readonly trouble: Trouble};

/** Of so many choices one goes to the node of which least is known, where there is one with a short record: so that it gets a longer one. */
const exploreEvery = 20;
const shortRecord = 8;

export class Matching<N extends MatchNode, J extends MatchJob> {
  /** What was seen of each node; the caller says what happened. */
  readonly health = new NodeHealth();
  readonly #nodes = new Map<NodeId, N>();
  readonly #queue = new MatchQueue<J>((node) => this.#nodes.has(node));
  readonly #tickets = new WeakMap<J, Ticket<J>>();
  #choices = 0;
  #count: Generator<Counted<J>, void> | undefined;

  /** Nodes that are here. */
  get nodes(): ReadonlyMap<NodeId, N> {
    return this.#nodes;
  }

  /** Jobs that wait. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** A node is here; ask for its jobs by `next`. */
  join(node: N): void {
    this.#nodes.set(node.id, node);
    this.health.came(node.id);
    // Jobs that named it when it was not here, for a model that it turns out not to have.
    for (const ticket of this.#queue.at(node.id)) {
      const {job, nodes} = ticket;
      if (!node.models.has(job.model)) this.#tickets.set(job, this.#queue.narrow(ticket, nodes.filter((id) => id !== node.id)));
    }
  }

  /** A node is gone. Gives the waiting jobs that no other node serves; they are still to be withdrawn. */
  leave(node: N, now: number): readonly J[] {
    if (this.#nodes.get(node.id) !== node) return [];
    this.#nodes.delete(node.id);
    this.health.went(node.id, now);
    const stranded = this.#queue.at(node.id).filter(({job}) => !this.isServed(job)).map(({job}) => job);
    this.#queue.forget(node.id);
    return stranded;
  }

  /** Whether any node of a job's set is here and offers the model, idle or not. */
  isServed(job: J): boolean {
    return job.nodes.some((node) => !job.tried.has(node) && (this.#nodes.get(node)?.models.has(job.model) ?? false));
  }

  /** Binds a job to the best idle node of its set, or lets it wait. One that was bound before keeps its place. */
  place(job: J, now: number): Placed<N> {
    const before = this.#tickets.get(job);
    const nodes = this.#open(job);
    const ticket = before ? this.#queue.reissue(before, nodes) : this.#queue.issue({job, nodes, client: job.client, weight: job.weight, asked: job.asked});
    this.#tickets.set(job, ticket);
    const node = this.#pick(nodes, now);
    if (node) {
      this.#bind(ticket, {node, now});
      return {node};
    }
    const outlook = this.#outlook(this.#queue.before(nodes, job.client), {nodes, now});
    this.#queue.enter(ticket);
    return {node, outlook};
  }

  /** Binds the job whose turn it is to a node that may take one. */
  next(node: N, now: number): J | undefined {
    if (this.#nodes.get(node.id) !== node || this.#free(node, now) <= 0) return undefined;
    const ticket = this.#queue.first(node.id);
    if (ticket) this.#bind(ticket, {node, now});
    return ticket?.job;
  }

  /** A job waits no more. */
  withdraw(job: J): void {
    const ticket = this.#tickets.get(job);
    if (ticket) this.#queue.remove(ticket);
  }

  /** Forgets who is gone for long; gives the nodes that may have jobs again after a pause. Call it about once a second. */
  sweep(now: number): readonly N[] {
    return this.health.sweep(now).flatMap((id) => this.#nodes.get(id) ?? []);
  }

  /** Where jobs stand that wait: as many as `work` suffices for, counted in places at nodes; the next call goes on from there, and at most once round. */
  *lookOver(now: number, work: number): Generator<{readonly job: J; readonly outlook: Outlook}, void> {
    for (let left = work; left > 0; ) {
      this.#count ??= this.#queue.count();
      const {value, done} = this.#count.next();
      if (done === true) {
        this.#count = undefined;
        return;
      }
      if ('work' in value) left -= value.work;
      else {
        const {job, nodes} = value.ticket;
        left -= nodes.length;
        yield {job, outlook: this.#outlook(value.before, {nodes, now})};
      }
    }
  }

  /** Why a node has no job that it could have. */
  whyIdle(node: N, now: number): IdleReason {
    if (node.open <= 0) return {reason: 'closed'};
    const allowed = this.health.allowance(node.id, now);
    if (allowed === 0) return {reason: 'paused', until: this.health.pausedUntil(node.id), trouble: this.health.lastTrouble(node.id)};
    if (node.taken >= node.open) return {reason: 'busy'};
    return {reason: node.taken >= allowed ? 'one-at-a-time' : 'nobody-asks'};
  }

  /** The nodes that may take a job, or may once they are here. */
  #open({nodes, tried, model}: J): readonly NodeId[] {
    return [...new Set(nodes)].filter((id) => !tried.has(id) && (this.#nodes.get(id)?.models.has(model) ?? true));
  }

  /** From how long jobs took at these nodes, and how many are before this one. */
  #outlook(before: number, {nodes, now}: {nodes: readonly NodeId[]; now: number}): Outlook {
    const position = 1 + Math.round(before);
    let perMs = 0;
    let soonest = Infinity;
    for (const id of nodes) {
      const node = this.#nodes.get(id);
      const slots = node ? Math.max(node.open, node.taken) : 0;
      if (slots <= 0) continue;
      const slotMs = this.health.slotMs(id);
      if (slotMs === 0) return {position, etaMs: 0};
      perMs += Math.min(slots, this.health.allowance(id, now)) / slotMs;
      soonest = Math.min(soonest, Math.max(0, this.health.pausedUntil(id) - now) + slotMs);
    }
    const etaMs = perMs > 0 ? (before + 1) / perMs : soonest;
    return {position, etaMs: Number.isFinite(etaMs) ? Math.max(1, Math.round(etaMs)) : 0};
  }

  #free(node: N, now: number): number {
    // The breaker is looked up only for nodes that have room: most that are asked about have none.
    const room = node.open - node.taken;
    return room <= 0 ? room : Math.min(room, this.health.allowance(node.id, now) - node.taken);
  }

  #bind(ticket: Ticket<J>, {node, now}: {node: N; now: number}): void {
    this.#queue.bind(ticket, node.id);
    node.taken += 1;
    node.lastBound = now;
  }

  /** Among idle nodes the one of the least cost; among equals the one bound longest ago, then the one that the client named first. */
  #pick(nodes: readonly NodeId[], now: number): N | undefined {
    this.#choices += 1;
    const explores = this.#choices % exploreEvery === 0;
    let best: N | undefined;
    let bestCost = Infinity;
    for (const id of nodes) {
      const node = this.#nodes.get(id);
      if (!node || this.#free(node, now) <= 0) continue;
      const known = explores ? this.health.done(id) : shortRecord;
      const cost = known < shortRecord ? known - Number.MAX_SAFE_INTEGER : this.health.cost(id);
      if (best && (cost > bestCost || (cost === bestCost && node.lastBound >= best.lastBound))) continue;
      best = node;
      bestCost = cost;
    }
    return best;
  }
}

/** Waits that are hopeless are refused at once, ms: an estimate is rough, so only what is far beyond the longest wait counts. */
export const hopelessMs = 2 * limits.queueMs;
