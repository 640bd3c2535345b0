/** What the relay itself saw of each node: how soon it answers, how long jobs run, how often they fail. Nothing in it is a node's own claim. Pure. */
import type {NodeId} from './ids.ts';

/** `silent`: nothing came where a step was due. `failed`: it said so, or let go without an answer. `lost`: its link closed during a job. */
export type Trouble = 'silent' | 'failed' | 'lost';

/** How much a node is trusted with. `trial`: its breaker was open, and one job shows whether it works again. */
export type Standing = 'trusted' | 'probation' | 'trial' | 'broken';

/** Times of one job as the relay sees them, ms. */
export interface JobTimes {
  /** From the slot to the offer. */
  readonly offerMs: number;
  /** From the request to the first frame. */
  readonly firstMs: number;
  /** From the slot until the node let go. */
  readonly slotMs: number;
}

/** Jobs that a new node finishes one at a time before it gets several at once. */
const probationJobs = 3;
/** Strikes after which a node gets no jobs for a while; silence costs somebody ten seconds and counts twice. */
const strikesToBreak = 3;
const strikesOf: Readonly<Record<Trouble, number>> = {silent: 2, failed: 1, lost: 1};
/** The first pause, ms; each further one is twice as long, up to the longest. */
const shortestPauseMs = 10_000;
const longestPauseMs = 10 * 60_000;
/** A node that is gone for so long is a new one when it comes back, ms; except that a breaker outlasts it. */
const rememberMs = 60 * 60_000;
/** Records of nodes that are gone, at most: the oldest are forgotten first. */
const maxGone = 20_000;
/** Typical times are unknown before so many jobs were measured. */
const leastMeasured = 5;
/** A node's own times count against the typical ones as soon as it has so many jobs. */
const priorJobs = 2;
/** How much faster or slower than typical a node can look: padding and cancelled answers say little of the rest. */
const mostFactor = 4;
/** Nodes whose costs differ by less are equal: then the longest idle one is next. */
const grain = Math.log(1.1);

interface NodeFile {
  done: number;
  /** Jobs that went wrong and counted. */
  failed: number;
  /** Jobs whose times were measured. */
  measured: number;
  /** Means, ms; of `slotMs` the logarithm, so that one endless answer does not weigh as much as all others. */
  replyMs: number;
  logSlotMs: number;
  /** Share of jobs that failed lately, 0 to 1. */
  lossShare: number;
  strikes: number;
  /** Whose job failed last: one client alone, with a job that no engine survives, breaks nobody. */
  blamedBy: number;
  trouble: Trouble;
  pauses: number;
  pausedUntil: number;
  goneSince: number;
}

/** Moves a mean toward a value: a plain mean at first, later the last twenty or so. */
const moved = (mean: number, {value, count}: {value: number; count: number}): number => mean + (value - mean) / Math.min(count, 20);

export class NodeHealth {
  readonly #files = new Map<NodeId, NodeFile>();
  /** Nodes that are gone, in the order in which they went. */
  readonly #gone = new Set<NodeId>();
  readonly #paused = new Set<NodeId>();
  #measured = 0;
  #logSlotMs = 0;

  /** Nodes that are remembered. */
  get size(): number {
    return this.#files.size;
  }

  /** A node is here. */
  came(node: NodeId): void {
    this.#gone.delete(node);
    const file = this.#files.get(node);
    if (file) file.goneSince = 0;
    else this.#files.set(node, {done: 0, failed: 0, measured: 0, replyMs: 0, logSlotMs: 0, lossShare: 0, strikes: 0, blamedBy: -1, trouble: 'failed', pauses: 0, pausedUntil: 0, goneSince: 0});
  }

