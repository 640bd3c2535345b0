/** A model of random bytes with a true manifest. */
import {createHash} from 'node:crypto';
import {chunkBytes} from '#protocol/models.ts';
import type {EntryWithFiles} from '../verified-files.ts';

export interface RandomModel {
  readonly entry: EntryWithFiles;
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  readonly bytes: number;
}

const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** @param sizes bytes by path; @param whole paths that have no chunks however large they are */
export function randomModel(sizes: Readonly<Record<string, number>>, {whole = []}: {whole?: readonly string[]} = {}): RandomModel {
  const files = new Map(Object.entries(sizes).map(([path, size]) => [path, noise(size)]));
  const listed = [...files].map(([path, bytes]) => {
    const file = {path, bytes: bytes.length, sha256: sum(bytes)};
    if (bytes.length <= chunkBytes || whole.includes(path)) return file;
    return {...file, chunks: Array.from({length: Math.ceil(bytes.length / chunkBytes)}, (_, index) => sum(bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes)))};
  });
  const bytes = listed.reduce((all, file) => all + file.bytes, 0);
  const entry: EntryWithFiles = {
    id: 'noise', label: 'Noise', demo: false, licence: 'CC0-1.0', downloadBytes: bytes, contextTokens: 512,
    manifest: {engine: 'transformers', source: 'models/noise', dtype: 'fp32', files: listed},
  };
  return {entry, files, bytes};
}

/** Bytes that no compression and no other place of the file repeats; the same in every run. */
function noise(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  const words = new Uint32Array(bytes.buffer, 0, size >> 2);
  let state = (size % 0x7fff_ffff) + 1;
  for (let index = 0; index < words.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return bytes;
}
