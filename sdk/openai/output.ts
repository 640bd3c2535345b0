/** What becomes of a model's text on its way to the caller: readers that take it piece by piece and tell its parts. */
import type {Receipt} from '#protocol/receipt.ts';

/** A part of an answer as OpenAI's interfaces tell it. */
export type OutputPart =
  | {readonly is: 'text'; readonly text: string}
  | {readonly is: 'reasoning'; readonly text: string}
  /** A call begins; its arguments follow in pieces of JSON. */
  | {readonly is: 'call'; readonly index: number; readonly id: string; readonly name: string}
  | {readonly is: 'arguments'; readonly index: number; readonly text: string};

/** Reads one answer. Feed it in order; it tells what is certain, and keeps at most a few letters back. */
export interface OutputReader {
  push(text: string): readonly OutputPart[];
  /** What was kept back; `reason` is why no more comes. Throws Refusal where the answer can't be told. */
  end(reason: Receipt['reason']): readonly OutputPart[];
  /** Whether nothing that is still to come will be told, so that it need not be written. */
  readonly isDone?: boolean;
}

/** Text as it is. */
export const plainReader = (): OutputReader => ({push: (text) => (text === '' ? [] : [{is: 'text', text}]), end: () => []});

/** The longest end of `text` that could be the start of `mark`. */
export function startOfMark(text: string, mark: string): number {
  for (let length = Math.min(text.length, mark.length - 1); length > 0; length -= 1) if (mark.startsWith(text.slice(-length))) return length;
  return 0;
}

export const thinkOpening = '<think>';
export const thinkClosing = '</think>';

export interface ReasoningOptions {
  /** With what an answer begins even where the thinking was not closed. */
  readonly orAt?: string;
}

/** Takes out what a reasoning model thinks before it answers, `<think>` to `</think>` at the very beginning; the rest goes to `inner`. */
export function reasoningReader(inner: OutputReader, {orAt}: ReasoningOptions = {}): OutputReader {
  let state: 'before' | 'opened' | 'thinking' | 'after' | 'answering' = 'before';
  let held = '';
  const read = (text: string): OutputPart[] => {
    held += text;
    if (state === 'before') {
      const start = held.trimStart();
      if (start.length < thinkOpening.length && thinkOpening.startsWith(start)) return [];
      if (!start.startsWith(thinkOpening)) state = 'answering';
      else {
        state = 'opened';
        held = start.slice(thinkOpening.length);
      }
    }
    if (state === 'opened') {
      if (held === '') return [];
      state = 'thinking';
      held = held.replace(/^\n/, '');
    }
    if (state === 'thinking') return think();
    if (state === 'after') {
      held = held.trimStart();
      if (held === '') return [];
      state = 'answering';
    }
    const told = held;
    held = '';
    return [...inner.push(told)];
  };
  const think = (): OutputPart[] => {
    const ends = orAt === undefined ? [thinkClosing] : [thinkClosing, orAt];
    const found = ends.map((mark) => held.indexOf(mark)).filter((at) => at !== -1);
    const end = found.length === 0 ? undefined : Math.min(...found);
    const sure = end ?? held.length - Math.max(...ends.map((mark) => startOfMark(held, mark)));
    const parts: OutputPart[] = sure > 0 ? [{is: 'reasoning', text: held.slice(0, sure)}] : [];
    held = held.slice(sure);
    if (end === undefined) return parts;
    if (held.startsWith(thinkClosing)) held = held.slice(thinkClosing.length);
    state = 'after';
    return [...parts, ...read('')];
  };
  return {
    push: (text) => read(text),
    get isDone() {
      return inner.isDone ?? false;
    },
    end: (reason) => {
      const rest = held;
      held = '';
      if (state === 'opened' || state === 'thinking') return [...(rest === '' ? [] : [{is: 'reasoning' as const, text: rest}]), ...inner.end(reason)];
      return [...(rest === '' || state === 'after' ? [] : inner.push(rest)), ...inner.end(reason)];
    },
  };
}