  /** A node went; what is known of it is kept for an hour. */
  went(node: NodeId, now: number): void {
    const file = this.#files.get(node);
    if (!file) return;
    file.goneSince = now;
    this.#gone.add(node);
    if (this.#gone.size > maxGone) this.#forgetOldest();
  }

  /** Forgets who is gone for long; gives the nodes whose pause has ended. Call it about once a second. */
  sweep(now: number): readonly NodeId[] {
    for (const node of this.#gone) {
      const file = this.#files.get(node);
      if (file && now - file.goneSince < rememberMs) break;
      if (!file || file.pausedUntil <= now) this.#forgetOldest(node);
    }
    const over = [...this.#paused].filter((node) => (this.#files.get(node)?.pausedUntil ?? 0) <= now);
    for (const node of over) this.#paused.delete(node);
    return over;
  }

  #forgetOldest(node = this.#gone.values().next().value): void {
    if (node === undefined) return;
    this.#gone.delete(node);
    this.#paused.delete(node);
    this.#files.delete(node);
  }

  /** A job ended as it should. Without `times` (the client left in mid-answer) it only counts as work that was shown. */
  finished(node: NodeId, times?: JobTimes): void {
    const file = this.#files.get(node);
    if (!file) return;
    file.done += 1;
    if (!times) return;
    Object.assign(file, {strikes: 0, blamedBy: -1, pauses: 0, lossShare: file.lossShare * 0.8});
    const logSlotMs = Math.log(Math.max(1, times.slotMs));
    file.measured += 1;
    file.logSlotMs = moved(file.logSlotMs, {value: logSlotMs, count: file.measured});
    file.replyMs = moved(file.replyMs, {value: times.offerMs + times.firstMs, count: file.measured});
    this.#measured += 1;
    this.#logSlotMs += (logSlotMs - this.#logSlotMs) / Math.min(this.#measured, 500);
  }

  /** A job went wrong at a node. `client` tells clients apart. Never call it for the relay's own faults, nor for what a client cancelled. */
  failed(node: NodeId, {trouble, client, now}: {trouble: Trouble; client: number; now: number}): void {
    const file = this.#files.get(node);
    if (!file || (trouble !== 'silent' && file.blamedBy === client)) return;
    file.lossShare = file.lossShare * 0.8 + 0.2;
    file.blamedBy = client;
    file.failed += 1;
    file.trouble = trouble;
    file.strikes += strikesOf[trouble];
    // After a pause the first strike is enough.
    if (file.strikes < strikesToBreak && file.pauses === 0) return;
    file.pausedUntil = now + Math.min(longestPauseMs, shortestPauseMs * 2 ** file.pauses);
    file.pauses += 1;
    file.strikes = 0;
    this.#paused.add(node);
  }

  /** How much a node is trusted with now. */
  standing(node: NodeId, now: number): Standing {
    const file = this.#files.get(node);
    if (!file) return 'probation';
    if (file.pausedUntil > now) return 'broken';
    if (file.pauses > 0) return 'trial';
    return file.done < probationJobs ? 'probation' : 'trusted';
  }

  /** Jobs that a node may have at once now. */
  allowance(node: NodeId, now: number): number {
    const standing = this.standing(node, now);
    if (standing === 'broken') return 0;
    return standing === 'trusted' ? Infinity : 1;
  }

  /** When a node's pause ends, ms since 1970; 0 where there is none. */
  pausedUntil(node: NodeId): number {
    return this.#files.get(node)?.pausedUntil ?? 0;
  }

  /** What went wrong last at a node; of no meaning where nothing did. */
  lastTrouble(node: NodeId): Trouble {
    return this.#files.get(node)?.trouble ?? 'failed';
  }

  /** Jobs that a node finished here. */
  done(node: NodeId): number {
    return this.#files.get(node)?.done ?? 0;
  }

  /** Jobs that went wrong at a node and counted. */
  failures(node: NodeId): number {
    return this.#files.get(node)?.failed ?? 0;
  }

  /** How long a job typically holds a slot of a node (of any, without one), ms; 0 while too little is known. */
  slotMs(node?: NodeId): number {
    if (this.#measured < leastMeasured) return 0;
    const file = node === undefined ? undefined : this.#files.get(node);
    if (!file) return Math.exp(this.#logSlotMs);
    const ownShare = file.measured / (file.measured + priorJobs);
    const log = this.#logSlotMs + ownShare * (file.logSlotMs - this.#logSlotMs);
    const widest = Math.log(mostFactor);
    return Math.exp(Math.min(this.#logSlotMs + widest, Math.max(this.#logSlotMs - widest, log)));
  }

  /** What a job at this node costs its client, in steps of a tenth: expected time, more where jobs were lost. Less is better. */
  cost(node: NodeId): number {
    const file = this.#files.get(node);
    if (!file) return 0;
    // A known node goes before one of which as much is merely hoped; new ones get their share of choices.
    const doubt = 1 + 1 / (1 + file.measured);
    const expected = (this.slotMs(node) + file.replyMs) * doubt * (1 + 3 * file.lossShare);
    return expected > 0 ? Math.round(Math.log(expected) / grain) : 0;
  }
}
