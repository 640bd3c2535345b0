/** The engine over WebLLM: real models on WebGPU. Loads one from verified files, or from WebLLM's own list. */
import type {MLCEngineConfig, MLCEngineInterface} from '@mlc-ai/web-llm';
import {NetworkError} from '#protocol/errors.ts';
import {type CatalogueEntry, type EntryOf, tasksOf} from '#protocol/models.ts';
import {unlessAborted, within} from '#protocol/roles/deadline.ts';
import type {Engine} from '#protocol/roles/engine.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import {systemClock} from '../platform/clock.ts';
import {hearDeviceLoss} from './device-loss.ts';
import type {LoadOptions} from './engine-transformers.ts';
import {webLlmEngineOf} from './engine-webllm-answer.ts';
import {appConfigOf, type Blobs, cacheOf, requireFiles, withCache} from './engine-webllm-files.ts';
import {type LogitListener, logitWatch} from './engine-webllm-logits.ts';
import {probeGpu} from './gpu.ts';

/** No progress for this long while loading: a driver hangs in a shader. WebLLM itself would wait forever. */
const loadStallMs = 120_000;
/** Longest wait for the GPU to give a failed model's memory back. */
const unloadMs = 5000;

export interface WebLlmOptions extends LoadOptions {
  /** Looks at the logits of every token: an audit's listener, or `check` only for broken drivers. Slows every token down. */
  readonly logits?: LogitListener | 'check';
}

export interface WebLlmFileOptions extends WebLlmOptions {
  readonly files: Blobs;
}

/** Loads a model from its verified files and from nowhere else. Rejects with `load-failed`, `no-webgpu`, `gpu-lost`. */
export async function webLlmEngineOfFiles(entry: EntryOf<'webllm'>, options: WebLlmFileOptions): Promise<Engine> {
  await requireFiles(entry, options.files);
  const cache = cacheOf(entry, options.files);
  return loaded({...options, entry, modelId: entry.id, config: {appConfig: appConfigOf(entry)}, around: (load) => withCache(cache, load)});
}

/** Downloads (once; the browser keeps it) and loads a model of WebLLM's list. Rejects with `load-failed`, `no-webgpu`, `gpu-lost`. */
export async function webLlmEngine(entry: EntryOf<'webllm-list'>, options: WebLlmOptions): Promise<Engine> {
  return loaded({...options, entry, modelId: entry.manifest.modelId, config: {}, around: (load) => load()});
}

interface What extends WebLlmOptions {
  readonly entry: EntryOf<'webllm' | 'webllm-list'>;
  readonly modelId: string;
  readonly config: MLCEngineConfig;
  around(load: () => Promise<void>): Promise<void>;
}

async function loaded({entry, modelId, config, around, signal, onProgress, logits}: What): Promise<Engine> {
  const gpu = await probeGpu();
  if (gpu.is === 'none') throw new NetworkError('no-webgpu', `${gpu.symptom} ${gpu.detail}`);
  requireFeatures(entry, gpu);
  // Six megabytes of code: loaded only when somebody shares a model of it.
  const {MLCEngine} = await import('@mlc-ai/web-llm');
  const logitProcessorRegistry = logits && new Map([[modelId, logitWatch(logits === 'check' ? undefined : logits)]]);
  const mlc = new MLCEngine({...config, ...(logitProcessorRegistry ? {logitProcessorRegistry} : {})});
  const devices = hearDeviceLoss();
  try {
    await loadModel(mlc, {modelId, contextTokens: entry.contextTokens, clock: systemClock, lost: devices.lost, around, signal, onProgress});
  } finally {
    devices.stop();
  }
  return webLlmEngineOf(mlc, {description: `WebLLM, WebGPU, ${gpu.adapter}`, tasks: tasksOf(entry), clock: systemClock, lost: devices.lost});
}

/** Of WebLLM's own f16 models most don't say that they need it, and fail in a shader. @throws NetworkError `load-failed` */
export function requireFeatures({manifest}: Pick<CatalogueEntry, 'manifest'>, {features}: {readonly features: readonly string[]}): void {
  if (!('features' in manifest)) return;
  const missing = manifest.features.filter((feature) => !features.includes(feature));
  if (missing.length > 0) throw new NetworkError('load-failed', `this GPU lacks ${missing.join(', ')}; choose the model's 32-bit variant`);
}

export interface ModelLoad extends Omit<LoadOptions, 'device'> {
  readonly modelId: string;
  readonly contextTokens: number;
  readonly clock: Clock;
  /** Settles when the GPU device is lost. */
  readonly lost: Promise<string>;
  around(load: () => Promise<void>): Promise<void>;
}

/** Loads a model into `mlc`, which is unloaded again when it fails, stalls or is stopped. */
export async function loadModel(mlc: MLCEngineInterface, {modelId, contextTokens, clock, lost, around, signal, onProgress}: ModelLoad): Promise<void> {
  signal.throwIfAborted();
  let heardAt = clock.now();
  mlc.setInitProgressCallback(({progress, text}) => {
    heardAt = clock.now();
    onProgress(progress, text);
  });
  const done = new AbortController();
  const stop = AbortSignal.any([signal, done.signal]);
  const loading = around(() => mlc.reload(modelId, {context_window_size: contextTokens, sliding_window_size: -1}));
  const gone = lost.then((why) => Promise.reject(new NetworkError('gpu-lost', why)));
  try {
    await unlessAborted(Promise.race([loading, gone, stalled(clock, {since: () => heardAt, signal: stop})]), stop);
  } catch (error) {
    await within(mlc.unload(), {clock, ms: unloadMs, code: 'gpu-lost'}).catch(() => {});
    // What could not be stopped ends some time, and would then keep the GPU's memory.
    void loading.then(() => mlc.unload(), () => {}).catch(() => {});
    signal.throwIfAborted();
    throw loadError(error);
  } finally {
    done.abort(new NetworkError('cancelled'));
  }
}

async function stalled(clock: Clock, {since, signal}: {since(): number; signal: AbortSignal}): Promise<never> {
  for (;;) {
    const left = since() + loadStallMs - clock.now();
    if (left <= 0) throw new NetworkError('load-failed', 'no progress for two minutes');
    await clock.sleep(left, signal);
  }
}

function loadError(error: unknown): NetworkError {
  if (error instanceof NetworkError) return error;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : 'WebLLM';
  if (/device.*lost/i.test(text)) return new NetworkError('gpu-lost', 'while loading: most often the memory of the GPU is too small for this model', {cause: error});
  const library = /LinkError|global function/.test(text) ? 'the compiled library is of another version than this WebLLM; ' : '';
  return new NetworkError('load-failed', library + text, {cause: error});
}
