/** Orders to the gateway's wallet: each is signed once and on disk before it is sent, and followed on the chain until it is known what became of it. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Cell} from '@ton/core';
import * as v from 'valibot';
import type {Chain} from '#contracts/chain.ts';
import {outcomeOf} from '#contracts/outcome.ts';
import type {Outcome, Ticket, WalletNetwork} from '#contracts/wallet-words.ts';
import {codeOf, NetworkError} from '#protocol/errors.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import {writeDurably} from './durable-file.ts';
import {ordersIn} from './gateway-folder.ts';
import {address, sum} from './money-words.ts';

const base64 = v.pipe(v.string(), v.regex(/^[\w+/]+=*$/));
const kept = v.strictObject({
  version: v.literal(1),
  /** `send`: out of the gateway's wallet. */
  kind: v.picklist(['deposit', 'withdraw', 'finish', 'cancel', 'send']),
  amount: sum,
  state: v.picklist(['open', 'confirmed', 'failed']),
  ticket: v.strictObject({from: address, to: address, value: sum, queryId: sum, validUntil: v.number(), payload: v.string(), stateInit: v.optional(base64)}),
  external: base64,
});

export interface KeptOrder {
  readonly kind: 'deposit' | 'withdraw' | 'finish' | 'cancel' | 'send';
  /** Nano-coins; 0 for all of a channel or wallet. */
  readonly amount: bigint;
  readonly state: 'open' | 'confirmed' | 'failed';
  readonly ticket: Ticket;
  /** The signed message, base64. */
  readonly external: string;
}
export type Ended = Exclude<Outcome, {is: 'pending'}>;

export interface OrderBookOptions {
  readonly folder: string;
  readonly network: WalletNetwork;
  readonly chain: Chain;
  readonly clock: Clock;
}

/** Between two looks at the chain, and how long we look, ms. Longer than an order can be on its way. */
const lookMs = 1500;
const patienceMs = 10 * 60_000;
/** As in contracts/outcome.ts, s. */
const settling = 120;

/** The newest order on one network. Whoever has this holds the lock of the orders. */
export class OrderBook {
  readonly #options: OrderBookOptions;
  readonly #path: string;

  constructor(options: OrderBookOptions) {
    this.#options = options;
    this.#path = join(ordersIn(options.folder), `${options.network.name}.json`);
  }

  /** The order of which it is not known yet what became. @throws Error that names the file when it can not be read */
  get open(): KeptOrder | undefined {
    try {
      const {version: _, ticket: {stateInit, ...ticket}, ...order} = v.parse(v.pipe(v.string(), v.parseJson(), kept), readFileSync(this.#path, 'utf8'));
      return order.state === 'open' ? {...order, ticket: {...ticket, stateInit}} : undefined;
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
      throw new Error(`${this.#path} can not be read as an order of this gateway. Nothing was changed or sent; look at the wallet on the chain, wait ten minutes, and move the file away.`, {cause});
    }
  }

  /** Keeps, sends and follows a signed order. Rejects with `wallet-silent` when its end is not known yet: it stays open, and is never sent again. */
  async place(order: Omit<KeptOrder, 'state'>): Promise<Ended> {
    const placed: KeptOrder = {...order, state: 'open'};
    await this.#keep(placed);
    // Whether the network says yes, no or nothing: only the chain knows what became of it.
    const refused = await this.#options.chain.send(Cell.fromBase64(order.external)).then(() => false, (error: unknown) => codeOf(error) === 'refused');
    return this.follow(placed, {looksOnce: refused});
  }

  /** Looks until it is known what became of an order. */
  async follow(order: KeptOrder, {looksOnce = false}: {looksOnce?: boolean} = {}): Promise<Ended> {
    const {clock} = this.#options;
    for (const end = clock.now() + (looksOnce ? 0 : patienceMs); ; await clock.sleep(lookMs)) {
      const outcome = await this.#look(order).catch(() => undefined);
      if (outcome && outcome.is !== 'pending') {
        await this.#keep({...order, state: outcome.is});
        return outcome;
      }
      if (clock.now() >= end) throw new NetworkError('wallet-silent', `what became of it is not known yet: it was ${looksOnce ? 'refused by the network' : 'handed in'} and is good for one time until ${timeOf(order.ticket.validUntil)}; the next command looks again before it sends anything`);
    }
  }

  async #look(order: KeptOrder): Promise<Outcome> {
    const {chain, network} = this.#options;
    if (order.kind !== 'send') return outcomeOf(order, {chain, network});
    // Coins to a person: no contract of ours is there to answer.
    const now = await chain.now();
    const own = await chain.find(order.external);
    if (own?.sent.length) return {is: 'confirmed', hash: Buffer.from(own.hash, 'base64').toString('hex'), at: own.at};
    if (own) return {is: 'failed', reason: 'unsent', hash: undefined};
    return now > order.ticket.validUntil + settling ? {is: 'failed', reason: 'expired', hash: undefined} : {is: 'pending'};
  }

  #keep(order: KeptOrder): Promise<void> {
    return writeDurably(this.#path, `${JSON.stringify({version: 1, ...order}, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value), 2)}\n`);
  }
}

/** Of seconds since 1970. */
export const timeOf = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
