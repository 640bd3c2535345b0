/** Files that journeys give to the page of tasks: a sound, pictures, a film. */
import type {Page} from '@playwright/test';

/** A tone. @param silent the second without it */
export function sounding(seconds: number, silent: number): Buffer {
  const rate = 8000;
  const samples = Float32Array.from({length: seconds * rate}, (_, index) => (Math.floor(index / rate) === silent ? 0 : 0.37 * Math.sin((index * 2 * Math.PI * 440) / rate)));
  return wavOf(samples, rate);
}

/** A WAV file of 16 bits, one channel. @param samples -1..1 */
export function wavOf(samples: Float32Array, rate: number): Buffer {
  const body = Buffer.alloc(samples.length * 2);
  for (const [index, sample] of samples.entries()) body.writeInt16LE(Math.round(32_767 * sample), index * 2);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + body.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  for (const [at, value] of [[20, 1], [22, 1], [32, 2], [34, 16]] as const) head.writeUInt16LE(value, at);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.write('data', 36);
  head.writeUInt32LE(body.length, 40);
  return Buffer.concat([head, body]);
}

/** What a canvas of the page encodes: noise, which no encoder makes small. */
export async function noise(page: Page, {width, height, type}: {width: number; height: number; type: string}): Promise<Buffer> {
  const letters = await page.evaluate(async (of) => {
    const canvas = new OffscreenCanvas(of.width, of.height);
    const context = canvas.getContext('2d');
    const pixels = new ImageData(of.width, of.height);
    for (let at = 0; at < pixels.data.length; at += 65_536) crypto.getRandomValues(new Uint8Array(pixels.data.buffer, at, Math.min(65_536, pixels.data.length - at)));
    context?.putImageData(pixels, 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({type: of.type})).arrayBuffer());
    return Array.from({length: Math.ceil(bytes.length / 8192)}, (_, index) => String.fromCharCode(...bytes.subarray(index * 8192, (index + 1) * 8192))).join('');
  }, {width, height, type});
  return Buffer.from(letters, 'latin1');
}

/** A JPEG whose EXIF data say that it is to be turned by a quarter. */
export function turned(jpeg: Buffer): Buffer {
  // 'Exif', a TIFF head, one entry: orientation (0x0112), one short, 6.
  const exif = Buffer.from(['457869660000', '4d4d002a00000008', '0001', '0112000300000001', '00060000', '00000000'].join(''), 'hex');
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

/** A film that the page records: red, then blue, about a second each. */
export async function film(page: Page): Promise<Buffer> {
  const letters = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [320, 180];
    const context = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(30), {mimeType: 'video/webm'});
    const parts: Blob[] = [];
    recorder.addEventListener('dataavailable', ({data}) => parts.push(data));
    const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve));
    recorder.start();
    const begin = performance.now();
    await new Promise<void>((resolve) => {
      const draw = () => {
        const passed = performance.now() - begin;
        if (context) context.fillStyle = passed < 1200 ? 'rgb(255 0 0)' : 'rgb(0 0 255)';
        context?.fillRect(0, 0, canvas.width, canvas.height);
        if (passed < 2400) requestAnimationFrame(draw);
        else resolve();
      };
      draw();
    });
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return Array.from({length: Math.ceil(bytes.length / 8192)}, (_, index) => String.fromCharCode(...bytes.subarray(index * 8192, (index + 1) * 8192))).join('');
  });
  return Buffer.from(letters, 'latin1');
}
