/** What a node does with jobs, on whatever link they come: offer, open once, run, send the sealed answer and a receipt. */
import {encodeMessage} from '../codec.ts';
import {codeOf, type ErrorCode, NetworkError} from '../errors.ts';
import type {Identity} from '../identity.ts';
import type {JobHandle, ModelHash, NodeId} from '../ids.ts';
import {limits, requestBuckets} from '../limits.ts';
import type {Message} from '../messages.ts';
import {type Offer, signOffer, type SignedOffer} from '../offer.ts';
import type {Task} from '../task.ts';
import {freeOfCharge, isFree, type Prices, priceOf} from '../price.ts';
import {bindOffer, JobKey} from '../seal.ts';
import type {Earnings} from './earnings.ts';
import {type ExpectStranger, NodeLane, serveLane} from './node-lane.ts';
import {NodeLine, type Waiting} from './node-line.ts';
import {runJob} from './node-run.ts';
import type {Engine} from './engine.ts';
import type {Clock, Transport} from './ports.ts';

/** The model that a node has loaded, as it publishes it. */
export interface ServedModel {
  readonly hash: ModelHash;
  readonly name: string;
  readonly contextTokens: number;
  readonly prices: Prices;
}

/** What became of a job; never its content. */
export interface JobOutcome {
  readonly handle: JobHandle;
  readonly outcome: 'done' | 'cancelled' | 'failed';
  readonly tokens: number;
  readonly milliseconds: number;
  /** What it was asked to do; undefined where its request did not open. */
  readonly task: Task | undefined;
  /** What it brings this node after the relay's part, nano-coins; 0 where it was free. */
  readonly earned: bigint;
}

export interface NodeJobsOptions {
  readonly identity: Identity<NodeId>;
  readonly engine: Engine;
  readonly model: ServedModel;
  readonly clock: Clock;
  /** Tokens per second of one job, as this device measured it; 0 when it has not. */
  speed(): number;
  /** Where jobs of a link are paid to; without it they are free. */
  earningsOf(link: Transport): Earnings | undefined;
  /** Without it this node meets nobody, and all answers go over its links. */
  readonly expectStranger?: ExpectStranger;
  /** Called after each change of `running` and `taken`. */
  onChange(): void;
  onOutcome(outcome: JobOutcome): void;
}

interface OpenJob {
  readonly link: Transport;
  readonly abort: AbortController;
  readonly need: Message<'slot'>;
  offered: {readonly key: JobKey; readonly signed: SignedOffer; readonly offer: Pick<Offer, 'model' | 'prices' | 'chunk' | 'ceiling'>} | undefined;
  running: boolean;
  /** The way of its answer, once there is one. */
  lane: NodeLane | undefined;
}

/** All jobs of one node, over all of its links. */
export class NodeJobs {
  readonly #options: NodeJobsOptions;
  readonly #jobs = new Map<JobHandle, OpenJob>();
  #draining = false;
  #paused = false;
  /** Nothing may compute now, not even for this device. */
  #held = false;
  readonly #line = new NodeLine();
  #idle: (() => void)[] = [];

  constructor(options: NodeJobsOptions) {
    this.#options = options;
  }

