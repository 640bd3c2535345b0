/** The stage of the download's tests: a model, a server that has it, a disk in memory, and a clock without waiting. */
import {createHash} from 'node:crypto';
import {NetworkError} from '#protocol/errors.ts';
import {hashOfModel} from '#protocol/models.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {Progress} from '../pace.ts';
import {piecesOf} from '../pieces.ts';
import {verifiedFiles, type VerifiedFiles} from '../verified-files.ts';
import {memoryDisk} from './memory-model-store.ts';
import type {RandomModel} from './random-model.ts';

export interface StageOptions {
  readonly disk?: ReturnType<typeof memoryDisk>;
  readonly metered?: boolean;
  readonly source?: string;
  readonly clock?: HastyClock;
}

export interface GetOptions {
  /** Aborts when so many bytes are there or on their way. */
  readonly killAt?: number;
  readonly evenIfMetered?: boolean;
  readonly signal?: AbortSignal;
  onDownload?(progress: Progress): void;
}

/** Pauses are over at once; patience with a silent server ends when the test says so, for a real server may be slow. */
export class HastyClock implements Clock {
  readonly pauses: number[] = [];
  readonly #patient = new Map<() => void, number>();
  #now = 1_800_000_000_000;

  now(): number {
    return (this.#now += 60);
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (ms < shortMs && ms !== secondMs) return void this.pauses.push(ms);
    return new Promise((resolve, reject) => {
      this.#patient.set(resolve, ms);
      signal?.addEventListener('abort', () => {
        this.#patient.delete(resolve);
        reject(signal.reason);
      });
    });
  }

  /** The patience of all who wait is over. */
  readonly loseTemper = (): void => {
    this.#now += patienceMs;
    this.#wake(() => true);
  };

  /** So much time passes for those who look each second. */
  readonly pass = (ms: number): void => {
    this.#now += ms;
    this.#wake((slept) => slept === secondMs);
  };

  #wake(due: (ms: number) => boolean): void {
    for (const [wake, ms] of this.#patient) {
      if (!due(ms)) continue;
      this.#patient.delete(wake);
      wake();
    }
  }
}
const patienceMs = 30_000;
/** Pauses between attempts are shorter, what is left of patience is longer. */
const shortMs = 16_000;
/** Who does something each second would never rest. */
const secondMs = 1000;


export function downloadStage(model: RandomModel, {url: origin}: {readonly url: string}, {disk = memoryDisk(), metered = false, source, clock = new HastyClock()}: StageOptions = {}) {
  const entry = source === undefined ? model.entry : {...model.entry, manifest: {...model.entry.manifest, source}};
  const hash = hashOfModel(entry);
  const caches = new Map<string, (string | undefined)[]>();
  const progress: Progress[] = [];
  const paths = model.entry.manifest.files.map(({path}) => path);
  const host = {
    store: disk.store,
    origin,
    clock,
    random: () => 0.5,
    metered: () => metered,
    fetch: (input: string | URL | Request, init?: RequestInit) => {
      const path = paths.find((each) => String(input).endsWith(`/${each}`)) ?? '';
      caches.set(path, [...(caches.get(path) ?? []), init?.cache]);
      // Where the model's own source is, on this server: below `source/` for a pinned one.
      return fetch(String(input).replace(/^https:.*\/[0-9a-f]{40}/, `${origin}/source`).replace('/models/noise/', '/'), init);
    },
  };
  const get = async ({killAt = Infinity, evenIfMetered = false, signal, onDownload = () => {}}: GetOptions = {}): Promise<VerifiedFiles> => {
    const kill = new AbortController();
    const onProgress = (now: Progress, what: string) => {
      progress.push(now);
      if (what === 'download') onDownload(now);
      if (what === 'download' && now.bytes >= killAt) kill.abort(new NetworkError('cancelled'));
    };
    return verifiedFiles(entry, {host, options: {signal: signal ?? kill.signal, evenIfMetered, onProgress}});
  };
  const keyOf = (path: string): string => `${hash}/${path}`;
  return {
    disk, clock, caches, progress, get, hash,
    /** Bytes of pieces on the disk that are right. */
    rightBytes: () => {
      let right = 0;
      for (const piece of entry.manifest.files.flatMap(piecesOf)) {
        const part = disk.files.get(keyOf(piece.file.path))?.subarray(piece.start, piece.start + piece.bytes);
        if (part && createHash('sha256').update(part).digest('hex') === piece.sha256) right += piece.bytes;
      }
      return right;
    },
    spoil: (path: string, change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>) => void disk.files.set(keyOf(path), change(disk.files.get(keyOf(path)) ?? new Uint8Array(0))),
  };
}
