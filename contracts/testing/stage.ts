/** A chain for one test: people with coins, signed grants, and what each step came to. */
import {type Address, beginCell, type Cell, external, toNano} from '@ton/core';
import {keyPairFromSeed, sign} from '@ton/crypto';
import {Blockchain, type BlockchainTransaction, type SandboxContract, type TreasuryContract} from '@ton/sandbox';
import type {Deployment} from '../code.ts';
import {networkConfig, withNetwork} from '../network-config.ts';
import {opcodes} from '../opcodes.ts';

export type Person = SandboxContract<TreasuryContract>;

/** Gas and forwarding as they are since spring 2026, and as they were before: six times dearer. */
export const priceLists = {
  '2026-06': networkConfig(),
  before: 'slim',
} as const;
export type PriceList = keyof typeof priceLists;

/** The network that the sandbox says it is. */
export const globalId = -239;
/** Where every test's clock begins, s. */
export const start = 1_790_000_000;

const keyOf = (seed: number) => keyPairFromSeed(Buffer.alloc(32, seed));
export const publicKey = (seed: number): bigint => BigInt(`0x${keyOf(seed).publicKey.toString('hex')}`);
/** A signature by the key of a seed. */
export const signed = (seed: number, statement: Cell): Buffer => sign(statement.hash(), keyOf(seed).secretKey);

export const voucherCell = ({channel, epoch, cumulative, network = globalId}: {channel: Address; epoch: bigint; cumulative: bigint; network?: number}): Cell =>
  beginCell().storeUint(opcodes.Voucher, 32).storeInt(network, 32).storeAddress(channel).storeUint(epoch, 64).storeCoins(cumulative).endCell();
export const releaseCell = ({channel, epoch, seqno, amount, network = globalId}: {channel: Address; epoch: bigint; seqno: number; amount: bigint; network?: number}): Cell =>
  beginCell().storeUint(opcodes.Release, 32).storeInt(network, 32).storeAddress(channel).storeUint(epoch, 64).storeUint(seqno, 32).storeCoins(amount).endCell();
export const nodeVoucherCell = ({account, cumulative, network = globalId}: {account: Address; cumulative: bigint; network?: number}): Cell =>
  beginCell().storeUint(opcodes.NodeVoucher, 32).storeInt(network, 32).storeAddress(account).storeCoins(cumulative).endCell();
export const statementCell = ({bond, kind, slot, content, network = globalId}: {bond: Address; kind: number; slot: bigint; content: bigint; network?: number}): Cell =>
  beginCell().storeUint(opcodes.Statement, 32).storeInt(network, 32).storeAddress(bond).storeUint(kind, 8).storeUint(slot, 256).storeUint(content, 256).endCell();

/** What one message set off. */
export interface Outcome {
  readonly transactions: readonly BlockchainTransaction[];
  /** The exit code at an address, first visit; undefined when nothing came there or nothing was computed. */
  exit(at: Address): number | undefined;
  /** Gas of our contracts: of all transactions that are not at somebody's wallet. */
  readonly gas: bigint;
  /** Coins that left the world: gas, storage and forwarding of the transactions after the sender's own. */
  readonly fees: bigint;
}

const isAt = (transaction: BlockchainTransaction, at: Address): boolean => transaction.address === BigInt(`0x${at.hash.toString('hex')}`);

const computed = ({description}: BlockchainTransaction) => (description.type === 'generic' && description.computePhase.type === 'vm' ? description.computePhase : undefined);

/** The result of the action phase; 0 is good. */
export const actionCode = ({description}: BlockchainTransaction): number => (description.type === 'generic' ? (description.actionPhase?.resultCode ?? 0) : 0);

/** What a transaction took out of the world: its fees, and what its messages carry for forwarding. */
export function burned({outMessages, totalFees}: Pick<BlockchainTransaction, 'outMessages' | 'totalFees'>): bigint {
  const forwarding = [...outMessages.values()].map(({info}) => (info.type === 'internal' ? info.forwardFee : 0n));
  return totalFees.coins + forwarding.reduce((sum, fee) => sum + fee, 0n);
}

const outcomeOf = (transactions: readonly BlockchainTransaction[], {own, wallets}: {own: number; wallets: ReadonlySet<bigint>}): Outcome => ({
  transactions,
  exit: (at) => transactions.filter((transaction) => isAt(transaction, at)).map((transaction) => computed(transaction)?.exitCode)[0],
  gas: transactions.filter(({address}) => !wallets.has(address)).reduce((sum, transaction) => sum + (computed(transaction)?.gasUsed ?? 0n), 0n),
  fees: transactions.slice(own).reduce((sum, transaction) => sum + burned(transaction), 0n),
});

export class Stage {
  readonly chain: Blockchain;
  readonly #wallets = new Set<bigint>();

  private constructor(chain: Blockchain) {
    this.chain = chain;
    chain.now = start;
  }

  /** `network` is the global id that the VM sees (configuration parameter 19). */
  static async open(prices: PriceList, {network = globalId}: {network?: number} = {}): Promise<Stage> {
    const stage = new Stage(await Blockchain.create({config: priceLists[prices]}));
    if (network !== globalId) stage.chain.setConfig(withNetwork(stage.chain.config, network));
    return stage;
  }

  async person(name: string): Promise<Person> {
    const person = await this.chain.treasury(name);
    this.#wallets.add(BigInt(`0x${person.address.hash.toString('hex')}`));
    return person;
  }

  get now(): number {
    return this.chain.now ?? start;
  }

  pass(seconds: number): void {
    this.chain.now = this.now + seconds;
  }

  /** An internal message from a person's wallet. */
  async send(from: Person, {to, body, value = toNano('0.05'), deploy = false}: {to: Deployment; body?: Cell; value?: bigint; deploy?: boolean}): Promise<Outcome> {
    const {transactions} = await from.send({to: to.address, value, bounce: true, ...(body ? {body} : {}), ...(deploy ? {init: to.init} : {})});
    return outcomeOf(transactions, {own: 1, wallets: this.#wallets});
  }

  /** What transactions came to that were sent in another way; the first is the sender's own. */
  outcome(transactions: readonly BlockchainTransaction[]): Outcome {
    return outcomeOf(transactions, {own: 1, wallets: this.#wallets});
  }

  /** A message from outside the chain. Rejects when the contract does not accept it. */
  async sendExternal(to: Address, body: Cell): Promise<Outcome> {
    return outcomeOf((await this.chain.sendMessage(external({to, body}))).transactions, {own: 0, wallets: this.#wallets});
  }

  async balance(of: Address): Promise<bigint> {
    return (await this.chain.getContract(of)).balance;
  }

  async exists(at: Address): Promise<boolean> {
    return (await this.chain.getContract(at)).accountState?.type === 'active';
  }

  /** The stack of a get method. */
  async read(from: Address, method: string, args: Parameters<Blockchain['runGetMethod']>[2] = []) {
    return (await this.chain.runGetMethod(from, method, args)).stackReader;
  }
}
