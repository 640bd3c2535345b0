/** The compiled contracts as they are committed, and where a contract with given data lives. */
import {readFileSync} from 'node:fs';
import {type Address, Cell, contractAddress, type StateInit} from '@ton/core';
import type {CompiledCode, ContractName} from './compile.ts';

/** A contract before it is on chain: its address and what deploys it. */
export interface Deployment {
  readonly address: Address;
  readonly init: StateInit & {code: Cell; data: Cell};
}

/** The mutation run puts the code of a mutant in the place of the committed one. */
const {BOMBYX_CONTRACT_CODE: file = new URL('code.json', import.meta.url)} = process.env;
const compiled = JSON.parse(readFileSync(file, 'utf8')) as Record<ContractName, CompiledCode>;

/** The code of a contract. */
export const codeOf = (name: ContractName): Cell => Cell.fromBase64(compiled[name].boc);

/** A contract in the basechain. */
export function deployment(name: ContractName, data: Cell): Deployment {
  const init = {code: codeOf(name), data};
  return {init, address: contractAddress(0, init)};
}
