/** Several relays in the simulated network: each matches its own nodes for its own clients, and sends on what finds none idle, as `relay/cluster/` does. */
import {limits} from '#protocol/limits.ts';
import {type MatchJob, Matching} from '#protocol/matching.ts';
import {Draws, model, models, paddedMs, type Place} from './match-sets.ts';
import type {Scheduler, SimJob, SimNode, World} from './match-world.ts';

interface Bid extends MatchJob {
  readonly sim: SimJob;
  readonly home: number;
  waits: boolean;
}

/** How long until another relay hears that there is room: a beat comes when it changes, at most so often. */
const beatMs = 500;

export class ClusterSets implements Scheduler {
  readonly #world: World;
  readonly #draws: Draws;
  readonly #relays: readonly Matching<Place, Bid>[];
  /** Jobs that wait, in the order in which they came. */
  readonly #waiting = new Set<Bid>();
  readonly #bound = new Map<SimNode, {readonly bid: Bid; readonly runs: boolean}>();

  constructor(world: World, {relays, size}: {relays: number; size: number}) {
    this.#world = world;
    this.#draws = new Draws(world, {size, knowledge: 'shared'});
    this.#relays = Array.from({length: relays}, () => new Matching<Place, Bid>());
    const sweep = () => {
      for (const relay of this.#relays) for (const node of relay.sweep(world.now)) this.#serve(node);
      world.after(1000, sweep);
    };
    sweep();
  }

  came(sim: SimNode): void {
    const node: Place = {id: sim.id, models, open: 1, taken: 0, lastBound: 0, sim};
    this.#draws.listed.add(sim);
    this.#at(sim.index).join(node);
    this.#serve(node);
  }

  went(sim: SimNode): void {
    const relay = this.#at(sim.index);
    const node = relay.nodes.get(sim.id);
    if (!node) return;
    this.#draws.listed.remove(sim);
    for (const bid of relay.leave(node, this.#world.now)) if (!this.#isServed(bid)) this.#giveUp(bid);
    const bound = this.#bound.get(sim);
    this.#bound.delete(sim);
    if (!bound) return;
    if (bound.runs) relay.health.failed(sim.id, {trouble: 'lost', client: bound.bid.sim.client, now: this.#world.now});
    else this.#again(bound.bid, sim);
  }

  place(sim: SimJob): void {
    const nodes = this.#draws.draw(sim);
    if (nodes.length === 0) return this.#world.end(sim, false);
    this.#enter({model, nodes, tried: new Set(), client: this.#draws.clientOf(sim.client), weight: 1, asked: this.#world.now, sim, home: sim.client % this.#relays.length, waits: false});
  }

  freed(sim: SimNode, job: SimJob): void {
    const relay = this.#at(sim.index);
    const node = relay.nodes.get(sim.id);
    if (!node) return;
    this.#bound.delete(sim);
    relay.health.finished(sim.id, {offerMs: sim.roundTripMs, firstMs: sim.roundTripMs, slotMs: paddedMs(this.#world.now - job.boundAt)});
    node.taken -= 1;
    this.#serve(node);
  }

  #at(number: number): Matching<Place, Bid> {
    const relay = this.#relays[number % this.#relays.length];
    if (!relay) throw new Error('no relay');
    return relay;
  }

  /** Its own relay first; then any other that has one of its nodes idle. */
  #enter(bid: Bid): void {
    const {now} = this.#world;
    const own = this.#at(bid.home);
    const placed = own.place(bid, now);
    if (placed.node) return this.#bind(bid, placed.node);
    for (const other of this.#relays) if (other !== own && this.#sendOn(bid, other)) return;
    bid.waits = true;
    this.#waiting.add(bid);
    this.#world.after(bid.asked + limits.queueMs - now, () => {
      if (bid.waits) this.#giveUp(bid);
    });
  }

  #sendOn(bid: Bid, other: Matching<Place, Bid>, nodes = bid.nodes): boolean {
    const wish: Bid = {...bid, nodes, client: {}};
    const {node} = other.place(wish, this.#world.now);
    if (!node) {
      other.withdraw(wish);
      return false;
    }
    this.#at(bid.home).withdraw(bid);
    this.#bind(bid, node);
    return true;
  }

  #isServed(bid: Bid): boolean {
    return this.#relays.some((relay) => relay.isServed(bid));
  }

  #giveUp(bid: Bid): void {
    this.#at(bid.home).withdraw(bid);
    this.#ends(bid);
    this.#world.end(bid.sim, false);
  }

  #ends(bid: Bid): void {
    bid.waits = false;
    this.#waiting.delete(bid);
  }

  #serve(node: Place): void {
    const relay = this.#at(node.sim.index);
    const bid = relay.next(node, this.#world.now);
    if (bid) return this.#bind(bid, node);
    if (this.#relays.length > 1) this.#world.after(beatMs * this.#world.random(), () => this.#look(node));
  }

  /** The other relays have heard that this node is idle. */
  #look(node: Place): void {
    const relay = this.#at(node.sim.index);
    if (relay.nodes.get(node.id) !== node || node.taken > 0) return;
    for (const bid of this.#waiting) if (bid.nodes.includes(node.id) && !bid.tried.has(node.id) && this.#sendOn(bid, relay, [node.id])) return;
  }

  #bind(bid: Bid, {sim}: Place): void {
    this.#ends(bid);
    const bound = {bid, runs: this.#world.start(bid.sim, sim)};
    this.#bound.set(sim, bound);
    if (bound.runs) return;
    this.#world.after(limits.stepMs, () => {
      if (this.#bound.get(sim) !== bound) return;
      this.#bound.delete(sim);
      const relay = this.#at(sim.index);
      relay.health.failed(sim.id, {trouble: 'silent', client: bid.sim.client, now: this.#world.now});
      const node = relay.nodes.get(sim.id);
      if (node) node.taken -= 1;
      this.#again(bid, sim);
    });
  }

  #again(bid: Bid, sim: SimNode): void {
    const left = {...bid, tried: new Set([...bid.tried, sim.id])};
    if (this.#isServed(left)) this.#enter(left);
    else this.#world.end(bid.sim, false);
  }
}
