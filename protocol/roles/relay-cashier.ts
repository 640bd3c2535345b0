/** What a hub needs of money, wherever the books are: in this process, or at another relay of the cluster. */
import type {JobHandle, NodeId} from '../ids.ts';
import type {Message, Terms} from '../messages.ts';
import type {ChannelEntry, ChannelFacts} from './relay-bank.ts';
import type {Teller} from './relay-link.ts';
import type {RelayTrial} from './relay-trial.ts';

/** A node that can be paid. */
export interface Payee {
  readonly node: NodeId;
  readonly link: Teller;
}

/** A node's offer, and the two whose business it is. */
export interface Deal {
  readonly client: Teller;
  readonly payment: Message<'match'>['payment'];
  readonly payee: Payee;
}

export interface Cashier {
  /** Undefined where no answers are given for free. */
  readonly trial: RelayTrial | undefined;
  termsFor(nonce: Terms['nonce']): Terms;
  /** Opens a client's channel on its link. Rejects with `bad-voucher`, `chain-down`. */
  fund(message: Message<'fund'>, from: {readonly client: Teller; readonly nonce: Terms['nonce']}): Promise<void>;
  /** Whether answers on this link can be paid: a channel is open, and something is left in it. */
  canPay(client: Teller): boolean;
  /** Takes a higher voucher. Rejects with `bad-voucher`, `refused`. */
  grant(message: Message<'grant'>, client: Teller): Promise<void>;
  /** A node says where it wants to be paid. Rejects with `bad-wallet`. */
  account(message: Message<'account'>, payee: Payee): Promise<void>;
  /** Tells a node that came what it is owed, where it is bound. */
  greet(payee: Payee): Promise<void>;
  /** A node shows its newest voucher: where it is ours and newer than our books, the books follow. Rejects with `bad-voucher`. */
  shown(message: Message<'paid'>, payee: Payee): Promise<void>;
  /** False when the two can't do business: the job wants it free, or for less, or nobody could be paid. Throws or rejects with `bad-offer`. */
  offered(message: Message<'offer'>, deal: Deal): boolean | Promise<boolean>;
  /** Throws or rejects with `unfunded` when a paid job would begin without credit. */
  requireDeposit(handle: JobHandle): void | Promise<void>;
  /** What a job has cost so far, says its node. Throws or rejects with `overcharged`, `refused`. */
  due(message: Message<'due'>, node: NodeId): void | Promise<void>;
  /** The job is over. */
  forget(handle: JobHandle): void;
  /** The link is over. */
  gone(link: Teller): void;
  /** The chain says something new of a channel: a top up, or a withdrawal that leaves less. */
  refresh(channel: ChannelEntry['channel'], facts: ChannelFacts): void;
}
