/** A small file that is on disk whole, or as it was: whatever happens to the process or the machine in the middle. */
import {randomBytes} from 'node:crypto';
import {open, rename, rm} from 'node:fs/promises';
import {dirname} from 'node:path';

/** Replaces a file that only its owner can read; durable when it resolves. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  try {
    await flushed(draft, {flags: 'wx', work: (file) => file.writeFile(text)});
    await rename(draft, path);
  } catch (error) {
    await rm(draft, {force: true});
    throw error;
  }
  // The name, too: Windows has no such thing.
  if (process.platform !== 'win32') await flushed(dirname(path), {flags: 'r', work: async () => {}});
}

type OpenFile = Awaited<ReturnType<typeof open>>;

async function flushed(path: string, {flags, work}: {flags: string; work: (file: OpenFile) => Promise<void>}): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await work(file);
    await file.sync();
  } finally {
    await file.close();
  }
}
