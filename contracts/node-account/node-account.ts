/** One node's account at one vault as TypeScript speaks to it. */
import {type Address, beginCell, type Cell} from '@ton/core';
import type {ChainAccount} from '../chain.ts';
import {type Deployment, deployment} from '../code.ts';
import {opcodes} from '../opcodes.ts';

/** What an account's address follows from. */
export interface AccountTerms {
  readonly vault: Address;
  /** The wallet that is paid. */
  readonly owner: Address;
  /** The vault's key for vouchers. */
  readonly relayKey: bigint;
}

export function accountDeployment({vault, owner, relayKey}: AccountTerms): Deployment {
  return deployment('node-account', beginCell().storeCoins(0).storeAddress(vault).storeAddress(owner).storeUint(relayKey, 256).endCell());
}

/** The body of a claim: a cumulative sum in nano-coins and the relay's signature. */
export function nodeClaim({amount, signature}: {amount: bigint; signature: Uint8Array}, queryId = 0n): Cell {
  return beginCell().storeUint(opcodes.NodeClaim, 32).storeUint(queryId, 64).storeCoins(amount).storeBuffer(Buffer.from(signature)).endCell();
}

/** What was claimed from an account so far, nano-coins; 0 before its deployment. Give it the account at a `deployment`'s address. */
export const claimedFrom = ({contract}: ChainAccount): bigint => contract?.data.beginParse().loadCoins() ?? 0n;
