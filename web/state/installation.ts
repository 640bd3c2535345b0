/** What a person may know of the app in this browser as an installed thing: which build runs, and whether its data may be cleared. */
import type {Readable} from './store.ts';

/** Whether the browser may clear our data when it is short of room. */
export type Keeping = 'kept' | 'may-be-cleared' | 'unknown';

export interface InstallationView {
  readonly keeping: Keeping;
}

/** The build behind this page, as the page itself can tell: whoever serves it could make it say anything. */
export type RunningBuild =
  /** The document that runs here is the one of the build that the relay serves. */
  | {readonly is: 'served'; readonly hash: string}
  /** The relay serves another build than the one that runs here. */
  | {readonly is: 'other'; readonly hash: string}
  /** No network, or a development server. */
  | {readonly is: 'unknown'};

/** How this browser installs an app where it makes no offer of its own. */
export type InstallWay = 'offer' | 'ios' | 'firefox-android' | 'safari-mac' | 'chromium' | 'other' | 'installed';

export interface Installation {
  readonly view: Readable<InstallationView>;
  readonly way: InstallWay;
  /** Asks the browser to keep our data; only ever called by a person's click, or once an installed app has a conversation. */
  keep(): Promise<void>;
  build(): Promise<RunningBuild>;
}

/** What of a browser tells how it installs apps. */
export interface Surface {
  readonly userAgent: string;
  /** A Mac has none; an iPad says that it is a Mac. */
  readonly touchPoints: number;
  readonly standalone: boolean;
  readonly offers: boolean;
}

export function installWay({userAgent, touchPoints, standalone, offers}: Surface): InstallWay {
  if (standalone) return 'installed';
  if (offers) return 'offer';
  const apple = /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && touchPoints > 1);
  if (apple) return 'ios';
  // It makes its offer when it sees fit, or the app is installed already.
  if (/Chrom(e|ium)\//.test(userAgent)) return 'chromium';
  if (/Firefox\//.test(userAgent)) return userAgent.includes('Android') ? 'firefox-android' : 'other';
  return /Macintosh.*Version\/(1[7-9]|[2-9]\d).*Safari\//.test(userAgent) ? 'safari-mac' : 'other';
}
