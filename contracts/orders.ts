/** Makes the one message that a person's wish comes to, and refuses sums that the contract or the wallet could not do. */
import {Address, beginCell, type Cell, type StateInit, storeStateInit} from '@ton/core';
import type {Chain} from './chain.ts';
import {channelFrom, channelMessages, rentReserve} from './channel/channel.ts';
import type {Deployment} from './code.ts';
import {nodeClaim} from './node-account/node-account.ts';
import {formatAmount, maxAmount} from '#protocol/amount.ts';
import {NetworkError} from '#protocol/errors.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import {accountOf, channelOf, rawOf} from './places.ts';
import type {Order, Ticket, WalletNetwork} from './wallet-words.ts';

/** What makes a ticket of an order. */
export interface OrderDesk {
  readonly chain: Chain;
  readonly network: WalletNetwork;
  readonly owner: TonAddress;
  /** Later the wallet refuses it, s since 1970. */
  readonly validUntil: number;
}

interface Draft {
  readonly to: Address;
  /** Nano-coins. */
  readonly value: bigint;
  readonly body: Cell;
  /** Undefined where the contract is on chain. */
  readonly init: StateInit | undefined;
  /** What the wallet must keep for its own fees, nano-coins. */
  readonly fees: bigint;
}

/** Five times the channel's rent: an opening with less is not worth its fees. */
const minDeposit = 5n * rentReserve;
/** A smaller payout is left out by the channel (channel/fees.tolk). */
const minWithdrawal = 1_000_000n;
/** After a deposit the wallet can still ask for it back. */
export const depositFees = 50_000_000n;
export const sendingFees = 10_000_000n;
/** An account's rent and its claim at prices six times those of 2026; what is left comes back with the payment. */
const claimValue = 30_000_000n;
/** What is left of these two goes to the payee as gas for its notice, so it is little. */
const noticeValue = 5_000_000n;
/** What is left comes back. */
const finishValue = 20_000_000n;

/** Rejects with `bad-amount`, `wallet-empty`, `chain-down`. */
export async function ticketFor(order: Order, desk: OrderDesk): Promise<Ticket> {
  const {chain, owner, validUntil} = desk;
  const [queryId = 0n] = crypto.getRandomValues(new BigUint64Array(1));
  const {to, value, body, init, fees} = await draftOf(order, {...desk, queryId});
  const {balance} = await chain.account(Address.parseRaw(owner));
  if (balance < value + fees) throw new NetworkError('wallet-empty', `this takes ${formatAmount(value + fees)} with fees, the wallet has ${formatAmount(balance)}`);
  return {from: owner, to: rawOf(to), value, queryId, validUntil, payload: base64(body), stateInit: init && base64(beginCell().store(storeStateInit(init)).endCell())};
}

async function draftOf(order: Order, desk: OrderDesk & {queryId: bigint}): Promise<Draft> {
  const {network, owner, queryId} = desk;
  if (order.is === 'deposit') {
    if (order.amount < minDeposit || order.amount > maxAmount) refuse(`a deposit is at least ${formatAmount(minDeposit)}`);
    const channel = channelOf(network, {owner, payerKey: order.payerKey});
    return {to: channel.address, value: order.amount, body: channelMessages.topUp(queryId), init: await initOf(channel, desk), fees: depositFees};
  }
  if (order.is === 'collect') {
    const account = accountOf(network, owner);
    const {cumulative: amount, signature} = order.voucher;
    return {to: account.address, value: claimValue, body: nodeClaim({amount, signature}, queryId), init: await initOf(account, desk), fees: sendingFees};
  }
  const to = Address.parseRaw(order.channel);
  const plain = {to, init: undefined, fees: sendingFees};
  if (order.is === 'withdraw') {
    await requireWithdrawable(order.amount, {...desk, to});
    return {...plain, value: noticeValue, body: channelMessages.requestWithdrawal(order.amount, queryId)};
  }
  if (order.is === 'cancel') return {...plain, value: noticeValue, body: channelMessages.cancelWithdrawal(queryId)};
  return {...plain, value: finishValue, body: channelMessages.finishWithdrawal(queryId)};
}

/** What deploys a contract that is not on chain yet. */
async function initOf({address, init}: Deployment, {chain}: OrderDesk): Promise<StateInit | undefined> {
  return (await chain.account(address)).contract ? undefined : init;
}

async function requireWithdrawable(amount: bigint, {chain, to}: OrderDesk & {to: Address}): Promise<void> {
  const channel = channelFrom(to, await chain.account(to));
  if (!channel) refuse('there is no channel any more');
  if (amount < 0n || (amount > 0n && amount < minWithdrawal)) refuse(`a withdrawal is at least ${formatAmount(minWithdrawal)}, or 0 for all`);
  if (amount > channel.spendable) refuse(`the channel has ${formatAmount(channel.spendable)}`);
}

function refuse(reason: string): never {
  throw new NetworkError('bad-amount', reason);
}

const base64 = (cell: Cell): string => cell.toBoc().toString('base64');
