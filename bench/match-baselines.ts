/** What the relay's module is held against: any node by known speeds, which no relay can do, and chance, which naive systems do. */
import {limits} from '#protocol/limits.ts';
import type {Scheduler, SimJob, SimNode, World} from './match-world.ts';

/** The nodes that are listed, for draws from a part of them. */
export class Listed {
  readonly #nodes: SimNode[] = [];
  readonly #places = new Map<SimNode, number>();

  add(node: SimNode): void {
    this.#places.set(node, this.#nodes.push(node) - 1);
  }

  remove(node: SimNode): void {
    const place = this.#places.get(node);
    const last = this.#nodes.pop();
    if (place === undefined || !last) return;
    this.#places.delete(node);
    if (last === node) return;
    this.#nodes[place] = last;
    this.#places.set(last, place);
  }

  /** As many as one directory answer holds, from a random start. */
  window(random: number): readonly SimNode[] {
    const nodes = this.#nodes;
    if (nodes.length <= limits.maxDirectory) return nodes;
    const start = Math.floor(random * nodes.length);
    const end = start + limits.maxDirectory;
    return [...nodes.slice(start, end), ...nodes.slice(0, Math.max(0, end - nodes.length))];
  }
}

/** Any idle node, the fastest first, by speeds that somebody measured to 15 %; jobs in the order in which they came. No relay can know that much. */
export class Unrestricted implements Scheduler {
  readonly #world: World;
  readonly #idle: SimNode[] = [];
  readonly #isIdle = new Set<SimNode>();
  #waiting: {readonly job: SimJob; readonly at: number}[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  came(node: SimNode): void {
    this.#free(node);
  }

  went(node: SimNode): void {
    this.#isIdle.delete(node);
  }

  freed(node: SimNode): void {
    this.#free(node);
  }

  place(job: SimJob): void {
    const node = this.#fastest(job);
    if (node) this.#start(job, node);
    else this.#waiting.push({job, at: this.#world.now});
  }

  #free(node: SimNode): void {
    const {now} = this.#world;
    while (this.#waiting[0] && now - this.#waiting[0].at > limits.queueMs) this.#drop();
    const place = this.#waiting.findIndex(({job}) => !job.lost.has(node.id));
    const [next] = place < 0 ? [] : this.#waiting.splice(place, 1);
    if (next) return this.#start(next.job, node);
    this.#isIdle.add(node);
    // Sorted, slowest first: the fastest is taken from the end.
    let [low, high] = [0, this.#idle.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#idle[middle]?.measured ?? 0) < node.measured) low = middle + 1;
      else high = middle;
    }
    this.#idle.splice(low, 0, node);
  }

  #drop(): void {
    const late = this.#waiting.shift();
    if (late) this.#world.end(late.job, false);
  }

  #fastest(job: SimJob): SimNode | undefined {
    for (let index = this.#idle.length - 1; index >= 0; index -= 1) {
      const node = this.#idle[index];
      if (!node || job.lost.has(node.id)) continue;
      this.#idle.splice(index, 1);
      if (this.#isIdle.delete(node)) return node;
    }
    return undefined;
  }

  #start(job: SimJob, node: SimNode): void {
    if (!this.#world.start(job, node)) this.#world.after(limits.stepMs, () => this.place(job));
  }
}

/** A node by chance, and a queue at each: what naive systems do. */
export class ByChance implements Scheduler {
  readonly #world: World;
  readonly #listed = new Listed();
  readonly #queues = new Map<SimNode, SimJob[]>();

  constructor(world: World) {
    this.#world = world;
  }

  came(node: SimNode): void {
    this.#listed.add(node);
    this.#queues.set(node, []);
  }

  went(node: SimNode): void {
    this.#listed.remove(node);
    const jobs = this.#queues.get(node) ?? [];
    this.#queues.delete(node);
    for (const job of jobs) this.place(job);
  }

  place(job: SimJob): void {
    const nodes = this.#listed.window(this.#world.random());
    const node = nodes[Math.floor(this.#world.random() * nodes.length)];
    if (!node) return this.#world.end(job, false);
    if (node.running || !this.#world.start(job, node)) this.#queues.get(node)?.push(job);
  }

  freed(node: SimNode): void {
    const job = this.#queues.get(node)?.shift();
    if (job) this.#world.start(job, node);
  }
}
