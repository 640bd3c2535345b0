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
  /** The chain says this of a channel that we hold a voucher of. */
  onFacts(channel: TonAddress, facts: ChannelFacts): void;
}

/** Between two looks at all channels: a withdrawal takes a hundred times as long. */
const roundMs = 10 * 60_000;
/** A channel is claimed unasked when so much waits, nano-coins: a claim costs about 0.0004. */
const worthwhile = 1_000_000_000n;
/** How long a claim may take to get into a block. */
const confirmMs = 60_000;
const lookMs = 1500;

const least = (left: bigint, right: bigint): bigint => (left < right ? left : right);

export class Treasury {
  readonly #options: TreasuryOptions;
  #settling: Promise<void> | undefined;

  constructor(options: TreasuryOptions) {
    this.#options = options;
  }

  /** Looks after all channels until the signal aborts. Never rejects. */
  async keep(signal: AbortSignal): Promise<void> {
    const {clock, log} = this.#options;
    while (!signal.aborted) {
      await this.#round(({closing, due}) => closing || due >= worthwhile).catch((error: unknown) => log('warn', 'treasury-waits', {code: codeOf(error)}));
      await clock.sleep(roundMs, signal).catch(() => {});
    }
  }

  /** Claims whatever can be claimed; callers at the same time share one round. Rejects with `chain-down`. */
  settle(): Promise<void> {
    this.#settling ??= this.#round(() => true).finally(() => {
      this.#settling = undefined;
    });
    return this.#settling;
  }

  async #round(wanted: (channel: {readonly closing: boolean; readonly due: bigint}) => boolean): Promise<void> {
    for (const unclaimed of this.#options.ledger.unclaimed()) {
      try {
        const due = await this.#look(unclaimed);
        if (due && due.sum >= minExternalClaim && wanted({closing: due.closing, due: due.sum})) await this.#claim(unclaimed);
      } catch (error) {
        // One channel that can not be claimed now must not keep the others from it.
        if (codeOf(error) === 'chain-down') throw error;
        this.#options.log('warn', 'claim-refused', {code: codeOf(error)});
      }
    }
  }

  /** What a claim would bring; undefined where the channel is gone. */
  async #look({channel, epoch, granted}: UnclaimedChannel): Promise<{sum: bigint; closing: boolean} | undefined> {
    const {bank, ledger, log, onFacts} = this.#options;
    const ours = await bank.look(channel);
    if (ours?.facts.epoch !== epoch) {
      // Its payer withdrew all and nobody claimed in time, or opened it anew: these vouchers are dead.
      log('error', 'vouchers-lost', {sum: granted.toString()});
      ledger.claimed(channel, {epoch, sum: granted});
      return undefined;
    }
    onFacts(channel, ours.facts);
    this.#note(channel, ours);
    return {sum: least(granted - ours.claimed, ours.spendable), closing: ours.closing};
  }

  #note(channel: TonAddress, {facts, claimed}: OurChannel): void {
    this.#options.ledger.claimed(channel, {epoch: facts.epoch, sum: claimed});
  }

  /** By external message: its gas comes out of the sum, so that the relay needs no wallet. */
  async #claim({channel, granted, signature}: UnclaimedChannel): Promise<void> {
    const {chain, bank, clock, log} = this.#options;
    const body = channelMessages.externalClaim({amount: granted, signature});
    const before = (await bank.look(channel))?.claimed ?? 0n;
    await chain.send(beginCell().store(storeMessage(external({to: Address.parseRaw(channel), body}))).endCell());
    for (const end = clock.now() + confirmMs; clock.now() < end; await clock.sleep(lookMs)) {
      const ours = await bank.look(channel);
      if (!ours || ours.claimed <= before) continue;
      this.#note(channel, ours);
      log('info', 'claimed', {sum: (ours.claimed - before).toString()});
      return;
    }
    log('warn', 'claim-unconfirmed');
  }
}
