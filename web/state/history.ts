/** The conversations of this browser as a collection: renames, pins, adds and empties it. */
import {headBeside, shownTurns} from './branches.ts';
import type {ChatControl} from './chat.ts';
import type {Added, Arrival, History} from './history-views.ts';
import type {Conversation} from './views.ts';

export interface HistoryOptions {
  readonly chat: Pick<ChatControl, 'view' | 'remove' | 'put'>;
  /** Keeps all of them or rejects and keeps none. */
  keepAll(conversations: readonly Conversation[]): Promise<void>;
}

/** As long as a title may be, of a person or of a file. */
export const titleLength = 200;

export function createHistory({chat, keepAll}: HistoryOptions): History {
  const find = (id: string) => chat.view.get().conversations.find((conversation) => conversation.id === id);
  const change = async (id: string, fields: Partial<Conversation>) => {
    const found = find(id);
    if (!found) return;
    const changed = {...found, ...fields};
    chat.put([changed]);
    await keepAll([changed]);
  };
  return {
    rename: async (id, title) => {
      const trimmed = title.trim().slice(0, titleLength);
      if (trimmed !== '') await change(id, {title: trimmed});
    },
    pin: (id, pinned) => change(id, {pinned}),
    reveal: async (id, turn) => {
      const found = find(id);
      if (!found) return;
      const head = headThrough(found, turn);
      if (head !== undefined) await change(id, {head});
    },
    add: async (arrival) => {
      const {taken, ...counts} = sortOut(chat.view.get().conversations, arrival);
      await keepAll(taken);
      chat.put(taken);
      return counts;
    },
    removeAll: async () => {
      for (const {id} of chat.view.get().conversations) await chat.remove(id);
    },
  };
}

/** The head that shows a turn; undefined where it is shown already. */
const headThrough = (conversation: Conversation, turn: string): string | undefined =>
  shownTurns(conversation).some(({id}) => id === turn) ? undefined : headBeside(conversation, {id: turn, step: 0});

/** Which of the arrived are new here, or newer than what is here. */
export function sortOut(here: readonly Conversation[], {conversations, whole}: Arrival): Added & {readonly taken: readonly Conversation[]} {
  const known = new Map(here.map((conversation) => [conversation.id, conversation]));
  const isFresh = ({id}: Conversation) => !known.has(id);
  const isNewer = ({id, updated}: Conversation) => whole && updated > (known.get(id)?.updated ?? updated);
  const fresh = conversations.filter(isFresh);
  const newer = conversations.filter(isNewer);
  return {taken: [...fresh, ...newer], added: fresh.length, replaced: newer.length, kept: conversations.length - fresh.length - newer.length};
}
