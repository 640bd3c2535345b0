/** Beginnings of images, enough for what looks at their headers. */

/** @param size width and height, pixels */
export function pngHeader([width, height]: readonly [number, number] = [64, 48]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

/** With a segment of 16 bytes before its frame header. */
export function jpegHeader([width, height]: readonly [number, number] = [64, 48]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(40);
  bytes.set([0xff, 0xd8, 0xff, 0xe0, 0, 16]);
  bytes.set([0xff, 0xc2, 0, 17, 8], 20);
  const view = new DataView(bytes.buffer);
  view.setUint16(25, height);
  view.setUint16(27, width);
  return bytes;
}

/** Lossless. */
export function webpHeader([width, height]: readonly [number, number] = [64, 48]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(30);
  bytes.set(new TextEncoder().encode('RIFF____WEBPVP8L____/'));
  new DataView(bytes.buffer).setUint32(21, (width - 1) | ((height - 1) << 14), true);
  return bytes;
}
