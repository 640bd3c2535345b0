/** What a relay's operator sees of it and may do: who is here by key, what waits, whom it keeps out, whether it takes new jobs. No content, for a relay has none; no address. */
import type {ModelHash, NodeId} from '../ids.ts';
import type {Standing} from '../node-health.ts';
import type {Clock, LinkKind} from './ports.ts';
import type {RelayDirectory} from './relay-directory.ts';
import type {RelayGate} from './relay-gate.ts';
import type {PresentNode, RelayJobs} from './relay-jobs.ts';
import type {RelayLink} from './relay-link.ts';

/** A node that is here. Its engine and the names of its models are its own words. */
export interface NodeSeen {
  readonly id: NodeId;
  readonly models: readonly {readonly model: ModelHash; readonly name: string}[];
  readonly engine: string;
  /** Its page is in the background. */
  readonly hidden: boolean;
  /** Slots that it lets the relay fill, and those that are. */
  readonly open: number;
  readonly taken: number;
  readonly link: LinkKind;
  /** ms since 1970 */
  readonly since: number;
  /** Jobs that it finished at this relay, and those that went wrong and counted. */
  readonly done: number;
  readonly failed: number;
  readonly standing: Standing;
  /** End of the pause that its failures brought, ms since 1970; 0 where there is none. */
  readonly pausedUntil: number;
}

export interface OversightOptions {
  readonly clock: Clock;
  readonly jobs: Pick<RelayJobs, 'nodes' | 'health' | 'wanted'>;
  readonly directory: Pick<RelayDirectory, 'recordOf'>;
  readonly gate: Pick<RelayGate, 'keepsOut'>;
  links(): Iterable<RelayLink>;
}

export class RelayOversight {
  readonly #options: OversightOptions;
  #isPaused = false;

  constructor(options: OversightOptions) {
    this.#options = options;
  }

  /** Whether it takes no new jobs; what runs and waits goes on, and links stay. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
  }

  nodes(): NodeSeen[] {
    return [...this.#options.jobs.nodes.values()].map((node) => this.#see(node));
  }

  #see(node: PresentNode): NodeSeen {
    const {clock, jobs: {health}, directory} = this.#options;
    const {id, open, taken, since, link} = node;
    const record = directory.recordOf(node);
    const models = (record?.models ?? []).map(({model, name}) => ({model, name}));
    return {
      id, models, open, taken, since, engine: record?.engine ?? '', hidden: record?.hidden === 1, link: link.transport.kind,
      done: health.done(id), failed: health.failures(id), standing: health.standing(id, clock.now()), pausedUntil: health.pausedUntil(id),
    };
  }

  /** Jobs without a computer, by model. */
  queue(): ReadonlyMap<ModelHash, number> {
    const sums = new Map<ModelHash, number>();
    for (const model of this.#options.jobs.wanted()) sums.set(model, (sums.get(model) ?? 0) + 1);
    return sums;
  }

  /** Ends the links of all who are kept out now; each is told. */
  showOut(): void {
    const {gate, jobs} = this.#options;
    for (const node of jobs.nodes.values()) gate.keepsOut(node.link, node.id);
    for (const link of this.#options.links()) gate.keepsOut(link, link.prefix);
  }
}
