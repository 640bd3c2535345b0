/** The node in this worker: loads a model, keeps a link to the relay, serves jobs, and tells the page what happens. */
import {codeOf, type ErrorCode, NetworkError} from '#protocol/errors.ts';
import {type Identity, identityOf, type IdentitySecret} from '#protocol/identity.ts';
import type {NodeId} from '#protocol/ids.ts';
import {type CatalogueEntry, hashOfModel} from '#protocol/models.ts';
import {freeOfCharge} from '#protocol/price.ts';
import {retryDelay} from '#protocol/retry.ts';
import {serveDirect} from '#protocol/roles/direct.ts';
import {type JobOutcome, NodeJobs, type ServedModel} from '#protocol/roles/node-jobs.ts';
import {sayGoodbye, sendStatus, serve} from '#protocol/roles/node.ts';
import type {Clock, Engine, LinkKind, Transport} from '#protocol/roles/ports.ts';

/** What the page is told. */
export type NodeEvent =
  | {readonly type: 'loading'; readonly part: number; readonly what: string}
  | {readonly type: 'connecting'}
  | {readonly type: 'ready'; readonly engine: string; readonly link: LinkKind}
  | {readonly type: 'reconnecting'}
  | {readonly type: 'running'; readonly jobs: number}
  | {readonly type: 'outcome'; readonly outcome: JobOutcome}
  | {readonly type: 'stopped'; readonly code: ErrorCode | undefined; readonly detail: string};

/** An open link to the relay, and where paired devices can signal to this node. */
export interface RelayLink {
  readonly transport: Transport;
  readonly peer: string;
}

export interface NodeServiceOptions {
  readonly secret: IdentitySecret;
  readonly entry: CatalogueEntry;
  readonly clock: Clock;
  loadEngine(signal: AbortSignal, onProgress: (part: number, what: string) => void): Promise<Engine>;
  openLink(): Promise<RelayLink>;
  isPaired(device: string): boolean;
  onEvent(event: NodeEvent): void;
}

/** Answers ended this long ago still count for the speed. */
const speedSamples = 8;

export class NodeService {
  readonly #options: NodeServiceOptions;
  readonly #stop = new AbortController();
  readonly #speeds: number[] = [];
  #jobs: NodeJobs | undefined;
  #identity: Identity<NodeId> | undefined;
  #link: Transport | undefined;

  constructor(options: NodeServiceOptions) {
    this.#options = options;
  }

  /** Loads and serves; resolves with the node's id once the model is loaded. Rejects when it can't be. */
  async start(): Promise<NodeId> {
    const {secret, entry, clock, onEvent, loadEngine} = this.#options;
    const identity = await identityOf<NodeId>(secret);
    const engine = await loadEngine(this.#stop.signal, (part, what) => onEvent({type: 'loading', part, what}));
    const model: ServedModel = {hash: hashOfModel(entry), name: entry.label, contextTokens: entry.contextTokens, prices: freeOfCharge};
    const jobs = new NodeJobs({
      identity,
      engine,
      model,
      clock,
      speed: this.#speed,
      earningsOf: () => undefined,
      onChange: () => {
        if (this.#link) sendStatus({transport: this.#link, jobs, engine});
        onEvent({type: 'running', jobs: jobs.running});
      },
      onOutcome: (outcome) => this.#note(outcome),
    });
    this.#identity = identity;
    this.#jobs = jobs;
    void this.#keepServing({identity, engine, model, jobs});
    return identity.id;
  }

  /** Serves a paired device on a link of its own until it ends. */
  async serveDirect(transport: Transport): Promise<void> {
    if (!this.#jobs || !this.#identity) return transport.close();
    const {clock, isPaired} = this.#options;
    await serveDirect({transport, identity: this.#identity, clock, jobs: this.#jobs, isPaired}).catch(() => {});
  }

  /** Finishes what runs, takes nothing new, then ends. */
  async finish(): Promise<void> {
    const drained = this.#jobs?.drain();
    if (this.#jobs) this.#options.onEvent({type: 'running', jobs: this.#jobs.running});
    await drained;
    this.stopNow();
  }

  stopNow(): void {
    this.#jobs?.stop('cancelled');
    if (this.#link) sayGoodbye(this.#link);
    this.#stop.abort(new NetworkError('cancelled'));
  }

  get #speed(): number {
    return this.#speeds.length === 0 ? 0 : this.#speeds.reduce((sum, speed) => sum + speed, 0) / this.#speeds.length;
  }

  #note(outcome: JobOutcome): void {
    if (outcome.outcome === 'done' && outcome.tokens >= 8 && outcome.milliseconds > 0) {
      this.#speeds.push((outcome.tokens * 1000) / outcome.milliseconds);
      if (this.#speeds.length > speedSamples) this.#speeds.shift();
    }
    this.#options.onEvent({type: 'outcome', outcome});
  }

  /** Links, serves, and links again after a loss, until it is told to stop or the relay refuses this node. */
  async #keepServing(node: {identity: Identity<NodeId>; engine: Engine; model: ServedModel; jobs: NodeJobs}): Promise<void> {
    const {onEvent, clock} = this.#options;
    const {signal} = this.#stop;
    let code: ErrorCode | undefined;
    let detail = '';
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      onEvent(attempt === 0 ? {type: 'connecting'} : {type: 'reconnecting'});
      try {
        await this.#serveOnce(node, () => {
          attempt = 0;
        });
      } catch (error) {
        code = codeOf(error);
        detail = error instanceof Error ? error.message : '';
        if (code === 'bad-node' || code === 'bad-version' || code === 'duplicate') break;
      }
      if (!signal.aborted) await clock.sleep(retryDelay(attempt, Math.random()), signal).catch(() => {});
    }
    await node.engine.dispose().catch(() => {});
    onEvent({type: 'stopped', code: signal.aborted ? undefined : code, detail});
  }

  async #serveOnce(node: {identity: Identity<NodeId>; engine: Engine; model: ServedModel; jobs: NodeJobs}, onWelcome: () => void): Promise<void> {
    const {openLink, clock, isPaired, onEvent} = this.#options;
    const {transport, peer} = await openLink();
    this.#link = transport;
    try {
      const welcome = () => {
        onWelcome();
        onEvent({type: 'ready', engine: node.engine.description, link: transport.kind});
      };
      await serve({...node, transport, peer, clock, isPaired, speed: this.#speed, earnings: undefined, onWelcome: welcome}, this.#stop.signal);
    } finally {
      this.#link = undefined;
    }
  }
}
