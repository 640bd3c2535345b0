/** Writes the tiny model's entry of public/models.json: the size and SHA-256 of every file that the engine loads. */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseCatalogue} from '#protocol/models.ts';
import {filesBelow} from './manifest-files.ts';

const root = join(import.meta.dirname, '../public');
const folder = join(root, 'models/tiny');
const catalogueFile = join(root, 'models.json');

const files = filesBelow(folder);
const catalogue = JSON.parse(readFileSync(catalogueFile, 'utf8')) as {models: {id: string; downloadBytes: number; manifest: {files?: typeof files}}[]};
for (const entry of catalogue.models) {
  if (entry.id !== 'bombyx-tiny') continue;
  entry.manifest.files = files;
  entry.downloadBytes = files.reduce((sum, file) => sum + file.bytes, 0);
}
parseCatalogue(catalogue);
writeFileSync(catalogueFile, `${JSON.stringify(catalogue, undefined, 2)}\n`);
process.stdout.write(`${files.length} files, ${files.reduce((sum, file) => sum + file.bytes, 0)} bytes\n`);
