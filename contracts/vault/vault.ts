/** A relay's vault as TypeScript speaks to it. */
import {type Address, beginCell, type Cell, type TupleReader} from '@ton/core';
import type {ChainAccount} from '../chain.ts';
import {codeOf, type Deployment, deployment} from '../code.ts';
import {opcodes} from '../opcodes.ts';

/** What is fixed at a vault's deployment, and the cap it begins with. */
export interface VaultTerms {
  readonly operatorWallet: Address;
  /** Ed25519 public key that signs node vouchers. */
  readonly relayKey: bigint;
  /** Seconds between the announcement of an exit and its execution. */
  readonly exitDelay: number;
  /** Nano-coins that nodes can be paid in one day. */
  readonly dailyCap: bigint;
}

/** Sums in nano-coins, times in s since 1970. */
export interface VaultState {
  readonly balance: bigint;
  /** 0 when no exit is announced. */
  readonly exitAt: number;
  readonly exitAmount: bigint;
  readonly dailyCap: bigint;
  readonly dayBegan: number;
  readonly paidThisDay: bigint;
}

export function vaultDeployment(terms: VaultTerms): Deployment {
  const data = beginCell()
    .storeAddress(terms.operatorWallet)
    .storeUint(terms.relayKey, 256)
    .storeUint(terms.exitDelay, 32)
    .storeUint(0, 32)
    .storeCoins(0)
    .storeCoins(terms.dailyCap)
    .storeUint(0, 32)
    .storeCoins(0)
    .storeRef(codeOf('node-account'))
    .endCell();
  return deployment('vault', data);
}

const plain = (opcode: number, queryId: bigint) => beginCell().storeUint(opcode, 32).storeUint(queryId, 64);

/** Bodies of the messages that a vault takes from people. */
export const vaultMessages = {
  deposit: (queryId = 0n): Cell => plain(opcodes.Deposit, queryId).endCell(),
  announceExit: (amount: bigint, queryId = 0n): Cell => plain(opcodes.AnnounceExit, queryId).storeCoins(amount).endCell(),
  executeExit: (queryId = 0n): Cell => plain(opcodes.ExecuteExit, queryId).endCell(),
  raiseDailyCap: (cap: bigint, queryId = 0n): Cell => plain(opcodes.RaiseDailyCap, queryId).storeCoins(cap).endCell(),
} as const;

/** What a vault's data says; `undefined` when it is no data of a vault. */
function readVaultData(data: Cell): (VaultTerms & Omit<VaultState, 'balance'>) | undefined {
  try {
    const slice = data.beginParse();
    const terms = {operatorWallet: slice.loadAddress(), relayKey: slice.loadUintBig(256), exitDelay: slice.loadUint(32)};
    const exit = {exitAt: slice.loadUint(32), exitAmount: slice.loadCoins()};
    const daily = {dailyCap: slice.loadCoins(), dayBegan: slice.loadUint(32), paidThisDay: slice.loadCoins()};
    // A vault with another code for its accounts would pay whom it likes.
    return slice.loadRef().equals(codeOf('node-account')) ? {...terms, ...exit, ...daily} : undefined;
  } catch {
    return undefined;
  }
}

/** The vault of an account as the chain has it; `undefined` when it is none. */
export function vaultFrom({balance, contract}: ChainAccount): (VaultTerms & VaultState) | undefined {
  const data = contract?.code.equals(codeOf('vault')) ? readVaultData(contract.data) : undefined;
  return data && {...data, balance};
}

/** Reads the stack of `vault_state`. */
export const readVaultState = (stack: TupleReader): VaultState => ({
  balance: stack.readBigNumber(),
  exitAt: stack.readNumber(),
  exitAmount: stack.readBigNumber(),
  dailyCap: stack.readBigNumber(),
  dayBegan: stack.readNumber(),
  paidThisDay: stack.readBigNumber(),
});
