/** Where the gateway deposited: kept before its first coin leaves, so that coins come home also when the relay is gone, or has another vault. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as v from 'valibot';
import type {WalletNetwork} from '#contracts/wallet-words.ts';
import {writeDurably} from './durable-file.ts';
import {ordersIn} from './gateway-folder.ts';
import {placeFields} from './money-words.ts';

export interface KeptPlace {
  /** Address of the relay. */
  readonly relay: string;
  readonly network: WalletNetwork;
}

const places = v.pipe(v.string(), v.parseJson(), v.array(v.strictObject({relay: v.string(), network: v.strictObject(placeFields)})));

const pathOf = (folder: string): string => join(ordersIn(folder), 'places.json');
const keyOf = ({network: {name, vault, relayKey, disputeWindow}}: KeptPlace): string => `${name} ${vault} ${relayKey} ${disputeWindow}`;

/** Newest last; reads without a lock. @throws Error that names the file when it is there and can not be read */
export function readPlaces(folder: string): readonly KeptPlace[] {
  const path = pathOf(folder);
  try {
    return v.parse(places, readFileSync(path, 'utf8'));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw new Error(`${path} can not be read as the places where this gateway deposited. Nothing was changed or sent; put back its copy, or move it away: the relay says again where its own are.`, {cause});
  }
}

/** Durable when it resolves. Whoever calls it holds the lock of the orders. */
export async function keepPlace(folder: string, place: KeptPlace): Promise<void> {
  const known = readPlaces(folder);
  const last = known.at(-1);
  if (last && last.relay === place.relay && last.network.endpoint === place.network.endpoint && keyOf(last) === keyOf(place)) return;
  await writeDurably(pathOf(folder), `${JSON.stringify([...known.filter((each) => keyOf(each) !== keyOf(place)), place], undefined, 2)}\n`);
}
