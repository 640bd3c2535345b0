/** The node of this tab: one per browser, watched from here, and spawned anew when its engine, its device or its thread is lost. */
import {codeOf, type ErrorCode, NetworkError} from '#protocol/errors.ts';
import type {NodeId} from '#protocol/ids.ts';
import type {CatalogueEntry} from '#protocol/models.ts';
import type {MeasuredSpeed} from '#protocol/node-record.ts';
import type {OtherRelay} from '#protocol/roles/node-elsewhere.ts';
import {unlessAborted, within} from '#protocol/roles/deadline.ts';
import {systemClock} from '../platform/clock.ts';
import {recoverable, recoveryAfter} from '../state/recovery.ts';
import type {GpuMeasure} from '../worker/gpu-measure.ts';
import type {GpuReport} from '../worker/gpu.ts';
import type {Conditions, NodeEvent} from '../worker/node-service.ts';
import type {NodeStart, SpeedTrial} from '../worker/worker.ts';
import type {SpawnedNode, spawnNode} from './node-worker.ts';

export type ProcessEvent = NodeEvent | {readonly type: 'recovering'; readonly code: ErrorCode; readonly device: 'webgpu' | 'wasm'};

export interface NodeProcess {
  probe(): Promise<GpuReport>;
  /** A second or two of work for the GPU. Rejects with `no-webgpu`, `gpu-lost`. */
  measure(): Promise<GpuMeasure>;
  /** How fast a model runs here, in a worker of its own that is ended afterwards. Not while a node runs: they would slow each other down. */
  speedOf(trial: SpeedTrial, watch: {readonly signal: AbortSignal; onProgress(part: number): void}): Promise<readonly MeasuredSpeed[]>;
  start(start: Omit<NodeStart, 'linkUrls' | 'conditions' | 'relays'>, onEvent: (event: ProcessEvent) => void): Promise<string>;
  setPaired(devices: readonly string[]): Promise<void>;
  noteCollected(collected: bigint): Promise<void>;
  setConditions(conditions: Conditions): Promise<void>;
  /** Shares through these relays of other operators too, and through no others. */
  setRelays(relays: readonly OtherRelay[]): Promise<void>;
  /** What this tab shares; undefined while it shares nothing. */
  sharing(): SharedModel | undefined;
  finish(): Promise<void>;
  stopNow(): Promise<void>;
}

/** The model of a run. */
export interface SharedModel {
  readonly entry: CatalogueEntry;
  /** Set while it can answer this device. */
  readonly serving: {readonly worker: SpawnedNode; readonly id: NodeId} | undefined;
}

/** How often a worker is asked whether it is there, and how long it may be stuck: a model on the processor holds its thread for seconds. */
const askMs = 10_000;
const stuckMs = 60_000;

/** A GPU that takes longer to be measured is stuck. */
const measureMs = 10_000;

/** One stretch of sharing, over as many workers as it takes. */
interface Run {
  readonly start: NodeStart;
  readonly over: AbortController;
  readonly losses: number[];
  /** Set while its node can answer. */
  serving: SharedModel['serving'];
  onEvent(event: ProcessEvent): void;
}

/**
 * The worker is spawned at the first call.
 * @param lead makes this tab the one that shares, until what comes back is called; rejects with `already-running`
 */
