/** Which requests the service worker answers, and from where; pure, so that each line of it is tested. */

/** What the policy looks at of a request. */
export interface Asked {
  readonly method: string;
  readonly mode: string;
  /** HTTP cache mode; `reload` and `no-store` ask for a fresh copy. */
  readonly cache: string;
  readonly ranged: boolean;
  readonly url: URL;
  /** Where this app lives. */
  readonly origin: string;
}

/** Where an answer comes from. */
export type Source =
  /** The app itself: one page for all its addresses. */
  | {readonly from: 'shell'}
  /** A stored copy if there is one, else the network. `fresh`: the network first hand, and its copy replaces the stored one. */
  | {readonly from: 'cache'; readonly bin: Bin; readonly fresh: boolean}
  /** What the relay says now; without it, what came with the app. */
  | {readonly from: 'catalogue'}
  /** Not the business of the service worker. */
  | {readonly from: 'network'};

/** Caches beside the precached shell. */
export type Bin = 'assets' | 'models';

/** How many files each cache keeps; the oldest go first. */
export const mostEntries: Readonly<Record<Bin, number>> = {
  // The engines of one version are under ten files; room for two versions.
  assets: 32,
  // Files of models that are served beside the app; the large ones have a store of their own.
  models: 64,
};

/** Paths that talk to the relay, models that it mirrors (the worker checks and keeps them itself), and the wallet's document, which has its own rules and its own code: never answered from here. */
const live = /^\/(link|signal|api|livez|devnet|mirror|wallet\.html|wallets(-devnet)?\.json|tonconnect-manifest\.json)(\/|$)/;

const network: Source = {from: 'network'};

function binOf(pathname: string): Bin | undefined {
  if (pathname.startsWith('/assets/')) return 'assets';
  return pathname.startsWith('/models/') ? 'models' : undefined;
}

/** Where the answer to a request comes from. Precached files are served before this is asked. */
export function sourceOf({method, mode, cache, ranged, url, origin}: Asked): Source {
  if (method !== 'GET' || url.origin !== origin || live.test(url.pathname)) return network;
  // A file that was opened by its address stays that file.
  if (mode === 'navigate') return /\.[a-z0-9]+$/i.test(url.pathname) ? network : {from: 'shell'};
  if (url.pathname === '/models.json') return {from: 'catalogue'};
  const bin = binOf(url.pathname);
  // A part of a file can't be stored as the file.
  if (bin === undefined || ranged || cache === 'only-if-cached') return network;
  return {from: 'cache', bin, fresh: cache === 'reload' || cache === 'no-store' || cache === 'no-cache'};
}

/** Which of the stored entries (oldest first) have to go. */
export const surplus = <T>(entries: readonly T[], most: number): readonly T[] => entries.slice(0, Math.max(0, entries.length - most));
