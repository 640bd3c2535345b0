/** Sharing: what the share page shows, and the node behind it. */
import {codeOf, type ErrorCode} from '#protocol/errors.ts';
import type {NodeId} from '#protocol/ids.ts';
import type {CatalogueEntry} from '#protocol/models.ts';
import type {MeasuredSpeed} from '#protocol/node-record.ts';
import {freeOfCharge, type Prices} from '#protocol/price.ts';
import {pauseReason, readLimits, type Surroundings} from './limits.ts';
import {store, type Store} from './store.ts';
import type {Asking, Capability, Download, JobEntry, Measured, Share, ShareChoice, ShareView} from './views.ts';

/** What the node tells; the worker's events by shape. */
export type ShareEvent =
  | {readonly type: 'loading'; readonly part: number; readonly what: string; readonly download?: Download}
  | {readonly type: 'measured'; readonly speeds: readonly MeasuredSpeed[]}
  | {readonly type: 'connecting'}
  | {readonly type: 'ready'; readonly engine: string; readonly link: ShareView['link'] & string}
  | {readonly type: 'reconnecting'}
  | {readonly type: 'recovering'; readonly code: ErrorCode; readonly device: 'webgpu' | 'wasm'}
  | {readonly type: 'running'; readonly jobs: number}
  | {readonly type: 'outcome'; readonly outcome: {readonly handle: string; readonly outcome: JobEntry['outcome']; readonly tokens: number; readonly milliseconds: number}}
  | {readonly type: 'balance'; readonly earned: bigint; readonly collected: bigint}
  | {readonly type: 'stopped'; readonly code: ErrorCode | undefined; readonly detail: string};

export interface ShareDevice {
  /** Before and while it shares. */
  setConditions(conditions: {readonly paused: boolean; readonly hidden: boolean; readonly duty: number}): Promise<void>;
  probe(): Promise<Capability>;
  measure(): Promise<Measured>;
  /** Without `prices` its answers are free. Rejects with `bad-wallet` where there is a price and nobody to pay. */
  start(options: {entry: CatalogueEntry; device: 'webgpu' | 'wasm'; prices: Prices | undefined; evenIfMetered: boolean}, onEvent: (event: ShareEvent) => void): Promise<NodeId>;
  finish(): Promise<void>;
  stopNow(): Promise<void>;
}

export interface ShareOptions {
  readonly catalogue: readonly CatalogueEntry[];
  /** What was kept of earlier choices under `asking` and `limits`. */
  readonly chosen: {readonly asking: unknown; readonly limits: unknown};
  keep(key: 'asking' | 'limits', value: unknown): Promise<void>;
  now(): number;
  /** All that was ever earned at this relay. */
  onEarned(earned: bigint): void;
}

/** Jobs that the log keeps. */
const logLength = 100;
/** 0.05 and 0.2 coins for a million tokens. */
const usualAsking: Asking = {paid: false, prompt: 50_000_000n, completion: 200_000_000n};

export interface ShareControl extends Share {
  /** The device says how it is; called once a minute too. */
  setSurroundings(surroundings: Surroundings): void;
}

