/** A mirror of models: an operator's folder of files, and the catalogue with the models of that folder in it. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {type CatalogueEntry, parseCatalogue} from '#protocol/models.ts';

/** Where the mirror is, for browsers: `/mirror/<model id>/<path>`. */
export const mirrorPath = '/mirror';

/** The text of the catalogue: the app's own, then what the mirror adds. Files of a model that the app knows are served without being listed again. @throws Error that says what is wrong with the mirror's list */
export async function mirroredCatalogue({dist, mirror}: {dist: string; mirror: string}): Promise<string> {
  const own = parseCatalogue(JSON.parse(await readFile(join(dist, 'models.json'), 'utf8')));
  const known = new Set(own.map(({id}) => id));
  const added = (await listOf(mirror)).filter(({id}) => !known.has(id)).map(fromMirror);
  return JSON.stringify({models: [...own, ...added]});
}

/** The models of the app as it is built; none where there is no list, or none that can be read. */
export async function builtCatalogue(dist: string): Promise<readonly CatalogueEntry[]> {
  try {
    return parseCatalogue(JSON.parse(await readFile(join(dist, 'models.json'), 'utf8')));
  } catch {
    return [];
  }
}

async function listOf(mirror: string): Promise<readonly CatalogueEntry[]> {
  const file = join(mirror, 'models.json');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return [];
  try {
    return parseCatalogue(JSON.parse(text));
  } catch (error) {
    throw new Error(`The relay did not start: ${file} is no list of models (${error instanceof Error ? error.message : ''}). Make it with npm run model:manifest.`, {cause: error});
  }
}

/** The mirror is where its own models are: an address of single files would lead elsewhere. */
function fromMirror(entry: CatalogueEntry): CatalogueEntry {
  const {manifest} = entry;
  if (manifest.engine === 'webllm-list') return entry;
  return {...entry, manifest: {...manifest, source: `mirror/${entry.id}`, files: manifest.files.map(({path, bytes, sha256, chunks}) => ({path, bytes, sha256, ...(chunks ? {chunks} : {})}))}};
}
