/** Makes the turns of a conversation of the messages of another app, which follow each other in a tree. */
import {BrokenRecord, fileLimits} from './file-fields.ts';
import type {Turn} from './views.ts';

/** A message as the file has it. */
export interface Message {
  readonly id: string;
  readonly parent: string | undefined;
  /** Undefined for one that is not shown: those that follow it then follow the one before it. */
  readonly role: Turn['role'] | undefined;
  readonly text: string;
  readonly at: number | undefined;
}

export interface Tree {
  readonly turns: readonly Turn[];
  readonly head: string | undefined;
}

/** The turns, parents before those that follow them. @throws BrokenRecord where messages follow each other in a ring */
export function treeOf(messages: readonly Message[], {current, now}: {readonly current: string | undefined; readonly now: number}): Tree {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const children = Map.groupBy(messages, ({parent}) => (parent !== undefined && byId.has(parent) ? parent : undefined));
  const turns: Turn[] = [];
  /** Which turn a message became part of. */
  const became = new Map<string, number | undefined>();
  // The list grows while it is walked; a ring has no root, so none of it is reached.
  const queue: (Place & {readonly message: Message})[] = (children.get(undefined) ?? []).map((message) => ({message, above: undefined, alone: false}));
  for (const {message, above, alone} of queue) {
    const below = children.get(message.id) ?? [];
    const place = placeOf(message, {above, alone, turns, now});
    became.set(message.id, place);
    const isOnly = below.length === 1 && (alone || place !== above);
    for (const next of below) queue.push({message: next, above: place, alone: isOnly});
  }
  if (queue.length < byId.size) throw new BrokenRecord('a ring');
  const head = current === undefined ? undefined : became.get(current);
  return {turns: turns.toSorted((left, right) => left.at - right.at), head: head === undefined ? undefined : turns[head]?.id};
}

/** Below which turn a message comes, and whether nothing else does. */
interface Place {
  readonly above: number | undefined;
  readonly alone: boolean;
}

/** Where in the turns a message ends up: added, joined to the one of the same speaker before it, or nowhere of its own. */
function placeOf({id, role, text, at}: Message, {above, alone, turns, now}: Place & {readonly turns: Turn[]; readonly now: number}): number | undefined {
  const before = above === undefined ? undefined : turns[above];
  if (role === undefined || text.trim() === '') return above;
  if (above !== undefined && before?.role === role && alone) {
    turns[above] = {...before, text: bounded(`${before.text}\n\n${text}`)};
    return above;
  }
  // Sorted by time, those that follow stay behind: no turn is older than the one that it follows.
  const moment = Math.max(at ?? before?.at ?? now, before?.at ?? 0);
  return turns.push({id, parent: before?.id ?? null, role, text: bounded(text), status: 'done', at: moment}) - 1;
}

function bounded(text: string): string {
  if (text.length > fileLimits.text) throw new BrokenRecord('too long');
  return text;
}
