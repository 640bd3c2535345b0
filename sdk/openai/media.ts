/** Pictures in requests: `data:` addresses only, for to fetch one would tell its host who asks. */
import {type Bytes} from '#protocol/bytes.ts';
import {isImage} from '#protocol/image.ts';
import {badField} from './refusal.ts';

/** What a job takes of one picture, bytes (protocol/job.ts). */
const maxImageBytes = 200 * 1024;

/** Bytes of base64, with or without line breaks. @throws Refusal that names the field */
export function base64Of(text: string, param: string): Bytes {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.codePointAt(0) ?? 0);
  } catch {
    throw badField(param, 'This is not base64.');
  }
}

/** Bytes as base64. */
export const base64From = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** @throws Refusal that names the field */
export function imageOf(url: string, param: string): Bytes {
  const [, data] = /^data:image\/[\w.+-]+;base64,(.*)$/s.exec(url) ?? [];
  if (data === undefined) throw badField(param, 'Pictures are taken as data: addresses with base64 (JPEG, PNG or WebP). An address elsewhere is not fetched: its host would learn who asks.');
  const image = base64Of(data, param);
  if (!isImage(image)) throw badField(param, 'This is no JPEG, PNG or WebP of at most 4096 pixels a side.');
  if (image.length > maxImageBytes) throw badField(param, `The picture has ${image.length} bytes; a job takes ${maxImageBytes}. Make it smaller: 768 pixels a side are what models look at.`);
  return image;
}
