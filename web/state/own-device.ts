/** This device as one that answers: which models fit it, which one is chosen, and how its loading goes. */
import type {ModelHash} from '#protocol/ids.ts';
import {type CatalogueEntry, hashOfModel, tasksOf} from '#protocol/models.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import type {AskRequest} from './chat.ts';
import {bestWay, familyOf, type Kind, readSpeeds, type Speeds, type Way, waysOf} from './choices.ts';
import {OwnAnswers, type OwnAnswersOptions} from './own-answers.ts';
import {ownChoice} from './own-choice.ts';
import type {OwnDevice, OwnDeviceView, OwnModel} from './own-device-views.ts';
import type {Readable, Store} from './store.ts';
import type {Capability, KeptModel, ShareView} from './views.ts';

type Kept = readonly Pick<KeptModel, 'model' | 'bytes'>[];

/** What the browser does for it. */
export interface OwnHost extends Pick<OwnAnswersOptions, 'load' | 'sharing' | 'identity' | 'clock'> {
  /** Models that are kept, whole or in part. */
  kept(): Promise<Kept>;
}

export interface OwnDeviceOptions {
  readonly view: Store<OwnDeviceView>;
  readonly catalogue: readonly CatalogueEntry[];
  /** What was measured by earlier visits. */
  readonly speeds: unknown;
  readonly share: Readable<Pick<ShareView, 'capability' | 'elsewhere'>>;
}

export class OwnDeviceRoom implements OwnDevice {
  readonly view: Store<OwnDeviceView>;
  readonly #host: OwnHost;
  readonly #options: OwnDeviceOptions;
  readonly #speeds: Speeds;
  readonly #answers: OwnAnswers;
  #kept: Kept = [];
  #ways: ReadonlyMap<ModelHash, Way> = new Map();
  #wish: ModelHash | undefined;
  #had: {readonly capability: Capability; readonly elsewhere: boolean; readonly shared: CatalogueEntry | undefined} | undefined;

  constructor(host: OwnHost, options: OwnDeviceOptions) {
    const {view} = options;
    this.view = view;
    this.#host = host;
    this.#options = options;
    this.#speeds = readSpeeds(options.speeds);
    this.#answers = new OwnAnswers({
      ...host,
      share: options.share,
      wayOf: (model) => (view.get().models.some(({hash, isHere}) => hash === model && isHere) ? this.#ways.get(model) : undefined),
      onStatus: (status) => {
        view.patch({status});
        if (status.is === 'ready' || status.is === 'failed') void this.look();
      },
    });
    options.share.subscribe(() => this.#follow());
    this.#follow();
    void this.look();
  }

  choose(model: ModelHash): void {
    this.#wish = model;
    this.#offer();
  }

  async get(model: ModelHash, {evenIfMetered} = {evenIfMetered: false}): Promise<void> {
    const way = this.#ways.get(model);
    // What fails is in the status.
    if (way) await this.#answers.seat.load({model, way, evenIfMetered}).catch(() => {});
  }

  cancel(): void {
    this.#answers.seat.cancel();
  }

  unload(): void {
    this.#answers.seat.end();
  }

  /** Looks what is kept. */
  async look(): Promise<void> {
    // Where the browser keeps no files, nothing is kept.
    this.#kept = await this.#host.kept().catch(() => []);
    this.#offer();
  }

  ask(request: AskRequest): AsyncGenerator<AskEvent, void> {
    return this.#answers.ask(request);
  }

  /** Two models at once may be more than the device has room for; the one that is shared answers here too. */
  #follow(): void {
    const shared = this.#host.sharing()?.entry;
    if (shared && this.#answers.seat.isUsed) this.#answers.seat.end();
    const {capability, elsewhere} = this.#options.share.get();
    const had = this.#had;
    this.#had = {capability, elsewhere, shared};
    if (had?.capability !== capability || had.elsewhere !== elsewhere || had.shared !== shared) this.#offer();
  }

  /** What can be chosen now. */
  #offer(): void {
    const {catalogue, share} = this.#options;
    const {capability, elsewhere} = share.get();
    const shared = this.#host.sharing()?.entry;
    const ways = fitting(catalogue, {capability, speeds: this.#speeds}).map((way) => (shared && familyOf(way.entry) === familyOf(shared) ? {...way, entry: shared} : way));
    this.#ways = new Map(ways.map((way) => [hashOfModel(way.entry), way]));
    const models = [...this.#ways].map(([hash, {entry}]) => this.#describe(entry, hash)).toSorted((left, right) => Number(left.demo) - Number(right.demo));
    const sharedHash = shared && hashOfModel(shared);
    const chosen = ownChoice({models, shared: sharedHash}, {task: 'chat', wish: this.#wish});
    this.view.patch({models, chosen: chosen?.hash, shared: sharedHash, sharedElsewhere: elsewhere});
  }

  #describe(entry: CatalogueEntry, hash: ModelHash): OwnModel {
    const {label, demo, downloadBytes, manifest} = entry;
    const whole = 'files' in manifest ? manifest.files.reduce((sum, {bytes}) => sum + bytes, 0) : Infinity;
    const isHere = demo || this.#kept.some((kept) => kept.model === hash && kept.bytes >= whole);
    return {hash, label, demo, tasks: tasksOf(entry), downloadBytes, isHere};
  }
}

/** The best way for each family of models that this device can run. */
function fitting(catalogue: readonly CatalogueEntry[], {capability, speeds}: {capability: Capability; speeds: Speeds}): readonly Way[] {
  const slow = capability.is === 'none' || (capability.is === 'webgpu' && capability.fallback);
  const kind: Kind = slow ? 'wasm' : 'webgpu';
  return Object.values(Object.groupBy(catalogue, familyOf)).flatMap((family = []) => bestWay(waysOf(family, capability), {speeds, kind}) ?? []);
}
