/** One process per folder: two on the same books would spend the same credit twice. The lock is the operating system's, so a `kill -9` frees it. */
import {chmodSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';

/** Gives what frees it. @throws Error when another process holds it, which says `refusal` */
export function lockFolder(folder: string, refusal = `The relay did not start: another one uses ${folder}. Stop that one, or name another folder with BOMBYX_DATA.`): () => void {
  mkdirSync(folder, {recursive: true, mode: 0o700});
  const path = join(folder, 'lock');
  const database = new DatabaseSync(path);
  try {
    chmodSync(path, 0o600);
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    throw new Error(refusal, {cause});
  }
  return () => database.close();
}
