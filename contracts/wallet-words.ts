/** What wallets are asked to do on the chain, and what the chain says of it: shared by the app and the gateway. Sums in nano-coins, keys in hex. */
import type {TonAddress} from '#protocol/ton-address.ts';
import type {SignedSum} from '#protocol/voucher.ts';
import type {NetworkName} from './networks.ts';

/** The network that the relay works with, and the relay's place on it. */
export interface WalletNetwork {
  readonly name: NetworkName;
  /** Global id. */
  readonly network: number;
  /** Root of a TonCenter: an address, or a path at the relay. */
  readonly endpoint: string;
  readonly vault: TonAddress;
  readonly relayKey: string;
  /** Seconds. */
  readonly disputeWindow: number;
}

/** What a person wants from the chain. */
export type Order =
  /** Opens the channel that this key signs for, or tops it up. */
  | {readonly is: 'deposit'; readonly amount: bigint; readonly payerKey: string}
  /** Shows the account a voucher of the relay's. */
  | {readonly is: 'collect'; readonly voucher: SignedSum}
  /** Asks for money back from a channel, 0 for all of it; `finish` after the window, `cancel` before. */
  | {readonly is: 'withdraw'; readonly channel: TonAddress; readonly amount: bigint}
  | {readonly is: 'finish' | 'cancel'; readonly channel: TonAddress};

/** One message for a wallet to send. Kept before the wallet sees it, so that it can be found on chain whatever happens to the page. */
export interface Ticket {
  readonly from: TonAddress;
  readonly to: TonAddress;
  /** Nano-coins that go along. What is not needed comes back; of a notice to the relay it goes to the relay. */
  readonly value: bigint;
  /** In the message: how we find it on chain. */
  readonly queryId: bigint;
  /** s since 1970: later the wallet refuses it. */
  readonly validUntil: number;
  /** Bags of cells in base64. */
  readonly payload: string;
  readonly stateInit: string | undefined;
}

/** What became of a ticket. `unsent`: the wallet took it and sent nothing, for want of coins. */
export type Outcome =
  | {readonly is: 'pending'}
  | {readonly is: 'confirmed'; /** Of the transaction at the receiver: 32 bytes, hex. */ readonly hash: string; /** s since 1970. */ readonly at: number}
  | {readonly is: 'failed'; readonly reason: 'refused' | 'unsent' | 'expired'; readonly hash: string | undefined};

/** A channel as the chain has it. */
export interface ChannelLook {
  readonly channel: TonAddress;
  readonly epoch: bigint;
  readonly claimed: bigint;
  readonly spendable: bigint;
  /** 0, or when a withdrawal may be finished, s since 1970. */
  readonly finishAt: number;
  /** What is withdrawn; 0 for all. */
  readonly requested: bigint;
}

/** What the chain says of a person. */
export interface ChainLook {
  readonly balance: bigint;
  /** Undefined where none is open. */
  readonly channel: ChannelLook | undefined;
  /** Of a node's owner at the relay's vault. */
  readonly account: {readonly account: TonAddress; readonly claimed: bigint};
  /** The chain's clock, s since 1970. */
  readonly now: number;
}
