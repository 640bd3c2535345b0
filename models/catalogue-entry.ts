/** Makes a catalogue entry of a model's files: reads each once, hashes it whole and by chunk. */
import {createHash} from 'node:crypto';
import {readFile, writeFile} from 'node:fs/promises';
import * as v from 'valibot';
import {type CatalogueEntry, chunkBytes, type Dtypes, type ManifestFile, parseCatalogue} from '#protocol/models.ts';
import type {Task} from '#protocol/task.ts';
import {type Engine, guessEngine, neededPaths} from './choose-files.ts';
import type {ByteStream, ListedFile, ModelFiles} from './model-files.ts';

export interface EntryOptions {
  readonly id: string;
  readonly label?: string | undefined;
  readonly family?: string | undefined;
  readonly licence?: string | undefined;
  readonly demo?: boolean;
  readonly engine?: Engine | undefined;
  readonly dtype?: Dtypes | undefined;
  readonly tasks?: readonly Task[];
  readonly pooling?: 'mean' | 'first' | 'last' | undefined;
  readonly context?: number | undefined;
  /** Path or pinned address of MLC's compiled model. */
  readonly library?: string | undefined;
  readonly features?: readonly string[];
  /** Takes all files as they are listed. */
  readonly all?: boolean;
  /** Hears of each file when it has been read. */
  onFile?(file: ManifestFile): void;
}

/** Files that say how long a context may be. */
const configurations: ReadonlySet<string> = new Set(['config.json', 'mlc-chat-config.json']);
/** More than this takes more memory than most devices have, unless it is asked for. */
const usualContext = 4096;

/** @throws Error that says what is missing or wrong */
export async function entryOf(model: ModelFiles, options: EntryOptions): Promise<CatalogueEntry> {
  const paths = model.files.map(({path}) => path);
  const engine = options.engine ?? guessEngine(paths);
  const dtype = options.dtype ?? 'fp32';
  const needed = new Set(options.all ? paths : neededPaths(paths, {engine, dtype}));
  const library = libraryFile(paths, options);
  const listed = [...model.files.filter(({path}) => needed.has(path)), ...(engine === 'webllm' && library.url !== undefined ? [library] : [])];
  if (listed.length === 0) throw new Error('None of these files is there.');
  if (engine === 'webllm' && !listed.some(({path}) => path === library.path)) throw new Error("MLC's compiled model is not among the files. Give --library.");
  const {files, context} = await readAll(listed, {model, options});
  const contextTokens = options.context ?? (context === undefined ? undefined : Math.min(context, usualContext));
  if (contextTokens === undefined) throw new Error('Nothing says how many tokens the context has. Give --context.');
  const licence = options.licence ?? model.licence;
  if (licence === undefined) throw new Error('Nothing says what licence the model has. Give --licence.');
  const byEngine = {transformers: {dtype, ...(options.pooling === undefined ? {} : {pooling: options.pooling})}, wllama: {}, webllm: {library: library.path, features: options.features ?? []}}[engine];
  const entry = {
    id: options.id, ...(options.family === undefined ? {} : {family: options.family}), label: options.label ?? options.id, demo: options.demo ?? false, licence, ...(options.tasks && options.tasks.length > 0 ? {tasks: options.tasks} : {}),
    downloadBytes: files.reduce((sum, {bytes}) => sum + bytes, 0), contextTokens,
    manifest: {engine, source: model.source, ...byEngine, files},
  };
  return onlyOf(parseCatalogue({models: [entry]}));
}

function onlyOf([entry]: readonly CatalogueEntry[]): CatalogueEntry {
  if (!entry) throw new Error('no entry');
  return entry;
}

function libraryFile(paths: readonly string[], {library}: EntryOptions): ListedFile {
  if (library?.startsWith('https://')) return {path: library.slice(library.lastIndexOf('/') + 1), url: library};
  return {path: library ?? paths.find((path) => path.endsWith('.wasm')) ?? 'library.wasm'};
}

/** All files of a model, as a manifest lists them. */
export const manifestFiles = async (model: ModelFiles): Promise<ManifestFile[]> => (await readAll(model.files, {model, options: {}})).files;

async function readAll(listed: readonly ListedFile[], {model, options}: {model: ModelFiles; options: Pick<EntryOptions, 'onFile'>}): Promise<{files: ManifestFile[]; context: number | undefined}> {
  const files: ManifestFile[] = [];
  let context: number | undefined;
  for (const one of listed) {
    const text: Uint8Array[] = [];
    const read = await manifestFile(one.path, await model.open(one), (part) => void (configurations.has(one.path) && text.push(part)));
    if (one.sha256 !== undefined && one.sha256 !== read.sha256) throw new Error(`${one.path} is not what its publisher says: ${read.sha256} instead of ${one.sha256}.`);
    const file: ManifestFile = {...read, ...(one.url === undefined ? {} : {url: one.url})};
    files.push(file);
    if (text.length > 0) context ??= contextOf(Buffer.concat(text).toString());
    options.onFile?.(file);
  }
  return {files, context};
}

/** A manifest's line about one file. */
export async function manifestFile(path: string, stream: ByteStream, onPart?: (part: Uint8Array) => void): Promise<ManifestFile> {
  const {chunks, ...sums} = await sumsOf(stream, onPart);
  return {path, ...sums, ...(chunks.length > 1 ? {chunks} : {})};
}

/** Size and hashes of a stream of any length, in the memory of one part of it. */
export async function sumsOf(stream: ByteStream, onPart: (part: Uint8Array) => void = () => {}): Promise<{bytes: number; sha256: string; chunks: string[]}> {
  const whole = createHash('sha256');
  const chunks: string[] = [];
  let chunk = createHash('sha256');
  let bytes = 0;
  for await (const part of stream) {
    onPart(part);
    whole.update(part);
    for (let at = 0; at < part.length; ) {
      const room = chunkBytes - (bytes % chunkBytes);
      const piece = part.subarray(at, at + room);
      chunk.update(piece);
      at += piece.length;
      bytes += piece.length;
      if (bytes % chunkBytes > 0) continue;
      chunks.push(chunk.digest('hex'));
      chunk = createHash('sha256');
    }
  }
  if (bytes % chunkBytes > 0) chunks.push(chunk.digest('hex'));
  return {bytes, sha256: whole.digest('hex'), chunks};
}

const positions = v.optional(v.number());
/** Models of speech count what they write; those of images say it of their part for text. */
const contextSchema = v.object({max_position_embeddings: positions, context_window_size: positions, max_target_positions: positions, text_config: v.optional(v.object({max_position_embeddings: positions}))});

function contextOf(text: string): number | undefined {
  try {
    const said = v.parse(contextSchema, JSON.parse(text));
    return [said.context_window_size, said.max_position_embeddings, said.text_config?.max_position_embeddings, said.max_target_positions].find((tokens) => tokens !== undefined && tokens > 0);
  } catch {
    return undefined;
  }
}

/** Adds the entry to a catalogue file, or puts it in the place of the one with its id; makes the file when there is none. @throws Error when the file is no catalogue */
export async function writeInto(file: string, entry: CatalogueEntry): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  const before = text === undefined ? [] : parseCatalogue(JSON.parse(text));
  const models = before.some(({id}) => id === entry.id) ? before.map((one) => (one.id === entry.id ? entry : one)) : [...before, entry];
  await writeFile(file, `${JSON.stringify({models}, undefined, 2)}\n`);
}
