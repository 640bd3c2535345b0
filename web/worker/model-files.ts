/** The verified files of a model in this browser: its private file system, its network, its clock. */
import {systemClock} from '../platform/clock.ts';
import {isMetered} from '../platform/connection.ts';
import {openModelStore} from './model-store-opfs.ts';
import type {Progress} from './pace.ts';
import {type EntryWithFiles, verifiedFiles, type VerifiedFiles} from './verified-files.ts';

export interface ModelFilesOptions {
  readonly signal: AbortSignal;
  readonly evenIfMetered?: boolean;
  /** What part of the whole progress this is, 0..1. */
  readonly share: number;
  onProgress(part: number, what: string, download?: Progress): void;
}

/** Rejects with `load-failed` that names file and chunk, `storage-full`, `metered`, or the signal's reason. */
export async function modelFiles(entry: EntryWithFiles, {signal, evenIfMetered = false, share, onProgress}: ModelFilesOptions): Promise<VerifiedFiles> {
  const store = await openModelStore();
  const host = {store, origin: location.origin, fetch: fetch.bind(globalThis), clock: systemClock, random: Math.random, metered: () => isMetered() === true};
  return verifiedFiles(entry, {
    host,
    options: {signal, evenIfMetered, onProgress: (progress, what) => onProgress((progress.bytes / progress.total) * share, what, progress)},
  });
}
