/** What a screen reader says while an answer comes: once that it began, and once the whole of it. */
import type {Conversation, Stage, Turn} from '../state/views.ts';
import {plainText} from './markdown.ts';
import {texts} from './texts.ts';

/** What matters of the chat for announcing. */
export interface Heard {
  readonly conversation: string;
  readonly busy: boolean;
  readonly last: Turn | undefined;
}

/** Whether an answer is coming in this conversation; the stage alone may be of another one. */
export function isAnswering({turns}: Conversation, stage: Stage): boolean {
  const last = turns.at(-1);
  return last?.status === 'streaming' || (stage !== 'idle' && last?.role === 'user');
}

export const heard = (current: Conversation, stage: Stage): Heard =>
  ({conversation: current.id, busy: isAnswering(current, stage), last: current.turns.at(-1)});

function ending({status, text, error}: Turn): string {
  const words = texts.announce;
  if (status === 'failed') return words.failed(texts.errors[error ?? 'internal']);
  return status === 'stopped' ? words.stopped(plainText(text)) : words.answer(plainText(text));
}

/** The words to say now; undefined to leave what was said. A switch of the conversation says nothing. */
export function announcement(before: Heard | undefined, now: Heard): string | undefined {
  if (before?.conversation !== now.conversation) return before === undefined ? undefined : '';
  if (!before.busy && now.busy) return texts.announce.answering;
  if (!before.busy || now.busy || now.last === undefined) return undefined;
  return now.last.role === 'assistant' || now.last.status === 'failed' ? ending(now.last) : undefined;
}
