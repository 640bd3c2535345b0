/**
 * What the gateway granted, on disk before anybody is shown a voucher of it: per vault the channel and its sums, and what was granted this UTC day in all.
 * One file per network, so that the sums and the day's cap are written in one step.
 */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as v from 'valibot';
import {formatAmount} from '#protocol/amount.ts';
import type {NetworkName} from '#contracts/networks.ts';
import type {PurseState} from '#protocol/roles/purse.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import {writeDurably} from './durable-file.ts';
import {address, byAddress, sum} from './money-words.ts';

/** A channel as the gateway keeps it. */
export type KeptChannel = PurseState & {readonly channel: TonAddress; readonly epoch: bigint};

export interface PurseBook {
  /** The UTC day of `spent`, as in 2026-11-26. */
  readonly day: string;
  /** Granted that day over all channels, nano-coins. */
  readonly spent: bigint;
  /** By vault. */
  readonly channels: ReadonlyMap<string, KeptChannel>;
}

const kept = v.strictObject({channel: address, epoch: sum, granted: sum, seen: sum});
const book = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictObject({version: v.literal(1), day: v.pipe(v.string(), v.regex(/^(\d{4}-\d\d-\d\d)?$/)), spent: sum, channels: byAddress(kept)}),
  v.transform(({day, spent, channels}): PurseBook => ({day, spent, channels: new Map(Object.entries(channels))})),
);
const written = ({day, spent, channels}: PurseBook): string =>
  `${JSON.stringify({version: 1, day, spent, channels: Object.fromEntries(channels)}, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value), 2)}\n`;

const empty: PurseBook = {day: '', spent: 0n, channels: new Map()};
/** Vaults whose sums are kept; nobody uses so many relays. */
const mostChannels = 1000;

const pathOf = (folder: string, network: NetworkName): string => join(folder, `purse-${network}.json`);

/** Reads without a lock. @throws Error that names the file when it is there and can not be read */
export function readPurseBook(folder: string, network: NetworkName): PurseBook {
  const path = pathOf(folder, network);
  try {
    return v.parse(book, readFileSync(path, 'utf8'));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return empty;
    throw new Error(`${path} can not be read as what this gateway granted. Nothing was changed or paid; put back its copy, or move it away: then the relay shows what it was granted, and all of that counts as granted today.`, {cause});
  }
}

export interface PurseFileOptions {
  readonly network: NetworkName;
  /** The most that is granted in one UTC day, nano-coins. */
  readonly dailyCap: bigint;
  /** ms since 1970. */
  now(): number;
}

export interface PurseChange {
  readonly channel: TonAddress;
  readonly epoch: bigint;
  change(state: PurseState): PurseState;
  /** A voucher of ours shows that so much was granted before. */
  readonly shown?: boolean | undefined;
}

/** What counts against the cap now. A clock that goes back begins no new day: what was granted then counts on. */
export function spentOn(today: string, {day, spent}: PurseBook): {readonly day: string; readonly spent: bigint} {
  return today > day ? {day: today, spent: 0n} : {day, spent};
}

export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const least = (left: bigint, right: bigint): bigint => (left < right ? left : right);

/** The only writer of its file: whoever has one holds the folder's lock. */
export class PurseFile {
  readonly #path: string;
  readonly #options: PurseFileOptions;
  #book: PurseBook;
  #writing: Promise<unknown> = Promise.resolve();

  /** @throws Error that names the file when it can not be read; it stays as it is */
  constructor(folder: string, options: PurseFileOptions) {
    this.#path = pathOf(folder, options.network);
    this.#options = options;
    this.#book = readPurseBook(folder, options.network);
  }

  channel(vault: TonAddress): KeptChannel | undefined {
    return this.#book.channels.get(vault);
  }

  /** Nano-coins that may be granted yet today. */
  get rest(): bigint {
    const {spent} = spentOn(this.#today, this.#book);
    const {dailyCap} = this.#options;
    return spent < dailyCap ? dailyCap - spent : 0n;
  }

  /** What errors say when nothing is left of the day. */
  get capText(): string {
    return `the daily cap of ${formatAmount(this.#options.dailyCap)} coins is reached; the next UTC day begins anew, or raise BOMBYX_GATEWAY_DAILY_CAP`;
  }

  /** Takes a channel as the chain has it. Another opening begins at what was claimed; an older one than we know is a chain that lags, or lies. */
  adopt(vault: TonAddress, {channel, epoch, claimed}: {channel: TonAddress; epoch: bigint; claimed: bigint}): Promise<void> {
    return this.#alone(async () => {
      const known = this.channel(vault);
      if (known?.channel === channel && known.epoch >= epoch) return;
      if (!known && this.#book.channels.size >= mostChannels) throw new Error(`${this.#path} holds ${mostChannels} vaults. Nothing was changed; use a folder for each relay.`);
      await this.#keep({...this.#book, channels: new Map(this.#book.channels).set(vault, {channel, epoch, granted: claimed, seen: claimed})});
    });
  }

  /** Changes the sums of one opening; durable when it resolves. It grants no more than what is left of the day, whoever asks. */
  update(vault: TonAddress, {channel, epoch, change, shown = false}: PurseChange): Promise<PurseState> {
    return this.#alone(async () => {
      const known = this.channel(vault);
      // Closed and opened anew meanwhile: what was signed for the old opening must not count for the new one, and nothing more is granted for it.
      if (known?.channel !== channel || known.epoch !== epoch) return {...change({granted: 0n, seen: 0n}), granted: 0n};
      const before: PurseState = {granted: known.granted, seen: known.seen};
      const wanted = change(before);
      const more = wanted.granted > before.granted ? wanted.granted - before.granted : 0n;
      // What a voucher of ours shows was granted, and no cap takes it back; when it was is not known any more, so it counts for today.
      const grown = shown ? more : least(more, this.rest);
      const after = {granted: before.granted + grown, seen: wanted.seen};
      if (grown === 0n && after.seen === before.seen) return after;
      const {day, spent} = spentOn(this.#today, this.#book);
      await this.#keep({day, spent: spent + grown, channels: new Map(this.#book.channels).set(vault, {channel, epoch, ...after})});
      return after;
    });
  }

  /** Resolves when all is written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  get #today(): string {
    return dayOf(this.#options.now());
  }

  async #keep(next: PurseBook): Promise<void> {
    await writeDurably(this.#path, written(next));
    this.#book = next;
  }

  /** One after the other, and after one that failed all the same. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#writing.then(work);
    this.#writing = result.catch(() => {});
    return result;
  }
}
