/** A chain of one process: TON's virtual machine behind one writer, with an index of its own, kept in a journal. */
import {createHash} from 'node:crypto';
import {Address, beginCell, Cell, loadMessage, loadShardAccount, type Message, type ShardAccount, type StateInit, storeShardAccount, type Transaction, type TupleItem} from '@ton/core';
import {Blockchain, EmulationError} from '@ton/sandbox';
import {networkConfig, withNetwork} from '#contracts/network-config.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {BlockEntry, Journal} from './journal.ts';
import {TransactionIndex} from './transaction-index.ts';

export interface ChainOptions {
  readonly network: number;
  readonly clock: Clock;
  readonly journal: Journal;
  /** Milliseconds between a message and its block; 0 computes at once. */
  readonly blockMs?: number;
}

/** A message that no account takes: nothing happened. */
export class NotAccepted extends Error {}

/** Where coins of the faucet seem to come from; nothing else makes coins. */
export const faucetAddress = new Address(0, Buffer.alloc(32, 0xfa));

const maxPending = 1000;
/** Blocks that a restart reads one by one; older ones are folded into one. */
const maxJournal = 10_000;

interface Computed {
  readonly transactions: readonly Transaction[];
  readonly touched: ReadonlyMap<string, ShardAccount>;
}

export class DevChain {
  readonly network: number;
  /** What happens to messages from outside; `forgetful` says that it took them. For tests. */
  door: 'open' | 'shut' | 'forgetful' = 'open';
  readonly #chain: Blockchain;
  readonly #options: ChainOptions;
  readonly #stop = new AbortController();
  #index = new TransactionIndex();
  #pending: Message[] = [];
  #mining: Promise<void> | undefined;
  #writer: Promise<unknown> = Promise.resolve();
  #seqno = 0;
  #at = 0;
  #ahead = 0;

  private constructor(chain: Blockchain, options: ChainOptions) {
    this.#chain = chain;
    this.#options = options;
    this.network = options.network;
  }

  /** Goes on where its journal ends. */
  static async open(options: ChainOptions): Promise<DevChain> {
    const blockchain = await Blockchain.create({config: withNetwork(networkConfig(), options.network)});
    blockchain.verbosity = {...blockchain.verbosity, print: false};
    const chain = new DevChain(blockchain, options);
    const entries = options.journal.entries();
    if (entries.length > maxJournal) options.journal.rewrite(folded(entries));
    await chain.#replay();
    return chain;
  }

