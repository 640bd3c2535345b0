/** A small schema language for bytes: each field knows how to write and read itself, and the types are inferred. */
import {type Bytes, fromHex, fromUtf8, own, toHex, utf8} from './bytes.ts';
import {NetworkError} from './errors.ts';

/** Reads big-endian fields in order; every read is checked against the end. */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #advance(length: number): number {
    const start = this.#offset;
    if (start + length > this.#bytes.length) throw new NetworkError('bad-message', 'ends too early');
    this.#offset = start + length;
    return start;
  }

  number(size: 1 | 2 | 4): number {
    const at = this.#advance(size);
    return size === 1 ? this.#view.getUint8(at) : size === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at);
  }

  bigint(): bigint {
    return this.#view.getBigUint64(this.#advance(8));
  }

  /** A view, not a copy: valid as long as the frame it came from. */
  bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  /** @throws NetworkError `bad-message` when something is left */
  end(): void {
    if (this.remaining > 0) throw new NetworkError('bad-message', `${this.remaining} bytes too many`);
  }
}

/** Writes big-endian fields into a buffer that grows. */
export class Writer {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  #grow(length: number): number {
    const start = this.#length;
    this.#length += length;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return start;
  }

  number(value: number, size: 1 | 2 | 4): void {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** (size * 8)) throw new RangeError(`${value} does not fit ${size} bytes`);
    const at = this.#grow(size);
    if (size === 1) this.#view.setUint8(at, value);
    else if (size === 2) this.#view.setUint16(at, value);
    else this.#view.setUint32(at, value);
  }

  bigint(value: bigint): void {
    if (value < 0n || value >= 1n << 64n) throw new RangeError(`${value} does not fit 8 bytes`);
    const at = this.#grow(8);
    this.#view.setBigUint64(at, value);
  }

  bytes(value: Uint8Array): void {
    const at = this.#grow(value.length);
    this.#bytes.set(value, at);
  }

  /** A copy of all that was written. */
  finish(): Bytes {
    return this.#bytes.slice(0, this.#length);
  }
}

/** One field: how it is written and read. `read` throws NetworkError `bad-message`. */
export interface Wire<T> {
  write(writer: Writer, value: T): void;
  read(reader: Reader): T;
}

/** The value that a schema describes. */
export type Infer<W> = W extends Wire<infer T> ? T : never;

const unsigned = (size: 1 | 2 | 4): Wire<number> => ({
  write: (writer, value) => writer.number(value, size),
  read: (reader) => reader.number(size),
});
/** Unsigned big-endian integers. */
export const u8 = unsigned(1);
export const u16 = unsigned(2);
export const u32 = unsigned(4);
/** A signed 32-bit integer, two's complement. */
export const i32: Wire<number> = {
  write: (writer, value) => {
    if ((value | 0) !== value) throw new RangeError(`${value} does not fit 4 bytes`);
    writer.number(value >>> 0, 4);
  },
  read: (reader) => reader.number(4) | 0,
};
export const u64: Wire<bigint> = {write: (writer, value) => writer.bigint(value), read: (reader) => reader.bigint()};

/** Exactly `length` bytes; read as a copy. */
export const bytes = (length: number): Wire<Bytes> => ({
  write: (writer, value) => {
    if (value.length !== length) throw new RangeError(`${value.length} bytes instead of ${length}`);
    writer.bytes(value);
  },
  read: (reader) => own(reader.bytes(length)),
});

/** An id: `length` bytes on the wire, hex in the program. */
export const id = <Id extends string>(length: number): Wire<Id> => ({
  write: (writer, value) => bytes(length).write(writer, fromHex(value)),
  read: (reader) => toHex(reader.bytes(length)) as Id,
});

/** Up to `max` bytes after a u32 length; read as a copy. */
export const blob = (max: number): Wire<Bytes> => ({
  write: (writer, value) => {
    if (value.length > max) throw new NetworkError('too-large', `${value.length} of ${max} bytes`);
    writer.number(value.length, 4);
    writer.bytes(value);
  },
  read: (reader) => {
    const length = reader.number(4);
    if (length > max) throw new NetworkError('bad-message', `a field of ${length} bytes, ${max} allowed`);
    return own(reader.bytes(length));
  },
});

