/** The in-memory twin of the model store: a disk of a given size, whose bytes a test can look at and damage. */
import {concat} from '#protocol/bytes.ts';
import type {ModelHash} from '#protocol/ids.ts';
import type {KeptModel, ModelShelf} from '../../platform/model-folder.ts';
import type {ModelStore} from '../model-store.ts';

const keyOf = (model: ModelHash, path: string): string => `${model}/${path}`;

function read(bytes: Uint8Array | undefined, {at, into}: {at: number; into: Uint8Array}): number {
  const part = bytes?.subarray(at, at + into.length) ?? new Uint8Array(0);
  into.set(part);
  return part.length;
}

/** @param size bytes that fit; @param shown bytes that it claims to have */
export function memoryDisk({size = Infinity, shown = size}: {size?: number; shown?: number} = {}) {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const notes = new Map<ModelHash, Omit<KeptModel, 'bytes'>>();
  const queues = new Map<ModelHash, Promise<unknown>>();
  const opened = new Set<string>();
  const state = {written: 0};
  const used = (prefix = ''): number => [...files].reduce((sum, [key, bytes]) => sum + (key.startsWith(prefix) ? bytes.length : 0), 0);
  const write = (key: string, {at, bytes}: {at: number; bytes: Uint8Array}) => {
    const before = files.get(key) ?? new Uint8Array(0);
    const longer = Math.max(0, at + bytes.length - before.length);
    if (used() + longer > size) throw new DOMException('full', 'QuotaExceededError');
    const after = longer > 0 ? concat(before, new Uint8Array(longer)) : before;
    after.set(bytes, at);
    files.set(key, after);
    state.written += bytes.length;
  };
  const store: ModelStore & ModelShelf = {
    file: async (model, path) => {
      const bytes = files.get(keyOf(model, path));
      return bytes && new Blob([bytes]);
    },
    open: async (model, path) => {
      const key = keyOf(model, path);
      if (opened.has(key)) throw new DOMException('open already', 'NoModificationAllowedError');
      opened.add(key);
      if (!files.has(key)) files.set(key, new Uint8Array(0));
      return {read: (at, into) => read(files.get(key), {at, into}), write: (at, bytes) => write(key, {at, bytes}), close: () => void opened.delete(key)};
    },
    note: async (kept) => void notes.set(kept.model, kept),
    room: async () => shown - used(),
    alone: async (model, {signal, work}) => {
      const before = queues.get(model) ?? Promise.resolve();
      const mine = before.then(() => {
        signal.throwIfAborted();
        return work();
      });
      queues.set(model, mine.catch(() => {}));
      return mine;
    },
    list: async () => [...notes.values()].map((note) => ({...note, bytes: used(note.model)})).toSorted((left, right) => right.usedAt - left.usedAt),
    remove: async (model) => {
      notes.delete(model);
      for (const key of files.keys()) if (key.startsWith(model)) files.delete(key);
    },
  };
  return {store, files, opened, written: () => state.written};
}
