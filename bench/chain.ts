/** Gas and coins of everything that is done on chain, in the sandbox at the prices of June 2026, against the prototype's figures. */
import {measureCosts} from '../contracts/testing/costs.ts';
import type {Figure} from './figure.ts';

/** Gas of the prototype's contracts for the same steps; it had no daily cap, no check of the value at the door and no event. */
const prototypeGas: Readonly<Record<string, number>> = {
  'channel: open': 1469,
  'channel: top up': 855,
  'channel: claim by the payee': 4395,
  'channel: claim, sponsored': 5642,
  'channel: claim by external message': 3944,
  'channel: release, co-signed': 4919,
  'channel: request to close': 3798,
  'channel: finish closing': 3267,
  'channel: claim and close': 4931,
  'vault: payout': 8464,
  'vault: payout refused and restored': 8339,
  'bond: prove equivocation': 5349,
};

export async function measure(): Promise<readonly Figure[]> {
  const costs = Object.entries(await measureCosts());
  return costs.flatMap(([name, {gas, fees}]) => [
    {bench: 'chain', figure: `${name}, gas`, value: gas, unit: 'gas', ...(name in prototypeGas ? {target: `<=${prototypeGas[name]}`} : {})},
    {bench: 'chain', figure: `${name}, coins`, value: fees / 1e9, unit: 'coins'},
  ]);
}
