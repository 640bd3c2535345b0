/** Padding inside the seal: a u32 length, the body, zeros. The relay is the best placed observer of lengths, so it gets few. */
import type {Bytes} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {requestBuckets} from './limits.ts';

/** Bytes that the length takes. */
export const lengthBytes = 4;

/** The smallest bucket for a body. @throws NetworkError `too-long` */
export function bucketFor(bodyBytes: number): number {
  const bucket = requestBuckets.find((size) => bodyBytes + lengthBytes <= size);
  if (bucket === undefined) throw new NetworkError('too-long', `${bodyBytes} bytes`);
  return bucket;
}

/** `body` padded to exactly `size` bytes. */
export function pad(body: Uint8Array, size: number): Bytes {
  if (body.length + lengthBytes > size) throw new RangeError(`${body.length} bytes do not fit ${size}`);
  const padded = new Uint8Array(size);
  new DataView(padded.buffer).setUint32(0, body.length);
  padded.set(body, lengthBytes);
  return padded;
}

/** The body inside padding. @throws NetworkError `bad-message` when the length is off or the padding is not zero */
export function unpad(padded: Uint8Array): Uint8Array {
  if (padded.length < lengthBytes) throw new NetworkError('bad-message', 'no length');
  const end = lengthBytes + new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (end > padded.length || padded.subarray(end).some((byte) => byte !== 0)) throw new NetworkError('bad-message', 'not padded');
  return padded.subarray(lengthBytes, end);
}
