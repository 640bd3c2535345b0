/** What the tabs of one browser tell each other about sharing: the tab whose node runs leads; the others show what it shows, and pass wishes on to it. */
import type {SharingLimits} from './limits.ts';
import type {Asking, ShareView} from './views.ts';

/** What the others show of the tab that leads; the rest of the view each tab knows by itself. */
export type ShownShare = Pick<
  ShareView,
  | 'choice' | 'device' | 'asking' | 'limits' | 'paused' | 'balance' | 'status' | 'idle' | 'node' | 'engine' | 'speeds' | 'link' | 'jobsDone' | 'tokens' | 'tokensPerSecond' | 'log' | 'booked'
>;

/** What another tab asks of the one that leads. */
export type ShareWish =
  | {readonly is: 'finish'}
  | {readonly is: 'stop'}
  | {readonly is: 'limit'; readonly limits: Partial<SharingLimits>}
  | {readonly is: 'ask'; readonly asking: Partial<Asking>}
  /** The owner has collected so much in all, nano-coins. */
  | {readonly is: 'collected'; readonly collected: bigint};

/** One tab, as the others meet it. */
export interface ShareTab {
  /** What they are to show while this tab leads. */
  shown(): ShownShare;
  /** Another tab leads, and shows this; undefined when it leads no more. */
  follow(shown: ShownShare | undefined): void;
  /** For the tab that leads. */
  grant(wish: ShareWish): void;
}

/** The other tabs. */
export interface ShareTabs {
  /** Hears them from now on. */
  join(tab: ShareTab): void;
  /** What they are to show has changed; nothing happens in a tab that does not lead. */
  changed(): void;
  /** Passes a wish on to the tab that leads. */
  wish(wish: ShareWish): void;
}
