/** Text that was typed and not sent, per conversation: kept through a reload, within bounds, and nowhere for a temporary conversation. */

/** The part of the browser's store that drafts need. */
export interface DraftStore {
  setting(key: string): Promise<unknown>;
  putSetting(key: string, value: unknown): Promise<void>;
}

export interface DraftOf {
  readonly id: string;
  readonly turns: readonly unknown[];
  readonly temporary?: true;
}

export interface Drafts {
  of(conversation: DraftOf): string;
  put(conversation: DraftOf, text: string): void;
  /** Of a conversation that is gone. */
  drop(id: string): void;
  /** Whether loading the page again would lose something. */
  wouldLose(): boolean;
}

/** The newest ones; older ones are forgotten. */
export const maxDrafts = 20;
/** Characters. A longer text stays while the page is open. */
export const maxDraftLength = 20_000;
/** A conversation without a question has a new id after each loading. */
const fresh = 'new';

const keyOf = ({id, turns, temporary}: DraftOf): string => (turns.length === 0 && !temporary ? fresh : id);

/** What of the store makes sense. */
export function readDrafts(saved: unknown): ReadonlyMap<string, string> {
  if (!Array.isArray(saved)) return new Map();
  const pairs = saved.filter((each): each is [string, string] => Array.isArray(each) && typeof each[0] === 'string' && typeof each[1] === 'string' && each[1].length <= maxDraftLength);
  return new Map(pairs.slice(-maxDrafts));
}

export async function createDrafts(kept: DraftStore): Promise<Drafts> {
  const drafts = new Map(readDrafts(await kept.setting('drafts').catch(() => undefined)));
  /** Keys of temporary conversations. */
  const unkept = new Set<string>();
  /** What this page changed and has yet to write: another tab has drafts of its own. */
  const changed = new Set<string>();
  let writing: Promise<void> | undefined;

  const write = async () => {
    while (changed.size > 0) {
      const keys = [...changed];
      changed.clear();
      const stored = new Map(readDrafts(await kept.setting('drafts')));
      for (const key of keys) {
        const text = drafts.get(key);
        stored.delete(key);
        if (text !== undefined && text.length <= maxDraftLength) stored.set(key, text);
      }
      await kept.putSetting('drafts', [...stored].slice(-maxDrafts));
    }
  };

  const change = (key: string, text: string) => {
    if ((drafts.get(key) ?? '') === text) return;
    drafts.delete(key);
    if (text.trim() !== '') drafts.set(key, text);
    if (unkept.has(key)) return;
    changed.add(key);
    // A store that is full or closed costs a draft, and nothing else.
    writing ??= write().catch(() => {}).finally(() => {
      writing = undefined;
    });
  };

  return {
    of: (conversation) => drafts.get(keyOf(conversation)) ?? '',
    put: (conversation, text) => {
      const key = keyOf(conversation);
      if (conversation.temporary) unkept.add(key);
      change(key, text);
    },
    drop: (id) => change(id, ''),
    wouldLose: () => [...drafts].some(([key, text]) => unkept.has(key) || text.length > maxDraftLength),
  };
}
