/** The stack of get methods as TonCenter writes it: pairs in v2, objects in v3. */
import type {Cell, TupleItem} from '@ton/core';
import * as v from 'valibot';
import {cellField} from './fields.ts';

const whole = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.regex(/^-?(0x[\da-f]{1,65}|\d{1,78})$/i, 'must be a whole number'), v.transform((text) => (text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text))));
const boxed = v.pipe(v.union([v.string(), v.pipe(v.object({bytes: v.string()}), v.transform(({bytes}) => bytes))]), cellField);

const kinds: Readonly<Record<string, (value: unknown) => TupleItem>> = {
  num: (value) => ({type: 'int', value: v.parse(whole, value)}),
  int: (value) => ({type: 'int', value: v.parse(whole, value)}),
  cell: (value) => ({type: 'cell', cell: v.parse(boxed, value)}),
  slice: (value) => ({type: 'slice', cell: v.parse(boxed, value)}),
  builder: (value) => ({type: 'builder', cell: v.parse(boxed, value)}),
};

function item(type: string, value: unknown): TupleItem {
  const read = kinds[type.replace(/^tvm\./, '').toLowerCase()];
  if (!read) throw new v.ValiError([{kind: 'validation', type: 'stack', input: type, expected: 'num, cell, slice', received: type, message: `no such stack entry: ${type.slice(0, 20)}`}]);
  return read(value);
}

const most = 64;
/** `[["num", "1"], ["tvm.Slice", "te6..."]]` */
export const stackOfPairs = v.pipe(v.optional(v.array(v.tuple([v.string(), v.unknown()])), []), v.maxLength(most), v.transform((entries) => entries.map(([type, value]) => item(type, value))));
/** `[{"type": "num", "value": "0x1"}]` */
export const stackOfObjects = v.pipe(v.optional(v.array(v.object({type: v.string(), value: v.unknown()})), []), v.maxLength(most), v.transform((entries) => entries.map(({type, value}) => item(type, value))));

const hexOf = (value: bigint): string => (value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`);
const bocOf = (cell: Cell): string => cell.toBoc().toString('base64');

function element(entry: TupleItem): object {
  switch (entry.type) {
    case 'int':
      return {'@type': 'tvm.stackEntryNumber', number: {'@type': 'tvm.numberDecimal', number: entry.value.toString()}};
    case 'cell':
      return {'@type': 'tvm.stackEntryCell', cell: {'@type': 'tvm.cell', bytes: bocOf(entry.cell)}};
    case 'slice':
      return {'@type': 'tvm.stackEntrySlice', slice: {'@type': 'tvm.slice', bytes: bocOf(entry.cell)}};
    case 'tuple':
      return {'@type': 'tvm.stackEntryTuple', tuple: {'@type': 'tvm.tuple', elements: entry.items.map(element)}};
    default:
      return {'@type': 'tvm.stackEntryList', list: {'@type': 'tvm.list', elements: []}};
  }
}

export const pairsOf = (items: readonly TupleItem[]): unknown[] =>
  items.map((entry) => {
    if (entry.type === 'int') return ['num', hexOf(entry.value)];
    if (entry.type === 'cell' || entry.type === 'slice' || entry.type === 'builder') return ['cell', {bytes: bocOf(entry.cell)}];
    return entry.type === 'tuple' ? ['tuple', {'@type': 'tvm.tuple', elements: entry.items.map(element)}] : ['list', {'@type': 'tvm.list', elements: []}];
  });

export const objectsOf = (items: readonly TupleItem[]): unknown[] =>
  items.map((entry) => {
    if (entry.type === 'int') return {type: 'num', value: hexOf(entry.value)};
    if (entry.type === 'cell' || entry.type === 'slice' || entry.type === 'builder') return {type: entry.type, value: bocOf(entry.cell)};
    return entry.type === 'tuple' ? {type: 'tuple', value: objectsOf(entry.items)} : {type: 'list', value: []};
  });
