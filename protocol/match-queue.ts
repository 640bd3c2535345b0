/** The jobs that wait, in fair order: clients take turns, and waiting counts. Indexed by node, so that no choice walks the queue. Pure. */
import type {NodeId} from './ids.ts';
import {limits} from './limits.ts';
import {TicketHeap} from './ticket-heap.ts';

/**
 * Start-time fair queueing (Goyal, Vin, Cheng 1996) with ageing: a job's key is `turn of its client x ageMs + when it was asked`. A client's turn moves on by
 * one (over its weight) with each of its jobs. So nobody's first job waits behind another's second, unless that one waits for `ageMs` longer: then
 * it goes first, and endless newcomers starve nobody.
 */
const ageMs = limits.queueMs / 2;
/** How far a client that comes (back) may be behind the turn that its nodes have reached: it catches up for two jobs, not for an idle hour. */
const mostCredit = 2;
/** Classes of jobs by how many of the same client wait before them: 0, 1, 2 to 3, 4 to 7, 8 and more. */
const classes = 5;
const classOf = (rank: number): number => Math.min(classes - 1, 32 - Math.clz32(rank));

/** A client as the queue sees it. */
interface Flow {
  turn: number;
  /** Its jobs that wait. */
  readonly tickets: Set<Ticket<unknown>>;
}

/** A job that waits. */
export interface Ticket<J> {
  readonly job: J;
  readonly flow: Flow;
  readonly nodes: readonly NodeId[];
  readonly weight: number;
  readonly asked: number;
  /** Jobs that came earlier have a smaller one. */
  readonly order: number;
  /** Turns that are paid already: the job was bound before, and came back. */
  readonly paid: number;
  readonly rank: number;
  live: boolean;
}

interface NodeQueue<J> {
  readonly heap: TicketHeap<Ticket<J>>;
  /** Jobs that wait for this node, shared over all nodes that they accept, by class. */
  readonly load: number[];
  /** The turn of the last client whose job went here; NaN before the first. */
  reached: number;
}

/** What a job says when it begins to wait. */
export interface Waiter<J> {
  readonly job: J;
  /** Tells clients apart; what the queue knows of one ends with this object. */
  readonly client: object;
  readonly nodes: readonly NodeId[];
  /** 2 gets twice the turns of 1. */
  readonly weight: number;
  /** ms since 1970. */
  readonly asked: number;
}

const keyOf = (ticket: Ticket<unknown>): number => (ticket.flow.turn - ticket.paid) * ageMs + ticket.asked;
/** How far a client's turn will have moved on when a job of it is the next: those before it go first. */
function turnsBefore(ticket: Ticket<unknown>): number {
  let turns = 0;
  for (const {order, weight, paid} of ticket.flow.tickets) if (order < ticket.order) turns += 1 / weight - paid;
  return turns;
}

/** A job that waits, and how many go before it; or only work that was done to learn that, in places at nodes. */
export type Counted<J> = {readonly ticket: Ticket<J>; readonly before: number} | {readonly work: number};

export class MatchQueue<J> {
  readonly #flows = new WeakMap<object, Flow>();
  readonly #queues = new Map<NodeId, NodeQueue<J>>();
  readonly #isHere: (node: NodeId) => boolean;
  #size = 0;
  #orders = 0;

  /** @param isHere what is known of a node that is not here is dropped as soon as nobody waits for it */
  constructor(isHere: (node: NodeId) => boolean) {
    this.#isHere = isHere;
  }

  /** Jobs that wait. */
  get size(): number {
    return this.#size;
  }

  /** Nodes that somebody waits for, or that had jobs lately. */
  get nodes(): number {
    return this.#queues.size;
  }

  /** Jobs of a client that wait. */
  waitingOf(client: object): number {
    return this.#flows.get(client)?.tickets.size ?? 0;
  }

