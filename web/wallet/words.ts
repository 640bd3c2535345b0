/** What the page and the wallet's document say to each other; the page imports it as types. Sums in nano-coins, keys in hex. */
import type {ChainLook, ChannelLook, Order, Outcome, Ticket, WalletNetwork} from '#contracts/wallet-words.ts';
import type {TonAddress} from '#protocol/ton-address.ts';

export type {ChainLook, ChannelLook, Order, Outcome, Ticket, WalletNetwork};

/** The wallet that a person connected. */
export interface ConnectedWallet {
  readonly address: TonAddress;
  /** As people write it. */
  readonly friendly: string;
  /** Name of the wallet's app. */
  readonly app: string;
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
