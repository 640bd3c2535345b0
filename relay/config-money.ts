/** The settings for money: which network, which vault, which keys, and what the relay takes and gives. */
import {resolve} from 'node:path';
import * as v from 'valibot';
import {type NetworkName, networks} from '#contracts/networks.ts';
import type {TrialLimits} from '#protocol/roles/relay-bank.ts';
import {tonAddress, parseFriendly, type TonAddress} from '#protocol/ton-address.ts';
import {coins, integer, onOff} from './config-fields.ts';

export const moneyKeys = {
  BOMBYX_NETWORK: v.optional(v.picklist(['off', 'devnet', 'testnet', 'mainnet', 'cluster'], 'must be off, devnet, testnet, mainnet or cluster'), 'off'),
  BOMBYX_DATA: v.optional(v.string(), resolve(import.meta.dirname, '../.data')),
  BOMBYX_CHAIN_ENDPOINT: v.optional(v.pipe(v.string(), v.regex(/^https?:\/\/[^/?#@\s]+$/, 'must be the root of an address, such as https://toncenter.com; a key goes into a file that BOMBYX_CHAIN_KEY_FILE names'))),
  BOMBYX_CHAIN_KEY_FILE: v.optional(v.string()),
  BOMBYX_VAULT_KEY_FILE: v.optional(v.string()),
  BOMBYX_OPERATOR_WALLET: v.optional(v.string()),
  BOMBYX_FEE_PERMILLE: integer({fallback: 50, min: 0, max: 500}),
  BOMBYX_DAILY_CAP: integer({fallback: 1000, min: 1, max: 1_000_000_000}),
  BOMBYX_TRIAL: integer({fallback: 0, min: 0, max: 1000}),
  BOMBYX_TRIAL_PER_ADDRESS: integer({fallback: 20, min: 1, max: 1_000_000}),
  BOMBYX_TRIAL_PER_DAY: integer({fallback: 500, min: 1, max: 1_000_000}),
  BOMBYX_TRIAL_CEILING: coins('0.02'),
  BOMBYX_DEVNET_BLOCK_MS: integer({fallback: 0, min: 0, max: 60_000}),
  BOMBYX_DEVNET_CONTROLS: onOff('off'),
};
type MoneyValues = v.InferOutput<v.ObjectSchema<typeof moneyKeys, undefined>>;

export interface MoneyConfig {
  readonly name: NetworkName;
  /** Global id: what vouchers and wallets call the network. The devnet has one of its own, so that nothing signed there is worth anything elsewhere. */
  readonly network: number;
  /** Keys, books and the devnet live here. */
  readonly folder: string;
  /** Root of a TonCenter; undefined on the devnet, which brings its own. */
  readonly endpoint: string | undefined;
  readonly apiKeyFile: string | undefined;
  /** Signs node vouchers; undefined makes one in `folder`. */
  readonly vaultKeyFile: string | undefined;
  /** Owns the vault's float; on the devnet nobody does. */
  readonly operatorWallet: TonAddress | undefined;
  readonly feePermille: number;
  /** The most that nodes can be paid in one day, coins; fixed at the vault's deployment, the operator's wallet can raise it. */
  readonly dailyCap: number;
  /** Free answers per device, and what bounds them; undefined gives none. */
  readonly trial: (TrialLimits & {readonly perDevice: number}) | undefined;
  readonly devnet: {readonly blockMs: number; readonly controls: boolean};
}

const endpoints: Readonly<Record<NetworkName, string | undefined>> = {devnet: undefined, testnet: 'https://testnet.toncenter.com', mainnet: 'https://toncenter.com'};

/** @param refuse throws with a reason */
export function readMoney(values: MoneyValues, refuse: (reason: string) => never): MoneyConfig | undefined {
  const name = values.BOMBYX_NETWORK;
  if (name === 'off' || name === 'cluster') return undefined;
  for (const key of ['BOMBYX_CHAIN_ENDPOINT', 'BOMBYX_CHAIN_KEY_FILE', 'BOMBYX_OPERATOR_WALLET'] as const) {
    if (name === 'devnet' && values[key] !== undefined) refuse(`${key} is for testnet and mainnet: the devnet brings its own chain, and its vault belongs to nobody`);
  }
  return {
    name,
    network: networks[name],
    folder: resolve(values.BOMBYX_DATA, name),
    endpoint: values.BOMBYX_CHAIN_ENDPOINT ?? endpoints[name],
    apiKeyFile: values.BOMBYX_CHAIN_KEY_FILE,
    vaultKeyFile: values.BOMBYX_VAULT_KEY_FILE,
    operatorWallet: name === 'devnet' ? undefined : walletOf(values.BOMBYX_OPERATOR_WALLET, {name, refuse}),
    feePermille: values.BOMBYX_FEE_PERMILLE,
    dailyCap: values.BOMBYX_DAILY_CAP,
    trial: trialOf(values),
    devnet: {blockMs: values.BOMBYX_DEVNET_BLOCK_MS, controls: values.BOMBYX_DEVNET_CONTROLS},
  };
}

const trialOf = (values: MoneyValues): MoneyConfig['trial'] =>
  values.BOMBYX_TRIAL === 0
    ? undefined
    : {perDevice: values.BOMBYX_TRIAL, perAddress: values.BOMBYX_TRIAL_PER_ADDRESS, perDay: values.BOMBYX_TRIAL_PER_DAY, ceiling: values.BOMBYX_TRIAL_CEILING};

function walletOf(text: string | undefined, {name, refuse}: {name: NetworkName; refuse: (reason: string) => never}): TonAddress {
  if (text === undefined) return refuse(`BOMBYX_OPERATOR_WALLET must name your wallet on the ${name}: the vault's float belongs to it`);
  try {
    const isFriendly = !text.includes(':');
    if (isFriendly && name === 'mainnet' && parseFriendly(text).testnetOnly) throw new Error('another network');
    return tonAddress(text);
  } catch {
    return refuse(`BOMBYX_OPERATOR_WALLET is no address of the ${name}`);
  }
}
