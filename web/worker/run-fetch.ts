/** One request for a run of pieces: reads, cuts, checks and hands on each right piece; says why it ended before the last one. */
import {sha256} from '@noble/hashes/sha2.js';
import {toHex} from '#protocol/bytes.ts';
import {NetworkError} from '#protocol/errors.ts';
import {chunkBytes} from '#protocol/models.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {ModelFile} from './model-store.ts';
import type {Piece} from './pieces.ts';

/** How a request ended. */
export type Outcome =
  | {readonly is: 'done'}
  /** It may be there later: no connection, silence, a short or odd answer. */
  | {readonly is: 'lost'; readonly why: string}
  /** This address does not have it. */
  | {readonly is: 'gone'; readonly why: string}
  /** The server sends this file only as a whole. */
  | {readonly is: 'rangeless'}
  | {readonly is: 'corrupt'; readonly piece: Piece};

export interface RunRequest {
  readonly url: string;
  /** In their order; not empty. */
  readonly pieces: readonly Piece[];
  /** Asks for these bytes only; else for the file, of which the rest is skipped. */
  readonly ranged: boolean;
  readonly cache: RequestCache;
}

export interface RunOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly writer: Pick<ModelFile, 'write'>;
  /** Bytes of wanted pieces that came; negative for those that were of no use. */
  onBytes(count: number): void;
  /** The piece is right and written. */
  onPiece(piece: Piece): void;
}

/** A server that says nothing for so long is left. */
const silenceMs = 30_000;
/** Refusals that may pass. */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

/** Rejects only with the signal's reason, or when a piece can't be written. */
export async function fetchRun(request: RunRequest, options: RunOptions): Promise<Outcome> {
  const [first, last] = [request.pieces[0], request.pieces.at(-1)];
  if (!first || !last) return {is: 'done'};
  const line = new Line(options);
  const headers = request.ranged ? {range: `bytes=${first.start}-${last.start + last.bytes - 1}`} : {};
  try {
    const response = await line.hear(options.fetch(request.url, {headers, cache: request.cache, credentials: 'omit', signal: line.signal}));
    if (!response) return {is: 'lost', why: line.trouble};
    const odd = oddityOf(response, {...request, start: first.start});
    if (odd) return odd;
    const body = new BodyReader(response, {line, at: request.ranged ? first.start : 0, onBytes: options.onBytes});
    return await readPieces(request.pieces, {...options, body, line});
  } finally {
    // The rest of an answer, where there is one, is not waited for.
    line.hangUp();
  }
}

/** What is wrong with an answer before its first byte. Its length is not asked: the hashes are. */
function oddityOf({status, headers, ok}: Response, {ranged, pieces, start}: RunRequest & {start: number}): Outcome | undefined {
  if (status >= 500 || passing.has(status)) return {is: 'lost', why: `status ${status}`};
  if (ranged && status === 416) return {is: 'rangeless'};
  if (!ok) return {is: 'gone', why: `status ${status}`};
  if (!ranged) return status === 200 ? undefined : {is: 'lost', why: `status ${status}`};
  // A part of a compressed file is no part of the file.
  if (status !== 206 || (headers.get('content-encoding') ?? 'identity') !== 'identity') return {is: 'rangeless'};
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
  if (!range) return undefined;
  if (Number(range[1]) !== start) return {is: 'lost', why: `bytes from ${range[1]} instead of ${start}`};
  const total = pieces[0]?.file.bytes;
  return range[2] === '*' || Number(range[2]) === total ? undefined : {is: 'gone', why: `${range[2]} bytes instead of ${total}`};
}

async function readPieces(pieces: readonly Piece[], options: RunOptions & {body: BodyReader; line: Line}): Promise<Outcome> {
  const {body, line, onBytes, onPiece} = options;
  for (const piece of pieces) {
    const before = body.counted;
    const read = (await body.skipTo(piece.start)) ? await readPiece(piece, options) : 'short';
    if (read !== 'right') onBytes(before - body.counted);
    if (read === 'wrong') return {is: 'corrupt', piece};
    if (read === 'short') return {is: 'lost', why: line.trouble};
    onPiece(piece);
  }
  return {is: 'done'};
}

