/** The relay's own module in the simulated network, over sets that clients draw as they do. */
import {drawSet} from '#protocol/choose.ts';
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import {limits} from '#protocol/limits.ts';
import {hopelessMs, type MatchJob, Matching, type MatchNode} from '#protocol/matching.ts';
import type {NodeRecord} from '#protocol/node-record.ts';
import {Listed} from './match-baselines.ts';
import type {Scheduler, SimJob, SimNode, World} from './match-world.ts';

export const model = 'ab'.repeat(32) as ModelHash;
export const models: ReadonlySet<ModelHash> = new Set([model]);

/** What a client weighs its draw by: nothing, speeds that all of them measured together, or only what it measured itself. */
export type Knowledge = 'none' | 'shared' | 'own';

export interface Place extends MatchNode {
  readonly sim: SimNode;
}
interface Bid extends MatchJob {
  readonly sim: SimJob;
  waits: boolean;
  readonly etaMs?: number;
}

/** How much likelier a client draws a node: by its speed against the median, within a factor of four, as the client role does. */
const weightOf = (speed: number | undefined, median: number): number => (speed === undefined ? 1 : Math.min(4, Math.max(0.25, speed / median)));
const medianOf = (speeds: readonly number[]): number => speeds.toSorted((left, right) => left - right)[speeds.length >> 1] ?? 1;

/** What the relay sees of how long a job ran: the frames go on until a power of two is reached. */
export const paddedMs = (ms: number): number => limits.answerTickMs * Math.max(limits.minAnswerFrames, 2 ** Math.ceil(Math.log2(ms / limits.answerTickMs)));

export interface DrawOptions {
  /** Of the sets; Infinity for all nodes that are here. */
  readonly size: number;
  readonly knowledge: Knowledge;
}

/** The sets that clients draw, and what each knows of speeds. */
export class Draws {
  readonly listed = new Listed();
  readonly #world: World;
  readonly #size: number;
  readonly #knowledge: Knowledge;
  readonly #records: readonly NodeRecord[];
  readonly #clients = new Map<number, {readonly speeds: Map<NodeId, number>}>();
  readonly #median: number;

  constructor(world: World, {size, knowledge}: DrawOptions) {
    this.#world = world;
    this.#size = size;
    this.#knowledge = knowledge;
    this.#median = medianOf(world.nodes.map(({measured}) => measured));
    this.#records = world.nodes.map(({id}) => ({node: id, models: [{model}]}) as unknown as NodeRecord);
  }

  clientOf(number: number): {readonly speeds: Map<NodeId, number>} {
    const known = this.#clients.get(number);
    if (known) return known;
    const client = {speeds: new Map<NodeId, number>()};
    this.#clients.set(number, client);
    return client;
  }

