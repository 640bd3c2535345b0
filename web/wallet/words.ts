/** What the page and the wallet's document say to each other; the page imports it as types. Sums in nano-coins, keys in hex. */
import type {TonAddress} from '#protocol/ton-address.ts';
import type {SignedSum} from '#protocol/voucher.ts';

/** The network that the relay works with, and the relay's place on it. */
export interface WalletNetwork {
  readonly name: 'devnet' | 'testnet' | 'mainnet';
  /** Global id. */
  readonly network: number;
  /** Root of a TonCenter: an address, or a path at the relay. */
  readonly endpoint: string;
  readonly vault: TonAddress;
  readonly relayKey: string;
  /** Seconds. */
  readonly disputeWindow: number;
}

/** The wallet that a person connected. */
export interface ConnectedWallet {
  readonly address: TonAddress;
  /** As people write it. */
  readonly friendly: string;
  /** Name of the wallet's app. */
  readonly app: string;
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

/** The face of the wallet's document. Whatever reads the chain rejects with `chain-down` when nobody answers. */
export interface WalletDesk {
  /**
   * Lets the person choose a wallet; with `payload`, the wallet proves its address to it and `proof` is JSON for the relay.
   * Rejects with `cancelled`, and with `bad-wallet` where the wallet is on another network.
   */
  connect(network: WalletNetwork, options: {readonly payload: string | undefined}): Promise<{readonly wallet: ConnectedWallet; readonly proof: Uint8Array<ArrayBuffer> | undefined}>;
  disconnect(network: WalletNetwork): Promise<void>;
  /** Where the account of a node's owner is. */
  account(network: WalletNetwork, owner: TonAddress): Promise<TonAddress>;
  look(network: WalletNetwork, person: {readonly owner: TonAddress; readonly payerKey: string}): Promise<ChainLook>;
  /** All open channels of a wallet to this relay's vault, also those that other browsers opened. */
  channels(network: WalletNetwork, owner: TonAddress): Promise<readonly ChannelLook[]>;
  /** Rejects with `bad-amount` for what the contract would not take, `wallet-empty` above the wallet's balance. */
  prepare(network: WalletNetwork, options: {readonly owner: TonAddress; readonly order: Order}): Promise<Ticket>;
  /**
   * Has the wallet sign and send; gives the external message, base64. Rejects with `cancelled` when the person refused, `bad-wallet` when
   * another wallet or network is connected, `expired` when it was too late to ask, `wallet-silent` when no answer came: then it may have been sent.
   */
  sign(network: WalletNetwork, ticket: Ticket): Promise<string>;
  /** Looks once. */
  follow(network: WalletNetwork, sent: {readonly ticket: Ticket; readonly external: string | undefined}): Promise<Outcome>;
}

/** What this document posts to the page that framed it, once it can take a port. */
export type WalletReady = 'wallet-ready';
/** What the page answers, with one end of a MessageChannel: Comlink speaks over it. */
export type WalletPort = 'wallet-port';
