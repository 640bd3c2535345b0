/** What the operator's page shows of this relay, and what the operator can do there. */
import type {Readable} from './store.ts';

/** Of times in ms; undefined where none was measured. */
export interface Spread {
  readonly count: number;
  readonly p50: number | undefined;
  readonly p95: number | undefined;
}

export interface CodeCount {
  readonly code: string;
  readonly count: number;
}

export interface ModelDemand {
  readonly hash: string;
  /** In the relay's catalogue; undefined for another model. */
  readonly id: string | undefined;
  readonly nodes: number;
  readonly idle: number;
  readonly waiting: number;
  readonly wait: Spread;
}

/** Sums in nano-coins. */
export interface RelayMoney {
  readonly network: string;
  readonly granted: bigint;
  readonly charged: bigint;
  readonly claimed: bigint;
  readonly owed: bigint;
  /** Undefined while the chain has not answered. */
  readonly vault: {readonly balance: bigint; readonly dailyCap: bigint; readonly paidToday: bigint} | undefined;
}

export type ActKind = 'ban' | 'unban' | 'drain' | 'resume' | 'notice';

export interface Overview {
  readonly relay: {readonly name: string; readonly version: string; readonly protocol: number; readonly startedAt: number; readonly now: number; readonly paused: boolean; readonly memoryBytes: number};
  /** Open now, clients and nodes, by how they are carried. */
  readonly links: {readonly client: number; readonly node: {readonly websocket: number; readonly webrtc: number}};
  /** Undefined without a TURN server; credentials given out since the start. */
  readonly turnIssued: number | undefined;
  readonly nodes: {readonly here: number; readonly hidden: number; readonly idle: number; readonly busy: number; readonly closed: number; readonly paused: number};
  readonly jobs: {readonly running: number; readonly waiting: number};
  readonly recent: {
    readonly minutes: number;
    readonly outcomes: {readonly asked: number; readonly released: number; readonly cancelled: number; readonly redirected: number; readonly failed: number};
    readonly failures: readonly CodeCount[];
    readonly refusals: readonly CodeCount[];
    readonly match: Spread;
    readonly firstFrame: Spread;
  };
  readonly models: readonly ModelDemand[];
  readonly money: RelayMoney | undefined;
  readonly cluster: {readonly up: boolean; readonly peers: readonly {readonly url: string; readonly nodes: number}[]} | undefined;
  readonly notice: string;
  /** Newest first. */
  readonly acts: readonly {readonly at: number; readonly act: ActKind}[];
}

export interface OperatorNode {
  readonly id: string;
  readonly models: readonly {readonly hash: string; readonly id: string | undefined; readonly name: string}[];
  readonly engine: string;
  readonly hidden: boolean;
  readonly open: number;
  readonly taken: number;
  readonly link: string;
  readonly since: number;
  readonly done: number;
  readonly failed: number;
  /** End of its pause, ms since 1970; 0 without one. */
  readonly pausedUntil: number;
  readonly banned: boolean;
}

export interface NodePage {
  readonly total: number;
  readonly found: number;
  readonly page: number;
  readonly perPage: number;
  readonly nodes: readonly OperatorNode[];
}

export interface OperatorBan {
  readonly key: string;
  readonly until: number;
  readonly by: 'operator' | 'file' | 'rule';
  readonly reason: string;
}

/** All of one look. */
export interface Sight {
  readonly overview: Overview;
  readonly nodes: NodePage;
  readonly bans: {readonly total: number; readonly bans: readonly OperatorBan[]};
}

/** What one look saw, for the curves. */
export interface Sample {
  readonly running: number;
  readonly waiting: number;
  readonly idle: number;
}

/** Why nothing is shown: the key is wrong, this address is locked out or asks too often, the relay has no such page, or can not be reached. */
export type Shut = 'wrong' | 'locked' | 'absent' | 'offline';

/** What became of an act. */
export type Done = 'done' | 'refused' | Shut;

export type OperatorView =
  | {readonly is: 'shut'; readonly why: Shut | undefined; readonly busy: boolean}
  | {
      readonly is: 'open';
      readonly sight: Sight;
      /** Since the page was opened, oldest first. */
      readonly samples: readonly Sample[];
      /** The last look failed; what is shown is older. */
      readonly stale: boolean;
      readonly find: string;
    };

export type OperatorAct =
  | {readonly act: 'ban'; readonly who: string; readonly hours: number; readonly reason: string}
  | {readonly act: 'unban'; readonly who: string}
  | {readonly act: 'drain'; readonly on: boolean}
  | {readonly act: 'notice'; readonly text: string};

export interface Operator {
  readonly view: Readable<OperatorView>;
  /** Looks with this key; kept until the tab is closed where `keep` says so, else until the page is loaded again. */
  enter(key: string, keep: boolean): Promise<void>;
  /** Forgets the key. */
  leave(): void;
  /** Looks again every few seconds, while the page is seen, until the function that it gives is called. */
  watch(): () => void;
  /** Nodes whose key, engine or model has this in it; from the first page on. */
  find(text: string): Promise<void>;
  turnTo(page: number): Promise<void>;
  act(act: OperatorAct): Promise<Done>;
}
