/**
 * A node's earnings at one relay. Beside each answer it says what has left so far (`due`); the relay answers with a voucher for its account (`paid`).
 * A voucher is kept before what it pays for leaves, and no more than one chunk of an answer is ever unpaid.
 */
import {type Bytes, toHex} from '../bytes.ts';
import {encodeMessage} from '../codec.ts';
import {NetworkError} from '../errors.ts';
import type {JobHandle} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Message, Terms} from '../messages.ts';
import type {Offer} from '../offer.ts';
import {type Counts, priceOf} from '../price.ts';
import type {TonAddress} from '../ton-address.ts';
import {nodeVoucherHash, requireVoucher, type SignedSum} from '../voucher.ts';
import type {Toll} from './pacing.ts';
import type {Clock, Transport} from './ports.ts';
import {shareOf} from './relay-bank.ts';

/** The newest voucher of each account, on the node's disk. */
export interface VoucherStore {
  load(account: TonAddress): Promise<SignedSum | undefined>;
  /** Durable when it resolves; a lower sum than the stored one is not taken. */
  save(account: TonAddress, voucher: SignedSum): Promise<void>;
}

export interface EarningsOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /** The account that the node's owner has at this relay's vault. */
  readonly account: TonAddress;
  /** The wallet's proof that the relay binds the account by; undefined when it knows it already. */
  readonly proof?: Bytes | undefined;
  readonly vouchers: VoucherStore;
  /** What this relay may owe before paid jobs are refused, nano-coins. */
  readonly creditLimit: bigint;
  /** All that was earned and all that was collected, nano-coins. */
  onBalance(balance: {readonly earned: bigint; readonly collected: bigint}): void;
}

export class Earnings {
  readonly #options: EarningsOptions;
  readonly #tolls = new Map<JobHandle, JobToll>();
  #terms: Terms | undefined;
  #earned = 0n;
  #collected = 0n;
  /** Set once the relay has confirmed the account. */
  #confirmed = false;

  constructor(options: EarningsOptions) {
    this.#options = options;
  }

  /** The relay's terms; on a relay without money, undefined: then it is told of no account. */
  welcome(terms: Terms | undefined): void {
    const {proof, transport} = this.#options;
    this.#terms = terms;
    if (terms && proof) transport.send(encodeMessage('account', {proof}));
  }

  /** Whether a job with a price may be taken now. @throws NetworkError `credit-limit` */
  requireCredit(): void {
    if (!this.#confirmed) throw new NetworkError('refused', 'no account to be paid to');
    if (this.#earned - this.#collected >= this.#options.creditLimit) throw new NetworkError('credit-limit', 'the relay owes as much as it may');
  }

  /** The relay says what it knows of our account; then we show what we have. Rejects with `bad-wallet`, `bad-voucher`. */
  async accounted(message: Message<'accounted'>): Promise<void> {
    const {account, vouchers, transport, proof} = this.#options;
    if (message.account !== account) {
      // What it knew before it saw our proof: its next word is of ours.
      if (proof) return;
      throw new NetworkError('bad-wallet', 'the relay pays another account than ours');
    }
    await this.#keep(message);
    const stored = await vouchers.load(account);
    if (stored && stored.cumulative > message.cumulative) {
      transport.send(encodeMessage('paid', stored));
      this.#earned = stored.cumulative;
    }
    this.#collected = message.collected;
    this.#confirmed = true;
    this.#tell();
  }

  /** The owner has collected so much in all: there is credit again. */
  noteCollected(collected: bigint): void {
    this.#collected = collected;
    this.#tell();
  }

  /** A voucher for a job. Rejects with `bad-voucher`. */
  async paid(message: Message<'paid'>): Promise<void> {
    const grown = await this.#keep(message);
    this.#tolls.get(message.handle)?.paid(grown);
    this.#tell();
  }

  /** The toll of one job. */
  toll(handle: JobHandle, offer: Pick<Offer, 'prices' | 'chunk'>): JobToll {
    const {transport, clock} = this.#options;
    const chunk = priceOf({prompt: 0, cached: 0, completion: offer.chunk, reasoning: 0}, offer.prices);
    const toll = new JobToll({offer, chunk, clock, feePermille: this.#terms?.feePermille ?? 0, due: (total) => transport.send(encodeMessage('due', {total}, handle))});
    this.#tolls.set(handle, toll);
    return toll;
  }

  /** The job is over. */
  forget(handle: JobHandle): void {
    this.#tolls.delete(handle);
  }

  /** Checks and keeps a voucher; gives what it is above the last. */
  async #keep({cumulative, signature}: SignedSum): Promise<bigint> {
    if (!this.#terms || cumulative <= this.#earned) return 0n;
    const {account, vouchers} = this.#options;
    const hash = nodeVoucherHash({network: this.#terms.network, account, cumulative});
    await requireVoucher(toHex(this.#terms.relayKey), {hash, signature});
    await vouchers.save(account, {cumulative, signature});
    const grown = cumulative - this.#earned;
    this.#earned = cumulative;
    return grown;
  }

  #tell(): void {
    this.#options.onBalance({earned: this.#earned, collected: this.#collected});
  }
}

interface JobTollOptions {
  readonly offer: Pick<Offer, 'prices' | 'chunk'>;
  /** What may be unpaid, nano-coins. */
  readonly chunk: bigint;
  readonly feePermille: number;
  readonly clock: Clock;
  due(total: bigint): void;
}

/** What one answer has cost so far, what was said of it, and what was paid for it. */
export class JobToll implements Toll {
  readonly #options: JobTollOptions;
  #cost = 0n;
  #said = 0n;
  #saidAt: number;
  #paid = 0n;
  #closedSince: number | undefined;

  constructor(options: JobTollOptions) {
    this.#options = options;
    this.#saidAt = options.clock.now();
  }

  /** The node's part of all that was said so far, nano-coins. */
  get share(): bigint {
    return shareOf(this.#said, this.#options.feePermille);
  }

  opensFor(next: Counts): boolean {
    const {chunk, feePermille, clock, offer} = this.#options;
    const nextCost = priceOf(next, offer.prices);
    const prompt = this.#paid === 0n ? priceOf({...next, completion: 0, reasoning: 0}, offer.prices) : 0n;
    const unpaid = shareOf(nextCost, feePermille) - this.#paid;
    // One frame may be worth more than a chunk: with nothing unpaid, it leaves.
    if (unpaid <= shareOf(chunk + prompt, feePermille) || shareOf(this.#cost, feePermille) <= this.#paid) {
      this.#closedSince = undefined;
      return true;
    }
    this.say();
    this.#closedSince ??= clock.now();
    if (clock.now() - this.#closedSince > limits.unpaidMs) throw new NetworkError('unpaid', 'no voucher came');
    return false;
  }

  sent(counts: Counts, finished: boolean): void {
    const {offer, chunk, clock} = this.#options;
    this.#cost = priceOf(counts, offer.prices);
    const unsaid = this.#cost - this.#said;
    if (unsaid > 0n && (finished || this.#said === 0n || unsaid * 2n >= chunk || clock.now() - this.#saidAt >= limits.dueMs)) this.say();
  }

  /** Says the exact sum so far; for the end of a job too. */
  say(): void {
    if (this.#cost === this.#said) return;
    this.#said = this.#cost;
    this.#saidAt = this.#options.clock.now();
    this.#options.due(this.#cost);
  }

  paid(grown: bigint): void {
    this.#paid += grown;
  }
}
