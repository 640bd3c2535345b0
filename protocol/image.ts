/** What counts as an image in a job: the three formats that every browser reads, of a size that it reads in little memory. By their first bytes; nothing is decoded. */

export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp';

/** Longest edge, pixels. A few hundred bytes can stand for a thousand times as many pixels. */
const maxEdge = 4096;

const startsWith = (bytes: Uint8Array, first: readonly number[], at = 0): boolean => first.every((value, index) => bytes[at + index] === value);

const jpeg = [0xff, 0xd8, 0xff];
const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** `RIFF`, a length, `WEBP` */
const riff = [0x52, 0x49, 0x46, 0x46];
const webp = [0x57, 0x45, 0x42, 0x50];

/** The media type of an encoded image; undefined for anything else. */
export const imageType = (bytes: Uint8Array): ImageType | undefined =>
  startsWith(bytes, jpeg) ? 'image/jpeg'
  : startsWith(bytes, png) ? 'image/png'
  : startsWith(bytes, riff) && startsWith(bytes, webp, 8) ? 'image/webp'
  : undefined;

/** Whether these are the bytes of an image that a job may hold. */
export function isImage(bytes: Uint8Array): boolean {
  const size = sizeOf(bytes);
  return size !== undefined && size.every((edge) => edge >= 1 && edge <= maxEdge);
}

/** Width and height as the file says them. */
function sizeOf(bytes: Uint8Array): readonly [width: number, height: number] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    switch (imageType(bytes)) {
      case 'image/jpeg':
        return jpegSize(view);
      case 'image/png':
        return [view.getUint32(16), view.getUint32(20)];
      case 'image/webp':
        return webpSize(view);
      default:
        return undefined;
    }
  } catch {
    // It ends before it has said its size.
    return undefined;
  }
}

/** From its first frame header (ITU-T T.81, B.2.2): segments before it are stepped over. */
function jpegSize(view: DataView): readonly [number, number] | undefined {
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

const lowBits = 0x3fff;

/** By the kind of its first chunk: lossy, lossless, extended (RFC 9649, 2.5 to 2.7). */
function webpSize(view: DataView): readonly [number, number] | undefined {
  switch (view.getUint32(12)) {
    case 0x56_50_38_20:
      return [view.getUint16(26, true) & lowBits, view.getUint16(28, true) & lowBits];
    case 0x56_50_38_4c: {
      const bits = view.getUint32(21, true);
      return [(bits & lowBits) + 1, ((bits >>> 14) & lowBits) + 1];
    }
    case 0x56_50_38_58:
      return [(view.getUint32(24, true) & 0xff_ff_ff) + 1, (view.getUint32(26, true) >>> 8) + 1];
    default:
      return undefined;
  }
}
