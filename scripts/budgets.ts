/** What the library and each part of the built app may weigh, gzip: the app's are read from the build's own manifest, so that a new page has a budget without being named here. */
import {readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';

/** One entry of Vite's manifest; the file is written by our own build. */
interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
}

type Manifest = Readonly<Record<string, Chunk>>;

/** As size-limit reads it. */
export interface Budget {
  readonly name: string;
  readonly path: readonly string[];
  readonly limit: string;
  readonly gzip: true;
}

const document = 'index.html';
/** What is behind every page: store, state, adapters. */
const behind = 'main.ts';
const chat = 'app/chat-page.ts';
const wallet = 'wallet.html';

/** The files that some entries load at once. */
function filesOf(manifest: Manifest, entries: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const files = new Set<string>();
  const left = [...entries];
  for (let key = left.pop(); key !== undefined; key = left.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`the build has no ${key}: look how its manifest names it now, then mend scripts/budgets.ts`);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    left.push(...(chunk.imports ?? []));
  }
  return files;
}

/** @param folder the built library */
export const libraryBudget = (folder: string): Budget => ({name: 'the library, in whichever page takes it', path: [resolve(folder, 'bombyx.js')], limit: '92 kB', gzip: true});

/** @param dist the built app */
export function budgetsOf(dist: string): readonly Budget[] {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Manifest;
  const budget = (name: string, {files, limit}: {files: Iterable<string>; limit: number}): Budget => ({name, path: [...files].toSorted().map((file) => resolve(dist, file)), limit: `${limit} kB`, gzip: true});
  const started = filesOf(manifest, [document, behind]);
  const pages = (manifest[document]?.dynamicImports ?? []).filter((key) => key !== behind);
  return [
    budget('/ before it is seen', {files: filesOf(manifest, [document]), limit: 65}),
    budget('/ with all that loads beside it', {files: started, limit: 90}),
    budget('/chat before a question can be typed', {files: filesOf(manifest, [document, behind, chat]), limit: 90}),
    ...pages.map((key) => budget(`${key} beside what has started`, {files: filesOf(manifest, [key]).difference(started), limit: 60})),
    budget('the document of the wallet', {files: filesOf(manifest, [wallet]), limit: 40}),
    budget('the service worker', {files: ['sw.js'], limit: 8}),
  ];
}
