/** Sums, addresses and places of money, as the gateway's files and its relay write them. */
import * as v from 'valibot';
import {tonAddress} from '#protocol/ton-address.ts';

/** Nano-coins, or another whole number that JSON has no room for. */
export const sum = v.pipe(v.string(), v.regex(/^\d{1,20}$/), v.transform((digits) => BigInt(digits)));
const rawAddress = v.pipe(v.string(), v.regex(/^(0|-1):[\da-f]{64}$/));
export const address = v.pipe(rawAddress, v.transform((text) => tonAddress(text)));
/** One of each address. */
export const byAddress = <S extends v.GenericSchema>(value: S) => v.record(rawAddress, value);
/** A relay's place on its network. */
export const placeFields = {
  name: v.picklist(['devnet', 'testnet', 'mainnet']),
  network: v.number(),
  endpoint: v.string(),
  vault: address,
  relayKey: v.pipe(v.string(), v.regex(/^[\da-f]{64}$/)),
  /** s */
  disputeWindow: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)),
};