  /** Jobs that compute right now. */
  get running(): number {
    return [...this.#jobs.values()].filter((job) => job.running).length;
  }

  /** Slots taken by jobs that came over `link`. */
  takenBy(link: Transport): number {
    return [...this.#jobs.values()].filter((job) => job.link === link).length;
  }

  /** Slots taken on every link. */
  get taken(): number {
    return this.#jobs.size;
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** Whether new jobs of others are taken. */
  get open(): boolean {
    return !this.#draining && !this.#paused && this.#line.length === 0;
  }

  /** Takes no new jobs for a while; those that run go on. Jobs of this device are taken all the same, and wait only where it is `held` too; those of paired devices wait then, and are refused in any other pause. */
  pause(paused: boolean, held = false): void {
    this.#held = held;
    if (paused && !held) this.#leaveLine(({link}) => !this.#line.isOwn(link), 'busy');
    if (this.#paused !== paused) {
      this.#paused = paused;
      this.#options.onChange();
    }
    this.#nextInLine();
  }

  /** Jobs of this link are of this device itself: they go first, wait for a slot instead of being refused, and cost nothing. */
  own(link: Transport): void {
    this.#line.own(link);
  }

  /** Jobs of this link are of a paired device: they wait for a slot, before strangers, while `isPaired` says so. */
  pair(link: Transport, isPaired: () => boolean): void {
    this.#line.pair(link, isPaired);
  }

  /** Handles one job message of a link; other kinds are `bad-message`. Never rejects: the other side is told. */
  async receive(message: Message, link: Transport): Promise<void> {
    try {
      if (message.kind === 'slot') await this.#offer(message, link);
      else if (message.kind === 'request') await this.#request(message, link);
      else if (message.kind === 'cancel') this.#cancel(message.handle, link);
      else if (message.kind === 'meet') await this.#laneOf(message.handle, link)?.meet(message, this.#options.expectStranger);
      else if (message.kind === 'back') this.#back(message, link);
      else if (message.kind !== 'failed') throw new NetworkError('bad-message', `${message.kind} is not for a node`);
    } catch (error) {
      link.send(encodeMessage('failed', {code: codeOf(error)}, message.handle));
    }
  }

  /** Serves a channel through TURN that a stranger opened, until it is left. */
  async join(channel: Transport): Promise<void> {
    await serveLane(channel, {clock: this.#options.clock, laneOf: (handle) => this.#jobs.get(handle)?.lane});
  }

  /** Stops every job that came over a link that is gone. */
  linkClosed(link: Transport): void {
    this.#leaveLine((waiting) => waiting.link === link);
    for (const [handle, job] of this.#jobs) if (job.link === link) this.#end(handle, 'link-closed');
  }

  /** Takes no new jobs; resolves when the last has ended. */
  async drain(): Promise<void> {
    this.#draining = true;
    this.#leaveLine(() => true, 'busy');
    if (this.#jobs.size > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Stops every job at once. */
  stop(code: ErrorCode): void {
    this.#draining = true;
    this.#leaveLine(() => true, code);
    for (const handle of this.#jobs.keys()) this.#end(handle, code);
  }

  async #offer(need: Message<'slot'>, link: Transport): Promise<void> {
    const {model} = this.#options;
    if (this.#jobs.has(need.handle)) throw new NetworkError('duplicate', 'this handle is in use');
    if (need.model !== model.hash) throw new NetworkError('wrong-model', 'not the model that is loaded');
    if (need.maxTokens < 1 || need.maxTokens > limits.maxTokens || !requestBuckets.includes(need.bucketBytes)) throw new NetworkError('refused', 'maxTokens or size');
    if (this.#isPaid(link)) this.#options.earningsOf(link)?.requireCredit();
    if (this.#draining) throw new NetworkError('busy', 'it takes no more');
    const isOwn = this.#line.isOwn(link);
    if (this.#hasRoom && !this.#held && (isOwn || this.open)) return this.#admit(need, link);
    const mayWait = isOwn || (this.#line.isPaired(link) && (this.#held || !this.#paused));
    if (!mayWait) throw new NetworkError('busy', 'no free slot');
    this.#line.join({need, link});
    // Nobody else gets the next slot.
    this.#options.onChange();
  }

  get #hasRoom(): boolean {
    return this.#jobs.size < this.#options.engine.concurrency;
  }

  async #admit(need: Message<'slot'>, link: Transport): Promise<void> {
    const job: OpenJob = {link, abort: new AbortController(), need, offered: undefined, running: false, lane: undefined};
    this.#jobs.set(need.handle, job);
    // Relays on other links have to hear of it before they send a job that finds no slot.
    this.#options.onChange();
    try {
      await this.#makeOffer(need, job);
    } catch (error) {
      this.#forget(need.handle);
      throw error;
    }
  }

  async #makeOffer(need: Message<'slot'>, job: OpenJob): Promise<void> {
    const {identity, model, clock} = this.#options;
    const key = await JobKey.create();
    const prices = this.#isPaid(job.link) ? model.prices : freeOfCharge;
    const ceiling = priceOf({prompt: need.bucketBytes, cached: 0, completion: need.maxTokens, reasoning: 0}, prices);
    const offer = {
      handle: need.handle,
      expires: Math.floor(clock.now() / 1000) + limits.offerSeconds,
      model: model.hash,
      prices,
      ceiling,
      chunk: Math.min(limits.maxChunkTokens, Math.max(limits.minChunkTokens, Math.round(this.#options.speed()))),
      kemPublicKey: key.publicKey,
    };
    const signed = await signOffer(identity, offer);
    if (this.#jobs.get(need.handle) !== job) return;
    job.offered = {key, signed, offer};
    job.link.send(encodeMessage('offer', signed, need.handle));
    void this.#expire(need.handle, job);
  }

  async #expire(handle: JobHandle, job: OpenJob): Promise<void> {
    await this.#options.clock.sleep(limits.offerSeconds * 1000, job.abort.signal).catch(() => {});
    if (this.#jobs.get(handle) === job && job.offered) this.#end(handle, 'expired');
  }

  async #request(message: Message<'request'>, link: Transport): Promise<void> {
    const job = this.#jobs.get(message.handle);
    if (!job || job.link !== link) throw new NetworkError('refused', 'no such offer');
    const {offered} = job;
    if (!offered) throw new NetworkError('duplicate', 'this job was already sent');
    job.offered = undefined;
    if (message.sealed.length !== job.need.bucketBytes + 16) {
      this.#forget(message.handle);
      throw new NetworkError('refused', 'another size than was matched');
    }
    job.running = true;
    const lane = new NodeLane({link, handle: message.handle, clock: this.#options.clock});
    job.lane = lane;
    this.#options.onChange();
    const start = this.#options.clock.now();
    const earnings = offered.offer.ceiling > 0n ? this.#options.earningsOf(link) : undefined;
    const toll = earnings?.toll(message.handle, offered.offer);
    let tokens = 0;
    let task: Task | undefined;
    let outcome: JobOutcome['outcome'] = 'failed';
    try {
      const result = await runJob({
        ...this.#options,
        lane,
        handle: message.handle,
        request: message,
        offered: {...offered, bind: bindOffer(offered.signed)},
        maxTokens: job.need.maxTokens,
        signal: job.abort.signal,
        toll,
        onTask: (asked) => {
          task = asked;
        },
        onTokens: (count) => {
          tokens += count;
        },
      });
      outcome = result === 'done' ? 'done' : 'failed';
      await lane.settle(job.abort.signal);
      toll?.say();
      link.send(encodeMessage('released', {}, message.handle));
    } catch (error) {
      outcome = job.abort.signal.aborted ? 'cancelled' : 'failed';
      toll?.say();
      if (outcome === 'cancelled') link.send(encodeMessage('released', {}, message.handle));
      else throw error;
    } finally {
      lane.end();
      earnings?.forget(message.handle);
      this.#forget(message.handle);
      this.#options.onOutcome({handle: message.handle, outcome, tokens, milliseconds: this.#options.clock.now() - start, task, earned: toll?.share ?? 0n});
    }
  }

  /** Whether jobs of this link have a price: only where somebody can be paid. */
  #isPaid(link: Transport): boolean {
    return this.#options.earningsOf(link) !== undefined && !isFree(this.#options.model.prices);
  }

  /** Undefined for a job that is over: what concerns it crossed its end on the way. */
  #laneOf(handle: JobHandle, link: Transport): NodeLane | undefined {
    const job = this.#jobs.get(handle);
    return job?.link === link ? job.lane : undefined;
  }

  #back(message: Message<'back'>, link: Transport): void {
    try {
      this.#laneOf(message.handle, link)?.back(message);
    } catch (error) {
      this.#end(message.handle, codeOf(error));
    }
  }

  /** The slot that is free now goes to whoever stands first in line. */
  #nextInLine(): void {
    while (!this.#held && this.#hasRoom) {
      const next = this.#line.shift();
      if (!next) return;
      if (!this.#line.isOwn(next.link) && !this.#line.isPaired(next.link)) {
        next.link.send(encodeMessage('failed', {code: 'not-paired'}, next.need.handle));
        continue;
      }
      void this.#admit(next.need, next.link).catch((error: unknown) => next.link.send(encodeMessage('failed', {code: codeOf(error)}, next.need.handle)));
    }
  }

  #leaveLine(concerns: (waiting: Waiting) => boolean, code?: ErrorCode): void {
    if (this.#line.leave(concerns, code)) this.#options.onChange();
  }

  #cancel(handle: JobHandle, link: Transport): void {
    this.#leaveLine((waiting) => waiting.need.handle === handle && waiting.link === link);
    if (this.#jobs.get(handle)?.link === link) this.#end(handle, 'cancelled');
  }

  /** Aborts a running job; it then forgets itself. An offered one is forgotten here. */
  #end(handle: JobHandle, code: ErrorCode): void {
    const job = this.#jobs.get(handle);
    if (!job) return;
    job.abort.abort(new NetworkError(code));
    // Else the client's own end of the channel, which it closes too, would send the rest over the relay.
    job.lane?.end();
    if (job.running) return;
    job.offered?.key.forget();
    this.#forget(handle);
    job.link.send(encodeMessage('released', {}, handle));
  }

  #forget(handle: JobHandle): void {
    this.#jobs.delete(handle);
    this.#nextInLine();
    this.#options.onChange();
    if (this.#jobs.size > 0) return;
    for (const resolve of this.#idle) resolve();
    this.#idle = [];
  }
}