async function readPiece(piece: Piece, {body, writer}: {body: BodyReader; writer: Pick<ModelFile, 'write'>}): Promise<'right' | 'wrong' | 'short'> {
  if (piece.bytes <= chunkBytes) {
    const block = await body.take(piece.bytes);
    if (!block) return 'short';
    if ((await sumOf(block)) !== piece.sha256) return 'wrong';
    writer.write(piece.start, block);
    return 'right';
  }
  // A large file without chunks does not fit into memory: it is written before it is known to be right, and no engine sees it until it is.
  const hasher = sha256.create();
  for (let at = 0; at < piece.bytes; at += chunkBytes) {
    const block = await body.take(Math.min(chunkBytes, piece.bytes - at));
    if (!block) return 'short';
    hasher.update(block);
    writer.write(piece.start + at, block);
  }
  return toHex(hasher.digest()) === piece.sha256 ? 'right' : 'wrong';
}

export const sumOf = async (bytes: BufferSource): Promise<string> => toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));

/** One request as a line that is watched: silence for too long ends it. */
class Line {
  readonly #options: Pick<RunOptions, 'clock' | 'signal'>;
  readonly #over = new AbortController();
  /** For the request. */
  readonly signal: AbortSignal;
  #heardAt: number;
  /** Why nothing more comes. */
  trouble = 'the answer ended too early';

  constructor({clock, signal}: Pick<RunOptions, 'clock' | 'signal'>) {
    this.#options = {clock, signal};
    this.signal = AbortSignal.any([signal, this.#over.signal]);
    this.#heardAt = clock.now();
    // One timer for a request, not one for each of its thousands of reads.
    this.#watch().catch(() => {});
  }

  /** The next thing from the other side; undefined when nothing more comes. Rejects with the reason of who stopped it. */
  async hear<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      const thing = await work;
      this.#heardAt = this.#options.clock.now();
      return thing;
    } catch (error) {
      this.#options.signal.throwIfAborted();
      this.trouble = error instanceof Error ? error.message : 'no connection';
      return undefined;
    }
  }

  hangUp(): void {
    this.#over.abort();
  }

  async #watch(): Promise<void> {
    const {clock} = this.#options;
    for (let left = silenceMs; left > 0; left = this.#heardAt + silenceMs - clock.now()) await clock.sleep(left, this.signal);
    this.#over.abort(new NetworkError('stalled', `nothing for ${silenceMs} ms`));
  }
}

interface BodyOptions {
  readonly line: Line;
  /** Where in the file the body begins. */
  readonly at: number;
  onBytes(count: number): void;
}

/** Takes an answer's body in blocks of asked sizes. */
class BodyReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | undefined;
  readonly #options: BodyOptions;
  #rest = new Uint8Array(0);
  #block = new Uint8Array(0);
  #at: number;
  /** Bytes that were taken for pieces. */
  counted = 0;

  constructor({body}: Response, options: BodyOptions) {
    this.#reader = body?.getReader();
    this.#options = options;
    this.#at = options.at;
  }

  /** False when the body ends before. */
  async skipTo(place: number): Promise<boolean> {
    while (this.#at < place) {
      const part = await this.#next(place - this.#at);
      if (!part) return false;
    }
    return true;
  }

  /** Undefined when the body ends before so many bytes. The block is good until the next one is taken. */
  async take(bytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (this.#block.length < bytes) this.#block = new Uint8Array(bytes);
    const block = this.#block.subarray(0, bytes);
    for (let filled = 0; filled < bytes; ) {
      const part = await this.#next(bytes - filled);
      if (!part) return undefined;
      block.set(part, filled);
      filled += part.length;
      this.counted += part.length;
      this.#options.onBytes(part.length);
    }
    return block;
  }

  async #next(most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    while (this.#rest.length === 0) {
      const read = this.#reader && (await this.#options.line.hear(this.#reader.read()));
      if (!read || read.done) return undefined;
      this.#rest = read.value;
    }
    const part = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(part.length);
    this.#at += part.length;
    return part;
  }
}
