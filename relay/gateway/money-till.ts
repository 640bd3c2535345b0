/** What a command about money stands on: the gateway's keys, its relay's place on the chain, and its wallet there. Only a command sends from that wallet. */
import {Address, Cell, loadStateInit} from '@ton/core';
import {Chain, type ChainAccount} from '#contracts/chain.ts';
import {rawOf} from '#contracts/places.ts';
import {WalletV5} from '#contracts/wallet-v5.ts';
import type {Ticket, WalletNetwork} from '#contracts/wallet-words.ts';
import {formatAmount} from '#protocol/amount.ts';
import {NetworkError} from '#protocol/errors.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import {friendlyAddress, type TonAddress} from '#protocol/ton-address.ts';
import type {GatewayKeys} from './gateway-folder.ts';
import {type Ended, type KeptOrder, OrderBook} from './money-orders.ts';

export interface Till {
  readonly network: WalletNetwork;
  readonly chain: Chain;
  readonly clock: Clock;
  readonly wallet: WalletV5;
  /** The wallet's address. */
  readonly owner: TonAddress;
  /** As people write it. */
  readonly friendly: string;
  /** Hex. */
  readonly payerKey: string;
  readonly book: OrderBook;
  /** An account as the chain has it. Rejects with `chain-down`. */
  account(address: TonAddress): Promise<ChainAccount>;
  write(line: string): void;
}

export interface TillOptions {
  readonly folder: string;
  readonly keys: GatewayKeys;
  readonly network: WalletNetwork;
  readonly clock: Clock;
  write(line: string): void;
}

export function openTill({folder, keys, network, clock, write}: TillOptions): Till {
  const chain = new Chain({endpoint: network.endpoint, clock});
  const wallet = new WalletV5({seed: keys.walletSeed, network: network.network});
  const owner = rawOf(wallet.address);
  const friendly = friendlyAddress(owner, {bounceable: false, testnetOnly: network.name !== 'mainnet'});
  const account = (address: TonAddress) => chain.account(Address.parseRaw(address));
  return {network, chain, clock, wallet, owner, friendly, payerKey: keys.payer.id, book: new OrderBook({folder, network, chain, clock}), account, write};
}

export const coinsOf = (nano: bigint): string => `${formatAmount(nano)} coins`;

/** How long a message may be on its way, s: nobody has to look at it first. */
const sendingTime = 120;

/** When a message of now is good until, by the later of the two clocks: the devnet's can be ahead. */
export async function validUntil({chain, clock}: Till): Promise<number> {
  const network = await chain.now();
  return Math.max(Math.floor(clock.now() / 1000), network) + sendingTime;
}

/** Real coins go nowhere when the address that the relay names for its chain answers for another one. Rejects with `bad-relay`, `chain-down`. */
export async function requireNetwork({chain, network: {name, network}}: Till): Promise<void> {
  const answers = await chain.network();
  if (answers !== network) throw new NetworkError('bad-relay', `the chain that it names is of network ${answers}, not the ${name}`);
}

/**
 * Ends what an earlier command began, before another one sends anything. Gives that order where it is done just now: then the same wish is not sent again.
 * Rejects with `wallet-silent` while it is not known what became of it.
 */
export async function endEarlier({book, write}: Till): Promise<KeptOrder | undefined> {
  const {open} = book;
  if (!open) return undefined;
  write(`An earlier order (${nameOf(open)}) is looked for on the chain first.`);
  const ended = await book.follow(open);
  write(ended.is === 'confirmed' ? 'It was done.' : `It was not done (${ended.reason}); its coins are in the wallet.`);
  return ended.is === 'confirmed' ? open : undefined;
}

export const nameOf = ({kind, amount}: Pick<KeptOrder, 'kind' | 'amount'>): string => `${kind} ${amount === 0n ? 'all' : coinsOf(amount)}`;

export interface NewOrder {
  readonly kind: KeptOrder['kind'];
  readonly amount: bigint;
  readonly ticket: Ticket;
  readonly bounce?: boolean;
  readonly everything?: boolean;
}

/** Signs, keeps, sends and follows. Rejects with `wallet-silent` where it is not known what became of it. */
export async function order({book, chain, wallet}: Till, {kind, amount, ticket, bounce = true, everything = false}: NewOrder): Promise<Ended> {
  const init = ticket.stateInit === undefined ? undefined : loadStateInit(Cell.fromBase64(ticket.stateInit).beginParse());
  const payment = {to: Address.parseRaw(ticket.to), bounce, value: ticket.value, body: ticket.payload === '' ? undefined : Cell.fromBase64(ticket.payload), init};
  const external = await wallet.transfer(chain, {payments: [payment], validUntil: ticket.validUntil, everything});
  return book.place({kind, amount, ticket, external});
}
