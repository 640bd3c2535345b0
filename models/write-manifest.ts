/** Writes the tiny model's entry of public/models.json: the size and SHA-256 of every file that the engine loads. */
import {join} from 'node:path';
import {entryOf, writeInto} from './catalogue-entry.ts';
import {folderFiles} from './model-files.ts';

const root = join(import.meta.dirname, '../public');
const source = 'models/tiny';

const entry = await entryOf(await folderFiles(join(root, source), source), {
  id: 'bombyx-tiny', label: 'Bombyx tiny', demo: true, licence: 'Apache-2.0', engine: 'transformers', dtype: 'fp32', all: true,
});
await writeInto(join(root, 'models.json'), entry);
process.stdout.write(`${entry.downloadBytes} bytes\n`);
