/** The files of a model and where their bytes come from: a folder, or an address that a commit pins. */
import {createReadStream} from 'node:fs';
import {readdir} from 'node:fs/promises';
import {join, relative, sep} from 'node:path';

/** Bytes as they come. */
export type ByteStream = AsyncIterable<Uint8Array>;

export interface ListedFile {
  /** Below the source, with slashes. */
  readonly path: string;
  /** Where it is, when not below the source. */
  readonly url?: string;
  /** What its publisher says it is, where one says so; checked. */
  readonly sha256?: string;
}

export interface ModelFiles {
  /** Goes into the manifest. */
  readonly source: string;
  readonly files: readonly ListedFile[];
  /** What the publisher says, where one says so. */
  readonly licence?: string;
  open(file: ListedFile): Promise<ByteStream>;
}

/** All files of a folder but those that begin with a dot. @param source where browsers will find them */
export async function folderFiles(folder: string, source: string): Promise<ModelFiles> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const files = paths.filter((path) => !path.split('/').some((part) => part.startsWith('.'))).toSorted().map((path) => ({path}));
  return {source, files, open: async ({path}) => createReadStream(join(folder, path))};
}

/** Files below an address, by a list of paths. */
export const addressFiles = (source: string, paths: readonly string[]): ModelFiles => ({
  source,
  files: paths.map((path) => ({path})),
  open: ({path, url}) => bytesAt(url ?? source + path),
});

/** @throws Error that names the address */
export async function bytesAt(url: string): Promise<ByteStream> {
  const {ok, status, body} = await fetch(url);
  if (!ok || !body) throw new Error(`${url} answered ${status}.`);
  return body;
}
