/** Whether an answer is coming, and what matters of it to who listens. */
import {shownTurns} from '../state/branches.ts';
import type {Conversation, Stage, Turn} from '../state/views.ts';

/** What matters of the chat for announcing. */
export interface Heard {
  readonly conversation: string;
  readonly busy: boolean;
  readonly last: Turn | undefined;
}

/** Whether an answer is coming in this conversation; the stage alone may be of another one. */
export function isAnswering(conversation: Pick<Conversation, 'turns' | 'head'>, stage: Stage): boolean {
  const last = shownTurns(conversation).at(-1);
  return last?.status === 'streaming' || (stage !== 'idle' && last?.role === 'user');
}

export const heard = (current: Conversation, stage: Stage): Heard =>
  ({conversation: current.id, busy: isAnswering(current, stage), last: shownTurns(current).at(-1)});