/** Up to `max` finite 32-bit floats, little-endian, as a blob. */
export const floats = (max: number): Wire<Float32Array<ArrayBuffer>> => ({
  write: (writer, values) => {
    const source = new DataView(new ArrayBuffer(values.length * 4));
    for (const [index, value] of values.entries()) source.setFloat32(index * 4, value, true);
    blob(max * 4).write(writer, new Uint8Array(source.buffer));
  },
  read: (reader) => {
    const source = blob(max * 4).read(reader);
    const view = new DataView(source.buffer);
    const values = Float32Array.from({length: source.length / 4}, (_, index) => view.getFloat32(index * 4, true));
    if (source.length % 4 !== 0 || !values.every(Number.isFinite)) throw new NetworkError('bad-message', 'not finite numbers');
    return values;
  },
});

/** UTF-8 text of up to `max` bytes. */
export const text = (max: number): Wire<string> => ({
  write: (writer, value) => blob(max).write(writer, utf8(value)),
  read: (reader) => fromUtf8(blob(max).read(reader)),
});

/** Up to `max` items after a u16 count. */
export const list = <T>(item: Wire<T>, max: number): Wire<readonly T[]> => ({
  write: (writer, values) => {
    if (values.length > max) throw new NetworkError('too-large', `${values.length} of ${max} items`);
    writer.number(values.length, 2);
    for (const value of values) item.write(writer, value);
  },
  read: (reader) => {
    const count = reader.number(2);
    if (count > max) throw new NetworkError('bad-message', `${count} items, ${max} allowed`);
    return Array.from({length: count}, () => item.read(reader));
  },
});

/** One of a fixed list of words, as one byte. */
export const word = <const W extends string>(words: readonly W[]): Wire<W> => ({
  write: (writer, value) => writer.number(words.indexOf(value), 1),
  read: (reader) => {
    const value = words[reader.number(1)];
    if (value === undefined) throw new NetworkError('bad-message', 'not a known word');
    return value;
  },
});

/** A value or nothing, after one byte that says which. */
export const optional = <T>(item: Wire<T>): Wire<T | undefined> => ({
  write: (writer, value) => {
    writer.number(value === undefined ? 0 : 1, 1);
    if (value !== undefined) item.write(writer, value);
  },
  read: (reader) => {
    const flag = reader.number(1);
    if (flag > 1) throw new NetworkError('bad-message', 'not a flag');
    return flag === 1 ? item.read(reader) : undefined;
  },
});

/** All that is left; only as the last field. Read as a copy. */
export const rest = (max: number): Wire<Bytes> => ({
  write: (writer, value) => {
    if (value.length > max) throw new NetworkError('too-large', `${value.length} of ${max} bytes`);
    writer.bytes(value);
  },
  read: (reader) => {
    if (reader.remaining > max) throw new NetworkError('bad-message', 'too many bytes');
    return own(reader.bytes(reader.remaining));
  },
});

type Fields = Readonly<Record<string, Wire<unknown>>>;
type Struct<F> = {readonly [K in keyof F]: Infer<F[K]>};

/** Fields in the order they are written down. */
export const struct = <F extends Fields>(fields: F): Wire<Struct<F>> => {
  const entries = Object.entries(fields);
  return {
    write: (writer, value) => {
      for (const [name, field] of entries) field.write(writer, (value as Record<string, unknown>)[name]);
    },
    read: (reader) => Object.fromEntries(entries.map(([name, field]) => [name, field.read(reader)])) as Struct<F>,
  };
};

/** One of several structs, after one byte that says which: its name is the field `key`. */
export const variant = <const K extends string, O extends Readonly<Record<string, Wire<object>>>>(key: K, options: O): Wire<Variant<K, O>> => {
  const names = Object.keys(options);
  const which = word(names);
  const of = (name: string): Wire<object> => {
    const option = options[name];
    if (!option) throw new NetworkError('bad-message', 'not a known word');
    return option;
  };
  return {
    write: (writer, value) => {
      const name = (value as Readonly<Record<K, string>>)[key];
      const option = of(name);
      which.write(writer, name);
      option.write(writer, value);
    },
    read: (reader) => {
      const name = which.read(reader);
      return {[key]: name, ...of(name).read(reader)} as Variant<K, O>;
    },
  };
};
type Variant<K extends string, O extends Readonly<Record<string, Wire<object>>>> = {[N in keyof O & string]: {readonly [P in K]: N} & Infer<O[N]>}[keyof O & string];

/** Bytes of one value. */
export function encode<T>(wire: Wire<T>, value: T): Bytes {
  const writer = new Writer();
  wire.write(writer, value);
  return writer.finish();
}

/** One value from bytes that hold nothing else. @throws NetworkError `bad-message` */
export function decode<T>(wire: Wire<T>, source: Uint8Array): T {
  const reader = new Reader(source);
  const value = wire.read(reader);
  reader.end();
  return value;
}
