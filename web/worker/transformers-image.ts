/** An image of a job as transformers.js takes it. */
import {RawImage} from '@huggingface/transformers';
import type {Bytes} from '#protocol/bytes.ts';
import {NetworkError} from '#protocol/errors.ts';
import {imageType} from '#protocol/image.ts';

/** Rejects with `bad-media`. */
export const decodeImage = (bytes: Bytes): Promise<RawImage> =>
  unlessBadMedia(async () => (await RawImage.fromBlob(new Blob([bytes], {type: imageType(bytes) ?? ''}))).rgb());

/** What fails before the model has seen anything is the fault of the image: the engine goes on. Rejects with `bad-media`. */
export async function unlessBadMedia<T>(prepare: () => Promise<T>): Promise<T> {
  try {
    return await prepare();
  } catch (error) {
    throw new NetworkError('bad-media', 'an image', {cause: error});
  }
}