  /** The chain's time, s since 1970: never before its last block. */
  get now(): number {
    return Math.max(this.#at, Math.floor(this.#options.clock.now() / 1000) + this.#ahead);
  }

  /** The newest block. */
  get head(): {readonly seqno: number; readonly at: number; readonly hash: Buffer} {
    return {seqno: this.#seqno, at: this.#at, hash: createHash('sha256').update(`${this.network} ${this.#seqno} ${this.#chain.lt}`).digest()};
  }

  get transactions(): TransactionIndex {
    return this.#index;
  }

  get config(): Cell {
    return this.#chain.config;
  }

  account(address: Address) {
    return this.#alone(() => this.#chain.getContract(address));
  }

  /** A get method. Rejects with an error that has an `exitCode` when it fails. */
  get(address: Address, method: string | number, stack: TupleItem[]) {
    return this.#alone(() => this.#chain.runGetMethod(address, method, stack, {now: this.now}));
  }

  /** Takes an external message: into a block at once, or into the next. Rejects with `NotAccepted`. */
  async submit(cell: Cell): Promise<void> {
    const message = externalOf(cell);
    if (this.door === 'shut') throw new NotAccepted('told to refuse');
    if (this.door === 'forgetful') return;
    if (!this.#options.blockMs) return this.#alone(() => this.#commit([message]));
    await this.rehearse(message);
    if (this.#pending.length >= maxPending) throw new NotAccepted('too many messages wait for a block');
    this.#pending.push(message);
    this.#mining ??= this.#options.clock.sleep(this.#options.blockMs, this.#stop.signal).then(() => this.mine(), () => {});
  }

  /** Puts what waits into a block now. */
  mine(): Promise<void> {
    return this.#alone(async () => {
      this.#mining = undefined;
      const waiting = this.#pending;
      this.#pending = [];
      await this.#commit(waiting);
    });
  }

  /** What a message would do. Rejects with `NotAccepted`. */
  rehearse(message: Message, {ignoreSignature = false}: {ignoreSignature?: boolean} = {}): Promise<readonly Transaction[]> {
    return this.#alone(async () => {
      const before = this.#chain.snapshot();
      try {
        return (await this.#compute(message, {ignoreSignature})).transactions;
      } finally {
        await this.#chain.loadFrom(before);
      }
    });
  }

  /** Makes coins, and gives them to an address; with `init`, to the contract that they deploy. */
  faucet(to: Address, amount: bigint, {init, body = Cell.EMPTY}: {init?: StateInit; body?: Cell} = {}): Promise<void> {
    const plain = {ihrDisabled: true, bounce: false, bounced: false, ihrFee: 0n, forwardFee: 0n, createdLt: 0n, createdAt: 0};
    return this.#alone(() => this.#commit([{info: {type: 'internal', src: faucetAddress, dest: to, value: {coins: amount}, ...plain}, body, ...(init ? {init} : {})}]));
  }

  /** Moves the chain's clock forward. */
  pass(seconds: number): Promise<void> {
    return this.#alone(async () => {
      this.#ahead += seconds;
      await this.#commit([]);
    });
  }

  /** Goes back to a block. Rejects when it is not kept any more. */
  rewind(seqno: number): Promise<void> {
    return this.#alone(async () => {
      const {journal} = this.#options;
      const kept = journal.entries().filter((entry) => entry.seqno <= seqno);
      if (seqno !== 0 && kept.at(-1)?.seqno !== seqno) throw new Error('there is no such block');
      journal.rewrite(kept);
      await this.#replay();
    });
  }

  /** Ends it; what waits for a block is lost, as from a mempool. */
  async close(): Promise<void> {
    this.#stop.abort(new Error('closed'));
    await this.#mining;
    await this.#alone(async () => this.#options.journal.close());
  }

  /** One after the other: the virtual machine has one state. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#writer.then(work);
    this.#writer = result.catch(() => {});
    return result;
  }

  async #compute(message: Message, {ignoreSignature = false}: {ignoreSignature?: boolean} = {}): Promise<Computed> {
    const {transactions} = await this.#chain.sendMessage(message, {now: this.now, ignoreChksig: ignoreSignature}).catch((error: unknown) => {
      throw error instanceof EmulationError ? new NotAccepted(error.message, {cause: error}) : error;
    });
    const touched = new Map<string, ShardAccount>();
    for (const {address} of transactions) {
      const at = new Address(0, Buffer.from(address.toString(16).padStart(64, '0'), 'hex'));
      touched.set(at.toRawString(), (await this.#chain.getContract(at)).account);
    }
    return {transactions, touched};
  }

  /** A block of messages. One that nobody takes is left out; where it is the only one, that is an error. */
  async #commit(messages: readonly Message[]): Promise<void> {
    const before = this.#chain.snapshot();
    const computed: Computed[] = [];
    try {
      for (const message of messages) {
        const done = await this.#compute(message).catch((error: unknown) => {
          if (messages.length === 1 && !this.#options.blockMs) throw error;
          if (!(error instanceof NotAccepted)) throw error;
        });
        if (done) computed.push(done);
      }
      const accounts = new Map(computed.flatMap(({touched}) => [...touched]));
      const transactions = computed.flatMap((done) => done.transactions);
      const entry: BlockEntry = {
        seqno: this.#seqno + 1,
        at: this.now,
        ahead: this.#ahead,
        lt: this.#chain.lt.toString(),
        accounts: [...accounts].map(([address, account]) => [address, base64(beginCell().store(storeShardAccount(account)).endCell())]),
        transactions: transactions.map(({raw}) => base64(raw)),
      };
      this.#options.journal.append(entry);
      this.#take(entry);
    } catch (error) {
      await this.#chain.loadFrom(before);
      throw error;
    }
    // The sandbox remembers every transaction and every address that was asked for; we need neither.
    if (this.#seqno % 256 === 0) await this.#chain.loadFrom(tidy(this.#chain.snapshot()));
  }

  #take({seqno, at, ahead, transactions}: BlockEntry): void {
    this.#seqno = seqno;
    this.#at = at;
    this.#ahead = ahead;
    for (const boc of transactions) this.#index.add(Cell.fromBase64(boc), seqno);
  }

  async #replay(): Promise<void> {
    const entries = this.#options.journal.entries();
    const accounts = new Map(entries.flatMap((entry) => entry.accounts));
    const empty = {...this.#chain.snapshot(), contracts: [], transactions: []};
    await this.#chain.loadFrom({...empty, lt: 0n});
    for (const [address, boc] of accounts) await this.#chain.setShardAccount(Address.parseRaw(address), loadShardAccount(Cell.fromBase64(boc).beginParse()));
    await this.#chain.loadFrom({...this.#chain.snapshot(), lt: BigInt(entries.at(-1)?.lt ?? 0)});
    this.#index = new TransactionIndex();
    [this.#seqno, this.#at, this.#ahead, this.#pending] = [0, 0, 0, []];
    for (const entry of entries) this.#take(entry);
  }
}

const base64 = (cell: Cell): string => cell.toBoc().toString('base64');

/** The message in a bag of cells. @throws NotAccepted when it is none from outside */
export function externalOf(cell: Cell): Message {
  try {
    const message = loadMessage(cell.beginParse());
    if (message.info.type === 'external-in') return message;
  } catch (cause) {
    throw new NotAccepted('not a message', {cause});
  }
  throw new NotAccepted('not an external message');
}

function tidy(snapshot: ReturnType<Blockchain['snapshot']>) {
  return {...snapshot, contracts: snapshot.contracts.filter(({account}) => account.account), transactions: []};
}

/** The older half as one entry that holds its outcome: accounts, no transactions. */
function folded(entries: readonly BlockEntry[]): BlockEntry[] {
  const old = entries.slice(0, -maxJournal / 2);
  const last = old.at(-1);
  if (!last) return [...entries];
  return [{...last, accounts: [...new Map(old.flatMap((entry) => entry.accounts))], transactions: []}, ...entries.slice(-maxJournal / 2)];
}
