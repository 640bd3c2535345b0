/** The engine over transformers.js: WebGPU, or WebAssembly where there is none. What it does with jobs depends on the model. */
import {NetworkError} from '#protocol/errors.ts';
import {type EntryOf, needsHalf, tasksOf} from '#protocol/models.ts';
import type {Engine} from '#protocol/roles/engine.ts';
import {probeGpu} from './gpu.ts';
import {modelFiles} from './model-files.ts';
import type {Progress} from './pace.ts';
import {chatRunner} from './transformers-chat.ts';
import {embeddingsRunner} from './transformers-embeddings.ts';
import {configOf, useOnly} from './transformers-files.ts';
import {labelsRunner} from './transformers-labels.ts';
import {isOfClipKind, likenessRunner} from './transformers-likeness.ts';
import {picturesRunner} from './transformers-pictures.ts';
import type {Runner, RunnerOptions} from './transformers-runner.ts';
import {speechRunner} from './transformers-speech.ts';

export interface LoadOptions {
  readonly device: 'webgpu' | 'wasm';
  readonly signal: AbortSignal;
  /** A large download may go over a metered connection. */
  readonly evenIfMetered?: boolean;
  /** 0..1; with how far the download is, while there is one. */
  onProgress(part: number, what: string, download?: Progress): void;
}

/** Share of the progress that is the download; the rest is compiling. */
const downloadShare = 0.7;

/** Loads the model from verified files only. Rejects with `load-failed`, `no-webgpu`. */
export async function transformersEngine(entry: EntryOf<'transformers'>, options: LoadOptions): Promise<Engine> {
  const {device, onProgress} = options;
  const gpu = device === 'webgpu' ? await probeGpu() : undefined;
  if (gpu?.is === 'none') throw new NetworkError('no-webgpu', `${gpu.symptom} ${gpu.detail}`);
  if (gpu && !gpu.f16 && needsHalf(entry)) throw new NetworkError('load-failed', `${gpu.adapter} has no 16-bit floats, which this model needs`);
  const files = await modelFiles(entry, {...options, share: downloadShare});
  onProgress(downloadShare, 'prepare');
  useOnly(files);
  try {
    const runner = await load({entry, device, config: await configOf(files)});
    onProgress(1, 'ready');
    const description = gpu ? `transformers.js, WebGPU, ${gpu.adapter}` : 'transformers.js, WebAssembly on the processor';
    return {description, tasks: tasksOf(entry), concurrency: 1, generate: (job, signal) => runner.run(job, signal), dispose: async () => void (await runner.dispose())};
  } catch (error) {
    throw new NetworkError('load-failed', error instanceof Error ? error.message : 'transformers.js', {cause: error});
  }
}

/** By what the model is said to do, and where that leaves it open by what it says that it is. */
function load(options: RunnerOptions): Promise<Runner> {
  const can = tasksOf(options.entry);
  if (can.includes('chat')) return chatRunner(options);
  if (can.includes('image-text')) return picturesRunner(options);
  if (can.includes('transcription')) return speechRunner(options);
  if (can.includes('embeddings')) return embeddingsRunner(options);
  return isOfClipKind(options.config) ? likenessRunner(options) : labelsRunner(options);
}
