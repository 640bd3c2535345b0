/**
 * The tabs of this browser among themselves: one leads, because it holds a lock, and shows the others how it shares. Each tenure has a lock of its
 * own beside it: whoever follows waits for that one, and so learns of the end with certainty, also after a crash, and is in nobody's way meanwhile.
 */
import {NetworkError} from '#protocol/errors.ts';
import type {ShareTab, ShareTabs, ShownShare} from '../state/share-tabs.ts';
import {readShareWord, type ShareWord} from './share-words.ts';

/** The parts of a browser that tabs share. */
export interface TabBonds {
  readonly channel: BroadcastChannel;
  readonly locks: LockManager;
}

export interface ShareChannel extends ShareTabs {
  /** Makes this tab the leader until what comes back is called. Rejects with `already-running`. */
  lead(): Promise<() => void>;
}

/** Held while this browser shares; the browser does not freeze the tab that holds it. */
const leaderLock = 'bombyx-node';

export const shareBonds = (): TabBonds => ({channel: new BroadcastChannel('bombyx-share'), locks: navigator.locks});

export function createShareChannel({channel, locks}: TabBonds): ShareChannel {
  let tab: ShareTab | undefined;
  /** The tenure of this tab. */
  let own: string | undefined;
  let due = false;
  const leader = followLeader(locks, (shown) => tab?.follow(shown));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
  const post = (word: ShareWord) => channel.postMessage(word);
  const show = () => {
    due = false;
    if (tab && own !== undefined) post({type: 'shown', tenure: own, shown: tab.shown()});
  };
  const hear = (word: ShareWord) => {
    if (word.type === 'hello') show();
    else if (word.type === 'shown' && own === undefined) leader.shows(word.tenure, word.shown);
    else if (word.type === 'wish' && word.tenure === own) tab?.grant(word.wish);
  };
  channel.addEventListener('message', ({data}: MessageEvent<unknown>) => {
    const word = readShareWord(data);
    if (word) hear(word);
  });
  return {
    join: (joining) => {
      tab = joining;
      post({type: 'hello'});
    },
    changed: () => {
      if (own === undefined || due) return;
      due = true;
      queueMicrotask(show);
    },
    wish: (wish) => {
      const tenure = leader.tenure();
      if (tenure !== undefined) post({type: 'wish', tenure, wish});
    },
    lead: async () => {
      const {tenure, end} = await beginTenure(locks);
      leader.leave();
      own = tenure;
      show();
      return () => {
        own = undefined;
        end();
      };
    },
  };
}

/** The leader as another tab sees it, from its first word to the end of its tenure. */
function followLeader(locks: LockManager, follow: ShareTab['follow']) {
  let followed: string | undefined;
  const leave = () => {
    if (followed === undefined) return;
    followed = undefined;
    follow(undefined);
  };
  return {
    tenure: () => followed,
    leave,
    shows: (tenure: string, shown: ShownShare) => {
      follow(shown);
      if (followed === tenure) return;
      followed = tenure;
      void locks.request(tenure, {mode: 'shared'}, () => {
        if (followed === tenure) leave();
      });
    },
  };
}

/** Rejects with `already-running`. */
async function beginTenure(locks: LockManager): Promise<{readonly tenure: string; end(): void}> {
  const letGo = await take(locks, leaderLock);
  const tenure = `${leaderLock} ${crypto.randomUUID()}`;
  const endTenure = await take(locks, tenure);
  const end = () => {
    // In this order: whoever learns of the end may lead at once.
    letGo();
    endTenure();
  };
  return {tenure, end};
}

/** Takes a lock of this browser; what comes back lets it go. Rejects with `already-running` where another has it. */
function take(locks: LockManager, name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const held = locks.request(name, {ifAvailable: true}, (lock) => {
      if (!lock) throw new NetworkError('already-running');
      return new Promise<void>((letGo) => resolve(letGo));
    });
    held.catch(reject);
  });
}
