/** Encodes a picture of one colour. */
import {crc32, deflateSync} from 'node:zlib';

/** A PNG of `width` by `height` pixels. */
export function pngOf(rgb: readonly [number, number, number], [width, height]: readonly [number, number] = [48, 48]): Uint8Array<ArrayBuffer> {
  const row = Buffer.concat([Buffer.of(0), ...Array.from({length: width}, () => Buffer.from(rgb))]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits for each of red, green and blue.
  header.set([8, 2], 8);
  const body = deflateSync(Buffer.concat(Array.from({length: height}, () => row)));
  return Uint8Array.from(Buffer.concat([Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), chunk('IHDR', header), chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))]));
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
