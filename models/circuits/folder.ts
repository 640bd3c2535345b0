/** Writes the files of a model in the layout of transformers.js. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

/** By path: the bytes of a file, or what becomes JSON. */
export type ModelFiles = Readonly<Record<string, object>>;

export function writeFiles(folder: string, files: ModelFiles): void {
  for (const [path, content] of Object.entries(files)) {
    const to = join(folder, path);
    mkdirSync(dirname(to), {recursive: true});
    writeFileSync(to, content instanceof Uint8Array ? content : `${JSON.stringify(content, undefined, 1)}\n`);
  }
}
