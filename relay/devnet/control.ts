/** What only a devnet has: a faucet for everybody; a clock, snapshots and faults for who started it. */
import {toNano} from '@ton/core';
import * as v from 'valibot';
import type {DevChain} from './chain.ts';
import {addressField, countField} from './fields.ts';

/**
 * How the HTTP side misbehaves, for tests of who talks to it: `down` answers nothing, `cut` does what was asked and then says nothing,
 * `refuse` takes no messages, `drop` says that it took a message and forgets it, `slow` answers late.
 */
export type Fault = 'none' | 'down' | 'cut' | 'refuse' | 'drop' | 'slow';

export interface Faults {
  mode: Fault;
  /** For `slow`, milliseconds. */
  ms: number;
}

/** The most that one call of the faucet gives, coins. */
const mostCoins = 100;
const coins = v.pipe(v.string(), v.regex(/^\d{1,3}(\.\d{1,9})?$/, 'must be a sum in coins with at most 9 decimals'), v.check((text) => Number(text) > 0 && Number(text) <= mostCoins, `must be above 0 and at most ${mostCoins}`), v.transform((text) => toNano(text)));
const dripping = v.object({address: addressField, amount: v.optional(coins, '10')});
const faulting = v.object({mode: v.picklist(['none', 'down', 'cut', 'refuse', 'drop', 'slow']), ms: v.optional(countField(60_000), 0)});
const year = 366 * 24 * 3600;

type Control = (chain: DevChain, params: unknown, faults: Faults) => Promise<object>;

export const openControls: Readonly<Record<string, Control>> = {
  faucet: async (chain, params) => {
    const {address, amount} = v.parse(dripping, params);
    await chain.faucet(address, amount);
    return {ok: true};
  },
};

export const ownerControls: Readonly<Record<string, Control>> = {
  clock: async (chain, params) => {
    await chain.pass(v.parse(v.object({seconds: countField(year)}), params).seconds);
    return {now: chain.now};
  },
  block: async (chain) => {
    await chain.mine();
    return {seqno: chain.head.seqno};
  },
  snapshot: async (chain) => ({seqno: chain.head.seqno}),
  restore: async (chain, params) => {
    await chain.rewind(v.parse(v.object({seqno: countField(2 ** 40)}), params).seqno);
    return {seqno: chain.head.seqno};
  },
  faults: async (chain, params, faults) => {
    Object.assign(faults, v.parse(faulting, params));
    chain.door = faults.mode === 'refuse' ? 'shut' : faults.mode === 'drop' ? 'forgetful' : 'open';
    return faults;
  },
};
