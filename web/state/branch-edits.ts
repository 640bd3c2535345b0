/** Changes to the tree of a conversation: a turn that follows another, one that is written over, one that goes and may come back. Pure. */
import {parentsOf, shownTurns} from './branches.ts';
import type {Conversation, Turn} from './views.ts';

type Tree = Pick<Conversation, 'turns' | 'head'>;

/** The turn that a turn follows, where both are there. */
export const parentOf = ({turns}: Tree, id: string): string | null => parentsOf(turns).get(id) ?? null;

/** With a turn that follows `parent`, and is shown. */
export const withTurn = (conversation: Conversation, {parent, turn}: {readonly parent: string | null; readonly turn: Turn}): Conversation =>
  ({...conversation, turns: [...conversation.turns, {...turn, parent}], head: turn.id});

/** With the turn of this id as it is now. */
export const withTurnAs = (conversation: Conversation, turn: Turn): Conversation =>
  ({...conversation, turns: conversation.turns.map((old) => (old.id === turn.id ? {...turn, parent: old.parent === undefined ? parentOf(conversation, old.id) : old.parent} : old))});

/** Without a turn and all that follows it. What is shown then goes through `head`, and where that went too, ends where the turn was. */
export function withoutTurn(conversation: Conversation, {id, head}: {readonly id: string; readonly head: string | undefined}): Conversation {
  const parents = parentsOf(conversation.turns);
  const gone = new Set([id]);
  for (let size = 0; size < gone.size; ) {
    size = gone.size;
    for (const turn of conversation.turns) if (gone.has(parents.get(turn.id) ?? '')) gone.add(turn.id);
  }
  // A turn without a named parent follows the one before it: that may be another one now.
  const turns = conversation.turns.filter((turn) => !gone.has(turn.id)).map((turn) => ({...turn, parent: parents.get(turn.id) ?? null}));
  const kept = [head, conversation.head, parents.get(id)].find((each) => typeof each === 'string' && turns.some((turn) => turn.id === each)) ?? turns.at(-1)?.id;
  const {head: _, ...rest} = conversation;
  return {...rest, turns, ...(typeof kept === 'string' ? {head: kept} : {})};
}

/** With what was taken from `before` put back, beside what came since. */
export function withBack(now: Conversation, before: Tree): Conversation {
  const fresh = new Map(now.turns.map((turn) => [turn.id, turn]));
  const parents = parentsOf(before.turns);
  const old = new Set(before.turns.map(({id}) => id));
  const turns = [...before.turns.map((turn) => fresh.get(turn.id) ?? {...turn, parent: parents.get(turn.id) ?? null}), ...now.turns.filter(({id}) => !old.has(id))];
  const head = shownTurns(before).at(-1)?.id;
  return {...now, turns, ...(head === undefined ? {} : {head})};
}

/** The question that a turn is or answers, where it is shown; without an id the last one. */
export function questionAt(conversation: Tree, id: string | undefined): Turn | undefined {
  const shown = shownTurns(conversation);
  const end = id === undefined ? shown.length - 1 : shown.findIndex((turn) => turn.id === id);
  return shown.slice(0, end + 1).findLast(({role}) => role === 'user');
}

/** The answers that a question has, in all branches. */
export function answersTo({turns}: Tree, question: string): readonly Turn[] {
  const parents = parentsOf(turns);
  return turns.filter(({id, role}) => role === 'assistant' && parents.get(id) === question);
}
