/** Reads from a GGUF file what text stands for the end of a turn: chat templates write it, and wllama does not tell it. */

/** Bytes of each kind of value; texts and lists say their own. */
const sizes: Readonly<Record<number, number>> = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8};
const [whole32, text, list] = [4, 8, 9];
/** No model says more about itself than this, bytes; a list of words takes a few million. */
const mostBytes = 64 * 1024 * 1024;
const partBytes = 1024 * 1024;

/** The model's end-of-turn text; empty where the file says none, or is no GGUF. */
export async function endWordOf(file: Blob): Promise<string> {
  const reader = new HeaderReader(file);
  try {
    if ((await reader.text(4)) !== 'GGUF') return '';
    await reader.skip(4 + 8);
    return await endWord(reader, await reader.long());
  } catch (error) {
    if (error instanceof RangeError) return '';
    throw error;
  }
}

/** Facts come in any order: the words may be there before the number of the one that is looked for. */
async function endWord(reader: HeaderReader, facts: number): Promise<string> {
  let id: number | undefined;
  let words: readonly string[] | undefined;
  for (let fact = 0; fact < facts; fact += 1) {
    const name = await reader.text(await reader.long());
    const kind = await reader.whole();
    if (name === 'tokenizer.ggml.eos_token_id' && kind === whole32) id = await reader.whole();
    else if (name === 'tokenizer.ggml.tokens' && kind === list) words = await wordsOf(reader);
    else await skipValue(reader, kind);
    if (id !== undefined && words) return words[id] ?? '';
  }
  return '';
}

async function wordsOf(reader: HeaderReader): Promise<readonly string[]> {
  const words: string[] = [];
  const kind = await reader.whole();
  const count = await reader.long();
  for (let at = 0; at < count; at += 1) {
    if (kind === text) words.push(await reader.text(await reader.long()));
    else await skipValue(reader, kind);
  }
  return words;
}

async function skipValue(reader: HeaderReader, kind: number): Promise<void> {
  const size = sizes[kind];
  if (size !== undefined) return reader.skip(size);
  if (kind === text) return reader.skip(await reader.long());
  if (kind !== list) throw new RangeError(`kind ${kind} is unknown`);
  const inner = await reader.whole();
  const count = await reader.long();
  const each = sizes[inner];
  if (each !== undefined) return reader.skip(each * count);
  for (let at = 0; at < count; at += 1) await skipValue(reader, inner);
}

/** Little-endian fields in their order, from a file that is too large to be held. @throws RangeError where it ends or says too much */
class HeaderReader {
  readonly #file: Blob;
  #part = new Uint8Array(0);
  /** Of the part in the file, and of the next field in the part. */
  #start = 0;
  #at = 0;

  constructor(file: Blob) {
    this.#file = file;
  }

  async text(bytes: number): Promise<string> {
    return new TextDecoder().decode(await this.#take(bytes));
  }

  async whole(): Promise<number> {
    return viewOf(await this.#take(4)).getUint32(0, true);
  }

  async long(): Promise<number> {
    return Number(viewOf(await this.#take(8)).getBigUint64(0, true));
  }

  async skip(bytes: number): Promise<void> {
    this.#at += bytes;
    if (this.#start + this.#at > mostBytes) throw new RangeError('the header is too long');
  }

  async #take(bytes: number): Promise<Uint8Array> {
    if (this.#at + bytes > this.#part.length) {
      this.#start += this.#at;
      this.#at = 0;
      if (bytes > partBytes || this.#start > mostBytes) throw new RangeError('the header is too long');
      this.#part = new Uint8Array(await this.#file.slice(this.#start, this.#start + partBytes).arrayBuffer());
    }
    const taken = this.#part.subarray(this.#at, this.#at + bytes);
    if (taken.length < bytes) throw new RangeError('the file ends');
    this.#at += bytes;
    return taken;
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset);
