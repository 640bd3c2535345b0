/** Looks at what is on the disk: which pieces of a file are not there, or not right. Hashes decide, lengths don't. */
import {sha256} from '@noble/hashes/sha2.js';
import {toHex} from '#protocol/bytes.ts';
import {chunkBytes, type ManifestFile} from '#protocol/models.ts';
import type {ModelFile} from './model-store.ts';
import {type Piece, piecesOf} from './pieces.ts';
import {sumOf} from './run-fetch.ts';

export interface LookOptions {
  readonly signal: AbortSignal;
  /** So many bytes are right. */
  onRight(bytes: number): void;
}

/** The pieces to fetch. @param kept the file as it is; undefined when there is none */
export async function missingPieces({file, kept}: {file: ManifestFile; kept: Pick<ModelFile, 'read'> | undefined}, {signal, onRight}: LookOptions): Promise<readonly Piece[]> {
  const missing: Piece[] = [];
  const block = new Uint8Array(Math.min(chunkBytes, file.bytes));
  for (const piece of piecesOf(file)) {
    signal.throwIfAborted();
    if (kept && (await isRight(kept, {piece, block}))) onRight(piece.bytes);
    else missing.push(piece);
  }
  return missing;
}

async function isRight(kept: Pick<ModelFile, 'read'>, {piece, block}: {piece: Piece; block: Uint8Array<ArrayBuffer>}): Promise<boolean> {
  const {start, bytes, sha256: expected} = piece;
  const hasher = bytes > block.length ? sha256.create() : undefined;
  for (let at = 0; at < bytes; at += block.length) {
    const part = block.subarray(0, Math.min(block.length, bytes - at));
    if (kept.read(start + at, part) < part.length) return false;
    if (!hasher) return (await sumOf(part)) === expected;
    hasher.update(part);
  }
  return hasher !== undefined && toHex(hasher.digest()) === expected;
}
