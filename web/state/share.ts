/** Sharing: what the share page shows, and the node behind it. */
import {codeOf, type ErrorCode, NetworkError} from '#protocol/errors.ts';
import type {NodeId} from '#protocol/ids.ts';
import type {CatalogueEntry} from '#protocol/models.ts';
import type {MeasuredSpeed} from '#protocol/node-record.ts';
import type {Prices} from '#protocol/price.ts';
import {pricesOf, readAsking} from './asking.ts';
import {bestOf, bestWay, choicesFor, comparable, familyOf, readSpeeds, type Speeds, type Way, wayKey, waysOf} from './choices.ts';
import {pauseReason, readLimits, type Surroundings} from './limits.ts';
import type {ShownShare} from './share-tabs.ts';
import {store, type Store} from './store.ts';
import type {Capability, Download, JobEntry, Measured, Share, ShareView} from './views.ts';

/** What the node tells; the worker's events by shape. */
export type ShareEvent =
  | {readonly type: 'loading'; readonly part: number; readonly what: string; readonly download?: Download}
  | {readonly type: 'measured'; readonly speeds: readonly MeasuredSpeed[]}
  | {readonly type: 'connecting'}
  | {readonly type: 'ready'; readonly engine: string; readonly link: ShareView['link'] & string}
  | {readonly type: 'reconnecting'; readonly keptOut?: true}
  | {readonly type: 'recovering'; readonly code: ErrorCode; readonly device: 'webgpu' | 'wasm'}
  | {readonly type: 'running'; readonly jobs: number}
  | {readonly type: 'idle'; readonly why: ShareView['idle'] & object}
  | {readonly type: 'outcome'; readonly outcome: Omit<JobEntry, 'at'>}
  | {readonly type: 'balance'; readonly earned: bigint; readonly collected: bigint}
  | {readonly type: 'stopped'; readonly code: ErrorCode | undefined; readonly detail: string};

export interface ShareDevice {
  /** Before and while it shares. */
  setConditions(conditions: {readonly paused: boolean; readonly hidden: boolean; readonly duty: number}): Promise<void>;
  probe(): Promise<Capability>;
  measure(): Promise<Measured>;
  /** Without `prices` its answers are free. Rejects with `bad-wallet` where there is a price and nobody to pay. */
  /** How fast a way to run a model is here; loads it for that, and frees it again. */
  speedOf(way: Way, watch: {readonly evenIfMetered: boolean; readonly signal: AbortSignal; onProgress(part: number): void}): Promise<readonly MeasuredSpeed[]>;
  start(options: {entry: CatalogueEntry; device: 'webgpu' | 'wasm'; prices: Prices | undefined; evenIfMetered: boolean}, onEvent: (event: ShareEvent) => void): Promise<NodeId>;
  finish(): Promise<void>;
  stopNow(): Promise<void>;
}

export interface ShareOptions {
  readonly catalogue: readonly CatalogueEntry[];
  /** What was kept of earlier choices and measurements. */
  readonly chosen: {readonly asking: unknown; readonly limits: unknown; readonly speeds: unknown};
  keep(key: 'asking' | 'limits' | 'speeds', value: unknown): Promise<void>;
  now(): number;
  /** All that was ever earned at this relay. */
  onEarned(earned: bigint): void;
}

/** Jobs that the log keeps. */
const logLength = 100;

export interface ShareControl extends Share {
  /** The device says how it is; called once a minute too. */
  setSurroundings(surroundings: Surroundings): void;
  /** The node of another tab runs, and this is shown of it; undefined when it runs no more. Not for a tab whose own node runs. */
  follow(shown: ShownShare | undefined): void;
  /** The book of this tab's node has another line. */
  noteBooked(): void;
}