  draw({client, lost}: SimJob): readonly NodeId[] {
    const {random, nodes} = this.#world;
    if (this.#size === Infinity) return nodes.filter((node) => node.listed && !lost.has(node.id)).map(({id}) => id);
    const sims = this.listed.window(random());
    const {speeds} = this.clientOf(client);
    const own = this.#knowledge === 'own' ? medianOf([...speeds.values()]) : 1;
    const weight = ({node}: NodeRecord): number => {
      if (this.#knowledge === 'none') return 1;
      if (this.#knowledge === 'own') return weightOf(speeds.get(node), own);
      return weightOf(nodes[Number(node.slice(4))]?.measured, this.#median);
    };
    const records = sims.flatMap(({index}) => this.#records[index] ?? []);
    return drawSet(records, {model, without: lost, random, size: this.#size, weight});
  }
}

/** Jobs go through the relay's module, each to a node of the set that its client drew. */
export class DrawnSets implements Scheduler {
  /** Waits as they were, against the estimates given. */
  readonly waits: {readonly estimatedMs: number; readonly actualMs: number}[] = [];
  readonly #world: World;
  readonly #draws: Draws;
  readonly #matching = new Matching<Place, Bid>();
  readonly #bound = new Map<SimNode, {readonly bid: Bid; readonly runs: boolean}>();

  constructor(world: World, options: DrawOptions) {
    this.#world = world;
    this.#draws = new Draws(world, options);
    const sweep = () => {
      for (const node of this.#matching.sweep(world.now)) this.#serve(node);
      world.after(1000, sweep);
    };
    sweep();
  }

  came(sim: SimNode): void {
    const node: Place = {id: sim.id, models, open: 1, taken: 0, lastBound: 0, sim};
    this.#draws.listed.add(sim);
    this.#matching.join(node);
    this.#serve(node);
  }

  went(sim: SimNode): void {
    const node = this.#matching.nodes.get(sim.id);
    if (!node) return;
    this.#draws.listed.remove(sim);
    for (const bid of this.#matching.leave(node, this.#world.now)) this.#giveUp(bid);
    const bound = this.#bound.get(sim);
    this.#bound.delete(sim);
    if (!bound) return;
    if (bound.runs) this.#matching.health.failed(sim.id, {trouble: 'lost', client: bound.bid.sim.client, now: this.#world.now});
    else this.#again(bound.bid, sim);
  }

  place(sim: SimJob): void {
    const nodes = this.#draws.draw(sim);
    if (nodes.length === 0) return this.#world.end(sim, false);
    this.#enter({model, nodes, tried: new Set(), client: this.#draws.clientOf(sim.client), weight: 1, asked: this.#world.now, sim, waits: false});
  }

  freed(sim: SimNode, job: SimJob): void {
    const node = this.#matching.nodes.get(sim.id);
    if (!node) return;
    const {now} = this.#world;
    const ms = now - job.boundAt;
    this.#bound.delete(sim);
    this.#draws.clientOf(job.client).speeds.set(sim.id, (job.tokens - job.got) / ms);
    this.#matching.health.finished(sim.id, {offerMs: sim.roundTripMs, firstMs: sim.roundTripMs, slotMs: paddedMs(ms)});
    node.taken -= 1;
    this.#serve(node);
  }

  #enter(bid: Bid): void {
    const placed = this.#matching.place(bid, this.#world.now);
    if (placed.node) return this.#bind(bid, placed.node);
    const {etaMs} = placed.outlook;
    const waiting = Object.assign(bid, {waits: true, etaMs});
    if (etaMs > hopelessMs) return this.#giveUp(waiting);
    this.#world.after(bid.asked + limits.queueMs - this.#world.now, () => {
      if (waiting.waits) this.#giveUp(waiting);
    });
  }

  #giveUp(bid: Bid): void {
    this.#matching.withdraw(bid);
    this.#note(bid);
    this.#world.end(bid.sim, false);
  }

  #note(bid: Bid): void {
    if (bid.waits && bid.etaMs) this.waits.push({estimatedMs: bid.etaMs, actualMs: this.#world.now - bid.asked});
    bid.waits = false;
  }

  #serve(node: Place): void {
    const bid = this.#matching.next(node, this.#world.now);
    if (bid) this.#bind(bid, node);
  }

  #bind(bid: Bid, {sim}: Place): void {
    this.#note(bid);
    const bound = {bid, runs: this.#world.start(bid.sim, sim)};
    this.#bound.set(sim, bound);
    if (bound.runs) return;
    this.#world.after(limits.stepMs, () => {
      if (this.#bound.get(sim) !== bound) return;
      this.#bound.delete(sim);
      this.#matching.health.failed(sim.id, {trouble: 'silent', client: bid.sim.client, now: this.#world.now});
      const node = this.#matching.nodes.get(sim.id);
      if (node) node.taken -= 1;
      this.#again(bid, sim);
    });
  }

  /** A node that was silent is left out. */
  #again(bid: Bid, sim: SimNode): void {
    const left = Object.assign(bid, {tried: new Set([...bid.tried, sim.id])});
    if (this.#matching.isServed(left)) this.#enter(left);
    else this.#world.end(bid.sim, false);
  }
}
