/** The hash of a build: SHA-256 over one line per built file, `HASH  PATH`, sorted by path, as `sha256sum` prints them. */
import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Plugin} from 'vite';

/** What a build says of itself; it is not among its own files. */
export const buildFile = 'build.json';

/** Hex SHA-256 by path below the folder, with `/` between names. */
export type BuiltFiles = Readonly<Record<string, string>>;

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** Of every file of a build but `build.json`; what begins with a dot is not served. */
export function builtFiles(folder: string): BuiltFiles {
  const paths = readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map(({parentPath, name}) => join(parentPath, name).slice(folder.length + 1).replaceAll('\\', '/'))
    .filter((path) => path !== buildFile && !path.split('/').some((part) => part.startsWith('.')));
  return Object.fromEntries(paths.toSorted().map((path) => [path, sha256(readFileSync(join(folder, path)))]));
}

export const buildHash = (files: BuiltFiles): string => sha256(Object.entries(files).toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([path, hash]) => `${hash}  ${path}\n`).join(''));

export interface Difference {
  readonly path: string;
  readonly is: 'changed' | 'missing' | 'added';
}

/** How one build differs from what it should be, file by file. */
export function differences(expected: BuiltFiles, found: BuiltFiles): readonly Difference[] {
  const paths = [...new Set([...Object.keys(expected), ...Object.keys(found)])].toSorted();
  return paths.flatMap((path): Difference[] => {
    if (!(path in found)) return [{path, is: 'missing'}];
    if (!(path in expected)) return [{path, is: 'added'}];
    return expected[path] === found[path] ? [] : [{path, is: 'changed'}];
  });
}

/** A Vite plugin: writes `build.json` once all else is built. */
export const buildHashFile = (version: string): Plugin => {
  let folder = '';
  return {
    name: 'build-hash',
    apply: 'build',
    enforce: 'post',
    configResolved: ({root, build}) => void (folder = join(root, build.outDir)),
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        const files = builtFiles(folder);
        writeFileSync(join(folder, buildFile), `${JSON.stringify({version, hash: buildHash(files), files}, undefined, 1)}\n`);
      },
    },
  };
};
