/** Writes a GGUF file, version 3: facts about the model, then its tensors. */

/** A fact: text, a list of texts, or a number of the kind that its reader expects. */
export type Fact =
  | {readonly is: 'text'; readonly value: string}
  | {readonly is: 'texts'; readonly value: readonly string[]}
  | {readonly is: 'whole'; readonly value: number}
  | {readonly is: 'wholes'; readonly value: readonly number[]}
  | {readonly is: 'float'; readonly value: number}
  | {readonly is: 'flag'; readonly value: boolean};

export interface GgufTensor {
  readonly name: string;
  /** The innermost first, as GGUF counts. */
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

/** Numbers that stand for kinds of value. */
const kinds = {whole32: 4, int32: 5, float32: 6, flag: 7, text: 8, list: 9} as const;
/** Each tensor starts at a multiple of so many bytes. */
const alignment = 32;

export function ggufOf(facts: Readonly<Record<string, Fact>>, tensors: readonly GgufTensor[]): Buffer {
  const head = [Buffer.from('GGUF'), whole32(3), whole64(tensors.length), whole64(Object.keys(facts).length)];
  for (const [name, fact] of Object.entries(facts)) head.push(text(name), ...factBytes(fact));
  let offset = 0;
  const body: Buffer[] = [];
  for (const {name, dims, values} of tensors) {
    head.push(text(name), whole32(dims.length), ...dims.map(whole64), whole32(0), whole64(offset));
    const bytes = aligned(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
    body.push(bytes);
    offset += bytes.length;
  }
  return Buffer.concat([aligned(Buffer.concat(head)), ...body]);
}

function factBytes(fact: Fact): Buffer[] {
  switch (fact.is) {
    case 'text':
      return [whole32(kinds.text), text(fact.value)];
    case 'texts':
      return [whole32(kinds.list), whole32(kinds.text), whole64(fact.value.length), ...fact.value.map(text)];
    case 'whole':
      return [whole32(kinds.whole32), whole32(fact.value)];
    case 'wholes':
      return [whole32(kinds.list), whole32(kinds.int32), whole64(fact.value.length), ...fact.value.map(whole32)];
    case 'float':
      return [whole32(kinds.float32), Buffer.from(Float32Array.of(fact.value).buffer)];
    case 'flag':
      return [whole32(kinds.flag), Buffer.of(fact.value ? 1 : 0)];
  }
}

function aligned(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((alignment - (bytes.length % alignment)) % alignment)]);
}

function whole32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function whole64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([whole64(bytes.length), bytes]);
};
