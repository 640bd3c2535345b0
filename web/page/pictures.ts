/** Pictures as a job carries them: upright, scaled, encoded anew as JPEG, so that nothing of place and camera is left. */
import {NetworkError} from '#protocol/errors.ts';
import type {Picture} from '../state/task-views.ts';

/** How large a picture may be. */
export interface PictureBounds {
  /** Longest side, pixels. */
  readonly side: number;
  readonly bytes: number;
}

/** One picture: as much as models look at. */
const whole: PictureBounds = {side: 768, bytes: 150 * 1024};
/** What is tried before the picture is made smaller. */
const qualities = [0.88, 0.8, 0.7, 0.6, 0.5];
/** Then each side shrinks by so much. */
const shrink = 0.8;
/** Smaller than this nothing can be seen. */
const leastSide = 16;

/** @throws NetworkError `bad-media` for what is no picture */
export async function pictureOf(file: Blob, bounds: PictureBounds = whole): Promise<Picture> {
  const bitmap = await createImageBitmap(file, {imageOrientation: 'from-image'}).catch((error: unknown) => {
    throw new NetworkError('bad-media', 'not a picture', {cause: error});
  });
  try {
    return await jpegOf({image: bitmap, width: bitmap.width, height: bitmap.height}, bounds);
  } finally {
    bitmap.close();
  }
}

/** What a canvas can draw, with its size. */
interface Drawn {
  readonly image: CanvasImageSource;
  readonly width: number;
  readonly height: number;
}

/** A JPEG within its bounds: as good as fits, and smaller where nothing fits. */
export async function jpegOf(drawn: Drawn, bounds: PictureBounds): Promise<Picture> {
  for (let {side} = bounds; side >= leastSide; side = Math.floor(side * shrink)) {
    const canvas = drawnTo(drawn, side);
    for (const quality of qualities) {
      const blob = await canvas.convertToBlob({type: 'image/jpeg', quality});
      if (blob.size <= bounds.bytes) return {bytes: new Uint8Array(await blob.arrayBuffer()), width: canvas.width, height: canvas.height};
    }
  }
  throw new NetworkError('bad-media', 'a picture that does not get small enough');
}

function drawnTo({image, width, height}: Drawn, side: number): OffscreenCanvas {
  const scale = Math.min(1, side / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = canvas.getContext('2d', {alpha: false});
  if (!context || width === 0 || height === 0) throw new NetworkError('bad-media', 'nothing to draw');
  // JPEG has no transparency: what can be seen through is paper.
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}
