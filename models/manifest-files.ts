/** The files of a model as a manifest names them: path, size and SHA-256. */
import {createHash} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import type {ManifestFile} from '#protocol/models.ts';

/** All files below a folder, by path. Small ones: each is read whole and has no hashes of chunks. */
export const filesBelow = (folder: string): ManifestFile[] =>
  readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted()
    .map((path) => {
      const bytes = readFileSync(join(folder, path));
      return {path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex')};
    });
