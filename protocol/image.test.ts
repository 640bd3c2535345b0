/** Images of jobs: what browsers read, and not larger than they read in little memory. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {randomBytes, utf8} from './bytes.ts';
import {imageType, isImage} from './image.ts';
import {jpegHeader, pngHeader, webpHeader} from './testing/images.ts';

const formats = {'image/jpeg': jpegHeader, 'image/png': pngHeader, 'image/webp': webpHeader} as const;

for (const [type, header] of Object.entries(formats)) {
  test(`${type}: known by its first bytes, refused where it is too large or cut`, () => {
    assert.equal(imageType(header()), type);
    for (const size of [[64, 48], [1, 1], [4096, 4096]] as const) assert.equal(isImage(header(size)), true, `${size}`);
    for (const size of [[4097, 10], [10, 4097], [16_384, 16_384]] as const) assert.equal(isImage(header(size)), false, `${size}`);
    for (let length = 0; length < 24; length += 1) assert.equal(isImage(header().subarray(0, length)), false, `${length} bytes`);
  });
}

test('lossy and extended WebP say their size elsewhere', () => {
  const lossy = new Uint8Array(30);
  lossy.set(utf8('RIFF____WEBPVP8 '));
  new DataView(lossy.buffer).setUint16(26, 640, true);
  new DataView(lossy.buffer).setUint16(28, 480, true);
  assert.equal(isImage(lossy), true);
  new DataView(lossy.buffer).setUint16(28, 5000, true);
  assert.equal(isImage(lossy), false);
  const extended = new Uint8Array(30);
  extended.set(utf8('RIFF____WEBPVP8X'));
  extended.set([0x7f, 0x02, 0, 0xdf, 0x01, 0], 24);
  assert.equal(isImage(extended), true);
  extended.set([0, 0, 0x10], 27);
  assert.equal(isImage(extended), false);
});

test('other files, no size, and random bytes are no images', () => {
  for (const other of ['', 'GIF89a', '<svg xmlns="http://www.w3.org/2000/svg"/>', '%PDF-1.7']) assert.equal(isImage(utf8(other)), false);
  assert.equal(isImage(pngHeader([0, 5])), false);
  for (let round = 0; round < 2000; round += 1) {
    const bytes = randomBytes(round % 64);
    bytes.set([0xff, 0xd8, 0xff].slice(0, bytes.length));
    assert.equal(typeof isImage(bytes), 'boolean');
  }
});
