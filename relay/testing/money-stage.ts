/** A devnet with a vault, and a bank, books and a treasury over it; payers with wallets and real channels. All on a clock that the test moves. */
import type {TestContext} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {type Address, beginCell, type Cell, external, internal, type MessageRelaxed, SendMode, storeMessage, storeStateInit, toNano} from '@ton/core';
import {type KeyPair, keyPairFromSeed, sign} from '@ton/crypto';
import {WalletContractV5R1} from '@ton/ton';
import {Chain} from '#contracts/chain.ts';
import {channelDeployment, channelMessages, type ChannelTerms} from '#contracts/channel/channel.ts';
import type {Deployment} from '#contracts/code.ts';
import {burned} from '#contracts/testing/stage.ts';
import {proofHash} from '#contracts/ton-proof.ts';
import {vaultDeployment, vaultMessages} from '#contracts/vault/vault.ts';
import type {WalletProof} from '#contracts/wallet-proof.ts';
import {fromHex, own} from '#protocol/bytes.ts';
import type {Identity} from '#protocol/identity.ts';
import type {ChannelFacts} from '#protocol/roles/relay-bank.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import {signChannelVoucher, type SignedSum} from '#protocol/voucher.ts';
import {systemClock} from '../clock.ts';
import {faucetAddress} from '../devnet/chain.ts';
import type {Fault} from '../devnet/control.ts';
import {type RunningDevnet, startDevnet} from '../devnet/devnet.ts';
import {ChainBank} from '../money/chain-bank.ts';
import {identityOfSeed} from '../money/key-files.ts';
import {openLedger, type RelayLedger} from '../money/ledger.ts';
import {Treasury} from '../money/treasury.ts';

export const network = -1001;
export const day = 24 * 3600;
/** How often a test moves the clock before it gives up. */
const mostSteps = 1000;
export const rawOf = (address: Address): TonAddress => address.toRawString() as TonAddress;
const numberOf = ({id}: Identity<string>): bigint => BigInt(`0x${id}`);

/** Somebody with a wallet v5 on the devnet. */
export class Person {
  readonly wallet: WalletContractV5R1;
  readonly keys: KeyPair;
  readonly #devnet: RunningDevnet;
  #seqno = 0;

  constructor(devnet: RunningDevnet, seed: number) {
    this.keys = keyPairFromSeed(Buffer.alloc(32, seed));
    this.wallet = WalletContractV5R1.create({publicKey: this.keys.publicKey, walletId: {networkGlobalId: network}});
    this.#devnet = devnet;
  }

  get address(): Address {
    return this.wallet.address;
  }

  /** What the wallet says to the app of a node: pay me for it. */
  prove(payload: string, {domain = 'localhost', on = network, timestamp}: {domain?: string; on?: number; timestamp: number}): Uint8Array<ArrayBuffer> {
    const signature = sign(proofHash(this.address, {domain, timestamp, payload}), this.keys.secretKey).toString('base64');
    const walletStateInit = beginCell().store(storeStateInit(this.wallet.init)).endCell().toBoc().toString('base64');
    const proof: WalletProof = {address: rawOf(this.address), network: String(on), walletStateInit, proof: {timestamp, domain: {lengthBytes: domain.length, value: domain}, payload, signature}};
    return own(Buffer.from(JSON.stringify(proof)));
  }

  /** Signs and sends one message from the wallet, past all faults of the devnet's HTTP side. */
  async send(to: Address, {value, body, init}: {value: bigint; body?: Cell; init?: Deployment['init']}): Promise<void> {
    const seqno = this.#seqno;
    this.#seqno += 1;
    const messages: MessageRelaxed[] = [internal({to, value, bounce: true, ...(body ? {body} : {}), ...(init ? {init} : {})})];
    const signed = this.wallet.createTransfer({seqno, secretKey: this.keys.secretKey, timeout: 2 ** 32 - 1, sendMode: SendMode.PAY_GAS_SEPARATELY, messages});
    await this.#devnet.chain.submit(beginCell().store(storeMessage(external({to: this.address, body: signed, ...(seqno === 0 ? {init: this.wallet.init} : {})}))).endCell());
  }
}

/** A channel that a person opened, with the session key that signs its vouchers. */
export interface OpenedChannel {
  readonly address: Address;
  readonly channel: TonAddress;
  readonly epoch: bigint;
  readonly payer: Person;
  readonly key: Identity<string>;
  readonly deployment: Deployment;
  voucher(cumulative: bigint): Promise<SignedSum>;
}

interface StageOptions {
  readonly feePermille?: number;
}

