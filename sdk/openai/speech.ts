/** What is said in a sound: its pieces asked in order, their lines put together with the times of the whole. */
import type {JobInput} from '#protocol/job.ts';
import type {ItemOf} from '#protocol/result.ts';
import type {Exchange} from './exchange.ts';
import {askItems} from './items.ts';
import type {ChosenModel} from './model-choice.ts';
import type {Provenance} from './provenance.ts';
import type {Sound} from './sound.ts';

export type Line = ItemOf<'transcription'>;

/** What happens on the way to a text. */
export type Heard =
  | {readonly is: 'waiting'; readonly comment: string}
  /** All that was said in the next piece. */
  | {readonly is: 'lines'; readonly lines: readonly Line[]};

export interface Hearing {
  readonly model: ChosenModel;
  readonly sound: Sound;
  readonly language?: string | undefined;
  /** One is added for each piece. */
  readonly provenances: Provenance[];
}

/** Throws NetworkError. */
export async function* hear(exchange: Exchange, {model, sound, language, provenances}: Hearing): AsyncGenerator<Heard, void> {
  const jobs = sound.pieces.map(({audio}): JobInput => ({task: 'transcription', audio, ...(language === undefined ? {} : {language})}));
  for await (const told of askItems(exchange, {model, jobs, provenances})) {
    if (told.is === 'waiting') yield told;
    else yield {is: 'lines', lines: told.items.flatMap((item) => ('startMs' in item && 'text' in item ? [moved(item, {startMs: sound.pieces[told.job]?.startMs ?? 0, endMs: sound.milliseconds})] : []))};
  }
}

/** With the times of the whole, which no line is beyond. */
function moved({startMs, endMs, text}: Line, whole: {startMs: number; endMs: number}): Line {
  const at = (ms: number) => Math.min(whole.startMs + ms, whole.endMs);
  return {startMs: at(startMs), endMs: at(Math.max(startMs, endMs)), text: text.trim()};
}

/** Scripts that part no words by spaces. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\P{L}*$/u;

/** Texts one after the other, as they would be written. */
export const joined = (before: string, text: string): string => (before === '' || text === '' ? `${before}${text}` : unspaced.test(before) ? `${before}${text}` : `${before} ${text}`);

/** All that was said, as one text. */
export const textOf = (lines: readonly Line[]): string => lines.reduce((before, {text}) => joined(before, text), '');
