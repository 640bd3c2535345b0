/** The conversations of this page: found by id, changed wherever they are shown, kept in the store unless they are temporary. */
import type {Instructions} from './instructions.ts';
import {markedAs} from './sensitive.ts';
import type {Store} from './store.ts';
import type {ChatView, Conversation, Level} from './views.ts';

export interface ShelfOptions {
  keep(conversation: Conversation): Promise<void>;
  forget(id: string): Promise<void>;
  /** What new conversations begin with. */
  standard?(): Instructions | undefined;
  /** Whether new conversations never leave this person's devices. */
  sensitive(): boolean;
  newId(): string;
  now(): number;
}

export type Shelf = ReturnType<typeof createShelf>;

export const emptyConversation = ({newId, now, standard, sensitive}: ShelfOptions, {level, temporary = false}: {readonly level: Level; readonly temporary?: boolean}): Conversation => {
  const instructions = standard?.();
  const blank = {id: newId(), title: '', updated: now(), level, turns: [], ...(instructions ? {instructions} : {}), ...(temporary ? {temporary} : {})};
  return markedAs(blank, sensitive());
};

export function createShelf(view: Store<ChatView>, options: ShelfOptions) {
  /** Left or removed while it was being answered: what still comes must not bring it back. */
  const gone = new Set<string>();

  const find = (id: string): Conversation | undefined => {
    const {conversations, current} = view.get();
    return current.id === id ? current : conversations.find((each) => each.id === id);
  };

  const put = (conversation: Conversation, {first = conversation.turns.length > 0} = {}) => {
    const {id} = conversation;
    if (gone.has(id)) return;
    const {conversations, current} = view.get();
    const isListed = conversations.some((each) => each.id === id);
    const listed = conversation.temporary || !(first || isListed) ? {} : {conversations: [conversation, ...conversations.filter((each) => each.id !== id)]};
    view.patch({...listed, ...(current.id === id ? {current: conversation} : {})});
  };

  /** As it is now. One that has no turns left is not worth a place in the store. */
  const keep = async (id: string): Promise<void> => {
    const conversation = find(id);
    if (gone.has(id)) await options.forget(id);
    else if (conversation && !conversation.temporary) await (conversation.turns.length > 0 ? options.keep(conversation) : options.forget(id));
  };

  return {
    find,
    put,
    change: (id: string, change: (conversation: Conversation) => Conversation) => {
      const conversation = find(id);
      if (conversation) put(change(conversation));
    },
    keep,
    /** Shows changed, further or returned conversations, which are in the store already. */
    bring: (changed: readonly Conversation[]): void => {
      const {conversations, current} = view.get();
      const ids = new Set(changed.map(({id}) => id));
      for (const id of ids) gone.delete(id);
      const all = [...conversations.filter(({id}) => !ids.has(id)), ...changed].toSorted((left, right) => right.updated - left.updated);
      view.patch({conversations: all, current: changed.find(({id}) => id === current.id) ?? current});
    },
    /** Takes it out of what is shown and kept; gives the removal from the store. */
    drop: async (id: string): Promise<void> => {
      gone.add(id);
      const {conversations, queued} = view.get();
      view.patch({conversations: conversations.filter((each) => each.id !== id), queued: queued.filter(({conversation}) => conversation !== id)});
      await options.forget(id);
    },
  };
}
