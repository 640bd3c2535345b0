/** The engine that a model is made for, fed from verified files. Each comes in a chunk of its own: nobody loads the code of an engine that isn't used. */
import {NetworkError} from '#protocol/errors.ts';
import type {CatalogueEntry} from '#protocol/models.ts';
import type {Engine} from '#protocol/roles/engine.ts';
import type {LoadOptions} from './engine-transformers.ts';
import {modelFiles} from './model-files.ts';

/** Share of the progress that is the download; the rest goes to the GPU. */
const downloadShare = 0.5;

/** Rejects with what its engine or the download rejects with, or the signal's reason. */
export async function loadEngine(entry: CatalogueEntry, options: LoadOptions): Promise<Engine> {
  const {manifest} = entry;
  const {device, onProgress} = options;
  if (manifest.engine === 'transformers') {
    const {transformersEngine} = await import('./engine-transformers.ts');
    return transformersEngine({...entry, manifest}, options);
  }
  if (manifest.engine === 'wllama') {
    const own = {...entry, manifest};
    const files = await modelFiles(own, {...options, share: downloadShare});
    const {wllamaEngine} = await import('./engine-wllama.ts');
    return wllamaEngine(own, {...options, blobs: manifest.files.flatMap(({path}) => files.get(path) ?? []), onProgress: rest(onProgress)});
  }
  if (device === 'wasm') throw new NetworkError('no-webgpu', 'this model needs a GPU');
  const {webLlmEngine, webLlmEngineOfFiles} = await import('./engine-webllm.ts');
  if (manifest.engine === 'webllm-list') return webLlmEngine({...entry, manifest}, options);
  const own = {...entry, manifest};
  const files = await modelFiles(own, {...options, share: downloadShare});
  return webLlmEngineOfFiles(own, {...options, files, onProgress: rest(onProgress)});
}

/** The progress after the download. */
const rest = (onProgress: LoadOptions['onProgress']): LoadOptions['onProgress'] => (part, what) => onProgress(downloadShare + part * (1 - downloadShare), what);
