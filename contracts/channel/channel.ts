/** The channel as TypeScript speaks to it: its deployment, its messages, its state. */
import {type Address, beginCell, type Cell, type TupleReader} from '@ton/core';
import type {ChainAccount} from '../chain.ts';
import {codeOf, type Deployment, deployment} from '../code.ts';
import {opcodes} from '../opcodes.ts';

/** What is fixed for a channel's life and part of its address. */
export interface ChannelTerms {
  readonly payer: Address;
  readonly payee: Address;
  /** Ed25519 public keys. */
  readonly payerKey: bigint;
  readonly payeeKey: bigint;
  /** Seconds between a withdrawal's request and its end. */
  readonly disputeWindow: number;
  readonly salt: bigint;
}

/** What a channel's get method tells; sums in nano-coins. */
export interface ChannelState {
  /** Logical time of its opening; 0 before. */
  readonly epoch: bigint;
  readonly claimed: bigint;
  /** 0, or when a withdrawal may be finished, s since 1970. */
  readonly finishAt: number;
  /** 0 closes the channel. */
  readonly requested: bigint;
  readonly releaseSeqno: number;
  /** What may be paid out now. */
  readonly spendable: bigint;
}

/** Stays in an open channel for its rent, nano-coins (fees.tolk). */
export const rentReserve = 10_000_000n;
/** The smallest claim by external message at the prices of gas of June 2026, nano-coins: its fee and the smallest payout (fees.tolk). */
export const minExternalClaim = 1_533_334n;

/** A sum and the signature that grants it. */
export interface Granted {
  /** Nano-coins. */
  readonly amount: bigint;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

export function channelDeployment(terms: ChannelTerms): Deployment {
  const parties = beginCell().storeAddress(terms.payer).storeAddress(terms.payee).storeUint(terms.payerKey, 256).endCell();
  const data = beginCell()
    .storeUint(0, 64)
    .storeCoins(0)
    .storeUint(0, 32)
    .storeCoins(0)
    .storeUint(0, 32)
    .storeUint(terms.payeeKey, 256)
    .storeUint(terms.disputeWindow, 32)
    .storeUint(terms.salt, 64)
    .storeRef(parties)
    .endCell();
  return deployment('channel', data);
}

/** What a channel's data says; `undefined` when it is no data of a channel. */
function readChannelData(data: Cell): (ChannelTerms & Omit<ChannelState, 'spendable'>) | undefined {
  try {
    const slice = data.beginParse();
    const state = {epoch: slice.loadUintBig(64), claimed: slice.loadCoins(), finishAt: slice.loadUint(32), requested: slice.loadCoins(), releaseSeqno: slice.loadUint(32)};
    const terms = {payeeKey: slice.loadUintBig(256), disputeWindow: slice.loadUint(32), salt: slice.loadUintBig(64)};
    const parties = slice.loadRef().beginParse();
    return {...state, ...terms, payer: parties.loadAddress(), payee: parties.loadAddress(), payerKey: parties.loadUintBig(256)};
  } catch {
    return undefined;
  }
}

/**
 * The channel at an address as the chain has it; `undefined` when there is none. Its address proves that it began with nothing: whoever
 * deployed it could not give it a past.
 */
export function channelFrom(address: Address, {balance, contract}: ChainAccount): (ChannelTerms & ChannelState) | undefined {
  const data = contract?.code.equals(codeOf('channel')) ? readChannelData(contract.data) : undefined;
  if (!data || !channelDeployment(data).address.equals(address)) return undefined;
  return {...data, spendable: balance > rentReserve ? balance - rentReserve : 0n};
}

const plain = (opcode: number, queryId: bigint) => beginCell().storeUint(opcode, 32).storeUint(queryId, 64);
const granted = (opcode: number, {amount, signature}: Granted, queryId: bigint): Cell => plain(opcode, queryId).storeCoins(amount).storeBuffer(Buffer.from(signature)).endCell();

/** Bodies of the messages that a channel takes. */
export const channelMessages = {
  topUp: (queryId = 0n): Cell => plain(opcodes.TopUp, queryId).endCell(),
  claim: (voucher: Granted, queryId = 0n): Cell => granted(opcodes.Claim, voucher, queryId),
  claimAndClose: (voucher: Granted, queryId = 0n): Cell => granted(opcodes.ClaimAndClose, voucher, queryId),
  /** 0 closes the channel. */
  requestWithdrawal: (amount: bigint, queryId = 0n): Cell => plain(opcodes.RequestWithdrawal, queryId).storeCoins(amount).endCell(),
  finishWithdrawal: (queryId = 0n): Cell => plain(opcodes.FinishWithdrawal, queryId).endCell(),
  releaseNow: (release: Granted, queryId = 0n): Cell => granted(opcodes.ReleaseNow, release, queryId),
  cancelWithdrawal: (queryId = 0n): Cell => plain(opcodes.CancelWithdrawal, queryId).endCell(),
  /** For an external message. */
  externalClaim: ({amount, signature}: Granted): Cell => beginCell().storeUint(opcodes.ExternalClaim, 32).storeCoins(amount).storeBuffer(Buffer.from(signature)).endCell(),
} as const;

/** Reads the stack of `channel_state`. */
export const readChannelState = (stack: TupleReader): ChannelState => ({
  epoch: stack.readBigNumber(),
  claimed: stack.readBigNumber(),
  finishAt: stack.readNumber(),
  requested: stack.readBigNumber(),
  releaseSeqno: stack.readNumber(),
  spendable: stack.readBigNumber(),
});
