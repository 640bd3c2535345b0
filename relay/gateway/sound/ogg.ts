/** Packets of the first stream in an Ogg file (RFC 3533). Checksums are not looked at: what is damaged does not decode. */
import {NetworkError} from '#protocol/errors.ts';

const headBytes = 27;
/** "OggS", as a number. */
const capture = 0x4f_67_67_53;

export const isOgg = (file: Uint8Array): boolean => file.length >= headBytes && new DataView(file.buffer, file.byteOffset).getUint32(0) === capture;

/** @throws NetworkError `bad-media` where a page does not begin as one */
export function* packetsOf(file: Uint8Array): Generator<Uint8Array, void> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const stream = view.getUint32(14, true);
  let parts: Uint8Array[] = [];
  for (let at = 0; at + headBytes <= file.length; ) {
    if (view.getUint32(at) !== capture) throw new NetworkError('bad-media', 'not a page of Ogg');
    const lengths = file.subarray(at + headBytes, at + headBytes + view.getUint8(at + 26));
    let from = at + headBytes + lengths.length;
    const isOurs = view.getUint32(at + 14, true) === stream;
    for (const length of lengths) {
      if (isOurs) parts.push(file.subarray(from, from + length));
      from += length;
      // A segment that is full goes on in the next one.
      if (!isOurs || length === 255) continue;
      yield whole(parts);
      parts = [];
    }
    at = from;
  }
}

function whole(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  return parts.length === 1 && only ? only : new Uint8Array(Buffer.concat(parts));
}
