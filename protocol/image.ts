/** What counts as an image in a job: the three formats that every browser reads, by their first bytes. */

const startsWith = (bytes: Uint8Array, first: readonly number[], at = 0): boolean => first.every((value, index) => bytes[at + index] === value);

const jpeg = [0xff, 0xd8, 0xff];
const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** `RIFF`, a length, `WEBP` */
const riff = [0x52, 0x49, 0x46, 0x46];
const webp = [0x57, 0x45, 0x42, 0x50];

/** The media type of an encoded image; undefined for anything else. */
export const imageType = (bytes: Uint8Array): 'image/jpeg' | 'image/png' | 'image/webp' | undefined =>
  startsWith(bytes, jpeg) ? 'image/jpeg'
  : startsWith(bytes, png) ? 'image/png'
  : startsWith(bytes, riff) && startsWith(bytes, webp, 8) ? 'image/webp'
  : undefined;

export const isImage = (bytes: Uint8Array): boolean => imageType(bytes) !== undefined;