export function createShare(device: ShareDevice, options: ShareOptions): ShareControl {
  const {catalogue, chosen, keep, now} = options;
  const view = store<ShareView>({
    capability: {is: 'checking'},
    measured: undefined,
    choices: choicesFor(catalogue, {is: 'checking'}),
    choice: catalogue.find((entry) => entry.demo)?.id ?? '',
    device: 'webgpu',
    asking: {...usualAsking, ...(chosen.asking as Asking | undefined)},
    limits: readLimits(chosen.limits),
    paused: undefined,
    balance: undefined,
    status: {is: 'off'},
    node: undefined,
    engine: '',
    link: undefined,
    jobsDone: 0,
    tokens: 0,
    tokensPerSecond: 0,
    speeds: [],
    log: [],
  });
  void device.probe().then(
    (capability) => view.patch({capability, choices: choicesFor(catalogue, capability)}),
    (error: unknown) => view.patch({capability: {is: 'none', reason: `The GPU check failed (${codeOf(error)}).`, fix: 'Reload the page and try again.'}}),
  );
  let surroundings: Surroundings = {onBattery: undefined, metered: undefined, hidden: false};
  const consider = () => {
    const {limits, paused} = view.get();
    const reason = pauseReason(limits, {...surroundings, now: new Date(now())});
    if (reason !== paused) view.patch({paused: reason});
    void device.setConditions({paused: reason !== undefined, hidden: surroundings.hidden, duty: limits.duty}).catch(() => {});
  };
  const hear = (event: ShareEvent) => {
    if (event.type === 'balance') options.onEarned(event.earned);
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
      view.patch({measured: 'measuring'});
      try {
        const measured = await device.measure();
        view.patch({measured, choices: choicesFor(catalogue, view.get().capability, measured)});
      } catch (error) {
        view.patch({measured: undefined});
        throw error;
      }
    },
    setSurroundings: (changed) => {
      surroundings = changed;
      consider();
    },
    limit: async (fields) => {
      const limits = {...view.get().limits, ...fields};
      view.patch({limits});
      consider();
      await keep('limits', limits);
    },
    choose: (choice) => view.patch({choice}),
    start: async (kind, {evenIfMetered} = {evenIfMetered: false}) => {
      const entry = catalogue.find(({id}) => id === view.get().choice);
      if (!entry || isOn(view.get())) return;
      let failed = false;
      // Words of a start that has failed may come behind its failure: they take another way.
      const heard = (event: ShareEvent) => {
        if (!failed) hear(event);
      };
      view.patch({device: kind, balance: undefined, speeds: [], status: {is: 'loading', part: 0, what: 'start'}});
      try {
        view.patch({node: await device.start({entry, device: kind, prices: pricesOf(view.get().asking), evenIfMetered}, heard)});
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
    stopNow: () => device.stopNow(),
  };
}

const pricesOf = ({paid, prompt, completion}: Asking): Prices | undefined => (paid ? {...freeOfCharge, prompt, completion} : undefined);
const isOn = ({status}: ShareView): boolean => status.is !== 'off' && status.is !== 'failed';
const jobsOf = ({status}: ShareView): number => ('jobs' in status ? status.jobs : 0);

/** The next view after an event of the node. */
function apply(view: Store<ShareView>, {event, now}: {event: ShareEvent; now(): number}): void {
  const before = view.get();
  const {status} = before;
  if (event.type === 'loading') view.patch({status: {is: 'loading', part: event.part, what: event.what, ...(event.download ? {download: event.download} : {})}});
  else if (event.type === 'measured') view.patch({speeds: event.speeds});
  else if (event.type === 'connecting') view.patch({status: {is: 'connecting'}});
  else if (event.type === 'ready') view.patch({engine: event.engine, link: event.link, status: {is: 'ready', jobs: jobsOf(before)}});
  else if (event.type === 'recovering') view.patch({link: undefined, device: event.device, status: {is: 'recovering', code: event.code}});
  else if (event.type === 'reconnecting') view.patch({link: undefined, status: {is: 'reconnecting', jobs: jobsOf(before)}});
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

/** The catalogue as this device may choose from it: of a model in 16 and 32 bits only the one that suits. */
export function choicesFor(catalogue: readonly CatalogueEntry[], capability: Capability, measured?: Measured): readonly ShareChoice[] {
  return catalogue.filter((entry) => suits(entry, catalogue, capability)).map((entry) => {
    const {id, label, demo, downloadBytes} = entry;
    return {id, label, demo, downloadBytes, obstacle: obstacleOf(entry, capability), expected: demo ? undefined : expectedSpeed(downloadBytes, measured), hint: hintOf(entry)};
  });
}

/** Engines in browsers reach about half of what reading all weights once for each token would allow. */
const shareOfBandwidth = 0.45;

/** Tokens per second of a model of so many bytes; undefined before a measurement. */
function expectedSpeed(bytes: number, measured: Measured | undefined): number | undefined {
  return measured && (measured.bytesPerSecond * shareOfBandwidth) / bytes;
}

/** False for the 32-bit variant, unless only that one can run; false for the 16-bit one then. Variants of a model differ in the end of their id. */
function suits(entry: CatalogueEntry, catalogue: readonly CatalogueEntry[], capability: Capability): boolean {
  const found = /^(.+)-(f16|f32)$/.exec(entry.id);
  if (!found) return true;
  const [, model, bits] = found;
  const other = catalogue.find(({id}) => id === `${model}-${bits === 'f16' ? 'f32' : 'f16'}`);
  if (!other) return true;
  const [half, single] = bits === 'f16' ? [entry, other] : [other, entry];
  const onlySingle = obstacleOf(half, capability) !== undefined && obstacleOf(single, capability) === undefined;
  return entry === (onlySingle ? single : half);
}

function obstacleOf(entry: CatalogueEntry, capability: Capability): string | undefined {
  const {manifest, memoryBytes = entry.downloadBytes} = entry;
  const budget = capability.is === 'webgpu' ? capability.budgetBytes : undefined;
  if (budget !== undefined && memoryBytes > budget) return 'Too large for this device: its system would close the tab.';
  if (manifest.engine !== 'webllm' && manifest.engine !== 'webllm-list') return undefined;
  if (capability.is === 'checking') return 'Checking your GPU…';
  if (capability.is === 'none') return 'Needs WebGPU.';
  if (capability.fallback) return 'Too slow without a real GPU.';
  return manifest.features.includes('shader-f16') && !capability.f16 ? 'Needs a GPU with 16-bit floats (shader-f16).' : undefined;
}

/** By the half gigabyte and never too low: an operating system and other tabs take their share too. */
function hintOf({memoryBytes}: CatalogueEntry): string | undefined {
  return memoryBytes === undefined ? undefined : `Needs about ${Math.ceil(memoryBytes / 5e8) / 2} GB of GPU memory.`;
}