/** Closes by itself at the end of the test. */
export async function moneyStage(t: TestContext, {feePermille = 50}: StageOptions = {}) {
  const asking = new Set<Promise<unknown>>();
  /** Time stands still while a request is on its way. */
  const watched = <T>(request: Promise<T>): Promise<T> => {
    const done = () => asking.delete(request);
    asking.add(request);
    request.then(done, done);
    return request;
  };
  const clock = new ManualClock(async () => {
    await Promise.allSettled(asking);
    await setImmediate();
  });
  const devnet = await startDevnet({clock, network, controls: true});
  const direct = new Chain({endpoint: devnet.url, clock: systemClock});
  const chain: Pick<Chain, 'account' | 'send'> = {account: (address) => watched(direct.account(address)), send: (message) => watched(direct.send(message))};
  const key = await identityOfSeed(Buffer.alloc(32, 99));
  const operator = new Person(devnet, 98);
  const vault = vaultDeployment({operatorWallet: operator.address, relayKey: numberOf(key), exitDelay: 3 * day, dailyCap: toNano('1000')});
  await devnet.chain.faucet(vault.address, toNano('10'), {init: vault.init, body: vaultMessages.deposit()});
  const ledger = openLedger(':memory:', {network, vault: rawOf(vault.address)});
  const terms = {network, vault: rawOf(vault.address), relayKey: fromHex(key.id), feePermille, disputeWindow: day, trial: 0};
  const bank = new ChainBank({chain, ledger, key, terms, clock, isOurDomain: (domain) => domain === 'localhost'});
  const stop = new AbortController();
  const logged: {event: string; sum?: string}[] = [];
  const facts: [TonAddress, ChannelFacts][] = [];
  const treasury = new Treasury({
    chain, bank, ledger, clock, signal: stop.signal,
    log: (_, event, fields = {}) => void logged.push({event, ...('sum' in fields ? {sum: String(fields['sum'])} : {})}),
    onFacts: (channel, said) => void facts.push([channel, said]),
  });
  t.after(async () => {
    stop.abort(new Error('the test is over'));
    await treasury.ended();
    await devnet.close();
    ledger.close();
  });
  return {clock, devnet, chain, key, vault, ledger, bank, treasury, logged, facts, stop, ...stageActions({clock, devnet, ledger, vault, key})};
}

interface Stage {
  readonly clock: ManualClock;
  readonly devnet: RunningDevnet;
  readonly ledger: RelayLedger;
  readonly vault: Deployment;
  readonly key: Identity<string>;
}

function stageActions({clock, devnet, ledger, vault, key}: Stage) {
  let seed = 1;
  const person = async (coins: string): Promise<Person> => {
    const somebody = new Person(devnet, (seed += 1));
    await devnet.chain.faucet(somebody.address, toNano(coins));
    return somebody;
  };
  const open = async (deposit: string, terms: Partial<ChannelTerms> = {}): Promise<OpenedChannel> => {
    const payer = await person('20');
    const session = await identityOfSeed(Buffer.alloc(32, 100 + seed));
    const deployment = channelDeployment({payer: payer.address, payee: vault.address, payerKey: numberOf(session), payeeKey: numberOf(key), disputeWindow: day, salt: 0n, ...terms});
    await payer.send(deployment.address, {value: toNano(deposit), init: deployment.init, body: channelMessages.topUp()});
    const [opening] = devnet.chain.transactions.of(deployment.address);
    const {address} = deployment;
    const [channel, epoch] = [rawOf(address), opening?.transaction.lt ?? 0n];
    return {address, channel, epoch, payer, deployment, key: session, voucher: (cumulative) => signChannelVoucher(session, {network, channel, epoch, cumulative})};
  };
  const moveUntil = async (isSo: () => boolean, stepMs: number): Promise<void> => {
    for (let steps = 0; !isSo(); steps += 1) {
      if (steps > mostSteps) throw new Error(`not so after ${steps * stepMs} ms of the manual clock`);
      await clock.advance(stepMs);
    }
  };
  return {
    person,
    open,
    /** Writes into the books that a channel granted so much, and was charged so much. */
    grant: async ({channel, epoch, key: {id}, voucher}: OpenedChannel, {granted, charged = granted, capacity = granted}: {granted: bigint; charged?: bigint; capacity?: bigint}) => {
      const {signature} = await voucher(granted);
      ledger.saveChannel({channel, epoch, payerKey: id, capacity, granted, signature, charged});
    },
    fault: async (mode: Fault) => {
      await fetch(`${devnet.url}/control/faults`, {method: 'POST', body: JSON.stringify({mode})});
    },
    balance: async (address: Address) => (await devnet.chain.account(address)).balance,
    /** Moves the clock until work that waits for the chain is done; gives its error where it has one. */
    outcome: async (work: Promise<unknown>): Promise<unknown> => {
      const state: {over: boolean; error: unknown} = {over: false, error: undefined};
      const ended = work.then(() => {}, (error: unknown) => void (state.error = error)).finally(() => (state.over = true));
      await moveUntil(() => state.over, 500);
      await ended;
      return state.error;
    },
    /** Moves the clock until something is so. */
    until: (isSo: () => boolean) => moveUntil(isSo, 10_000),
    audit: () => auditOf(devnet),
  };
}

/** All coins on all accounts, all fees, and all that the faucet made: the first two are the third. */
export async function auditOf({chain}: RunningDevnet) {
  const {all} = chain.transactions;
  const made = all.reduce((sum, {transaction: {inMessage}}) => (inMessage?.info.type === 'internal' && inMessage.info.src.equals(faucetAddress) ? sum + inMessage.info.value.coins : sum), 0n);
  const accounts = new Map(all.map(({account}) => [account.toRawString(), account]));
  let held = 0n;
  for (const account of accounts.values()) held += (await chain.account(account)).balance;
  return {made, held, fees: all.reduce((sum, {transaction}) => sum + burned(transaction), 0n)};
}
