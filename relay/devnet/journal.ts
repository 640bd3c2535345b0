/** The devnet's memory: one line for each block, on disk before anybody is told. A half-written last line is dropped, as after a `kill -9`. */
import {closeSync, fdatasyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import * as v from 'valibot';

/** What one block did. Accounts and transactions as bags of cells in base64. */
const blockEntry = v.object({
  seqno: v.number(),
  /** s since 1970. */
  at: v.number(),
  /** Seconds that the chain's clock is ahead of the machine's. */
  ahead: v.number(),
  lt: v.string(),
  accounts: v.array(v.tuple([v.string(), v.string()])),
  transactions: v.array(v.string()),
});
export type BlockEntry = v.InferOutput<typeof blockEntry>;

export interface Journal {
  entries(): readonly BlockEntry[];
  /** Durable when it returns. */
  append(entry: BlockEntry): void;
  /** Replaces everything, or nothing. */
  rewrite(entries: readonly BlockEntry[]): void;
  close(): void;
}

/** For a chain that is forgotten with its process. */
export function memoryJournal(): Journal {
  let kept: BlockEntry[] = [];
  return {
    entries: () => kept,
    append: (entry) => void kept.push(entry),
    rewrite: (entries) => void (kept = [...entries]),
    close: () => {},
  };
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

/**
 * A file in `folder` that only its owner can read. `network` is written on top.
 * @throws Error that says what to do, when the file is of another network or damaged anywhere but at its end
 */
export function fileJournal(folder: string, network: number): Journal {
  mkdirSync(folder, {recursive: true, mode: 0o700});
  const path = join(folder, 'devnet.jsonl');
  const head = line({devnet: 1, network});
  let file = openSync(path, 'a+', 0o600);
  const read = (): readonly BlockEntry[] => {
    const text = readFileSync(path, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) ftruncateSync(file, Buffer.byteLength(whole));
    if (whole === '') return write([]);
    if (!whole.startsWith(head)) throw new Error(`${path} is of another network or version. Nothing was changed; name another folder, or move the file away to begin anew.`);
    return whole.slice(head.length).split('\n').slice(0, -1).map((entry, index) => parse(entry, {path, index}));
  };
  const write = (entries: readonly BlockEntry[]): readonly BlockEntry[] => {
    const fresh = `${path}.new`;
    writeFileSync(fresh, [head, ...entries.map(line)].join(''), {mode: 0o600, flush: true});
    closeSync(file);
    renameSync(fresh, path);
    file = openSync(path, 'a+', 0o600);
    return entries;
  };
  read();
  return {
    entries: read,
    append: (entry) => {
      writeSync(file, line(entry));
      fdatasyncSync(file);
    },
    rewrite: (entries) => void write(entries),
    close: () => closeSync(file),
  };
}

function parse(text: string, {path, index}: {path: string; index: number}): BlockEntry {
  try {
    return v.parse(blockEntry, JSON.parse(text));
  } catch (cause) {
    throw new Error(`${path} is damaged at line ${index + 2}. Nothing was changed; move the file away to begin anew.`, {cause});
  }
}
