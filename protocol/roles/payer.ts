/** What answers on one link are paid with: a client's own channel (purse.ts), or free answers that its relay gives (trial.ts). */
import type {Message} from '../messages.ts';
import type {Offer} from '../offer.ts';
import type {Counts} from '../price.ts';

export interface Payer {
  /** As a match says it. */
  readonly kind: Exclude<Message<'match'>['payment'], 'free'>;
  /** Whether this side has something left to pay with: then the relay asks for no work. */
  readonly pays: boolean;
  /** Begins to pay for a job whose question is `promptBytes` long. Rejects with `unfunded`, `overcharged`. */
  start(offer: Offer, promptBytes: number): Promise<Payment>;
}

/** The payment of one answer. */
export interface Payment {
  /** So much of the answer has come. */
  cover(counts: Counts): Promise<void>;
  /** The answer is over, whole or not. */
  end(): Promise<void>;
}
