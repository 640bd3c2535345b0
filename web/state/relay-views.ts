/** What the screens show of relays, and what a person can do with them. */
import type {ErrorCode} from '#protocol/errors.ts';
import type {RelayId} from '#protocol/ids.ts';
import type {RelayRecord} from '#protocol/relay-record.ts';
import type {Readable} from './store.ts';

/** How the link of this page to a relay is. */
export type RelayLinkState = {readonly is: 'unused'} | {readonly is: 'connecting'} | {readonly is: 'open'} | {readonly is: 'lost'; readonly since: number; readonly code: ErrorCode};

/** How the link of this tab's node to a relay of another operator is. */
export type SharingState = {readonly is: 'connecting'} | {readonly is: 'open'} | {readonly is: 'lost'; readonly since: number; readonly code: ErrorCode} | {readonly is: 'left'; readonly code: ErrorCode};

export interface RelayView {
  /** '' for the one that this app comes from. */
  readonly address: string;
  readonly chosen: boolean;
  readonly link: RelayLinkState;
  /** What it says of itself, its signature checked; undefined until it was linked. */
  readonly record: RelayRecord | undefined;
  /** The key that it showed at first. */
  readonly key: RelayId | undefined;
  /** It shows this key now, another than at first: it is not used until the person agrees. */
  readonly changedTo: RelayId | undefined;
  /** Undefined while this tab shares nothing through it. */
  readonly sharing: SharingState | undefined;
}

export interface RelaysView {
  readonly own: RelayView;
  /** Those that our relay names. */
  readonly others: readonly RelayView[];
}

export interface Relays {
  readonly view: Readable<RelaysView>;
  /** Uses a relay of another operator from now on, or no more. */
  choose(address: string, chosen: boolean): Promise<void>;
  /** The person agrees to the key that it shows now. */
  trust(address: string): Promise<void>;
}
