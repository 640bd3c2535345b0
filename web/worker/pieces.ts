/** What a model's files are cut into: a piece is what one hash covers, a run is what one request asks for. Pure. */
import {chunkBytes, type ManifestFile} from '#protocol/models.ts';

/** A chunk of a file, or a whole file that has no chunks. */
export interface Piece {
  readonly file: ManifestFile;
  readonly index: number;
  readonly start: number;
  readonly bytes: number;
  readonly sha256: string;
}

export function piecesOf(file: ManifestFile): readonly Piece[] {
  const {chunks} = file;
  if (!chunks) return [{file, index: 0, start: 0, bytes: file.bytes, sha256: file.sha256}];
  return chunks.map((sha256, index) => ({file, index, start: index * chunkBytes, bytes: Math.min(chunkBytes, file.bytes - index * chunkBytes), sha256}));
}

/** Neighbours together, at most `most` in one run; all of one file and in their order. */
export function runsOf(pieces: readonly Piece[], most: number): readonly (readonly Piece[])[] {
  const runs: Piece[][] = [];
  for (const piece of pieces) {
    const run = runs.at(-1);
    if (run && run.length < most && run.at(-1)?.index === piece.index - 1) run.push(piece);
    else runs.push([piece]);
  }
  return runs;
}

export const bytesOf = (pieces: Iterable<{readonly bytes: number}>): number => {
  let sum = 0;
  for (const {bytes} of pieces) sum += bytes;
  return sum;
};

/** As a person finds it: "onnx/model.onnx, chunk 2 of 7". */
export const nameOf = ({file, index}: Piece): string => (file.chunks ? `${file.path}, chunk ${index + 1} of ${file.chunks.length}` : file.path);
