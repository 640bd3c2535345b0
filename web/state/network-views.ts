/** What the page about the network shows and may ask for. */
import type {Readable} from './store.ts';

/** A model that computers offer. */
export interface ModelNow {
  readonly id: string;
  readonly label: string;
  readonly nodes: number;
  /** Of these, with room for a job. */
  readonly idle: number;
  /** Of these, without a price. */
  readonly free: number;
  /** Of the others, for a million tokens written, nano-coins. */
  readonly price: {readonly lowest: bigint; readonly median: bigint} | undefined;
  /** Median from asking to being bound, ms; undefined where too few asked. */
  readonly waitMs: number | undefined;
  /** Jobs in the last ten minutes, in steps of five, rounded down. */
  readonly asked: number;
}

export interface NetworkNow {
  readonly nodes: number;
  readonly idle: number;
  readonly waiting: number;
  readonly running: number;
  readonly waitMs: number | undefined;
  readonly models: readonly ModelNow[];
  /** Computers with models that are not in the catalogue. */
  readonly others: number;
}

export interface NetworkView {
  /** What the relay said last. */
  readonly now: NetworkNow | undefined;
  /** It did not answer when it was asked last. */
  readonly failed: boolean;
}

export interface Network {
  readonly view: Readable<NetworkView>;
  /** Asks the relay every few seconds until the function that it gives is called. */
  watch(): () => void;
}
