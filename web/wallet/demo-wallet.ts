/** The demo wallet's core: a real wallet v5 with a key of its own, for the devnet only. Knows no document; who asks the person is handed in elsewhere. */
import {Address, Cell, loadStateInit} from '@ton/core';
import * as v from 'valibot';
import type {Chain} from '#contracts/chain.ts';
import {proofHash} from '#contracts/ton-proof.ts';
import {type WalletPayment, WalletV5} from '#contracts/wallet-v5.ts';
import type {Clock} from '#protocol/roles/ports.ts';

/** Numbers of TON Connect for what went wrong. */
export const refusalCodes = {unknown: 0, badRequest: 1, unknownApp: 100, rejected: 300, unsupported: 400} as const;

/** Why the wallet did not do it, as TON Connect says it. */
export class WalletRefusal extends Error {
  readonly code: number;

  constructor(why: keyof typeof refusalCodes, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = refusalCodes[why];
  }
}

export interface DemoWalletOptions {
  /** 32 bytes. */
  readonly seed: Uint8Array;
  /** Global id of the devnet. */
  readonly network: number;
  readonly chain: Chain;
  readonly clock: Clock;
}

/** What a person is asked to approve. */
export interface Review {
  readonly payments: readonly WalletPayment[];
  /** Nano-coins, without fees. */
  readonly total: bigint;
  readonly balance: bigint;
  readonly suffices: boolean;
  /** s since 1970. */
  readonly validUntil: number;
  /** Seconds until then. */
  readonly left: number;
}

/** What a transfer and the wallet's own deployment may cost, nano-coins. */
const fees = 10_000_000n;
export const maxMessages = 4;
const defaultTime = 300;

const parsed = <T>(parse: (text: string) => T) => v.rawTransform<string, T>(({dataset, addIssue, NEVER}) => {
  try {
    return parse(dataset.value);
  } catch {
    addIssue({message: 'can not be read'});
    return NEVER;
  }
});
const cell = v.pipe(v.string(), parsed((text) => Cell.fromBase64(text)));
const payment = v.pipe(
  // Strict: what this wallet does not know it does not sign.
  v.strictObject({
    address: v.pipe(v.string(), parsed((text) => Address.parseFriendly(text))),
    amount: v.pipe(v.string(), v.regex(/^\d{1,20}$/), v.transform((text) => BigInt(text))),
    payload: v.optional(cell),
    stateInit: v.optional(v.pipe(v.string(), parsed((text) => loadStateInit(Cell.fromBase64(text).beginParse())))),
  }),
  v.transform(({address, amount, payload, stateInit}): WalletPayment => ({to: address.address, bounce: address.isBounceable, value: amount, body: payload, init: stateInit})),
);
const request = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({valid_until: v.optional(v.number()), network: v.optional(v.string()), from: v.optional(v.pipe(v.string(), parsed((text) => Address.parse(text)))), messages: v.pipe(v.array(payment), v.minLength(1), v.maxLength(maxMessages))}),
);

export class DemoWallet {
  readonly address: Address;
  readonly #wallet: WalletV5;
  readonly #options: DemoWalletOptions;

  constructor(options: DemoWalletOptions) {
    this.#wallet = new WalletV5(options);
    this.#options = options;
    this.address = this.#wallet.address;
  }

  /** TON Connect's `ton_addr`. */
  introduce() {
    const walletStateInit = this.#wallet.stateInit.toBoc().toString('base64');
    return {name: 'ton_addr', address: this.address.toRawString(), network: String(this.#options.network), walletStateInit, publicKey: this.#wallet.publicKey.toString('hex')} as const;
  }

  /** TON Connect's `ton_proof`, for the site at `domain`. */
  prove(payload: string, domain: string) {
    const timestamp = Math.floor(this.#options.clock.now() / 1000);
    const signature = this.#wallet.signHash(proofHash(this.address, {domain, timestamp, payload})).toString('base64');
    return {name: 'ton_proof', proof: {timestamp, domain: {lengthBytes: Buffer.byteLength(domain), value: domain}, payload, signature}} as const;
  }

  /** Reads a `sendTransaction` request. Rejects with a `WalletRefusal`, and with `chain-down`. */
  async review(text: string): Promise<Review> {
    const asked = v.safeParse(request, text);
    if (!asked.success) throw new WalletRefusal('badRequest', 'The request can not be read.');
    const {valid_until: until, network, from, messages} = asked.output;
    const now = await this.#now();
    const validUntil = until ?? now + defaultTime;
    if (network !== undefined && network !== String(this.#options.network)) throw new WalletRefusal('badRequest', 'The request is for another network.');
    if (from && !from.equals(this.address)) throw new WalletRefusal('badRequest', 'The request is for another wallet.');
    if (validUntil <= now) throw new WalletRefusal('badRequest', 'The request is too old.');
    const total = messages.reduce((sum, {value}) => sum + value, 0n);
    const {balance} = await this.#options.chain.account(this.address);
    return {payments: messages, total, balance, suffices: balance >= total + fees, validUntil, left: validUntil - now};
  }

  /** Signs and sends what was reviewed; gives the external message, base64. Rejects with a `WalletRefusal`. */
  async send({payments, validUntil}: Review): Promise<string> {
    if (validUntil <= (await this.#now())) throw new WalletRefusal('badRequest', 'The request is too old.');
    const message = await this.sign({payments, validUntil});
    try {
      await this.#options.chain.send(Cell.fromBase64(message));
    } catch (cause) {
      throw new WalletRefusal('unknown', 'The devnet did not take the message.', {cause});
    }
    return message;
  }

  /** The external message that pays, base64; not sent yet. The wallet's number in it makes it good for one time. */
  sign({payments, validUntil}: Pick<Review, 'payments' | 'validUntil'>): Promise<string> {
    return this.#wallet.transfer(this.#options.chain, {payments, validUntil});
  }

  /** The devnet's clock can be ahead of this machine's. */
  async #now(): Promise<number> {
    const {clock, chain} = this.#options;
    return Math.max(Math.floor(clock.now() / 1000), await chain.now());
  }
}
