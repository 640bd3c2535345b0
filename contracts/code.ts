/** The compiled contracts as they are committed, and where a contract with given data lives. */
import {type Address, Cell, contractAddress, type StateInit} from '@ton/core';
import compiled from './code.json' with {type: 'json'};

export type CodeName = keyof typeof compiled;

/** A contract before it is on chain: its address and what deploys it. */
export interface Deployment {
  readonly address: Address;
  readonly init: StateInit & {code: Cell; data: Cell};
}

/** The code of a contract. */
export const codeOf = (name: CodeName): Cell => Cell.fromBase64(compiled[name].boc);

/** A contract in the basechain. */
export function deployment(name: CodeName, data: Cell): Deployment {
  const init = {code: codeOf(name), data};
  return {init, address: contractAddress(0, init)};
}
