/** A node for this device alone: loads a model and answers on links of this browser. It meets no relay, so nothing of it leaves. */
import type {ErrorCode} from '#protocol/errors.ts';
import {type Identity, identityOf, type IdentitySecret} from '#protocol/identity.ts';
import type {NodeId} from '#protocol/ids.ts';
import {type CatalogueEntry, hashOfModel} from '#protocol/models.ts';
import {freeOfCharge} from '#protocol/price.ts';
import {serveDirect} from '#protocol/roles/direct.ts';
import type {Engine} from '#protocol/roles/engine.ts';
import {NodeJobs} from '#protocol/roles/node-jobs.ts';
import type {Clock, Transport} from '#protocol/roles/ports.ts';
import {watchEngine} from './engine-watch.ts';

export interface OwnNodeOptions {
  readonly secret: IdentitySecret;
  readonly entry: CatalogueEntry;
  readonly clock: Clock;
  /** The engine broke, or its device is lost: whoever spawned this worker ends it. */
  onLost(code: ErrorCode): void;
}

export class OwnNode {
  readonly #identity: Identity<NodeId>;
  readonly #jobs: NodeJobs;
  readonly #clock: Clock;

  private constructor({identity, jobs, clock}: {identity: Identity<NodeId>; jobs: NodeJobs; clock: Clock}) {
    this.#identity = identity;
    this.#jobs = jobs;
    this.#clock = clock;
  }

  static async over(loaded: Engine, {secret, entry, clock, onLost}: OwnNodeOptions): Promise<OwnNode> {
    const identity = await identityOf<NodeId>(secret);
    const engine = watchEngine(loaded, {clock, onBroken: onLost});
    const model = {hash: hashOfModel(entry), name: entry.label, contextTokens: entry.contextTokens, prices: freeOfCharge};
    const jobs = new NodeJobs({identity, engine, model, clock, speed: () => 0, earningsOf: () => undefined, onChange: () => {}, onOutcome: () => {}});
    return new OwnNode({identity, jobs, clock});
  }

  get id(): NodeId {
    return this.#identity.id;
  }

  /** Serves this device until the link ends. */
  async serve(transport: Transport, device: string): Promise<void> {
    this.#jobs.own(transport);
    await serveDirect({transport, identity: this.#identity, clock: this.#clock, jobs: this.#jobs, isPaired: (asking) => asking === device}).catch(() => {});
  }

  /** What runs is told why it ends. */
  lose(code: ErrorCode): void {
    this.#jobs.stop(code);
  }
}
