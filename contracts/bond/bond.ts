/** A bond as TypeScript speaks to it. */
import {type Address, beginCell, type Cell} from '@ton/core';
import {type Deployment, deployment} from '../code.ts';
import {opcodes} from '../opcodes.ts';

/** What is fixed for a bond's life and part of its address. */
export interface BondTerms {
  readonly owner: Address;
  /** Ed25519 public key that signs statements. */
  readonly key: bigint;
  readonly treasury: Address;
  /** Seconds. */
  readonly unbondDelay: number;
  readonly salt: bigint;
}

/** What was signed for a slot: a hash, and the signature over the statement. */
export interface SignedContent {
  readonly content: bigint;
  readonly signature: Uint8Array;
}

export function bondDeployment({owner, key, treasury, unbondDelay, salt}: BondTerms): Deployment {
  return deployment('bond', beginCell().storeAddress(owner).storeUint(key, 256).storeAddress(treasury).storeUint(unbondDelay, 32).storeUint(0, 32).storeUint(salt, 64).endCell());
}

const plain = (opcode: number, queryId: bigint) => beginCell().storeUint(opcode, 32).storeUint(queryId, 64);
const signedCell = ({content, signature}: SignedContent): Cell => beginCell().storeBuffer(Buffer.from(signature)).storeUint(content, 256).endCell();

/** Bodies of the messages that a bond takes. */
export const bondMessages = {
  deposit: (queryId = 0n): Cell => plain(opcodes.BondDeposit, queryId).endCell(),
  startUnbonding: (queryId = 0n): Cell => plain(opcodes.StartUnbonding, queryId).endCell(),
  finishUnbonding: (queryId = 0n): Cell => plain(opcodes.FinishUnbonding, queryId).endCell(),
  proveEquivocation: ({kind, slot, first, second}: {kind: number; slot: bigint; first: SignedContent; second: SignedContent}, queryId = 0n): Cell =>
    plain(opcodes.ProveEquivocation, queryId).storeUint(kind, 8).storeUint(slot, 256).storeRef(signedCell(first)).storeRef(signedCell(second)).endCell(),
} as const;
