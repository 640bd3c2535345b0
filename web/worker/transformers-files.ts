/** What transformers.js loads: verified files, and nothing else. It never asks a network by itself. */
import {env} from '@huggingface/transformers';
import * as v from 'valibot';
import {ortPaths} from './ort-urls.ts';
import type {VerifiedFiles} from './verified-files.ts';

/** Under this name it finds the model. */
export const modelName = 'model';
const base = `/${modelName}/`;

export function useOnly(files: VerifiedFiles): void {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = '/';
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.fetch = async (input: string | URL) => {
    const {pathname} = new URL(input, location.origin);
    const file = pathname.startsWith(base) ? files.get(pathname.slice(base.length)) : undefined;
    return file ? new Response(file, {headers: {'content-length': String(file.size)}}) : new Response(null, {status: 404});
  };
  const {wasm} = env.backends.onnx;
  if (wasm) {
    wasm.wasmPaths = ortPaths();
    wasm.numThreads = 1;
  }
}

const configSchema = v.object({model_type: v.optional(v.string(), ''), architectures: v.optional(v.array(v.string()), [])});
export type ModelConfig = v.InferOutput<typeof configSchema>;

/** What a model says that it is. Rejects where it says nothing that can be read. */
export async function configOf(files: VerifiedFiles): Promise<ModelConfig> {
  const file = files.get('config.json');
  if (!file) throw new Error('config.json is not among the files');
  return v.parse(configSchema, JSON.parse(await file.text()));
}
