/** The one inline script of each document, its import map: the hash by which the policy lets just that one through. */
import {createHash} from 'node:crypto';
import {readFile, stat} from 'node:fs/promises';
import {extname, join} from 'node:path';

/** The hash of what is inside the import map of a document, as a source for `script-src`; nothing where it has none. */
export function importMapSource(html: string): readonly string[] {
  const map = /<script type="importmap">([^<]*)<\/script>/.exec(html)?.[1];
  return map === undefined ? [] : [`'sha256-${createHash('sha256').update(map).digest('base64')}'`];
}

export interface Documents {
  /** What the policy of an answer under this path must let through; nothing for what is no document. */
  sources(path: string): Promise<readonly string[]>;
}

/** @param dist the built app, which may be replaced while the relay runs */
export function documentsOf(dist: string, walletPath: string): Documents {
  const known = new Map<string, {readonly changed: number; readonly sources: readonly string[]}>();
  return {
    sources: async (path) => {
      if (!isDocument(path)) return [];
      const file = join(dist, path === walletPath ? walletPath : 'index.html');
      const changed = (await stat(file).catch(() => undefined))?.mtimeMs;
      if (changed === undefined) return [];
      const before = known.get(file);
      if (before?.changed === changed) return before.sources;
      const sources = importMapSource(await readFile(file, 'utf8'));
      known.set(file, {changed, sources});
      return sources;
    },
  };
}

/** Pages of the app have addresses without an ending. */
export const isDocument = (path: string): boolean => ['', '.html'].includes(extname(path));
