/** Brings the missing pieces of a model: several requests at a time, each failure healed where it can be, each piece kept as soon as it is right. */
import {NetworkError} from '#protocol/errors.ts';
import type {ManifestFile} from '#protocol/models.ts';
import {retryDelay} from '#protocol/retry.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {ModelFile} from './model-store.ts';
import {nameOf, type Piece, runsOf} from './pieces.ts';
import {fetchRun} from './run-fetch.ts';

/** Of one file, what is to be fetched. */
export interface Missing {
  readonly file: ManifestFile;
  readonly pieces: readonly Piece[];
}

/** The address of a file at one place. */
export type Place = (file: ManifestFile) => string;

export interface DownloadOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** Where the model may be, best first. */
  readonly places: readonly Place[];
  open(file: ManifestFile): Promise<ModelFile>;
  /** Bytes that came; negative for those that were of no use. */
  onBytes(count: number): void;
}

/** Requests at a time. */
const lanes = 4;
/** Pieces that one request asks for: 32 MiB. */
const runLength = 8;
/** Failures in a row, each followed by a longer pause, before a file is given up. */
const mostLosses = 5;
/** How often a wrong piece is fetched from one place: as it comes, and past all caches. */
const looksPerPlace = 2;

interface FileWork {
  readonly file: ManifestFile;
  readonly missing: Set<Piece>;
  readonly writer: ModelFile;
  /** Runs when the server sends the file only as a whole. */
  whole: Promise<unknown> | undefined;
}

/** Rejects with `load-failed` that names file and chunk, with `storage-full`, or with the signal's reason; what was right by then is kept. */
export async function download(missing: readonly Missing[], options: DownloadOptions): Promise<void> {
  const works: FileWork[] = [];
  try {
    for (const {file, pieces} of missing) works.push({file, missing: new Set(pieces), writer: await options.open(file), whole: undefined});
    await inLanes(works, options);
  } catch (error) {
    const full = error instanceof Error && error.name === 'QuotaExceededError';
    throw full ? new NetworkError('storage-full', 'the disk filled up in the middle', {cause: error}) : error;
  } finally {
    for (const {writer} of works) writer.close();
  }
}

/** Ends when all lanes have: nobody writes any more when the files are closed. */
async function inLanes(works: readonly FileWork[], options: DownloadOptions): Promise<void> {
  const failed = new AbortController();
  const inner = {...options, places: [...options.places], signal: AbortSignal.any([options.signal, failed.signal])};
  const runs = works.flatMap((work) => runsOf([...work.missing], runLength).map((pieces) => ({work, pieces})));
  const lane = async () => {
    for (let run = runs.shift(); run; run = runs.shift()) await bring(run, inner);
  };
  const running = Array.from({length: lanes}, lane);
  try {
    await Promise.all(running);
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled(running);
    throw error;
  }
}

/** Places that turn out not to have the model are taken out of the list. */
type Options = DownloadOptions & {readonly places: Place[]};

/** Brings a run by its range, or the whole file where the server knows no ranges. */
async function bring({work, pieces}: {work: FileWork; pieces: readonly Piece[]}, options: Options): Promise<void> {
  const brought = !work.whole && (await insist({work, pieces, ranged: work.file.chunks !== undefined}, options));
  if (brought) return;
  work.whole ??= insist({work, pieces: [...work.missing], ranged: false}, options);
  await work.whole;
}

/** Tries until all pieces are there; false when the server knows no ranges. */
async function insist({work, pieces, ranged}: {work: FileWork; pieces: readonly Piece[]; ranged: boolean}, options: Options): Promise<boolean> {
  const wrong = new Map<Piece, number>();
  let losses = 0;
  const onPiece = (piece: Piece) => {
    work.missing.delete(piece);
    losses = 0;
  };
  for (let turn = 0; ; turn += 1) {
    const left = pieces.filter((piece) => work.missing.has(piece));
    const [next] = left;
    if (!next) return true;
    const place = options.places[turn % options.places.length];
    if (!place) throw new NetworkError('load-failed', `${nameOf(next)} is nowhere to be found`);
    const request = {url: place(work.file), pieces: left, ranged, cache: cacheFor(next, {again: wrong.has(next)})};
    const outcome = await fetchRun(request, {...options, writer: work.writer, onPiece});
    if (outcome.is === 'rangeless') return false;
    if (outcome.is === 'corrupt') noteWrong(outcome.piece, {wrong, options});
    else if (outcome.is === 'gone') leave(place, {name: nameOf(next), why: outcome.why, options});
    else if (outcome.is === 'lost') {
      losses += 1;
      if (losses > mostLosses) throw new NetworkError('load-failed', `${nameOf(next)}: ${outcome.why}, ${losses} times in a row`);
      await options.clock.sleep(retryDelay(losses - 1, options.random()), options.signal);
    }
  }
}

/** A large file would lie on the disk twice, in the browser's cache too. A small one may come from there, until it turns out to be wrong. */
function cacheFor({file}: Piece, {again}: {again: boolean}): RequestCache {
  if (again) return 'reload';
  return file.chunks ? 'no-store' : 'default';
}

function noteWrong(piece: Piece, {wrong, options}: {wrong: Map<Piece, number>; options: Options}): void {
  const times = (wrong.get(piece) ?? 0) + 1;
  wrong.set(piece, times);
  if (times >= looksPerPlace * options.places.length) throw new NetworkError('load-failed', `${nameOf(piece)} is not what the manifest says, ${times} times`);
}

function leave(place: Place, {name, why, options}: {name: string; why: string; options: Options}): void {
  const at = options.places.indexOf(place);
  if (at >= 0) options.places.splice(at, 1);
  if (options.places.length === 0) throw new NetworkError('load-failed', `${name}: ${why}`);
}
