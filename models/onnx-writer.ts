/** Writes an ONNX file: a graph that is put together node by node, then just as much of protocol buffers as that takes. */

/** Text, a whole number, a list of whole numbers, or a number that stays one with a fraction even if it has none. */
export type Attribute = string | number | readonly number[] | {readonly float: number};
export type ElementType = 'float' | 'float16' | 'int64' | 'bool';
/** A size, or the name of one that only the caller knows. */
export type Size = number | string;

/** Numbers of fields and of types in onnx.proto. */
const elementTypes: Readonly<Record<ElementType, number>> = {float: 1, int64: 7, bool: 9, float16: 10};
const attributeTypes = {float: 1, int: 2, string: 3, ints: 7} as const;
const irVersion = 8;
const operatorSet = 17;

interface NodeOptions {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** The name of what comes out, for an output of the graph. */
  readonly name?: string;
}

/** A graph in the making. Every method gives the name of the value that it adds, for the inputs of later nodes. */
export class OnnxGraph {
  readonly #nodes: Buffer[] = [];
  readonly #weights: Buffer[] = [];
  readonly #inputs: Buffer[] = [];
  readonly #outputs: Buffer[] = [];
  #count = 0;

  input(name: string, value: {readonly type: ElementType; readonly dims: readonly Size[]}): string {
    this.#inputs.push(field(11, valueInfo(name, value)));
    return name;
  }

  /** Declares a value of that name as an output; some node has to make it. */
  output(name: string, dims: readonly Size[], type: ElementType = 'float'): void {
    this.#outputs.push(field(12, valueInfo(name, {type, dims})));
  }

  node(operator: string, inputs: readonly string[], {attributes = {}, name = this.#newName()}: NodeOptions = {}): string {
    const list = Object.entries(attributes).map(([key, value]) => field(5, attributeBytes(key, value)));
    this.#nodes.push(field(1, Buffer.concat([...inputs.map((input) => text(1, input)), text(2, name), text(3, `node_${name}`), text(4, operator), ...list])));
    return name;
  }

  floats(dims: readonly number[], values: Iterable<number>): string {
    const {buffer, length} = Float32Array.from(values);
    if (length !== dims.reduce((product, size) => product * size, 1)) throw new RangeError(`${length} numbers for [${dims.join(', ')}]`);
    return this.#weight('float', dims, Buffer.from(buffer));
  }

  float(value: number): string {
    return this.floats([], [value]);
  }

  /** A list of whole numbers. */
  ints(values: readonly number[]): string {
    return this.#weight('int64', [values.length], int64s(values));
  }

  /** One whole number. */
  int(value: number): string {
    return this.#weight('int64', [], int64s([value]));
  }

  bytes(): Buffer {
    const graph = Buffer.concat([...this.#nodes, text(2, 'graph'), ...this.#weights, ...this.#inputs, ...this.#outputs]);
    return Buffer.concat([whole(1, irVersion), text(2, 'bombyx'), field(7, graph), field(8, Buffer.concat([text(1, ''), whole(2, operatorSet)]))]);
  }

  #weight(type: ElementType, dims: readonly number[], bytes: Buffer): string {
    const name = this.#newName();
    this.#weights.push(field(5, Buffer.concat([...dims.map((size) => whole(1, size)), whole(2, elementTypes[type]), text(8, name), field(9, bytes)])));
    return name;
  }

  #newName(): string {
    this.#count += 1;
    return `v${this.#count}`;
  }
}

function attributeBytes(name: string, value: Attribute): Buffer {
  const parts = [text(1, name)];
  if (typeof value === 'string') parts.push(text(4, value), whole(20, attributeTypes.string));
  else if (typeof value === 'number') parts.push(whole(3, value), whole(20, attributeTypes.int));
  else if ('float' in value) parts.push(key(2, 5), Buffer.from(Float32Array.of(value.float).buffer), whole(20, attributeTypes.float));
  else parts.push(...value.map((each) => whole(8, each)), whole(20, attributeTypes.ints));
  return Buffer.concat(parts);
}

function valueInfo(name: string, {type, dims}: {readonly type: ElementType; readonly dims: readonly Size[]}): Buffer {
  const shape = Buffer.concat(dims.map((size) => field(1, typeof size === 'number' ? whole(1, size) : text(2, size))));
  const tensor = Buffer.concat([whole(1, elementTypes[type]), field(2, shape)]);
  return Buffer.concat([text(1, name), field(2, field(1, tensor))]);
}

const int64s = (values: readonly number[]): Buffer => Buffer.from(BigInt64Array.from(values, BigInt).buffer);
const key = (number: number, kind: number): Buffer => varint(BigInt(number * 8 + kind));
const whole = (number: number, value: number): Buffer => Buffer.concat([key(number, 0), varint(BigInt.asUintN(64, BigInt(value)))]);
const field = (number: number, bytes: Buffer): Buffer => Buffer.concat([key(number, 2), varint(BigInt(bytes.length)), bytes]);
const text = (number: number, value: string): Buffer => field(number, Buffer.from(value));

/** Seven bits a byte, the lowest first. */
function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}
