/** Where models are in the origin's private file system, for page and worker: a folder for each manifest's hash, and a note beside the files. */
import * as v from 'valibot';
import type {ModelHash} from '#protocol/ids.ts';

/** A model that is kept, whole or in part. */
export interface KeptModel {
  readonly model: ModelHash;
  readonly id: string;
  readonly label: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

/** What a person sees and clears. */
export interface ModelShelf {
  /** The last used one first. */
  list(): Promise<readonly KeptModel[]>;
  /** Waits until no tab works on the model. */
  remove(model: ModelHash): Promise<void>;
}

const folderName = 'models';
/** Paths have no plus: it stands for their slash, and no file is called like the note. */
export const noteName = '+note.json';
export const fileName = (path: string): string => path.replaceAll('/', '+');

const noteSchema = v.object({id: v.string(), label: v.string(), usedAt: v.number()});
const hashSchema = v.custom<ModelHash>((name) => typeof name === 'string' && /^[0-9a-f]{64}$/.test(name));

/** The folder of all models. Rejects where the browser keeps no files, as in some private windows. */
export const openModels = async (): Promise<FileSystemDirectoryHandle> => (await navigator.storage.getDirectory()).getDirectoryHandle(folderName, {create: true});

/** Runs `work` while no other tab works on the same model. Rejects with the signal's reason. */
export const alone = <T>(model: ModelHash, {signal, work}: {signal?: AbortSignal; work(): Promise<T>}): Promise<T> =>
  navigator.locks.request(`bombyx-model-${model}`, signal ? {signal} : {}, work);

/** Undefined for what is not there. */
export const found = <T>(work: Promise<T>): Promise<T | undefined> =>
  work.catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
    throw error;
  });

export const modelShelf: ModelShelf = {
  list: async () => {
    const kept: KeptModel[] = [];
    for await (const [name, handle] of (await openModels()).entries()) {
      const model = v.safeParse(hashSchema, name);
      if (model.success && handle instanceof FileSystemDirectoryHandle) kept.push(await describe(model.output, handle));
    }
    return kept.toSorted((left, right) => right.usedAt - left.usedAt);
  },
  remove: (model) => alone(model, {work: async () => void (await found((await openModels()).removeEntry(model, {recursive: true})))}),
};

/** Deletes all models, each when no tab works on it. Where the browser keeps no files, there is nothing to delete. */
export async function eraseModels(): Promise<void> {
  const kept = await modelShelf.list().catch(() => []);
  for (const {model} of kept) await modelShelf.remove(model);
}

/** What nobody can name is still listed, so that it can be deleted. */
async function describe(model: ModelHash, folder: FileSystemDirectoryHandle): Promise<KeptModel> {
  let bytes = 0;
  let note: unknown;
  for await (const [name, handle] of folder.entries()) {
    if (!(handle instanceof FileSystemFileHandle)) continue;
    const file = await handle.getFile();
    bytes += file.size;
    if (name === noteName) note = await file.text().then(JSON.parse).catch(() => undefined);
  }
  const parsed = v.safeParse(noteSchema, note);
  return {model, bytes, ...(parsed.success ? parsed.output : {id: '', label: '', usedAt: 0})};
}
