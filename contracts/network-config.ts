/** The configuration of TON that the sandbox runs under: gas and fees of June 2026, and the number of the network. */
import {readFileSync} from 'node:fs';
import {beginCell, Cell, Dictionary} from '@ton/core';

const source = new URL('config-2026-06.b64', import.meta.url);

/** Configuration parameter 19: the network's global id, which vouchers name. */
export function withNetwork(config: Cell, network: number): Cell {
  const parameters = Dictionary.loadDirect(Dictionary.Keys.Int(32), Dictionary.Values.Cell(), config);
  parameters.set(19, beginCell().storeInt(network, 32).endCell());
  return beginCell().storeDictDirect(parameters).endCell();
}

export const networkConfig = (): Cell => Cell.fromBase64(readFileSync(source, 'utf8'));
