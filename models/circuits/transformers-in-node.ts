/** transformers.js in Node without native parts: onnxruntime's WebAssembly computes, and pictures have to come in the size that the model takes. */
import {registerHooks} from 'node:module';
import type * as Library from '@huggingface/transformers';

export type Transformers = typeof Library;

/** Loads models by their name below `folder`, and nothing else. */
export async function transformersIn(folder: string): Promise<Transformers> {
  const stands: Readonly<Record<string, string>> = {
    'onnxruntime-node': 'onnxruntime-web',
    // It would only resize and decode pictures.
    sharp: 'data:text/javascript,export default {};',
  };
  const hooks = registerHooks({
    resolve: (specifier, context, next) => next(stands[specifier] ?? specifier, context),
  });
  const transformers = await import('@huggingface/transformers');
  hooks.deregister();
  const {wasm} = transformers.env.backends.onnx;
  if (wasm) {
    // Else it would load the WebAssembly from a CDN.
    delete wasm.wasmPaths;
    wasm.numThreads = 1;
  }
  transformers.env.allowRemoteModels = false;
  transformers.env.localModelPath = `${folder}/`;
  transformers.env.useFSCache = false;
  transformers.env.useWasmCache = false;
  return transformers;
}
