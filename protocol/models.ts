/** The catalogue of models: data in `public/models.json`, checked here. A model's hash is the hash of its manifest, so that a name can't be swapped. */
import * as v from 'valibot';
import {toHex, utf8} from './bytes.ts';
import {NetworkError} from './errors.ts';
import type {ModelHash} from './ids.ts';
import {hash} from './statement.ts';
import {type Task, tasks} from './task.ts';

/** Bytes that one hash of `chunks` covers. */
export const chunkBytes = 4 * 1024 * 1024;

const path = v.pipe(v.string(), v.regex(/^(?!\.)[\w.-]+(\/(?!\.)[\w.-]+)*$/, 'a relative path without dots'));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'SHA-256 in hex'));
/** What a branch holds can change; a commit can't. */
const pinned = v.pipe(v.string(), v.regex(/^https:\/\/[\w.-]+\/[\w.~/%+-]*\/[0-9a-f]{40}\/[\w.~/%+-]*$/, 'an https address that names a commit'));
const pinnedFolder = v.pipe(pinned, v.endsWith('/', 'a slash at its end'));

const file = v.pipe(
  v.strictObject({
    path,
    bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
    sha256,
    /** Of each `chunkBytes` of a file that is larger than that: a damaged byte costs one chunk. */
    chunks: v.optional(v.array(sha256)),
    /** Where it is, when not below the source of its model. */
    url: v.optional(pinned),
  }),
  v.check(({bytes, chunks}) => (chunks?.length ?? 1) === Math.ceil(bytes / (chunks ? chunkBytes : bytes)), 'a hash for each chunk'),
);
const files = v.pipe(v.array(file), v.minLength(1), v.maxLength(1024));
/** Where the files are: a folder below the app's own origin, or one that a commit pins. */
const source = v.union([path, pinnedFolder]);
const features = v.array(v.string());

const dtype = v.picklist(['fp32', 'fp16', 'q8', 'q4', 'q4f16']);
export type Dtype = v.InferOutput<typeof dtype>;
/** Of all parts of a model, or of each by its name. */
export type Dtypes = Dtype | Readonly<Record<string, Dtype>>;

const manifest = v.variant('engine', [
  v.strictObject({
    engine: v.literal('transformers'),
    source,
    /** Of all its parts, or of each by its name. */
    dtype: v.union([dtype, v.record(v.string(), dtype)]),
    /** How the vectors of tokens become one of the text; by their mean where it is not said. */
    pooling: v.optional(v.picklist(['mean', 'first', 'last'])),
    files,
  }),
  /** GGUF; the files of a split one in their order. */
  v.strictObject({engine: v.literal('wllama'), source, files}),
  /** MLC's layout; `library` is the path of the compiled model among the files. */
  v.strictObject({engine: v.literal('webllm'), source, library: path, features, files}),
  v.strictObject({
    engine: v.literal('webllm-list'),
    /** The id in WebLLM's own list, which names weights and compiled library for its version; neither is pinned by hash. */
    modelId: v.pipe(v.string(), v.maxLength(96)),
    version: v.string(),
    features,
  }),
]);

const id = v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/));

const entry = v.strictObject({
  id,
  /** The same model for another engine or another kind of GPU has the same family; a device offers one of them. */
  family: v.optional(id),
  label: v.pipe(v.string(), v.maxLength(96)),
  /** Small enough to ship with the app; shows that all works, not what models can do. */
  demo: v.boolean(),
  licence: v.string(),
  /** What it can do; without it, chat. */
  tasks: v.optional(v.pipe(v.array(v.picklist(tasks)), v.minLength(1))),
  downloadBytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** What it takes of the GPU's memory with a full context; a hint, for no browser says how much there is. */
  memoryBytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  contextTokens: v.pipe(v.number(), v.integer(), v.minValue(16)),
  manifest,
});
const catalogue = v.strictObject({models: v.pipe(v.array(entry), v.minLength(1), v.maxLength(256))});

export type CatalogueEntry = v.InferOutput<typeof entry>;
export type Manifest = CatalogueEntry['manifest'];
/** A manifest of one engine. */
export type ManifestOf<E extends Manifest['engine']> = Extract<Manifest, {engine: E}>;
/** An entry whose manifest is of one engine. */
export type EntryOf<E extends Manifest['engine']> = CatalogueEntry & {readonly manifest: ManifestOf<E>};
export type ManifestFile = v.InferOutput<typeof file>;

/** The entries of a catalogue file. @throws NetworkError `bad-message` that names the first wrong field */
export function parseCatalogue(json: unknown): readonly CatalogueEntry[] {
  const parsed = v.safeParse(catalogue, json);
  if (parsed.success) return parsed.output.models;
  const issue = parsed.issues[0];
  throw new NetworkError('bad-message', `catalogue: ${v.getDotPath(issue) ?? ''} ${issue.message}`);
}

export const tasksOf = ({tasks: can}: Pick<CatalogueEntry, 'tasks'>): readonly Task[] => can ?? ['chat'];

/** Whether an entry computes in 16 bits, which not every GPU can. */
export function needsHalf({manifest: loaded}: Pick<CatalogueEntry, 'manifest'>): boolean {
  if ('features' in loaded) return loaded.features.includes('shader-f16');
  if (loaded.engine !== 'transformers') return false;
  const types = typeof loaded.dtype === 'string' ? [loaded.dtype] : Object.values(loaded.dtype);
  return types.some((type) => type === 'fp16' || type === 'q4f16');
}

/** Where a file of a model is. @param origin the app's own */
export const urlOf = ({source: from}: {readonly source: string}, {path: below, url}: Pick<ManifestFile, 'path' | 'url'>, origin: string): string =>
  url ?? (from.startsWith('https://') ? `${from}${below}` : `${origin}/${from}/${below}`);

/** SHA-256 of the manifest with its keys sorted: but for WebLLM's own list it covers every byte that the engine loads. */
export const hashOfModel = (model: Pick<CatalogueEntry, 'manifest'>): ModelHash => toHex(hash(utf8(canonical(model.manifest)))) as ModelHash;

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}
