/** What each kind of model does with jobs under transformers.js; the engine puts one of them behind its port. */
import type {Tensor} from '@huggingface/transformers';
import type {EntryOf} from '#protocol/models.ts';
import type {EngineEvent, EngineJob} from '#protocol/roles/engine.ts';
import type {ModelConfig} from './transformers-files.ts';

export interface Runner {
  run(job: EngineJob, signal: AbortSignal): AsyncIterable<EngineEvent>;
  dispose(): Promise<unknown>;
}

export interface RunnerOptions {
  readonly entry: EntryOf<'transformers'>;
  readonly config: ModelConfig;
  readonly device: 'webgpu' | 'wasm';
}

/** How weights are loaded. */
export const weights = ({entry, device}: RunnerOptions) => ({device, dtype: entry.manifest.dtype});

/** The numbers of a tensor; models in 16 bits give 16-bit numbers, which some browsers keep as bit patterns. */
export const numbersOf = (tensor: Tensor): Float32Array => (tensor.type === 'float32' ? tensor : tensor.to('float32')).data as Float32Array;

/** Highest score, as the network counts. */
const certain = 10_000;
export const scoreOf = (part: number): number => Math.round(Math.min(1, Math.max(0, part)) * certain);

/** Parts of 1, larger for what is larger. */
export function softmax(values: readonly number[]): readonly number[] {
  const top = Math.max(...values);
  const raised = values.map((value) => Math.exp(value - top));
  const sum = raised.reduce((all, value) => all + value, 0);
  return raised.map((value) => value / sum);
}
