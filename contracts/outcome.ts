/** Finds on chain what became of a ticket, whatever its wallet said or did not say. */
import {Address, Cell} from '@ton/core';
import type {Chain, ChainTransaction} from './chain.ts';
import {opcodes} from './opcodes.ts';
import type {Outcome, Ticket, WalletNetwork} from './wallet-words.ts';

/** What is known of a ticket that a wallet was asked to send. */
export interface Sent {
  readonly ticket: Ticket;
  /** The external message, base64; undefined where the wallet did not show it. */
  readonly external: string | undefined;
}

interface Search {
  readonly chain: Chain;
  readonly vault: Address;
  readonly from: Address;
  readonly to: Address;
  readonly ticket: Ticket;
}

/** How far back we look, s: more than a machine's clock may be wrong. */
const horizon = 24 * 3600;
/** From the last moment in which a wallet can send until all of it is in blocks, s. */
const settling = 120;
/** Clocks of two shards may differ by so much, s. */
const shardSkew = 60;

/** Looks once. Rejects with `chain-down`. */
export async function outcomeOf({ticket, external}: Sent, {chain, network}: {chain: Chain; network: WalletNetwork}): Promise<Outcome> {
  const search: Search = {chain, ticket, vault: Address.parseRaw(network.vault), from: Address.parseRaw(ticket.from), to: Address.parseRaw(ticket.to)};
  // First of all: what happened before this moment is in all later answers.
  const now = await chain.now();
  const arrivals = await chain.transactions(search.to, {since: ticket.validUntil - horizon});
  const arrived = arrivals.find(({received}) => received?.queryId === ticket.queryId && !received.bounced && received.source?.equals(search.from));
  if (arrived) return verdict(arrived, {...search, arrivals});
  const own = external === undefined ? undefined : await chain.find(external);
  if (own && !own.sent.some(({destination}) => destination?.equals(search.to))) return {is: 'failed', reason: 'unsent', hash: hexOf(own)};
  if (own || now <= ticket.validUntil + settling || (await isOnItsWay(search))) return {is: 'pending'};
  return {is: 'failed', reason: 'expired', hash: undefined};
}

/** Whether the wallet sent it by another message than the one that it showed us, and the receiver did not have its turn yet. */
async function isOnItsWay({chain, from, to, ticket}: Search): Promise<boolean> {
  const departures = await chain.transactions(from, {since: ticket.validUntil - horizon});
  return departures.some(({sent}) => sent.some(({queryId, destination}) => queryId === ticket.queryId && destination?.equals(to)));
}

async function verdict(arrived: ChainTransaction, search: Search & {arrivals: readonly ChainTransaction[]}): Promise<Outcome> {
  if (!arrived.succeeded) return {is: 'failed', reason: 'refused', hash: hexOf(arrived)};
  const confirmed: Outcome = {is: 'confirmed', hash: hexOf(arrived), at: arrived.at};
  return isClaim(search.ticket) ? payoutOf(arrived, {...search, confirmed}) : confirmed;
}

const isClaim = ({payload}: Ticket): boolean => Cell.fromBase64(payload).beginParse().loadUint(32) === opcodes.NodeClaim;

/** An account that took a claim has only asked the vault: it pays the owner, or the account gets its request back. */
async function payoutOf(claim: ChainTransaction, search: Search & {arrivals: readonly ChainTransaction[]; confirmed: Outcome}): Promise<Outcome> {
  const {chain, from, vault, ticket, arrivals, confirmed} = search;
  const isAnswer = ({received}: ChainTransaction) => received?.queryId === ticket.queryId && received.source?.equals(vault);
  const refusal = arrivals.find((each) => each.received?.bounced && isAnswer(each));
  if (refusal) return {is: 'failed', reason: 'refused', hash: hexOf(refusal)};
  // Not `succeeded`: the coins are there also where the owner's wallet is not deployed yet.
  const payments = await chain.transactions(from, {since: claim.at - shardSkew});
  return payments.some((each) => each.received?.opcode === opcodes.NodePaid && isAnswer(each)) ? confirmed : {is: 'pending'};
}

const hexOf = ({hash}: ChainTransaction): string => Buffer.from(hash, 'base64').toString('hex');
