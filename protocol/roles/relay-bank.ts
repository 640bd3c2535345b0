/** What the relay needs of its host for money: the chain's facts, a ledger that survives, a key that signs. */
import type {Bytes} from '../bytes.ts';
import type {Identity} from '../identity.ts';
import type {DeviceId, NodeId} from '../ids.ts';
import type {Terms} from '../messages.ts';
import type {TonAddress} from '../ton-address.ts';

/** What the chain says of a channel to this relay's vault. */
export interface ChannelFacts {
  /** Logical time of its opening. */
  readonly epoch: bigint;
  /** Hex: signs its vouchers. */
  readonly payerKey: string;
  /** The most that its vouchers can be worth, nano-coins: what was claimed and what can still be. */
  readonly capacity: bigint;
}

/** A client's channel in the ledger. Sums in nano-coins. */
export interface ChannelEntry extends ChannelFacts {
  readonly channel: TonAddress;
  /** The newest voucher. */
  readonly granted: bigint;
  readonly signature: Bytes;
  /** What answers have cost so far. */
  readonly charged: bigint;
}

/** The account of a node's owner in the ledger. */
export interface AccountEntry {
  readonly account: TonAddress;
  readonly owner: TonAddress;
  /** All that was ever earned, nano-coins: the sum of its newest voucher. */
  readonly owed: bigint;
}

/** What the relay must not forget. Each call is durable when it returns: a voucher is told only afterwards. */
export interface Ledger {
  channel(channel: TonAddress): ChannelEntry | undefined;
  /** The account that a node is bound to. */
  account(node: NodeId): AccountEntry | undefined;
  saveChannel(entry: ChannelEntry): void;
  /** Binds a node; an account that is known keeps what it is owed. */
  bind(node: NodeId, entry: Omit<AccountEntry, 'owed'>): AccountEntry;
  /** An account that showed a newer voucher of ours than the books have. */
  correct(entry: AccountEntry): void;
  /** Both at once or neither. */
  settle(channel: ChannelEntry, account: AccountEntry): void;
  /** Free answers so far: to this device ever, and to all on this day (since 1970, UTC). */
  given(device: DeviceId, day: number): {readonly device: number; readonly day: number};
  /** What a free answer's node is owed, and one answer more where it is `counted`: both at once or neither. */
  give(account: AccountEntry, counted?: {readonly device: DeviceId; readonly day: number}): void;
}

/** How many free answers there are beside those of a device (`terms.trial`), and what one may cost. */
export interface TrialLimits {
  /** To one address in a day. */
  readonly perAddress: number;
  /** To all in a day. */
  readonly perDay: number;
  /** Nano-coins: a dearer offer is not taken for a free answer. */
  readonly ceiling: bigint;
}

export interface Bank {
  readonly terms: Omit<Terms, 'nonce'>;
  /** Signs node vouchers; its public key is `terms.relayKey`. */
  readonly key: Identity<string>;
  readonly ledger: Ledger;
  /** Without it no answer is given for free. */
  readonly trial?: TrialLimits;
  /** Rejects with `bad-voucher` when it is no channel to our vault, `chain-down` when nobody can say. */
  channel(channel: TonAddress): Promise<ChannelFacts>;
  /** The wallet behind a proof that names this node, and its account at our vault. Rejects with `bad-wallet`. */
  wallet(proof: Uint8Array, node: NodeId): Promise<Omit<AccountEntry, 'owed'>>;
  /** What an account has collected on chain, nano-coins; 0 where nobody can say. */
  collected(account: TonAddress): Promise<bigint>;
}

/** The node's part of what was charged for a job, nano-coins, rounded down once for the whole job. */
export const shareOf = (charged: bigint, feePermille: number): bigint => (charged * BigInt(1000 - feePermille)) / 1000n;
