/** What a screen reader says while an answer comes: once that it began, and once the whole of it. */
import type {SettingsView, Turn} from '../state/views.ts';
import type {Heard} from './answering.ts';
import {plainText} from './markdown.ts';
import {texts} from './texts.ts';

/** Where the whole sentences of a text end, a line counting as one. */
const sentencesEnd = (text: string): number => Math.max(0, ...[...text.matchAll(/[.!?…。！？](?=\s)|\n/gu)].map(({index, 0: end}) => index + end.length));

function ending({status, text, error}: Turn, said: number): string {
  const words = texts.announce;
  const rest = plainText(text.slice(said));
  if (status === 'failed') return words.failed(texts.errors[error ?? 'internal']);
  if (status === 'stopped') return words.stopped(rest);
  return said === 0 ? words.answer(rest) : rest;
}

/** The words to say now; undefined to leave what was said. A switch of the conversation says nothing. */
export function announcement(before: Heard | undefined, now: Heard, manner: SettingsView['announce'] = 'answers'): string | undefined {
  if (before?.conversation !== now.conversation) return before === undefined ? undefined : '';
  if (manner === 'off') return '';
  if (!before.busy && now.busy) return texts.announce.answering;
  const said = manner === 'sentences' && before.last?.id === now.last?.id ? sentencesEnd(before.last?.text ?? '') : 0;
  if (now.busy && before.busy && manner === 'sentences' && now.last?.role === 'assistant') {
    const end = sentencesEnd(now.last.text);
    return end > said ? plainText(now.last.text.slice(said, end)) : undefined;
  }
  if (!before.busy || now.busy || now.last === undefined) return undefined;
  return now.last.role === 'assistant' || now.last.status === 'failed' ? ending(now.last, said) : undefined;
}
