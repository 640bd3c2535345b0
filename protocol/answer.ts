/** What travels inside the seal back to the client: records that are cut into frames without regard to their edges. */
import {type Bytes, concat, utf8} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {codeField} from './messages.ts';
import {maxItemBytes} from './result.ts';
import {blob, bytes, decode, encode, struct, text, u32, word, type Infer, type Wire} from './wire.ts';

/** Longest text in one record, bytes; longer text takes several. */
export const maxTextBytes = 8192;

const catalogue = {
  /** The prompt was read, or the next part of it: how many tokens it took. */
  1: ['prompt', struct({tokens: u32})],
  /** A piece of the answer and the tokens it took. */
  2: ['text', struct({text: text(maxTextBytes), tokens: u32})],
  /** The answer is whole. */
  3: ['end', struct({reason: word(['stop', 'length'])})],
  /** The signed receipt and the salt of its commitment to the answer. */
  4: ['receipt', struct({receipt: blob(1024), signature: bytes(64), salt: bytes(32)})],
  /** The node could not go on. */
  5: ['error', struct({code: codeField})],
  /** One item of an answer that is not a text, and the tokens it took. */
  6: ['item', struct({body: blob(maxItemBytes), tokens: u32})],
} as const satisfies Record<number, readonly [string, Wire<unknown>]>;

type Entry = (typeof catalogue)[keyof typeof catalogue];
type RecordOf<E> = E extends readonly [infer Name extends string, infer W] ? {readonly type: Name} & Infer<W> : never;
/** One record of an answer. */
export type AnswerRecord = RecordOf<Entry>;

const headerBytes = 5;
const maxRecordBytes = Math.max(maxTextBytes, maxItemBytes) + 64;

/** `tag u8 | length u32 | body` */
export function encodeRecord(record: AnswerRecord): Bytes {
  const found = Object.entries(catalogue).find(([, [name]]) => name === record.type);
  if (!found) throw new NetworkError('internal', `no record ${record.type}`);
  const [tag, [, wire]] = found;
  const body = encode(wire as Wire<unknown>, record);
  const header = new Uint8Array(headerBytes);
  header[0] = Number(tag);
  new DataView(header.buffer).setUint32(1, body.length);
  return concat(header, body);
}

/** Joins frame contents back into records; holds at most one record. */
export class RecordReader {
  #pending: Uint8Array = new Uint8Array(0);

  /** The records that `content` completes. @throws NetworkError `bad-message` */
  push(content: Uint8Array): AnswerRecord[] {
    this.#pending = concat(this.#pending, content);
    const records: AnswerRecord[] = [];
    for (;;) {
      const record = this.#take();
      if (!record) return records;
      records.push(record);
    }
  }

  #take(): AnswerRecord | undefined {
    const pending = this.#pending;
    if (pending.length < headerBytes) return undefined;
    const length = new DataView(pending.buffer, pending.byteOffset).getUint32(1);
    if (length > maxRecordBytes) throw new NetworkError('bad-message', 'a record is too long');
    if (pending.length < headerBytes + length) return undefined;
    const entry = (catalogue as Record<number, Entry>)[pending[0] ?? 0];
    if (!entry) throw new NetworkError('bad-message', 'not a known record');
    const body = decode(entry[1] as Wire<object>, pending.subarray(headerBytes, headerBytes + length));
    this.#pending = pending.subarray(headerBytes + length);
    return {type: entry[0], ...body} as AnswerRecord;
  }
}

/** What an answer says, without how it came: the bytes that its receipt commits to. Text is its UTF-8, an item is `length u32 | bytes`. */
export class AnswerBody {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  get bytes(): Bytes {
    return concat(...this.#parts);
  }

  addText(piece: string): void {
    this.#add(utf8(piece));
  }

  addItem(item: Bytes): void {
    this.#add(encode(blob(maxItemBytes), item));
  }

  #add(part: Uint8Array): void {
    this.#parts.push(part);
    this.#length += part.length;
  }
}
