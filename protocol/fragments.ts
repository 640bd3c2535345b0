/** Cuts frames into pieces that any data channel carries, and joins them again. A piece is `1` (more follow) or `0` (last), then bytes. */
import {concat} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {limits} from './limits.ts';

/** Honest senders need 17 pieces for the largest frame; tiny pieces would cost far more memory than what they carry. */
const maxPieces = 64;
const last = 0;
const more = 1;

/** Pieces of at most `limits.maxFragmentBytes` bytes, in order. */
export function splitFrame(frame: Uint8Array): Uint8Array<ArrayBuffer>[] {
  const room = limits.maxFragmentBytes - 1;
  const count = Math.max(1, Math.ceil(frame.length / room));
  return Array.from({length: count}, (_, index) => {
    const flag = index === count - 1 ? last : more;
    return concat(Uint8Array.of(flag), frame.subarray(index * room, (index + 1) * room));
  });
}

/** Joins the pieces of one channel; holds at most one frame. */
export class Joiner {
  #pieces: Uint8Array[] = [];
  #length = 0;

  /** The whole frame when `piece` was its last one. @throws NetworkError `bad-message`, `too-large` */
  push(piece: Uint8Array): Uint8Array | undefined {
    const flag = piece[0];
    if (flag !== last && flag !== more) throw new NetworkError('bad-message', 'not a piece of a frame');
    if (flag === more && piece.length === 1) throw new NetworkError('bad-message', 'an empty piece');
    this.#length += piece.length - 1;
    if (this.#length > limits.maxFrameBytes) throw new NetworkError('too-large', 'pieces of one frame');
    if (flag === last && this.#pieces.length === 0) {
      this.#length = 0;
      return piece.subarray(1);
    }
    if (this.#pieces.length >= maxPieces) throw new NetworkError('bad-message', 'too many pieces');
    this.#pieces.push(piece.subarray(1));
    if (flag === more) return undefined;
    const frame = concat(...this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    return frame;
  }
}
