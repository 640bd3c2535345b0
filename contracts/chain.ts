/** The chain as relay and wallet see it: TonCenter's HTTP interface v3, on any network. */
import {Address, Cell} from '@ton/core';
import * as v from 'valibot';
import {NetworkError} from '#protocol/errors.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import {normalizedHashOf} from './message-hash.ts';
import {queryIdOf} from './query-id.ts';

/** An account as it is now. */
export interface ChainAccount {
  /** nano-coins */
  readonly balance: bigint;
  /** Undefined before its deployment and after its end. */
  readonly contract: {readonly code: Cell; readonly data: Cell} | undefined;
}

export interface ChainMessage {
  readonly source: Address | undefined;
  readonly destination: Address | undefined;
  /** nano-coins */
  readonly value: bigint;
  /** The first 32 bits of the body. */
  readonly opcode: number | undefined;
  /** See query-id.ts; foreign messages may have anything here. */
  readonly queryId: bigint | undefined;
  readonly bounced: boolean;
}

export interface ChainTransaction {
  /** 32 bytes, base64. */
  readonly hash: string;
  readonly account: Address;
  readonly lt: bigint;
  /** s since 1970. */
  readonly at: number;
  /** Whether the contract did what it was asked. */
  readonly succeeded: boolean;
  /** nano-coins, without forwarding. */
  readonly fees: bigint;
  readonly received: ChainMessage | undefined;
  readonly sent: readonly ChainMessage[];
}

export interface ChainOptions {
  /** Root of the interface, such as `https://toncenter.com`. */
  readonly endpoint: string;
  readonly clock: Clock;
  readonly apiKey?: string;
}

const requestMs = 10_000;
/** The most that one answer lists. */
const mostListed = 1000;
/** Waits after "too many requests", ms. */
const pauses = [1200, 2500];

const boc = v.pipe(v.string(), v.transform((text) => Cell.fromBase64(text)));
const sum = v.pipe(v.nullish(v.string(), '0'), v.transform((text) => BigInt(text)));
const place = v.pipe(v.nullish(v.string(), ''), v.transform((text) => (text === '' ? undefined : Address.parse(text))));
const content = v.pipe(v.nullish(v.object({body: v.nullish(v.string(), '')}), {}), v.transform(({body}) => body));
const message = v.pipe(
  v.object({source: place, destination: place, value: sum, opcode: v.nullish(v.string()), bounced: v.nullish(v.boolean()), message_content: content}),
  v.transform(({opcode, bounced, message_content: body, ...rest}): ChainMessage => ({...rest, opcode: opcode ? Number(opcode) : undefined, queryId: queryIdIn(body), bounced: bounced ?? false})),
);
const transaction = v.pipe(
  v.object({
    hash: v.string(),
    account: v.pipe(v.string(), v.transform((text) => Address.parse(text))),
    lt: sum,
    now: v.number(),
    total_fees: sum,
    description: v.object({aborted: v.nullish(v.boolean())}),
    in_msg: v.nullish(message),
    out_msgs: v.array(message),
  }),
  v.transform(({hash, account: at, lt, now, total_fees: fees, description, in_msg: received, out_msgs: sent}): ChainTransaction => ({hash, account: at, lt, at: now, fees, succeeded: !description.aborted, received: received ?? undefined, sent})),
);
const account = v.object({balance: sum, code: v.nullish(v.string()), data: v.nullish(v.string()), status: v.string()});
const transactions = v.object({transactions: v.array(transaction)});
const newest = v.object({last: v.object({gen_utime: v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.integer())})});
const parameter = v.object({result: v.object({config: v.object({bytes: boc})})});

/** All calls reject with `chain-down` when nobody answers in time, or what is answered can not be read. */
export class Chain {
  readonly #options: ChainOptions;

  constructor(options: ChainOptions) {
    this.#options = options;
  }

  async account(address: Address): Promise<ChainAccount> {
    const {balance, code, data, status} = await this.#ask(account, `/api/v3/addressInformation?address=${address.toRawString()}`);
    return {balance, contract: status === 'active' && code && data ? {code: Cell.fromBase64(code), data: Cell.fromBase64(data)} : undefined};
  }

  /** Hands an external message in. Rejects with `refused` when no account takes it. */
  async send(external: Cell): Promise<void> {
    await this.#ask(v.object({}), '/api/v3/message', {boc: external.toBoc().toString('base64')});
  }

  /** The transaction that an external message (base64) led to, once it is in a block. */
  async find(external: string): Promise<ChainTransaction | undefined> {
    const hash = encodeURIComponent(normalizedHashOf(external).toString('base64'));
    return (await this.#ask(transactions, `/api/v3/transactionsByMessage?msg_hash=${hash}&direction=in`)).transactions[0];
  }

  /** Newest first, at most `limit`; with `since` (s since 1970), none that are older. */
  async transactions(address: Address, {limit = mostListed, since = 0}: {limit?: number; since?: number} = {}): Promise<readonly ChainTransaction[]> {
    return (await this.#ask(transactions, `/api/v3/transactions?account=${address.toRawString()}&limit=${limit}&start_utime=${since}&sort=desc`)).transactions;
  }

  /** The chain's clock, s since 1970. All that happened until then is in whatever is asked afterwards. */
  async now(): Promise<number> {
    return (await this.#ask(newest, '/api/v3/masterchainInfo')).last.gen_utime;
  }

  /** The network's global id. */
  async network(): Promise<number> {
    const {result} = await this.#ask(parameter, '/api/v2/getConfigParam?config_id=19');
    return result.config.bytes.beginParse().loadInt(32);
  }

  async #ask<const S extends v.GenericSchema>(schema: S, path: string, body?: object): Promise<v.InferOutput<S>> {
    const {endpoint, apiKey, clock} = this.#options;
    const headers = {...(apiKey ? {'x-api-key': apiKey} : {}), ...(body ? {'content-type': 'application/json'} : {})};
    for (const pause of [...pauses, undefined]) {
      const response = await fetch(`${endpoint}${path}`, {headers, signal: AbortSignal.timeout(requestMs), ...(body ? {method: 'POST', body: JSON.stringify(body)} : {})}).catch((cause: unknown) => {
        throw new NetworkError('chain-down', 'no answer', {cause});
      });
      if (response.status === 429 && pause !== undefined) {
        await clock.sleep(pause);
        continue;
      }
      const answer: unknown = await response.json().catch(() => undefined);
      if (!response.ok) throw new NetworkError(body && response.status === 500 ? 'refused' : 'chain-down', `status ${response.status}`);
      return read(schema, answer);
    }
    throw new NetworkError('chain-down', 'too many requests');
  }
}

/** A foreign body may hold what we can't read: that must not hide the messages beside it. */
function queryIdIn(body: string): bigint | undefined {
  try {
    return queryIdOf(Cell.fromBase64(body));
  } catch {
    return undefined;
  }
}

function read<const S extends v.GenericSchema>(schema: S, answer: unknown): v.InferOutput<S> {
  try {
    return v.parse(schema, answer);
  } catch (cause) {
    throw new NetworkError('chain-down', 'an answer that can not be read', {cause});
  }
}
