/** Transactions by account and by the message that caused them. The sandbox's own list turns around at each call, so we keep ours. */
import {Address, type Cell, loadTransaction, type Transaction} from '@ton/core';
import {normalizedHash} from '#contracts/message-hash.ts';

export interface IndexedTransaction {
  readonly account: Address;
  readonly transaction: Transaction;
  readonly seqno: number;
  /** 32 bytes in base64: of the message that came in, as it was and normalised. */
  readonly messageHash: string;
  readonly normalizedHash: string;
}

/** Older ones are forgotten here; the journal still has them. */
const maxKept = 50_000;

export class TransactionIndex {
  #all: IndexedTransaction[] = [];

  add(raw: Cell, seqno: number): void {
    const transaction = loadTransaction(raw.beginParse());
    const account = new Address(0, Buffer.from(transaction.address.toString(16).padStart(64, '0'), 'hex'));
    const message = raw.refs[0]?.beginParse().loadMaybeRef();
    const messageHash = message?.hash().toString('base64') ?? '';
    const external = transaction.inMessage?.info.type === 'external-in' ? transaction.inMessage : undefined;
    this.#all.push({account, transaction, seqno, messageHash, normalizedHash: external ? normalizedHash(external).toString('base64') : messageHash});
    if (this.#all.length > maxKept * 1.1) this.#all = this.#all.slice(-maxKept);
  }

  /** Newest first. */
  of(account: Address): readonly IndexedTransaction[] {
    return this.#all.filter((entry) => entry.account.equals(account)).toReversed();
  }

  /** Caused by a message, under either of its hashes (base64). */
  byMessage(hash: string): readonly IndexedTransaction[] {
    return this.#all.filter((entry) => entry.messageHash === hash || entry.normalizedHash === hash);
  }

  /** All, oldest first. */
  get all(): readonly IndexedTransaction[] {
    return this.#all;
  }
}
