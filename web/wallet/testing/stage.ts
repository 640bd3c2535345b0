/** A devnet with a relay's vault, a demo wallet on it and the desk before them: all of the wallet's document but what needs a document. */
import {setImmediate} from 'node:timers/promises';
import type {TestContext} from 'node:test';
import {Address, toNano} from '@ton/core';
import {Chain} from '#contracts/chain.ts';
import {rawOf} from '#contracts/places.ts';
import {nodeVoucherCell, publicKey, signed} from '#contracts/testing/stage.ts';
import {vaultDeployment, vaultMessages} from '#contracts/vault/vault.ts';
import {own} from '#protocol/bytes.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import type {SignedSum} from '#protocol/voucher.ts';
import {type RunningDevnet, startDevnet} from '../../../relay/devnet/devnet.ts';
import {demoBridge} from '../demo-bridge.ts';
import {DemoWallet} from '../demo-wallet.ts';
import {type Connector, createDesk} from '../desk.ts';
import {requestOf} from '../request.ts';
import type {Order, Outcome, Ticket, WalletDesk, WalletNetwork} from '../words.ts';

export const coins = toNano;
const devnetId = -1001;
const relaySeed = 2;
export const disputeWindow = 24 * 3600;
const hexKey = (seed: number): string => publicKey(seed).toString(16).padStart(64, '0');
const nobody = new Address(0, Buffer.alloc(32, 0xde));

export class WalletStage {
  readonly devnet: RunningDevnet;
  readonly network: WalletNetwork;
  readonly clock: ManualClock;
  readonly wallet: DemoWallet;
  readonly chain: Chain;
  readonly desk: WalletDesk;
  readonly payerKey = hexKey(3);
  /** What the person answers when the wallet asks. */
  approves = true;
  /** The wallet as TON Connect has it. */
  readonly bridge: ReturnType<typeof demoBridge>;

  private constructor({devnet, network, clock}: Pick<WalletStage, 'devnet' | 'network' | 'clock'>) {
    this.devnet = devnet;
    this.network = network;
    this.clock = clock;
    this.chain = new Chain({endpoint: devnet.url, clock});
    this.wallet = new DemoWallet({seed: new Uint8Array(32).fill(7), network: devnetId, chain: this.chain, clock});
    const answer = async () => this.approves;
    this.bridge = demoBridge({wallet: this.wallet, person: {mayConnect: answer, maySend: answer}, domain: 'localhost:8787', session: {connected: true}});
    this.desk = createDesk({clock, connector: async (asked) => headless(this.bridge, asked)});
  }

  /** `rich`: what the wallet has, `vault`: what the vault has, coins. */
  static async open(t: TestContext, {rich = '10', vault = '5', blockMs = 0}: {rich?: string; vault?: string; blockMs?: number} = {}): Promise<WalletStage> {
    const clock = new ManualClock(() => setImmediate());
    const devnet = await startDevnet({clock, network: devnetId, blockMs, controls: true});
    t.after(() => devnet.close());
    const {address, init} = vaultDeployment({operatorWallet: nobody, relayKey: publicKey(relaySeed), exitDelay: 3600, dailyCap: coins('1000')});
    await devnet.chain.faucet(address, coins(vault), {init, body: vaultMessages.deposit()});
    const stage = new WalletStage({devnet, clock, network: {name: 'devnet', network: devnetId, endpoint: devnet.url, vault: rawOf(address), relayKey: hexKey(relaySeed), disputeWindow}});
    if (rich !== '0') await devnet.chain.faucet(stage.wallet.address, coins(rich));
    return stage;
  }

  get owner(): TonAddress {
    return rawOf(this.wallet.address);
  }

  look() {
    return this.desk.look(this.network, {owner: this.owner, payerKey: this.payerKey});
  }

  prepare(order: Order): Promise<Ticket> {
    return this.desk.prepare(this.network, {owner: this.owner, order});
  }

  follow(ticket: Ticket, external?: string): Promise<Outcome> {
    return this.desk.follow(this.network, {ticket, external});
  }

  deposit(amount: string): Promise<Ticket> {
    return this.prepare({is: 'deposit', amount: coins(amount), payerKey: this.payerKey});
  }

  /** Prepares, signs, and looks what came of it. */
  async run(order: Order): Promise<Outcome> {
    const ticket = await this.prepare(order);
    return this.follow(ticket, await this.desk.sign(this.network, ticket));
  }

  /** A voucher of the relay's for the wallet's owner. */
  async voucher(amount: string, {seed = relaySeed}: {seed?: number} = {}): Promise<SignedSum> {
    const account = Address.parseRaw(await this.desk.account(this.network, this.owner));
    return {cumulative: coins(amount), signature: own(signed(seed, nodeVoucherCell({account, cumulative: coins(amount), network: devnetId})))};
  }
}

/** TON Connect's app side without its user interface: what it passes on, and its codes. */
function headless(bridge: ReturnType<typeof demoBridge>, network: WalletNetwork): Connector {
  return {
    connect: async (payload) => {
      const answer = JSON.parse(JSON.stringify(await bridge.connect(2, {items: [{name: 'ton_addr', network: String(network.network)}, ...(payload === undefined ? [] : [{name: 'ton_proof', payload}])]})));
      if (answer.event !== 'connect') throw answer.payload;
      const [{address, network: chain, walletStateInit}, proof] = answer.payload.items;
      return {app: answer.payload.device.appName, address, chain, walletStateInit, proof: proof?.proof};
    },
    disconnect: async () => bridge.disconnect(),
    send: async (ticket) => {
      const {validUntil: valid_until, ...rest} = requestOf(ticket, network);
      const answer = JSON.parse(JSON.stringify(await bridge.send({method: 'sendTransaction', params: [JSON.stringify({valid_until, ...rest})], id: '1'})));
      if (answer.error) throw answer.error;
      return answer.result;
    },
  };
}
