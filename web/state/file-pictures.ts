/** Pictures of questions in our own file: base64 out, and in only what a job may hold. Pure. */
import type {Bytes} from '#protocol/bytes.ts';
import {isImage} from '#protocol/image.ts';
import {limits} from '#protocol/limits.ts';
import {BrokenRecord, fileLimits, listOf, textOf} from './file-fields.ts';

/** Bytes that become text at once: each is an argument of a call. */
const chunk = 8192;

export function pictureText(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += chunk) text += String.fromCharCode(...bytes.subarray(start, start + chunk));
  return btoa(text);
}

/** The pictures of one question. @throws BrokenRecord */
export const readPictures = (value: unknown): readonly Bytes[] => listOf(value, limits.maxImages).map(readPicture);

function readPicture(value: unknown): Bytes {
  const text = textOf(value, Math.ceil(fileLimits.image / 3) * 4);
  const bytes = bytesOf(text);
  if (bytes.length > fileLimits.image || !isImage(bytes)) throw new BrokenRecord('no picture, or too large');
  return bytes;
}

function bytesOf(text: string): Bytes {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    throw new BrokenRecord('no base64');
  }
}
