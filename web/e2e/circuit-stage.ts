/** The built models for tasks, as entries of a catalogue, in a folder that a relay serves. */
import {join} from 'node:path';
import type {CatalogueEntry, EntryOf} from '#protocol/models.ts';
import type {Task} from '#protocol/task.ts';
import {manifestFiles} from '../../models/catalogue-entry.ts';
import {writeCircuits} from '../../models/circuits/circuits.ts';
import {folderFiles} from '../../models/model-files.ts';

export const circuitTasks = {
  topics: ['embeddings', 'classify'],
  half: ['embeddings', 'classify'],
  mood: ['classify'],
  colours: ['classify', 'video'],
  tones: ['transcription'],
  speech: ['transcription'],
  pictures: ['image-text', 'video'],
} as const satisfies Readonly<Record<string, readonly Task[]>>;
export type Circuit = keyof typeof circuitTasks;

/** Writes the models below `folder`; their entries find them below `source` at the relay. */
export async function circuitEntries({folder, source}: {readonly folder: string; readonly source: string}): Promise<Readonly<Record<Circuit, EntryOf<'transformers'>>>> {
  writeCircuits(folder);
  const names = Object.keys(circuitTasks) as Circuit[];
  const entries = await Promise.all(names.map(async (name) => [name, await entryOf(name, {folder, source})] as const));
  return Object.fromEntries(entries) as Record<Circuit, EntryOf<'transformers'>>;
}

async function entryOf(name: Circuit, {folder, source}: {readonly folder: string; readonly source: string}): Promise<EntryOf<'transformers'>> {
  const files = await manifestFiles(await folderFiles(join(folder, name), `${source}/${name}`));
  const entry: Omit<CatalogueEntry, 'manifest'> = {
    id: name, label: `Test ${name}`, demo: false, licence: 'Apache-2.0', tasks: [...circuitTasks[name]],
    downloadBytes: files.reduce((sum, {bytes}) => sum + bytes, 0), contextTokens: 512,
  };
  return {...entry, manifest: {engine: 'transformers', source: `${source}/${name}`, dtype: 'fp32', files}};
}
