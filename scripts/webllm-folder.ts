/** A folder in MLC's layout as an entry of the catalogue, or the exact reason why it is none. */
import {createReadStream, existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {basename, join} from 'node:path';
import * as v from 'valibot';
import {type EntryOf, type ManifestFile, parseCatalogue} from '#protocol/models.ts';
import {manifestFile} from '../models/catalogue-entry.ts';

/** What is wrong with the folder, for a person. */
export class FolderError extends Error {
  override name = 'FolderError';
}

const configFile = 'mlc-chat-config.json';
const tensorsFile = 'tensor-cache.json';
const config = v.object({tokenizer_files: v.array(v.string()), context_window_size: v.number(), quantization: v.optional(v.string(), '')});
const tensors = v.object({records: v.pipe(v.array(v.object({dataPath: v.string(), nbytes: v.number()})), v.minLength(1))});

/** Longest context that is tried: more only takes memory. */
const mostContextTokens = 4096;

/** Reads what the folder says of itself and hashes its files. @throws FolderError */
export async function entryOfFolder(folder: string): Promise<EntryOf<'webllm'>> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new FolderError(`${folder} is no folder. Give one with a model in MLC's layout: ${configFile}, ${tensorsFile}, params_shard_*.bin, a tokenizer and a compiled .wasm library.`);
  const {tokenizer_files: tokenizers, context_window_size: window, quantization} = parsed(config, {folder, name: configFile});
  const shards = parsed(tensors, {folder, name: tensorsFile}).records;
  for (const {dataPath, nbytes} of shards) requireSize(folder, {dataPath, nbytes});
  const tokenizer = ['tokenizer.json', 'tokenizer.model'].filter((name) => tokenizers.includes(name) && existsSync(join(folder, name)));
  if (tokenizer.length === 0) throw new FolderError(`The tokenizer is missing in ${folder}: ${configFile} names ${tokenizers.join(', ')}; WebLLM reads tokenizer.json or tokenizer.model.`);
  const library = libraryOf(folder);
  const files: ManifestFile[] = [];
  for (const path of new Set([configFile, tensorsFile, library, ...tokenizer, ...shards.map(({dataPath}) => dataPath)])) files.push(await manifestFile(path, createReadStream(join(folder, path))));
  return checked({
    id: basename(folder).replaceAll(/[^\w.-]/g, '-').slice(0, 64) || 'model',
    label: basename(folder).slice(0, 96),
    demo: false,
    licence: 'unknown',
    downloadBytes: files.reduce((sum, {bytes}) => sum + bytes, 0),
    contextTokens: window > 0 ? Math.min(window, mostContextTokens) : mostContextTokens,
    manifest: {engine: 'webllm', source: 'model', library, features: /f16/.test(quantization) ? ['shader-f16'] : [], files},
  });
}

function parsed<S extends v.GenericSchema>(schema: S, {folder, name}: {folder: string; name: string}): v.InferOutput<S> {
  const path = join(folder, name);
  if (!existsSync(path)) {
    const older = name === tensorsFile && existsSync(join(folder, 'ndarray-cache.json')) ? ' It has an ndarray-cache.json: it was made for a WebLLM before 0.2.80; convert it again with a newer MLC.' : '';
    throw new FolderError(`${name} is missing in ${folder}.${older}`);
  }
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), readFileSync(path, 'utf8'));
  if (!result.success) throw new FolderError(`${path} is not what MLC writes: ${v.getDotPath(result.issues[0]) ?? 'it'}: ${result.issues[0].message}`);
  return result.output;
}

function requireSize(folder: string, {dataPath, nbytes}: {dataPath: string; nbytes: number}): void {
  const path = join(folder, dataPath);
  if (!existsSync(path)) throw new FolderError(`${dataPath} is missing in ${folder}. ${tensorsFile} names it.`);
  const {size} = statSync(path);
  if (size !== nbytes) throw new FolderError(`${path} has ${size} bytes where ${tensorsFile} says ${nbytes}: the download was cut. Fetch it again.`);
}

function libraryOf(folder: string): string {
  const libraries = readdirSync(folder).filter((name) => name.endsWith('.wasm'));
  const [library] = libraries;
  if (library === undefined) throw new FolderError(`No .wasm is in ${folder}. Put the model's compiled library there, of the WebLLM version that package.json names.`);
  if (libraries.length > 1) throw new FolderError(`Several .wasm are in ${folder} (${libraries.join(', ')}). Leave only the model's library there.`);
  return library;
}

/** Through the catalogue's own check, as any entry. */
function checked(json: object): EntryOf<'webllm'> {
  const entry = parseCatalogue({models: [json]}).find((found): found is EntryOf<'webllm'> => found.manifest.engine === 'webllm');
  if (!entry) throw new FolderError('The folder gave no entry.');
  return entry;
}
