/** Models in the origin's private file system. For workers only: pages can't open a file to write at any place. */
import {NetworkError} from '#protocol/errors.ts';
import {alone, fileName, found, noteName, openModels} from '../platform/model-folder.ts';
import type {ModelFile, ModelStore} from './model-store.ts';

/** Rejects with `load-failed` where the browser keeps no files, as in some private windows. */
export async function openModelStore(): Promise<ModelStore> {
  const all = await openModels().catch((error: unknown) => {
    throw new NetworkError('load-failed', 'this browser keeps no files here, as in a private window', {cause: error});
  });
  return {
    alone,
    file: async (model, path) => (await found(all.getDirectoryHandle(model).then((folder) => folder.getFileHandle(fileName(path)))))?.getFile(),
    open: async (model, path) => openFile(await (await all.getDirectoryHandle(model, {create: true})).getFileHandle(fileName(path), {create: true})),
    note: async ({model, ...note}) => {
      const folder = await all.getDirectoryHandle(model, {create: true});
      const file = await openFile(await folder.getFileHandle(noteName, {create: true}), {empty: true});
      file.write(0, new TextEncoder().encode(JSON.stringify(note)));
      file.close();
    },
    // Chromium names ten gigabytes above what is used, whatever the disk has: the end may still come in the middle.
    room: async () => {
      const {quota, usage} = await navigator.storage.estimate();
      return quota === undefined ? undefined : Math.max(0, quota - (usage ?? 0));
    },
  };
}

async function openFile(handle: FileSystemFileHandle, {empty = false} = {}): Promise<ModelFile> {
  const access = await handle.createSyncAccessHandle();
  if (empty) access.truncate(0);
  return {
    read: (at, into) => access.read(into, {at}),
    write: (at, bytes) => {
      // Chromium throws where the disk is full, but in a private window it returns a number that no write could have.
      if (access.write(bytes, {at}) !== bytes.length) throw new DOMException('a part was not written', 'QuotaExceededError');
    },
    close: () => {
      access.flush();
      access.close();
    },
  };
}