export function createShare(device: ShareDevice, options: ShareOptions): ShareControl {
  const {catalogue, chosen, keep, now} = options;
  let speeds: Speeds = readSpeeds(chosen.speeds);
  const view = store<ShareView>({
    capability: {is: 'checking'},
    measured: undefined,
    choices: choicesFor(catalogue, {capability: {is: 'checking'}, speeds}),
    choice: choiceOf(catalogue.find((entry) => entry.demo)),
    comparing: undefined,
    device: 'webgpu',
    asking: readAsking(chosen.asking),
    limits: readLimits(chosen.limits),
    paused: undefined,
    balance: undefined,
    status: {is: 'off'},
    idle: undefined,
    elsewhere: false,
    node: undefined,
    engine: '',
    link: undefined,
    jobsDone: 0,
    tokens: 0,
    tokensPerSecond: 0,
    speeds: [],
    log: [],
    booked: 0,
  });
  void device.probe().then(
    (capability) => {
      view.patch({capability});
      offer();
    },
    (error: unknown) => view.patch({capability: {is: 'none', why: 'check-failed', detail: codeOf(error)}}),
  );
  const offer = () => {
    const {capability, measured} = view.get();
    view.patch({choices: choicesFor(catalogue, {capability, speeds, measured: typeof measured === 'object' ? measured : undefined})});
  };
  /** Keeps how fast a way turned out to be: the next choice goes by it. */
  const note = async (way: Way, measured: readonly MeasuredSpeed[]) => {
    // What only makes vectors or labels has no such speed.
    if (measured.length === 0) return;
    speeds = {...speeds, [wayKey(way)]: bestOf(measured)};
    offer();
    await keep('speeds', speeds);
  };
  const waysNow = () => waysOf(catalogue.filter((entry) => familyOf(entry) === view.get().choice), view.get().capability);
  const measureNow = async () => {
    view.patch({measured: 'measuring'});
    try {
      view.patch({measured: await device.measure()});
      offer();
    } catch (error) {
      view.patch({measured: undefined});
      throw error;
    }
  };
  /** Before anything is downloaded: a GPU that computes wrong numbers answers nobody. Where it can't be measured, its model says more. */
  const qualify = async (signal: AbortSignal) => {
    if (typeof view.get().measured !== 'object') await measureNow().catch(() => {});
    signal.throwIfAborted();
    const {measured} = view.get();
    if (typeof measured === 'object' && !measured.correct) throw new NetworkError('no-webgpu', 'this GPU computed wrong numbers');
  };
  let qualifying: AbortController | undefined;
  let comparison: AbortController | undefined;
  let serving: Way | undefined;
  let surroundings: Surroundings = {onBattery: undefined, metered: undefined, hidden: false};
  const consider = () => {
    const {limits, paused, elsewhere} = view.get();
    const reason = pauseReason(limits, {...surroundings, now: new Date(now())});
    if (reason !== paused && !elsewhere) view.patch({paused: reason});
    void device.setConditions({paused: reason !== undefined, hidden: surroundings.hidden, duty: limits.duty}).catch(() => {});
  };
  const hear = (event: ShareEvent) => {
    if (event.type === 'balance') options.onEarned(event.earned);
    if (event.type === 'recovering' && serving) serving = {...serving, kind: event.device};
    if (event.type === 'measured' && serving) void note(serving, event.speeds).catch(() => {});
    apply(view, {event, now});
  };
  return {
    view,
    ask: async (fields) => {
      const asking = {...view.get().asking, ...fields};
      view.patch({asking});
      await keep('asking', asking);
    },
    measure: async () => {
      if (view.get().measured === 'measuring' || isOn(view.get())) return;
      await measureNow();
    },
    compare: async ({evenIfMetered} = {evenIfMetered: false}) => {
      // Before the check ended nobody knows which ways there are.
      if (comparison || isOn(view.get()) || view.get().elsewhere || view.get().capability.is === 'checking') return;
      comparison = new AbortController();
      const {signal} = comparison;
      try {
        const ways = comparable(waysNow(), view.get().capability);
        for (const [index, way] of ways.entries()) {
          const show = (part: number) => view.patch({comparing: {way: index, of: ways.length, part}});
          show(0);
          await note(way, await device.speedOf(way, {evenIfMetered, signal, onProgress: show}));
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        comparison = undefined;
        view.patch({comparing: undefined});
      }
    },
    stopComparing: () => comparison?.abort(new NetworkError('cancelled')),
    setSurroundings: (changed) => {
      surroundings = changed;
      consider();
    },
    follow: (shown) => {
      view.patch(shown ? {...shown, elsewhere: true} : {elsewhere: false, status: {is: 'off'}, link: undefined});
      if (shown?.balance) options.onEarned(shown.balance.earned);
      if (!shown) consider();
    },
    noteBooked: () => view.patch({booked: view.get().booked + 1}),
    limit: async (fields) => {
      const limits = {...view.get().limits, ...fields};
      view.patch({limits});
      consider();
      await keep('limits', limits);
    },
    choose: (choice) => view.patch({choice}),
    start: async (kind, {evenIfMetered} = {evenIfMetered: false}) => {
      const way = bestWay(waysNow(), {speeds, kind});
      if (!way || isOn(view.get()) || comparison) return;
      serving = way;
      let failed = false;
      // Words of a start that has failed may come behind its failure: they take another way.
      const heard = (event: ShareEvent) => {
        if (!failed) hear(event);
      };
      view.patch({device: way.kind, balance: undefined, speeds: [], status: {is: 'loading', part: 0, what: 'start'}});
      const check = (qualifying = new AbortController());
      try {
        if (way.kind === 'webgpu') await qualify(check.signal);
        view.patch({node: await device.start({entry: way.entry, device: way.kind, prices: pricesOf(view.get().asking, view.get().choice), evenIfMetered}, heard)});
      } catch (error) {
        failed = true;
        const stopped = codeOf(error) === 'cancelled';
        view.patch({status: stopped ? {is: 'off'} : {is: 'failed', code: codeOf(error), detail: error instanceof Error ? error.message : ''}});
      }
    },
    finish: async () => {
      view.patch({status: {is: 'finishing', jobs: jobsOf(view.get())}});
      await device.finish();
    },
    stopNow: async () => {
      qualifying?.abort(new NetworkError('cancelled'));
      await device.stopNow();
    },
  };
}

const choiceOf = (entry: CatalogueEntry | undefined): string => (entry ? familyOf(entry) : '');
const isOn = ({status}: ShareView): boolean => status.is !== 'off' && status.is !== 'failed';
const jobsOf = ({status}: ShareView): number => ('jobs' in status ? status.jobs : 0);

/** The next view after an event of the node. */
function apply(view: Store<ShareView>, {event, now}: {event: ShareEvent; now(): number}): void {
  const before = view.get();
  const {status} = before;
  if (event.type === 'loading') view.patch({status: {is: 'loading', part: event.part, what: event.what, ...(event.download ? {download: event.download} : {})}});
  else if (event.type === 'measured') view.patch({speeds: event.speeds});
  else if (event.type === 'connecting') view.patch({status: {is: 'connecting'}});
  else if (event.type === 'ready') view.patch({engine: event.engine, link: event.link, idle: undefined, status: {is: 'ready', jobs: jobsOf(before)}});
  else if (event.type === 'idle') view.patch({idle: event.why});
  else if (event.type === 'recovering') view.patch({link: undefined, device: event.device, status: {is: 'recovering', code: event.code}});
  else if (event.type === 'reconnecting') view.patch({link: undefined, status: {is: 'reconnecting', jobs: jobsOf(before), ...(event.keptOut ? {keptOut: true} : {})}});
  else if (event.type === 'running') {
    if (status.is === 'ready' || status.is === 'finishing' || status.is === 'reconnecting') view.patch({status: {...status, jobs: event.jobs}});
  } else if (event.type === 'balance') view.patch({balance: {earned: event.earned, collected: event.collected}});
  else if (event.type === 'outcome') view.patch(counted(before, {outcome: event.outcome, at: now()}));
  else view.patch({link: undefined, status: event.code === undefined ? {is: 'off'} : {is: 'failed', code: event.code, detail: event.detail}});
}

function counted(view: ShareView, {outcome, at}: {outcome: Extract<ShareEvent, {type: 'outcome'}>['outcome']; at: number}): Partial<ShareView> {
  const entry: JobEntry = {...outcome, at};
  const log = [entry, ...view.log].slice(0, logLength);
  const done = log.filter((job) => job.outcome === 'done');
  const milliseconds = done.reduce((sum, job) => sum + job.milliseconds, 0);
  return {
    log,
    jobsDone: view.jobsDone + (outcome.outcome === 'done' ? 1 : 0),
    tokens: view.tokens + outcome.tokens,
    tokensPerSecond: milliseconds > 0 ? (done.reduce((sum, job) => sum + job.tokens, 0) * 1000) / milliseconds : 0,
  };
}
