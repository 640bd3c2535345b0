/** The relay's bank: what the chain says of channels, wallets and accounts of its vault. */
import {Address} from '@ton/core';
import {accountDeployment, claimedFrom} from '#contracts/node-account/node-account.ts';
import type {Chain} from '#contracts/chain.ts';
import {channelFrom, type ChannelState} from '#contracts/channel/channel.ts';
import {nodePayload} from '#contracts/ton-proof.ts';
import {checkWalletProof} from '#contracts/wallet-proof.ts';
import {toHex} from '#protocol/bytes.ts';
import {NetworkError} from '#protocol/errors.ts';
import type {Identity} from '#protocol/identity.ts';
import type {NodeId} from '#protocol/ids.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {AccountEntry, Bank, ChannelFacts, TrialLimits} from '#protocol/roles/relay-bank.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import type {RelayLedger} from './ledger.ts';

export interface ChainBankOptions {
  readonly chain: Pick<Chain, 'account'>;
  readonly ledger: RelayLedger;
  readonly key: Identity<string>;
  readonly terms: Bank['terms'];
  readonly trial?: TrialLimits;
  readonly clock: Clock;
  /** Whether the app is served under this host. */
  isOurDomain(domain: string): boolean;
}

/** A channel to our vault as the chain has it. */
export interface OurChannel {
  readonly facts: ChannelFacts;
  readonly claimed: bigint;
  /** What a claim would pay now, nano-coins. */
  readonly spendable: bigint;
  /** Whether its payer takes money out. */
  readonly closing: boolean;
}

/** What a channel may lose to rent before it is claimed, nano-coins: a year's. */
const rentMargin = 2_000_000n;

function capacityOf({claimed, spendable, finishAt, requested}: ChannelState): bigint {
  const leaving = finishAt === 0 ? 0n : requested === 0n ? spendable : requested;
  const free = spendable - leaving - rentMargin;
  return claimed + (free > 0n ? free : 0n);
}

export class ChainBank implements Bank {
  readonly terms: Bank['terms'];
  readonly key: Identity<string>;
  readonly ledger: RelayLedger;
  readonly trial?: TrialLimits;
  readonly #options: ChainBankOptions;
  /** What accounts had collected when the chain last said so. */
  readonly #collected = new Map<TonAddress, bigint>();

  constructor(options: ChainBankOptions) {
    this.#options = options;
    this.terms = options.terms;
    this.key = options.key;
    this.ledger = options.ledger;
    if (options.trial) this.trial = options.trial;
  }

  async channel(channel: TonAddress): Promise<ChannelFacts> {
    const ours = await this.look(channel);
    if (!ours) throw new NetworkError('bad-voucher', 'no channel to this vault');
    return ours.facts;
  }

  /** Undefined when there is no open channel to our vault. Rejects with `chain-down`. */
  async look(channel: TonAddress): Promise<OurChannel | undefined> {
    const address = Address.parseRaw(channel);
    const state = channelFrom(address, await this.#options.chain.account(address));
    const {vault, relayKey, disputeWindow} = this.terms;
    if (!state || state.epoch === 0n || state.payee.toRawString() !== vault || state.payeeKey !== BigInt(`0x${toHex(relayKey)}`) || state.disputeWindow < disputeWindow) return undefined;
    const payerKey = state.payerKey.toString(16).padStart(64, '0');
    return {facts: {epoch: state.epoch, payerKey, capacity: capacityOf(state)}, claimed: state.claimed, spendable: state.spendable, closing: state.finishAt !== 0};
  }

  async wallet(proof: Uint8Array, node: NodeId): Promise<Omit<AccountEntry, 'owed'>> {
    const {clock, isOurDomain} = this.#options;
    const {network, vault, relayKey} = this.terms;
    const owner = checkWalletProof(proof, {network, payload: nodePayload(node), now: Math.floor(clock.now() / 1000), isOurDomain});
    const account = accountDeployment({vault: Address.parseRaw(vault), owner, relayKey: BigInt(`0x${toHex(relayKey)}`)}).address;
    return {owner: owner.toRawString() as TonAddress, account: account.toRawString() as TonAddress};
  }

  async collected(account: TonAddress): Promise<bigint> {
    try {
      const claimed = claimedFrom(await this.#options.chain.account(Address.parseRaw(account)));
      this.#collected.set(account, claimed);
      if (this.#collected.size > 10_000) this.#collected.delete(this.#collected.keys().next().value as TonAddress);
      return claimed;
    } catch {
      return this.#collected.get(account) ?? 0n;
    }
  }
}
