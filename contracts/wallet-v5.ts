/** A wallet v5 of one key: signs the messages that pay from it. It sends nothing and asks nobody. */
import {type Address, beginCell, type Cell, external, internal, SendMode, type StateInit, storeMessage, storeStateInit} from '@ton/core';
import {keyPairFromSeed, sign} from '@ton/crypto';
// Not the package: that pulls in every wallet, axios and zod.
import {WalletContractV5R1} from '@ton/ton/dist/wallets/v5r1/WalletContractV5R1.js';
import type {Chain} from './chain.ts';

export interface WalletPayment {
  readonly to: Address;
  readonly bounce: boolean;
  /** Nano-coins. */
  readonly value: bigint;
  readonly body: Cell | undefined;
  readonly init: StateInit | undefined;
}

export interface WalletTransfer {
  readonly payments: readonly WalletPayment[];
  /** Later the wallet refuses it, s since 1970. */
  readonly validUntil: number;
  /** Sends all that the wallet has, whatever the value says. */
  readonly everything?: boolean;
}

export interface WalletV5Options {
  /** 32 bytes. */
  readonly seed: Uint8Array;
  /** Global id: the same seed has another address on another network. */
  readonly network: number;
}

export class WalletV5 {
  readonly address: Address;
  readonly publicKey: Buffer;
  readonly #contract: WalletContractV5R1;
  readonly #secretKey: Buffer;

  constructor({seed, network}: WalletV5Options) {
    const {publicKey, secretKey} = keyPairFromSeed(Buffer.from(seed));
    this.#contract = WalletContractV5R1.create({publicKey, walletId: {networkGlobalId: network}});
    this.#secretKey = secretKey;
    this.address = this.#contract.address;
    this.publicKey = this.#contract.publicKey;
  }

  /** What deploys it. */
  get stateInit(): Cell {
    return beginCell().store(storeStateInit(this.#contract.init)).endCell();
  }

  /** 64 bytes. */
  signHash(hash: Buffer): Buffer {
    return sign(hash, this.#secretKey);
  }

  /** The external message that pays, base64; not sent yet. The wallet's number in it makes it good for one time. Rejects with `chain-down`. */
  async transfer(chain: Pick<Chain, 'account'>, {payments, validUntil, everything = false}: WalletTransfer): Promise<string> {
    const {contract} = await chain.account(this.address);
    const seqno = contract ? contract.data.beginParse().skip(1).loadUint(32) : 0;
    const messages = payments.map(({to, bounce, value, body, init}) => internal({to, bounce, value, ...(body ? {body} : {}), ...(init ? {init} : {})}));
    const sendMode = (everything ? SendMode.CARRY_ALL_REMAINING_BALANCE : SendMode.PAY_GAS_SEPARATELY) | SendMode.IGNORE_ERRORS;
    const body = this.#contract.createTransfer({seqno, secretKey: this.#secretKey, timeout: validUntil, sendMode, messages});
    return beginCell().store(storeMessage(external({to: this.address, body, ...(contract ? {} : {init: this.#contract.init})}))).endCell().toBoc().toString('base64');
  }
}
