/** Finds the weights in an ONNX file: just as much of protocol buffers as that takes. */

/** A tensor of 32-bit floats, little-endian: where its bytes are in the file, and its sizes. */
export interface StoredWeights {
  readonly offset: number;
  readonly bytes: number;
  readonly dims: readonly number[];
}

/** Numbers of fields in onnx.proto. */
const graphOfModel = 7;
const initializerOfGraph = 5;
const tensor = {dims: 1, dataType: 2, name: 8, rawData: 9} as const;
const float = 1;

interface Field {
  readonly number: number;
  /** Of a field that is a number. */
  readonly value: number;
  /** Of any other field: where it starts and ends. */
  readonly start: number;
  readonly end: number;
}

/** The weights of an ONNX file by name. Integers are left out. */
export function weightsOf(file: Uint8Array): ReadonlyMap<string, StoredWeights> {
  const found = new Map<string, StoredWeights>();
  for (const graph of fieldsOf(file, {start: 0, end: file.length})) {
    if (graph.number !== graphOfModel) continue;
    for (const initializer of fieldsOf(file, graph)) if (initializer.number === initializerOfGraph) addTo(found, file, initializer);
  }
  return found;
}

function addTo(found: Map<string, StoredWeights>, file: Uint8Array, {start, end}: Field): void {
  const dims: number[] = [];
  let [name, type, offset, bytes] = ['', 0, 0, 0];
  for (const field of fieldsOf(file, {start, end})) {
    if (field.number === tensor.dims) dims.push(...(field.end > field.start ? packed(file, field) : [field.value]));
    else if (field.number === tensor.dataType) type = field.value;
    else if (field.number === tensor.name) name = new TextDecoder().decode(file.subarray(field.start, field.end));
    else if (field.number === tensor.rawData) [offset, bytes] = [field.start, field.end - field.start];
  }
  if (type === float) found.set(name, {offset, bytes, dims});
}

/** Numbers that are written one behind the other. */
function packed(file: Uint8Array, {start, end}: {start: number; end: number}): number[] {
  const values: number[] = [];
  for (let at = start; at < end;) {
    const [value, next] = varint(file, at);
    values.push(value);
    at = next;
  }
  return values;
}

function* fieldsOf(file: Uint8Array, {start, end}: {start: number; end: number}): Generator<Field, void> {
  for (let at = start; at < end;) {
    const [key, behind] = varint(file, at);
    const number = Math.floor(key / 8);
    const kind = key % 8;
    if (kind === 0) {
      const [value, next] = varint(file, behind);
      yield {number, value, start: next, end: next};
      at = next;
    } else {
      const [length, from] = kind === 2 ? varint(file, behind) : [kind === 1 ? 8 : 4, behind];
      yield {number, value: 0, start: from, end: from + length};
      at = from + length;
    }
  }
}

/** Seven bits a byte, the lowest first. */
function varint(file: Uint8Array, at: number): [value: number, next: number] {
  let value = 0;
  for (let index = at, factor = 1; ; index += 1, factor *= 128) {
    const byte = file[index] ?? 0;
    value += (byte & 127) * factor;
    if (byte < 128) return [value, index + 1];
  }
}
