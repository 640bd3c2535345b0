/** The node in this worker: loads a model, keeps a link to the relay, serves jobs, and tells the page what happens. */
import {codeOf, type ErrorCode, NetworkError} from '#protocol/errors.ts';
import {type Identity, identityOf, type IdentitySecret} from '#protocol/identity.ts';
import type {NodeId} from '#protocol/ids.ts';
import type {Body} from '#protocol/messages.ts';
import {type CatalogueEntry, hashOfModel} from '#protocol/models.ts';
import type {MeasuredSpeed} from '#protocol/node-record.ts';
import {freeOfCharge, type Prices} from '#protocol/price.ts';
import {retryDelay} from '#protocol/retry.ts';
import {within} from '#protocol/roles/deadline.ts';
import {serveDirect} from '#protocol/roles/direct.ts';
import {Earnings, type VoucherStore} from '#protocol/roles/earnings.ts';
import {type ElsewhereState, NodeElsewhere, type OtherRelay} from '#protocol/roles/node-elsewhere.ts';
import {type JobOutcome, NodeJobs, type ServedModel} from '#protocol/roles/node-jobs.ts';
import {sayGoodbye, sendStatus, serve} from '#protocol/roles/node.ts';
import type {ExpectStranger} from '#protocol/roles/node-lane.ts';
import type {Engine} from '#protocol/roles/engine.ts';
import type {Clock, LinkKind, Transport} from '#protocol/roles/ports.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import {restingEngine} from './engine-rest.ts';
import {EngineSpeed} from './engine-speed.ts';
import {watchEngine} from './engine-watch.ts';
import {betterLink, type RelayLink} from './link-upgrade.ts';
import type {Progress} from './pace.ts';

/** What the page is told. */
export type NodeEvent =
  | {readonly type: 'loading'; readonly part: number; readonly what: string; readonly download?: Progress}
  /** How fast the model runs here. */
  | {readonly type: 'measured'; readonly speeds: readonly MeasuredSpeed[]}
  | {readonly type: 'connecting'}
  | {readonly type: 'ready'; readonly engine: string; readonly link: LinkKind}
  | {readonly type: 'reconnecting'; /** The relay said that it keeps this computer out. */ readonly keptOut?: true}
  | {readonly type: 'running'; readonly jobs: number}
  /** Why the relay has no job for this node. */
  | {readonly type: 'idle'; readonly why: Body<'idle'>}
  | {readonly type: 'outcome'; readonly outcome: JobOutcome}
  /** A paired device has come over a link of its own. */
  | {readonly type: 'device'; readonly device: string}
  /** How the link to a relay of another operator is. */
  | {readonly type: 'elsewhere'; readonly relay: string; readonly state: ElsewhereState}
  /** The relay knows where to pay; all that was earned and collected there, nano-coins. */
  | {readonly type: 'balance'; readonly earned: bigint; readonly collected: bigint}
  | {readonly type: 'stopped'; readonly code: ErrorCode | undefined; readonly detail: string};

/** What the page says of the device and of its person's wishes. */
export interface Conditions {
  readonly paused: boolean;
  readonly hidden: boolean;
  /** Share of the time that the device may work, percent. */
  readonly duty: number;
}

/** How this node is paid. */
export interface Pay {
  readonly prices: Prices;
  /** Of its owner at the relay's vault. */
  readonly account: TonAddress;
  /** A wallet's fresh proof for the relay; undefined when the relay was shown one before. */
  readonly proof: Uint8Array<ArrayBuffer> | undefined;
  /** What the relay may owe before paid jobs are refused, nano-coins. */
  readonly creditLimit: bigint;
}

export interface NodeServiceOptions {
  readonly secret: IdentitySecret;
  readonly entry: CatalogueEntry;
  readonly clock: Clock;
  /** Undefined where its answers are free. */
  readonly pay: Pay | undefined;
  readonly vouchers: VoucherStore;
  readonly conditions: Conditions;
  /** Of other operators, to share through too. */
  readonly relays: readonly OtherRelay[];
  loadEngine(signal: AbortSignal, onProgress: (part: number, what: string, download?: Progress) => void): Promise<Engine>;
  openLink(): Promise<RelayLink>;
  openElsewhere(address: string): Promise<Transport>;
  /** A link that is better than a WebSocket; undefined where there is none now. */
  openBetterLink(): Promise<RelayLink | undefined>;
  isPaired(device: string): boolean;
  /** A paired device that dialled may connect under this signalling id. */
  expectDevice(peer: string): Promise<void>;
  readonly expectStranger: ExpectStranger;
  onEvent(event: NodeEvent): void;
}

/** What is loaded and can answer. */
interface ServedNode {
  readonly identity: Identity<NodeId>;
  readonly engine: Engine;
  readonly model: ServedModel;
  readonly jobs: NodeJobs;
}

/** What the relay says when coming again would not help. */
const final: ReadonlySet<ErrorCode> = new Set(['bad-node', 'bad-version', 'outdated', 'relay-outdated', 'duplicate', 'bad-wallet']);

