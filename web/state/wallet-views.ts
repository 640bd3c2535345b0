/** What the wallet's screens show and what a person can do there. Sums in nano-coins, times in ms since 1970 unless said. */
import type {ChainLook, ChannelLook, ConnectedWallet, Order, Ticket, WalletNetwork} from '../wallet/words.ts';
import type {Readable} from './store.ts';

/** The relay's money: its network, and what it keeps and gives. */
export interface RelayMoney extends WalletNetwork {
  /** What the relay keeps of each payment, thousandths. */
  readonly feePermille: number;
  /** Free answers per device. */
  readonly trial: number;
}

/**
 * How far an order came. `signing`: the wallet was asked. `pending`: signed, not yet on chain. `unknown`: the wallet or the chain does not
 * answer, so it may or may not have been sent: it is looked for, and never sent again by itself.
 */
export type ActivityState = 'signing' | 'pending' | 'confirmed' | 'failed' | 'unknown';

/** One order to a wallet, from before it was asked to its end. */
export interface ActivityEntry {
  readonly id: string;
  readonly kind: Order['is'];
  /** What it was about; 0 where a channel is closed, or nothing moves. */
  readonly amount: bigint;
  readonly at: number;
  readonly network: WalletNetwork['name'];
  readonly state: ActivityState;
  readonly reason: 'cancelled' | 'refused' | 'unsent' | 'expired' | undefined;
  readonly ticket: Ticket;
  /** The signed message, base64, once the wallet gave it. */
  readonly external: string | undefined;
  /** Of the transaction at the receiver, hex. */
  readonly hash: string | undefined;
}

export interface WalletView {
  /** `undefined`: all answers at this relay are free, or it has not said yet. */
  readonly money: RelayMoney | undefined;
  readonly wallet: ConnectedWallet | undefined;
  /** What the person waits for. */
  readonly doing: 'connecting' | 'looking' | Order['is'] | undefined;
  /** What the chain said last, and when. */
  readonly look: ChainLook | undefined;
  readonly lookedAt: number | undefined;
  /** Channels of the wallet that other browsers opened; undefined until they were looked for. */
  readonly others: readonly ChannelLook[] | undefined;
  /** Whether this browser has a channel to pay from. */
  readonly isOpen: boolean;
  /** The sum of this browser's newest voucher. */
  readonly granted: bigint;
  /** The sum of the newest voucher for this browser's node. */
  readonly earned: bigint;
  /** Newest first. */
  readonly activity: readonly ActivityEntry[];
  /** The most that one answer may cost. */
  readonly priceCap: bigint;
  /** Free answers that the relay still gives; undefined when it has not said. */
  readonly trialLeft: number | undefined;
}

export interface Wallet {
  readonly view: Readable<WalletView>;
  /** All reject with a NetworkError whose sentence a person can act on; while one order waits for the wallet, others do nothing. */
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  /** Coins as a person writes them. */
  deposit(amount: string): Promise<void>;
  /** Asks the channel for coins back; an empty text for all of them. */
  withdraw(amount: string): Promise<void>;
  finishWithdrawal(): Promise<void>;
  cancelWithdrawal(): Promise<void>;
  /** Looks for deposits that the wallet made in other browsers. */
  findOthers(): Promise<void>;
  /** Does the next step to take all coins out of such a channel: asks for them, or after the window takes them. */
  takeOther(channel: ChannelLook): Promise<void>;
  collect(): Promise<void>;
  /** Asks the chain. */
  refresh(): Promise<void>;
  /** Looks for an order again. */
  check(id: string): Promise<void>;
  /** On the devnet: coins without value. */
  faucet(): Promise<void>;
  setPriceCap(amount: string): Promise<void>;
}
