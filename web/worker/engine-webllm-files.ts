/** Feeds WebLLM from files that were verified: it asks the browser's cache for what it needs, and for one load that cache is them and nothing else. */
import type {AppConfig} from '@mlc-ai/web-llm';
import * as v from 'valibot';
import {fromHex} from '#protocol/bytes.ts';
import {NetworkError} from '#protocol/errors.ts';
import {type EntryOf, hashOfModel, type ManifestFile} from '#protocol/models.ts';

/** Files of a model by their path in its manifest; the store has checked every byte of them. */
export type Blobs = ReadonlyMap<string, Blob>;

const configPath = 'mlc-chat-config.json';
const tensorsPath = 'tensor-cache.json';
const tokenizerPaths = ['tokenizer.json', 'tokenizer.model'] as const;

/** WebLLM knows files by address. No host has a name in `.invalid`: what is not among the files can't be had from anywhere. */
const baseOf = (entry: EntryOf<'webllm'>): string => `https://${hashOfModel(entry).slice(0, 32)}.invalid/resolve/main/`;

/** The list of one model that WebLLM is given. It checks again what it can: all but the weights. */
export function appConfigOf(entry: EntryOf<'webllm'>): AppConfig {
  const {library, features, files} = entry.manifest;
  const sri = (path: string): string | undefined => sriOf(files.find((file) => file.path === path));
  const tokenizer = Object.fromEntries(tokenizerPaths.map((path) => [path, sri(path)] as const).filter((pair): pair is readonly [typeof pair[0], string] => pair[1] !== undefined));
  const config = sri(configPath);
  const lib = sri(library);
  return {
    model_list: [
      {
        model: baseOf(entry),
        model_id: entry.id,
        model_lib: baseOf(entry) + library,
        required_features: [...features],
        integrity: {...(config ? {config} : {}), ...(lib ? {model_lib: lib} : {}), tokenizer, onFailure: 'error'},
      },
    ],
    cacheBackend: 'cache',
  };
}

const sriOf = (file: ManifestFile | undefined): string | undefined => file && `sha256-${btoa(String.fromCharCode(...fromHex(file.sha256)))}`;

const tensors = v.object({records: v.pipe(v.array(v.object({dataPath: v.string(), nbytes: v.number()})), v.minLength(1))});

/** Says which file is missing or cut before anything is loaded. @throws NetworkError `load-failed` */
export async function requireFiles({manifest}: EntryOf<'webllm'>, files: Blobs): Promise<void> {
  const need = (path: string): Blob => {
    const file = files.get(path);
    if (!file) throw new NetworkError('load-failed', `${path} is missing in the model's files`);
    return file;
  };
  need(configPath);
  need(manifest.library);
  if (!tokenizerPaths.some((path) => files.has(path))) need(tokenizerPaths[0]);
  const list = v.safeParse(v.pipe(v.string(), v.parseJson(), tensors), await need(tensorsPath).text());
  if (!list.success) throw new NetworkError('load-failed', `${tensorsPath} is not a list of weights`);
  for (const {dataPath, nbytes} of list.output.records) {
    const {size} = need(dataPath);
    if (size !== nbytes) throw new NetworkError('load-failed', `${dataPath} has ${size} bytes where ${tensorsPath} says ${nbytes}`);
  }
}

/** What WebLLM uses of the browser's cache. */
interface FileCache {
  match(request: Request | string): Promise<Response | undefined>;
  add(request: Request | string): Promise<never>;
  keys(): Promise<readonly Request[]>;
}

const urlOf = (request: Request | string): string => (typeof request === 'string' ? request : request.url);

/** A cache that holds the files at their addresses and refuses to fetch. */
export function cacheOf(entry: EntryOf<'webllm'>, files: Blobs): FileCache {
  const base = baseOf(entry);
  return {
    match: async (request) => {
      const url = urlOf(request);
      const file = url.startsWith(base) ? files.get(url.slice(base.length)) : undefined;
      return file && new Response(file);
    },
    add: async (request) => {
      throw new NetworkError('load-failed', `${urlOf(request).slice(base.length)} is not among the model's files`);
    },
    keys: async () => [...files.keys()].map((path) => new Request(base + path)),
  };
}

/**
 * Runs `load` while `caches` of this worker opens that cache under every name.
 * Copying the files into the real one would take their room on the disk twice.
 */
export async function withCache<T>(cache: FileCache, load: () => Promise<T>): Promise<T> {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'caches');
  Object.defineProperty(globalThis, 'caches', {value: {open: async () => cache}, configurable: true});
  try {
    return await load();
  } finally {
    if (before) Object.defineProperty(globalThis, 'caches', before);
    else Reflect.deleteProperty(globalThis, 'caches');
  }
}
