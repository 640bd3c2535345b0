/** The key that callers of the gateway show: random, in a file for its owner alone, made at the first start. */
import {createHash, timingSafeEqual} from 'node:crypto';
import {join} from 'node:path';
import {readOrMakeSeed} from '../money/key-files.ts';

/** Some tools take only keys that begin so. */
const prefix = 'sk-bombyx-';
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Where it is in the gateway's folder. */
export const keyFileOf = (folder: string): string => join(folder, 'bearer-key');

/** The key as callers send it. @throws Error that names the file when it holds no key, or others may read it */
export const openBearerKey = (path: string): string => prefix + readOrMakeSeed(path).toString('hex');

/** Whether an `Authorization` header shows the key; takes as long for a wrong one as for the right one. */
export function bearerCheck(key: string): (authorization: string | undefined) => boolean {
  const wanted = digest(key);
  return (authorization) => {
    const [, given = ''] = /^Bearer ([^\s]{1,512})$/i.exec(authorization ?? '') ?? [];
    return timingSafeEqual(digest(given), wanted);
  };
}
