/** A simulated network for the choice of nodes: computers of many speeds that come and go, and people who ask. One virtual clock, seeded chance. */
import type {NodeId} from '#protocol/ids.ts';
import {limits} from '#protocol/limits.ts';
import {seeded} from '#protocol/testing/seeded.ts';

export interface SimNode {
  readonly id: NodeId;
  readonly index: number;
  /** Tokens per ms while it answers; questions are read twelve times as fast. */
  readonly speed: number;
  /** The speed as others measured it, 15 % off. */
  readonly measured: number;
  readonly roundTripMs: number;
  up: boolean;
  /** Whether the scheduler believes that it is here. */
  listed: boolean;
  /** Rises when it goes: what was planned for it before is void. */
  epoch: number;
  running: SimJob | undefined;
}

export interface SimJob {
  readonly client: number;
  readonly askedAt: number;
  readonly promptTokens: number;
  readonly tokens: number;
  readonly counts: boolean;
  readonly lost: Set<NodeId>;
  got: number;
  boundAt: number;
  /** When the first token came; undefined before it. */
  firstAt: number | undefined;
}

/** What decides where jobs go. */
export interface Scheduler {
  /** A job comes, or comes again after its node was lost. */
  place(job: SimJob): void;
  /** A node ended a job and is idle. */
  freed(node: SimNode, job: SimJob): void;
  came(node: SimNode): void;
  /** A node is known to be gone. */
  went(node: SimNode): void;
}

export interface WorldOptions {
  readonly nodes: number;
  /** Work that comes, over the work that the nodes that are there at that moment can do. */
  readonly load: number;
  readonly seed: number;
  /** Jobs that come in all; the first two fifths fill the network and make its records, and do not count. */
  readonly jobs: number;
}

/** The promise to a person: the first token within 5 s, and then one each 150 ms. */
const slo = {firstMs: 5000, tokenMs: 150};
const prefillFactor = 12;
const meanPrompt = 320;
const minute = 60_000;
const sessions = {medianMs: 25 * minute, shape: 0.6, meanOffMs: 30 * minute, cleanShare: 0.6};
/** Before the first job comes, so that sessions are as long as they are at any moment of a network that has been there for long. */
const settleMs = 6 * 60 * minute;
/** Mean of a Weibull of this shape over its scale. */
const meanOfShape = 1.5046;
const outputs = {median: 140, sigma: 0.9};
const speeds = {median: 18, sigma: 0.8, least: 3, most: 120};

/** Tokens of a job on average, those that are read counted as their share of time. */
const workOfJob = outputs.median * Math.exp(outputs.sigma ** 2 / 2) + meanPrompt / prefillFactor;

/** What is to happen, soonest first. */
class Agenda {
  readonly #items: {at: number; act: () => void}[] = [];

  push(at: number, act: () => void): void {
    const items = this.#items;
    let index = items.push({at, act}) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const [child, above] = [items[index], items[parent]];
      if (!child || !above || above.at <= child.at) return;
      items[index] = above;
      items[parent] = child;
      index = parent;
    }
  }

  pop(): {at: number; act: () => void} | undefined {
    const items = this.#items;
    const [top] = items;
    const last = items.pop();
    if (!top || !last || items.length === 0) return top;
    for (let index = 0; ; ) {
      const left = 2 * index + 1;
      const child = (items[left + 1]?.at ?? Infinity) < (items[left]?.at ?? Infinity) ? left + 1 : left;
      const below = items[child];
      if (!below || below.at >= last.at) {
        items[index] = last;
        return top;
      }
      items[index] = below;
      index = child;
    }
  }
}

