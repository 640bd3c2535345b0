/** Brings home what clients granted: claims their channels for the vault, before a node collects and before a payer's withdrawal ends. */
import {Address, beginCell, external, storeMessage} from '@ton/core';
import type {Chain} from '#contracts/chain.ts';
import {channelMessages, minExternalClaim} from '#contracts/channel/channel.ts';
import {codeOf} from '#protocol/errors.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {ChannelFacts} from '#protocol/roles/relay-bank.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import type {ChainBank, OurChannel} from './chain-bank.ts';
import type {RelayLedger, UnclaimedChannel} from './ledger.ts';
import type {Log} from '../log.ts';

export interface TreasuryOptions {
  readonly chain: Pick<Chain, 'send'>;
  readonly bank: Pick<ChainBank, 'look'>;
  readonly ledger: RelayLedger;
  readonly clock: Clock;
  readonly log: Log;
  /** Ends everything. */
  readonly signal: AbortSignal;
  /** The chain says this of a channel that we hold a voucher of. */
  onFacts(channel: TonAddress, facts: ChannelFacts): void;
}

/** Between two looks at all channels: a withdrawal takes a hundred times as long. */
const roundMs = 10 * 60_000;
/** The same while the chain can not be reached. */
const outageMs = 60_000;
/** A channel is claimed unasked when so much waits, nano-coins: a claim costs about 0.0004. */
const worthwhile = 1_000_000_000n;
/** How long a claim may take to get into a block. */
const confirmMs = 60_000;
const lookMs = 1500;
/** A channel that is missing for so long is gone; before, an endpoint may be behind. */
const missingMs = 3_600_000;

const least = (left: bigint, right: bigint): bigint => (left < right ? left : right);

export class Treasury {
  readonly #options: TreasuryOptions;
  /** Since when channels are not where they were, ms. */
  readonly #missing = new Map<TonAddress, number>();
  #keeping: Promise<void> | undefined;
  #settling: Promise<void> | undefined;

  constructor(options: TreasuryOptions) {
    this.#options = options;
  }

  /** Looks after all channels until the signal aborts. */
  keep(): void {
    this.#keeping ??= this.#keep();
  }

  /** Claims whatever can be claimed; callers at the same time share one round. Rejects with `chain-down`. */
  settle(): Promise<void> {
    this.#settling ??= this.#round(() => true).finally(() => {
      this.#settling = undefined;
    });
    return this.#settling;
  }

  /** Resolves when nothing runs any more; the signal must have aborted. */
  async ended(): Promise<void> {
    await Promise.allSettled([this.#keeping, this.#settling]);
  }

  async #keep(): Promise<void> {
    const {clock, log, signal} = this.#options;
    while (!signal.aborted) {
      let wait = roundMs;
      try {
        await this.#round(({closing, due}) => closing || due >= worthwhile);
      } catch (error) {
        if (signal.aborted) return;
        log('warn', 'treasury-waits', {code: codeOf(error)});
        wait = outageMs;
      }
      await clock.sleep(wait, signal).catch(() => {});
    }
  }

  async #round(wanted: (channel: {readonly closing: boolean; readonly due: bigint}) => boolean): Promise<void> {
    const {ledger, log, signal} = this.#options;
    for (const unclaimed of ledger.unclaimed()) {
      try {
        const ours = await this.#look(unclaimed);
        if (!ours) continue;
        const due = least(unclaimed.granted - ours.claimed, ours.spendable);
        if (due >= minExternalClaim && wanted({closing: ours.closing, due})) await this.#claim(unclaimed, ours.claimed);
      } catch (error) {
        // One channel that can not be claimed now must not keep the others from it.
        if (signal.aborted || codeOf(error) === 'chain-down') throw error;
        log('warn', 'claim-refused', {code: codeOf(error)});
      }
    }
  }

  /** The channel as the chain has it; undefined where it is gone. */
  async #look(unclaimed: UnclaimedChannel): Promise<OurChannel | undefined> {
    const {bank, onFacts, signal} = this.#options;
    const {channel, epoch} = unclaimed;
    const ours = await bank.look(channel);
    signal.throwIfAborted();
    if (ours?.facts.epoch !== epoch) {
      this.#notThere(unclaimed, ours);
      return undefined;
    }
    this.#missing.delete(channel);
    onFacts(channel, ours.facts);
    this.#note(channel, ours);
    return ours;
  }

  /** Its payer withdrew all, and perhaps opened it anew: these vouchers are dead. */
  #notThere({channel, epoch, granted, charged, claimed}: UnclaimedChannel, another: OurChannel | undefined): void {
    const {ledger, clock, log} = this.#options;
    const since = this.#missing.get(channel) ?? clock.now();
    this.#missing.set(channel, since);
    if (!another && clock.now() - since < missingMs) return;
    this.#missing.delete(channel);
    if (charged > claimed) log('error', 'vouchers-lost', {sum: (charged - claimed).toString()});
    ledger.claimed(channel, {epoch, sum: granted});
  }

  #note(channel: TonAddress, {facts, claimed}: OurChannel): void {
    this.#options.ledger.claimed(channel, {epoch: facts.epoch, sum: claimed});
  }

  /** By external message: its gas comes out of the sum, so that the relay needs no wallet. */
  async #claim({channel, granted, signature}: UnclaimedChannel, before: bigint): Promise<void> {
    const {chain, bank, clock, log, signal} = this.#options;
    const body = channelMessages.externalClaim({amount: granted, signature});
    await chain.send(beginCell().store(storeMessage(external({to: Address.parseRaw(channel), body}))).endCell());
    for (const end = clock.now() + confirmMs; clock.now() < end; await clock.sleep(lookMs, signal)) {
      const ours = await bank.look(channel);
      signal.throwIfAborted();
      if (!ours || ours.claimed <= before) continue;
      this.#note(channel, ours);
      log('info', 'claimed', {sum: (ours.claimed - before).toString()});
      return;
    }
    log('warn', 'claim-unconfirmed');
  }
}