/** How long an engine may take to free what it holds. */
const disposeMs = 3000;

export class NodeService {
  readonly #options: NodeServiceOptions;
  readonly #stop = new AbortController();
  #jobs: NodeJobs | undefined;
  #identity: Identity<NodeId> | undefined;
  #link: Transport | undefined;
  /** Open already, for when the present one is left. */
  #next: RelayLink | undefined;
  #earnings: Earnings | undefined;
  #conditions: Conditions;
  #relays: readonly OtherRelay[];
  #elsewhere: NodeElsewhere | undefined;
  #speed: EngineSpeed | undefined;
  #measuring = false;
  #resting = false;
  #tellStatus = (): void => {};

  constructor(options: NodeServiceOptions) {
    this.#options = options;
    this.#conditions = options.conditions;
    this.#relays = options.relays;
  }

  /** Shares through these relays of other operators from now on, and through no others. */
  setRelays(relays: readonly OtherRelay[]): void {
    this.#relays = relays;
    if (!this.#stop.signal.aborted) this.#elsewhere?.choose(relays);
  }

  /** Things have changed around this node. */
  setConditions(conditions: Conditions): void {
    this.#conditions = conditions;
    this.#pause();
  }

  /** Loads and serves; resolves with the node's id once the model is loaded. Rejects when it can't be. */
  async start(): Promise<NodeId> {
    const {secret, entry, clock, onEvent, loadEngine} = this.#options;
    const identity = await identityOf<NodeId>(secret);
    const loaded = await loadEngine(this.#stop.signal, (part, what, download) => onEvent({type: 'loading', part, what, ...(download ? {download} : {})}));
    const resting = restingEngine(loaded, {clock, duty: () => this.#conditions.duty, onRest: (now) => this.#rest(now)});
    const watched = watchEngine(resting, {clock, onBroken: (code, detail) => this.lose(code, detail)});
    const speed = new EngineSpeed(watched, {clock, contextTokens: entry.contextTokens});
    const {engine} = speed;
    this.#speed = speed;
    onEvent({type: 'loading', part: 1, what: 'measure'});
    await this.#measure(speed);
    const model: ServedModel = {hash: hashOfModel(entry), name: entry.label, contextTokens: entry.contextTokens, prices: this.#options.pay?.prices ?? freeOfCharge};
    const jobs = new NodeJobs({
      identity,
      engine,
      model,
      clock,
      speed: () => speed.decode,
      // Paired devices, on links of their own, pay nothing.
      expectStranger: this.#options.expectStranger,
      earningsOf: (link) => (link === this.#link ? this.#earnings : undefined),
      onChange: () => {
        this.#tellStatus();
        onEvent({type: 'running', jobs: jobs.running});
        if (jobs.taken === 0 && speed.hasDrifted && !this.#measuring) void this.#measure(speed).catch(() => {});
      },
      onOutcome: (outcome) => onEvent({type: 'outcome', outcome}),
    });
    this.#identity = identity;
    this.#jobs = jobs;
    this.#openUp({identity, engine, model, jobs});
    return identity.id;
  }

  /** Links to all relays; from now on each hears how many slots it may fill. */
  #openUp(node: ServedNode): void {
    const {clock, onEvent, openElsewhere} = this.#options;
    const same = {...node, clock, speeds: () => this.#speed?.measured ?? [], hidden: () => this.#conditions.hidden};
    const elsewhere = new NodeElsewhere({node: same, connect: openElsewhere, random: Math.random, onState: (relay, state) => onEvent({type: 'elsewhere', relay, state})});
    this.#elsewhere = elsewhere;
    this.#tellStatus = () => {
      if (this.#link) sendStatus({...same, transport: this.#link});
      elsewhere.tell();
    };
    node.jobs.pause(this.#closed, this.#measuring);
    this.setRelays(this.#relays);
    void this.#keepServing(node);
  }

  /** Serves a paired device on a link of its own until it ends. */
  async serveDirect(transport: Transport): Promise<void> {
    if (!this.#jobs || !this.#identity) return transport.close();
    const {clock, isPaired, onEvent} = this.#options;
    await serveDirect({transport, identity: this.#identity, clock, jobs: this.#jobs, isPaired, onDevice: (device) => onEvent({type: 'device', device})}).catch(() => {});
  }

  /** Serves this device itself, before all others. */
  async serveOwn(transport: Transport, device: string): Promise<void> {
    if (!this.#jobs || !this.#identity) return transport.close();
    this.#jobs.own(transport);
    await serveDirect({transport, identity: this.#identity, clock: this.#options.clock, jobs: this.#jobs, isPaired: (asking) => asking === device}).catch(() => {});
  }

  /** Sends an answer to a stranger on a channel through TURN. */
  async joinStranger(transport: Transport): Promise<void> {
    if (this.#jobs) await this.#jobs.join(transport);
    else transport.close();
  }

  /** The owner has collected so much in all, nano-coins. */
  noteCollected(collected: bigint): void {
    this.#earnings?.noteCollected(collected);
  }

  /** Finishes what runs, takes nothing new, then ends. */
  async finish(): Promise<void> {
    const drained = this.#jobs?.drain();
    this.#tellStatus();
    if (this.#jobs) this.#options.onEvent({type: 'running', jobs: this.#jobs.running});
    await drained;
    this.stopNow();
  }

  stopNow(): void {
    this.#leave(new NetworkError('cancelled'));
  }

  /** The engine or its device is lost: running jobs are let go, so that other computers take over, and the node ends with this code. */
  lose(code: ErrorCode, detail: string): void {
    this.#leave(new NetworkError(code, detail));
  }

  #leave(reason: NetworkError): void {
    if (this.#stop.signal.aborted) return;
    this.#jobs?.stop(reason.code);
    if (this.#link) sayGoodbye(this.#link);
    this.#elsewhere?.close();
    this.#stop.abort(reason);
  }

  /** Whether no new jobs are taken for now. */
  get #closed(): boolean {
    return this.#conditions.paused || this.#measuring || this.#resting;
  }

  #rest(resting: boolean): void {
    this.#resting = resting;
    this.#pause();
  }

  #pause(): void {
    this.#jobs?.pause(this.#closed, this.#measuring);
    this.#tellStatus();
  }

  /** Measures the engine while no job comes in. What it gives is in the next record. */
  async #measure(speed: EngineSpeed): Promise<void> {
    this.#measuring = true;
    this.#pause();
    try {
      await speed.measure(this.#stop.signal);
      this.#options.onEvent({type: 'measured', speeds: speed.measured});
    } finally {
      this.#measuring = false;
      this.#pause();
    }
  }

  /** Links, serves, and links again after a loss, until it is told to stop or the relay refuses this node. */
  async #keepServing(node: ServedNode): Promise<void> {
    const {onEvent, clock} = this.#options;
    const {signal} = this.#stop;
    let code: ErrorCode | undefined;
    let detail = '';
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      onEvent(attempt === 0 ? {type: 'connecting'} : {type: 'reconnecting', ...(code === 'banned' ? {keptOut: true} : {})});
      code = undefined;
      try {
        await this.#serveOnce(node, () => {
          attempt = 0;
        });
      } catch (error) {
        code = codeOf(error);
        detail = error instanceof Error ? error.message : '';
        if (final.has(code)) break;
      }
      if (!signal.aborted && !this.#next) await clock.sleep(retryDelay(attempt, Math.random()), signal).catch(() => {});
    }
    this.#next?.transport.close();
    this.#elsewhere?.close();
    if (signal.aborted) {
      const reason: unknown = signal.reason;
      code = codeOf(reason) === 'cancelled' ? undefined : codeOf(reason);
      detail = reason instanceof Error ? reason.message : '';
    }
    // A lost device may never let go of its engine: whoever spawned this worker ends it.
    await within(node.engine.dispose(), {clock, ms: disposeMs, code: 'engine-failed'}).catch(() => {});
    onEvent({type: 'stopped', code, detail});
  }

  async #serveOnce(node: ServedNode, onWelcome: () => void): Promise<void> {
    const {openLink, clock, isPaired, expectDevice, onEvent} = this.#options;
    const {transport, peer} = this.#next ?? (await openLink());
    this.#next = undefined;
    const left = new AbortController();
    const earnings = this.#earningsOn(transport);
    this.#link = transport;
    this.#earnings = earnings;
    if (transport.kind === 'websocket') void this.#upgrade(transport, {jobs: node.jobs, signal: AbortSignal.any([left.signal, this.#stop.signal])}).catch(() => {});
    try {
      const welcome = () => {
        onWelcome();
        onEvent({type: 'ready', engine: node.engine.description, link: transport.kind});
      };
      await serve({...node, transport, peer, clock, isPaired, expectDevice, speeds: () => this.#speed?.measured ?? [], earnings, hidden: () => this.#conditions.hidden, onWelcome: welcome, onIdle: (why) => onEvent({type: 'idle', why})}, this.#stop.signal);
    } finally {
      left.abort(new NetworkError('cancelled'));
      this.#link = undefined;
      this.#earnings = undefined;
    }
  }

  /** Leaves a link for a better one as soon as there is one. */
  async #upgrade(transport: Transport, {jobs, signal}: {jobs: NodeJobs; signal: AbortSignal}): Promise<void> {
    const {clock, openBetterLink} = this.#options;
    this.#next = await betterLink({clock, signal, isIdle: () => jobs.takenBy(transport) === 0, open: openBetterLink});
    sayGoodbye(transport);
    transport.close();
  }

  #earningsOn(transport: Transport): Earnings | undefined {
    const {pay, clock, vouchers, onEvent} = this.#options;
    return pay && new Earnings({...pay, transport, clock, vouchers, onBalance: (balance) => onEvent({type: 'balance', ...balance})});
  }
}