export class World {
  readonly random: () => number;
  readonly nodes: readonly SimNode[];
  now = 0;
  readonly #options: WorldOptions;
  readonly #agenda = new Agenda();
  #scheduler: Scheduler | undefined;
  #counted = 0;
  #kept = 0;
  /** Jobs that are not over, and one for those that are still to come. */
  #open = 1;
  /** Tokens per ms of all nodes that are here. */
  #capacity = 0;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.random = seeded(options.seed);
    const onShare = this.#onShare;
    this.nodes = Array.from({length: options.nodes}, (_, index) => {
      const speed = Math.min(speeds.most, Math.max(speeds.least, this.#logNormal(speeds.median, speeds.sigma))) / 1000;
      const up = this.random() < onShare;
      return {id: `node${index}` as NodeId, index, speed, measured: speed * Math.exp(0.15 * this.#normal()), roundTripMs: 20 + 150 * this.random(), up, listed: up, epoch: 0, running: undefined};
    });
  }

  /** Share of jobs that kept the promise. */
  run(scheduler: Scheduler): number {
    this.#scheduler = scheduler;
    for (const node of this.nodes) {
      if (node.up) {
        this.#capacity += node.speed;
        scheduler.came(node);
        this.after(this.#sessionMs(), () => this.#goes(node));
      } else this.after(this.#exponential(sessions.meanOffMs), () => this.#comes(node));
    }
    this.after(settleMs, () => this.#ask(this.#options.jobs));
    for (let item = this.#agenda.pop(); item && this.#open > 0; item = this.#agenda.pop()) {
      this.now = item.at;
      item.act();
    }
    return this.#kept / this.#counted;
  }

  after(ms: number, act: () => void): void {
    this.#agenda.push(this.now + ms, act);
  }

  /** A job has its node. False where that one is gone, which nobody knows yet. */
  start(job: SimJob, node: SimNode): boolean {
    if (!node.up) return false;
    const {epoch} = node;
    node.running = job;
    job.boundAt = this.now;
    this.after(this.#readMs(job, node) + (job.tokens - job.got) / node.speed, () => {
      if (node.epoch !== epoch) return;
      node.running = undefined;
      job.firstAt ??= job.boundAt + this.#readMs(job, node);
      const kept = job.firstAt - job.askedAt <= slo.firstMs && (this.now - job.firstAt) / job.tokens <= slo.tokenMs;
      this.end(job, kept);
      this.#scheduler?.freed(node, job);
    });
    return true;
  }

  /** A job is over; `kept`: as promised. */
  end(job: SimJob, kept: boolean): void {
    this.#open -= 1;
    if (!job.counts) return;
    this.#counted += 1;
    if (kept) this.#kept += 1;
  }

  #ask(left: number): void {
    if (left === 0) {
      this.#open -= 1;
      return;
    }
    this.#open += 1;
    const {jobs, nodes} = this.#options;
    this.#scheduler?.place({
      client: Math.floor(this.random() * nodes),
      askedAt: this.now,
      promptTokens: 20 + this.#exponential(meanPrompt - 20),
      tokens: Math.max(8, Math.round(this.#logNormal(outputs.median, outputs.sigma))),
      counts: left <= jobs * 0.6,
      lost: new Set(),
      got: 0,
      boundAt: 0,
      firstAt: undefined,
    });
    this.after(this.#exponential(workOfJob / (this.#capacity * this.#options.load)), () => this.#ask(left - 1));
  }

  #goes(node: SimNode): void {
    const clean = this.random() < sessions.cleanShare;
    const job = node.running;
    node.up = false;
    this.#capacity -= node.speed;
    node.epoch += 1;
    node.running = undefined;
    if (job) {
      const wrote = Math.floor((this.now - job.boundAt - this.#readMs(job, node)) * node.speed);
      if (wrote > 0) job.firstAt ??= job.boundAt + this.#readMs(job, node);
      job.got = Math.min(job.tokens - 1, job.got + Math.max(0, wrote));
      this.after(clean ? 200 : limits.stallMs, () => this.#lose(job, node));
    }
    const {epoch} = node;
    this.after(clean ? 200 : limits.leaseMs, () => this.#unlist(node, epoch));
    this.after(this.#exponential(sessions.meanOffMs), () => this.#comes(node));
  }

  /** The client goes on elsewhere. */
  #lose(job: SimJob, node: SimNode): void {
    job.lost.add(node.id);
    if (job.lost.size > limits.maxResumes) this.end(job, false);
    else this.#scheduler?.place(job);
  }

  #unlist(node: SimNode, epoch: number): void {
    if (!node.listed || node.epoch !== epoch) return;
    node.listed = false;
    this.#scheduler?.went(node);
  }

  #comes(node: SimNode): void {
    this.#unlist(node, node.epoch);
    node.up = true;
    this.#capacity += node.speed;
    node.listed = true;
    node.epoch += 1;
    this.#scheduler?.came(node);
    this.after(this.#sessionMs(), () => this.#goes(node));
  }

  #readMs(job: SimJob, node: SimNode): number {
    return node.roundTripMs + (job.promptTokens + job.got) / (prefillFactor * node.speed);
  }

  get #onShare(): number {
    const meanOn = (sessions.medianMs / Math.LN2 ** (1 / sessions.shape)) * meanOfShape;
    return meanOn / (meanOn + sessions.meanOffMs);
  }

  #sessionMs(): number {
    return (sessions.medianMs / Math.LN2 ** (1 / sessions.shape)) * (-Math.log(1 - this.random())) ** (1 / sessions.shape);
  }

  #exponential(mean: number): number {
    return -mean * Math.log(1 - this.random());
  }

  #normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.random())) * Math.cos(2 * Math.PI * this.random());
  }

  #logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.#normal());
  }
}
