/** Conversations that never leave this person's devices: what that rules out, in one place. Pure. */
import {NetworkError} from '#protocol/errors.ts';
import type {Conversation, Level} from './views.ts';

type Marked = Pick<Conversation, 'sensitive'>;

/** The level that is asked at where this one was chosen. */
export const allowed = (level: Level, {sensitive}: Marked): Level => (sensitive === true && level === 'network' ? 'device' : level);

/** The conversation with the mark, or without it. */
export function markedAs<T extends Pick<Conversation, 'level'> & Marked>(conversation: T, sensitive: boolean): T {
  return {...conversation, sensitive, level: allowed(conversation.level, {sensitive})};
}

/** @throws NetworkError `kept-home` */
export function requireAllowed({level, sensitive}: Pick<Conversation, 'level'> & Marked): void {
  if (sensitive === true && level === 'network') throw new NetworkError('kept-home');
}
