/** The demo model changed for tests of engines: one that says characters of several tokens, one with a weight that is not a number. */
import {cpSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {weightsOf} from './onnx-weights.ts';

export const demoModel = join(import.meta.dirname, '../public/models/tiny');

/**
 * Words that `wide` has for bytes: tokens trade their texts, so that a greeting begins with an emoji of four tokens and a letter of two,
 * while its weights are as they were. What is asked must be in other words.
 */
const trades: readonly (readonly [word: string, byte: number])[] = [
  ['Hello', 0xf0],
  ['!', 0x9f],
  ['ĠHow', 0x98],
  ['Ġcan', 0x80],
  ['ĠI', 0xc3],
  ['Ġhelp', 0xa9],
];

interface Tokenizer {
  readonly model: {readonly vocab: Record<string, number>};
}

/** In `stray` it begins with a byte that no character begins with. */
const strays: typeof trades = [['Hello', 0x80]];

/** Writes the model with traded words. @param folder made when missing */
export const writeWide = (folder: string): void => writeTraded(folder, trades);
export const writeStray = (folder: string): void => writeTraded(folder, strays);

function writeTraded(folder: string, traded: typeof trades): void {
  cpSync(demoModel, folder, {recursive: true});
  const tokenizer = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')) as Tokenizer;
  const {vocab} = tokenizer.model;
  for (const [word, byte] of traded) {
    const letter = letterOf(byte);
    const [left, right] = [vocab[word], vocab[letter]];
    if (left === undefined || right === undefined) throw new Error(`the tokenizer has no ${word} or no ${letter}`);
    vocab[word] = right;
    vocab[letter] = left;
  }
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
}

/** Writes the model with a last norm that is not a number: as a broken driver or a damaged weight would make all logits. */
export function writeBroken(folder: string): void {
  cpSync(demoModel, folder, {recursive: true});
  const path = join(folder, 'onnx/model.onnx');
  const file = readFileSync(path);
  const norm = weightsOf(file).get('final_norm');
  if (!norm) throw new Error('the model has no final_norm');
  file.writeFloatLE(Number.NaN, norm.offset);
  writeFileSync(path, file);
}

const prints = (value: number): boolean => (value >= 33 && value <= 126) || (value >= 161 && value !== 173);

/** The letter by which a byte goes in a byte-level vocabulary, as GPT-2 chose them: itself where it prints, else the next free one from 256 on. */
function letterOf(byte: number): string {
  if (prints(byte)) return String.fromCharCode(byte);
  let before = 0;
  for (let value = 0; value < byte; value += 1) before += prints(value) ? 0 : 1;
  return String.fromCharCode(256 + before);
}
