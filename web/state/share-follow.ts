/** One leader for all tabs of a browser: sharing as this tab shows it, whether its own node runs or that of another tab. */
import type {ShareControl} from './share.ts';
import type {ShareTabs, ShareWish, ShownShare} from './share-tabs.ts';
import type {ShareView} from './views.ts';

export interface FollowOptions {
  readonly tabs: ShareTabs;
  /** This tab's node hears what its owner has collected in all. */
  noteCollected(collected: bigint): Promise<void>;
}

export interface SharedControl extends ShareControl {
  /** Tells the node, in whichever tab it runs, what its owner has collected in all. */
  noteCollected(collected: bigint): Promise<void>;
}

/** @param own what runs in this tab */
export function shareAcrossTabs(own: ShareControl, {tabs, noteCollected}: FollowOptions): SharedControl {
  let leader: ShownShare | undefined;
  let starting = false;
  const grant = (wish: ShareWish): Promise<void> => (wish.is === 'collected' ? noteCollected(wish.collected) : granted(own, wish));
  /** Here, or in the tab that leads. */
  const settle = async (wish: ShareWish): Promise<void> => (leader ? tabs.wish(wish) : grant(wish));
  tabs.join({
    shown: () => shownOf(own.view.get()),
    follow: (shown) => {
      leader = shown;
      if (!starting) own.follow(leader);
    },
    // Whoever wished sees in the view what became of it.
    grant: (wish) => void grant(wish).catch(() => {}),
  });
  own.view.subscribe(() => tabs.changed());
  return {
    ...own,
    start: async (device, how) => {
      if (leader) return;
      starting = true;
      try {
        await own.start(device, how);
      } finally {
        starting = false;
        // Two tabs were started at once, and the other one was first.
        if (leader) own.follow(leader);
      }
    },
    limit: (limits) => settle({is: 'limit', limits}),
    ask: (asking) => settle({is: 'ask', asking}),
    finish: () => settle({is: 'finish'}),
    stopNow: () => settle({is: 'stop'}),
    noteCollected: (collected) => settle({is: 'collected', collected}),
  };
}

async function granted(own: ShareControl, wish: Exclude<ShareWish, {is: 'collected'}>): Promise<void> {
  if (wish.is === 'finish') await own.finish();
  else if (wish.is === 'stop') await own.stopNow();
  else if (wish.is === 'ask') await own.ask(wish.asking);
  else await own.limit(wish.limits);
}

function shownOf(view: ShareView): ShownShare {
  const {choice, device, asking, limits, paused, balance, status, idle, node, engine, speeds, link, jobsDone, tokens, tokensPerSecond, log, booked} = view;
  return {choice, device, asking, limits, paused, balance, status, idle, node, engine, speeds, link, jobsDone, tokens, tokensPerSecond, log, booked};
}