export function createNodeProcess({links, lead}: {links(): Promise<readonly string[]>; lead(): Promise<() => void>}): NodeProcess {
  let spawned: SpawnedNode | undefined;
  let run: Run | undefined;
  let paired: readonly string[] = [];
  let conditions: Conditions = {paused: false, hidden: false, duty: 100};
  let relays: readonly OtherRelay[] = [];
  let spawner: {readonly spawnNode: typeof spawnNode} | undefined;
  /** What spawns a worker is not needed to ask: it loads before the first one. Rejects with `offline`. */
  const arrive = async () => (spawner ??= await import('./node-worker.ts').catch(notArrived));
  const node = (): SpawnedNode => (spawned ??= (spawner ?? notArrived()).spawnNode(relays.map(({address}) => address)));
  const drop = () => {
    spawned?.terminate();
    spawned = undefined;
  };

  /** Starts the run's node in a worker, and again after each loss. Rejects with what stopped it for good. */
  const serve = async (current: Run, {device}: {device: NodeStart['device']}): Promise<string> => {
    const worker = node();
    const ended = new AbortController();
    const hear = (event: NodeEvent) => {
      if (event.type !== 'stopped') return current.onEvent(event);
      current.serving = undefined;
      ended.abort(new NetworkError('cancelled'));
      worker.release();
      if (event.code !== undefined && recoverable.has(event.code)) void again(current, {worker, code: event.code, device});
      else end(current, event);
    };
    const watching = watch(worker, ended.signal);
    try {
      const id = await Promise.race([worker.start({...current.start, device, paired, conditions, relays}, hear), watching.then(() => stoppedWhileStarting)]);
      if (!ended.signal.aborted) current.serving = {worker, id: id as NodeId};
      watching.catch((error: unknown) => {
        if (!ended.signal.aborted) void again(current, {worker, code: codeOf(error), device});
      });
      return id;
    } catch (error) {
      ended.abort(new NetworkError('cancelled'));
      // What is stuck, or has failed with half a model in its hands, is thrown away as a whole.
      if (spawned === worker) drop();
      throw error;
    }
  };

  const again = async (current: Run, {worker, code, device}: {worker?: SpawnedNode; code: ErrorCode; device: NodeStart['device']}): Promise<void> => {
    current.serving = undefined;
    if (worker && spawned === worker) drop();
    if (run !== current || current.over.signal.aborted) return;
    current.losses.push(systemClock.now());
    const plan = recoveryAfter(current.losses, {now: systemClock.now(), random: Math.random()});
    if (!plan) return end(current, {type: 'stopped', code, detail: 'lost again and again'});
    const canDrop = ['transformers', 'wllama'].includes(current.start.entry.manifest.engine);
    const next = plan.lower && canDrop ? 'wasm' : device;
    current.onEvent({type: 'recovering', code, device: next});
    try {
      await systemClock.sleep(plan.waitMs, current.over.signal);
      await serve(current, {device: next});
    } catch (error) {
      // A device that was lost may take a while until it can be had again.
      if (!current.over.signal.aborted) await again(current, {code: codeOf(error), device: next});
    }
  };

  const end = (current: Run, event: NodeEvent) => {
    if (run !== current) return;
    run = undefined;
    current.over.abort(new NetworkError('cancelled'));
    current.onEvent(event);
  };

  return {
    probe: async () => (await arrive(), node().remote.probe()),
    measure: async () => (await arrive(), within(Promise.resolve(node().remote.measure()), {clock: systemClock, ms: measureMs, code: 'gpu-lost'})),
    speedOf: async (trial, {signal, onProgress}) => {
      const worker = (await arrive()).spawnNode();
      try {
        return await unlessAborted(worker.speedOf(trial, onProgress), signal);
      } finally {
        worker.terminate();
      }
    },
    start: async (start, onEvent) => {
      await arrive();
      const [release, linkUrls] = [await lead(), await links()];
      const over = new AbortController();
      over.signal.addEventListener('abort', release, {once: true});
      const current: Run = {start: {...start, linkUrls, conditions, relays}, over, losses: [], serving: undefined, onEvent};
      run = current;
      paired = start.paired;
      try {
        return await serve(current, {device: start.device});
      } catch (error) {
        run = undefined;
        over.abort(new NetworkError('cancelled'));
        throw error;
      }
    },
    setPaired: async (devices) => {
      paired = devices;
      await spawned?.remote.setPaired(devices);
    },
    setConditions: async (changed) => {
      conditions = changed;
      await spawned?.remote.setConditions(changed);
    },
    setRelays: async (chosen) => {
      relays = chosen;
      await spawned?.remote.setRelays(chosen);
    },
    noteCollected: async (collected) => void (await spawned?.remote.noteCollected(collected)),
    sharing: () => {
      if (!run) return undefined;
      const {start: {entry}, serving} = run;
      return {entry, serving};
    },
    finish: async () => {
      // What runs is finished; this device's next question loads for itself.
      if (run) run.serving = undefined;
      await (spawned ? spawned.remote.finish() : stopped(run, end));
    },
    stopNow: async () => void (spawned ? await spawned.remote.stopNow() : stopped(run, end)),
  };
}

function notArrived(cause?: unknown): never {
  throw new NetworkError('offline', 'a part of the app did not load', {cause});
}

/** Never settles: the start itself says how it ended. */
const stoppedWhileStarting = new Promise<never>(() => {});

/** Between two workers there is nothing to stop but the waiting. */
function stopped(run: Run | undefined, end: (run: Run, event: NodeEvent) => void): void {
  if (run) end(run, {type: 'stopped', code: undefined, detail: ''});
}

/** Rejects with `stalled` when the worker's thread is stuck; resolves when the signal aborts. */
async function watch({remote}: SpawnedNode, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await systemClock.sleep(askMs, signal).catch(() => {});
    if (!signal.aborted) await within(Promise.resolve(remote.alive()), {clock: systemClock, ms: stuckMs, code: 'stalled'});
  }
}