  /** A job comes: what it needs to wait, or to be bound at once. */
  issue({job, client, nodes, weight, asked}: Waiter<J>): Ticket<J> {
    const flow = this.#flowOf(client);
    if (flow.tickets.size === 0) this.#catchUp(flow, {nodes, weight});
    this.#orders += 1;
    return {job, flow, nodes, weight, asked, order: this.#orders, paid: 0, rank: flow.tickets.size, live: false};
  }

  /** A job that was bound comes back: it has its old place, for fewer nodes where some are out. */
  reissue(ticket: Ticket<J>, nodes: readonly NodeId[]): Ticket<J> {
    return {...ticket, nodes, paid: 1 / ticket.weight, rank: 0, live: false};
  }

  /** A job begins to wait. */
  enter(ticket: Ticket<J>): void {
    ticket.live = true;
    ticket.flow.tickets.add(ticket);
    this.#size += 1;
    for (const node of ticket.nodes) {
      const queue = this.#queueOf(node);
      const kind = classOf(ticket.rank);
      queue.load[kind] = (queue.load[kind] ?? 0) + 1 / ticket.nodes.length;
      queue.heap.push(ticket, keyOf(ticket));
    }
  }

  /** A waiting job goes on waiting for fewer nodes. */
  narrow(ticket: Ticket<J>, nodes: readonly NodeId[]): Ticket<J> {
    this.remove(ticket);
    const narrowed = {...ticket, nodes, live: false};
    this.enter(narrowed);
    return narrowed;
  }

  /** A job leaves, bound to a node or not. Nothing happens where it has left already. */
  remove(ticket: Ticket<J>): void {
    if (!ticket.live) return;
    ticket.live = false;
    ticket.flow.tickets.delete(ticket);
    this.#size -= 1;
    for (const node of ticket.nodes) {
      const queue = this.#queues.get(node);
      if (!queue) continue;
      const kind = classOf(ticket.rank);
      queue.load[kind] = Math.max(0, (queue.load[kind] ?? 0) - 1 / ticket.nodes.length);
      queue.heap.left(keyOf);
      if (queue.heap.live > 0) continue;
      queue.load.fill(0);
      if (!this.#isHere(node)) this.#queues.delete(node);
    }
  }

  /** The job whose turn it is at a node; it stays. */
  first(node: NodeId): Ticket<J> | undefined {
    return this.#queues.get(node)?.heap.first(keyOf);
  }

  /** A job goes to a node, whoever's turn it is: its client's turn moves on. */
  bind(ticket: Ticket<J>, node: NodeId): void {
    const {flow, paid, weight} = ticket;
    this.remove(ticket);
    const queue = this.#queueOf(node);
    queue.reached = Number.isNaN(queue.reached) ? flow.turn : Math.max(queue.reached, flow.turn);
    flow.turn += 1 / weight - paid;
  }

  /** The jobs that wait for a node, in no order. */
  at(node: NodeId): readonly Ticket<J>[] {
    return this.#queues.get(node)?.heap.all() ?? [];
  }

  /** About how many jobs are before the next one of a client, at these nodes. */
  before(nodes: readonly NodeId[], client: object): number {
    const last = classOf(this.waitingOf(client));
    let jobs = 0;
    for (const node of nodes) {
      const load = this.#queues.get(node)?.load ?? [];
      for (let kind = 0; kind <= last; kind += 1) jobs += load[kind] ?? 0;
    }
    return jobs;
  }

  /** Counts for each job that waits how many go before it, a node at a time, so that it can be spread over time: what comes or changes its nodes meanwhile is left to the next count. */
  *count(): Generator<Counted<J>, void> {
    if (this.#size === 0) return;
    const sums = new Map<Ticket<J>, {jobs: number; nodes: number; readonly turns: number}>();
    const sumOf = (ticket: Ticket<J>) => {
      const sum = sums.get(ticket) ?? {jobs: 0, nodes: 0, turns: turnsBefore(ticket)};
      sums.set(ticket, sum);
      return sum;
    };
    for (const {heap} of this.#queues.values()) {
      if (heap.live === 0) continue;
      const due = heap.all().map((ticket) => {
        const sum = sumOf(ticket);
        return {ticket, sum, key: keyOf(ticket) + sum.turns * ageMs};
      });
      due.sort((left, right) => left.key - right.key || left.ticket.order - right.ticket.order);
      let before = 0;
      for (const {ticket, sum} of due) {
        sum.jobs += before;
        sum.nodes += 1;
        before += 1 / ticket.nodes.length;
      }
      yield {work: due.length};
    }
    for (const [ticket, {jobs, nodes}] of sums) if (ticket.live && nodes === ticket.nodes.length) yield {ticket, before: jobs};
  }

  /** A node is gone: nothing is kept for it that nobody waits for. */
  forget(node: NodeId): void {
    if (this.#queues.get(node)?.heap.live === 0) this.#queues.delete(node);
  }

  #flowOf(client: object): Flow {
    const known = this.#flows.get(client);
    if (known) return known;
    const flow = {turn: 0, tickets: new Set<Ticket<unknown>>()};
    this.#flows.set(client, flow);
    return flow;
  }

  /** Nobody is ahead for having been away, nor behind for what it did at other nodes. */
  #catchUp(flow: Flow, {nodes, weight}: {nodes: readonly NodeId[]; weight: number}): void {
    const reached = nodes.map((node) => this.#queues.get(node)?.reached ?? Number.NaN).filter((turn) => !Number.isNaN(turn));
    if (reached.length === 0) return;
    const least = Math.min(...reached);
    const most = Math.max(...reached);
    flow.turn = Math.min(most + 1 / weight, Math.max(flow.turn, least, most - mostCredit));
  }

  #queueOf(node: NodeId): NodeQueue<J> {
    const known = this.#queues.get(node);
    if (known) return known;
    const queue = {heap: new TicketHeap<Ticket<J>>(), load: Array.from({length: classes}, () => 0), reached: Number.NaN};
    this.#queues.set(node, queue);
    return queue;
  }
}
