/** The files of a model, each byte of them checked: what is kept and right stays, the rest is fetched. The only way to an engine. */
import {NetworkError} from '#protocol/errors.ts';
import type {ModelHash} from '#protocol/ids.ts';
import {type CatalogueEntry, hashOfModel, type Manifest, urlOf} from '#protocol/models.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import {download, type DownloadOptions, type Missing, type Place} from './download.ts';
import type {ModelStore} from './model-store.ts';
import {Pace, type Progress} from './pace.ts';
import {bytesOf} from './pieces.ts';
import {missingPieces} from './stored-pieces.ts';

/** By the paths of the manifest. Blobs, not bytes: models are larger than memory. */
export type VerifiedFiles = ReadonlyMap<string, Blob>;

/** An entry whose manifest lists its files. */
export type EntryWithFiles = CatalogueEntry & {readonly manifest: Extract<Manifest, {readonly files: unknown}>};

export interface FilesHost extends Pick<DownloadOptions, 'fetch' | 'clock' | 'random'> {
  readonly store: ModelStore;
  /** Of the app. */
  readonly origin: string;
  /** Whether this connection is paid by the megabyte. */
  metered(): boolean;
}

export interface FilesOptions {
  readonly signal: AbortSignal;
  /** A large download may go over a metered connection. */
  readonly evenIfMetered: boolean;
  onProgress(progress: Progress, what: 'check' | 'download'): void;
}

/** What a metered connection may bring without a question, bytes. */
const smallDownload = 50_000_000;
/** Between two words about the progress: at least, and at most. */
const progressMs = 200;
const silenceMs = 1000;

/** Rejects with `load-failed` that names file and chunk, `storage-full`, `metered`, or the signal's reason. */
export async function verifiedFiles(entry: EntryWithFiles, {host, options}: {host: FilesHost; options: FilesOptions}): Promise<VerifiedFiles> {
  const model = hashOfModel(entry);
  const work = async () => {
    const missing = await findMissing({entry, model}, {host, options});
    const toFetch = bytesOf(missing.flatMap(({pieces}) => pieces));
    if (toFetch > 0) await checkRoom(toFetch, {host, options});
    const {id, label} = entry;
    await host.store.note({model, id, label, usedAt: host.clock.now()});
    if (toFetch > 0) await fetchMissing({entry, model, missing, toFetch}, {host, options});
    return collect({entry, model}, host.store);
  };
  return host.store.alone(model, {signal: options.signal, work});
}

interface Task {
  readonly entry: EntryWithFiles;
  readonly model: ModelHash;
}
interface Context {
  readonly host: FilesHost;
  readonly options: FilesOptions;
}

async function findMissing({entry, model}: Task, {host, options}: Context): Promise<readonly Missing[]> {
  const pace = new Pace(host.clock, {total: bytesOf(entry.manifest.files), held: 0});
  const tell = spaced(host, () => options.onProgress(pace.progress, 'check'));
  const onRight = (bytes: number) => {
    pace.note(bytes);
    tell();
  };
  const missing: Missing[] = [];
  for (const file of entry.manifest.files) {
    // Opening makes a file; what is not there must not be made before it is clear that there is room.
    const kept = (await host.store.file(model, file.path)) && (await host.store.open(model, file.path));
    const pieces = await missingPieces({file, kept}, {signal: options.signal, onRight}).finally(() => kept?.close());
    if (pieces.length > 0) missing.push({file, pieces});
  }
  return missing;
}

async function checkRoom(bytes: number, {host, options}: Context): Promise<void> {
  if (bytes > smallDownload && !options.evenIfMetered && host.metered()) throw new NetworkError('metered', `${bytes} bytes to download`);
  const room = await host.store.room();
  if (room !== undefined && room < bytes) throw new NetworkError('storage-full', `${bytes} bytes needed, room for ${room}: ${bytes - room} are missing`);
}

async function fetchMissing({entry, model, missing, toFetch}: Task & {missing: readonly Missing[]; toFetch: number}, {host, options}: Context): Promise<void> {
  const total = bytesOf(entry.manifest.files);
  const pace = new Pace(host.clock, {total, held: total - toFetch});
  const tell = () => options.onProgress(pace.progress, 'download');
  const onBytes = spaced(host, tell);
  const ended = new AbortController();
  // Silence is progress to be told, too: the speed falls, the end moves away.
  const silence = tellEach(silenceMs, {clock: host.clock, signal: ended.signal, tell});
  await download(missing, {
    ...host,
    signal: options.signal,
    places: placesOf(entry, host.origin),
    open: (file) => host.store.open(model, file.path),
    onBytes: (count) => {
      pace.note(count);
      onBytes();
    },
  }).finally(() => ended.abort());
  await silence;
  tell();
}

/** This relay's mirror first, where the model is not beside the app anyway. */
function placesOf({id, manifest}: EntryWithFiles, origin: string): readonly Place[] {
  const own: Place = (file) => urlOf(manifest, file, origin);
  return manifest.source.startsWith('https://') ? [({path}) => urlOf({source: `mirror/${id}`}, {path}, origin), own] : [own];
}

async function collect({entry, model}: Task, store: ModelStore): Promise<VerifiedFiles> {
  const files = new Map<string, Blob>();
  for (const {path, bytes} of entry.manifest.files) {
    const kept = await store.file(model, path);
    if (!kept) throw new NetworkError('load-failed', `${path} was deleted meanwhile`);
    // What follows the file, of an earlier accident, is not of the file.
    files.set(path, kept.slice(0, bytes));
  }
  return files;
}

/** Until the signal aborts. */
async function tellEach(ms: number, {clock, signal, tell}: {clock: Clock; signal: AbortSignal; tell(): void}): Promise<void> {
  while (!signal.aborted) await clock.sleep(ms, signal).then(tell, () => {});
}

/** Does it at most each `progressMs`. */
function spaced({clock}: Pick<FilesHost, 'clock'>, act: () => void): () => void {
  let last = -Infinity;
  return () => {
    const now = clock.now();
    if (now - last < progressMs) return;
    last = now;
    act();
  };
}
