/** Puts the relay's money together: key, chain, vault, books, treasury; on the devnet, the chain too. */
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {Address, beginCell, storeStateInit, toNano} from '@ton/core';
import {Chain} from '#contracts/chain.ts';
import type {Deployment} from '#contracts/code.ts';
import {vaultDeployment, vaultFrom, vaultMessages, type VaultState} from '#contracts/vault/vault.ts';
import {fromHex} from '#protocol/bytes.ts';
import {codeOf} from '#protocol/errors.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import {ChainBank} from './chain-bank.ts';
import type {MoneyConfig} from '../config-money.ts';
import {type RunningDevnet, startDevnet} from '../devnet/devnet.ts';
import {lockFolder} from './folder-lock.ts';
import {identityOfSeed, readOrMakeSeed, readSecret, readSeed} from './key-files.ts';
import {openLedger, type RelayLedger} from './ledger.ts';
import type {Log} from '../log.ts';
import {Treasury, type TreasuryOptions} from './treasury.ts';

export interface Money {
  readonly bank: ChainBank;
  readonly treasury: Treasury;
  readonly ledger: RelayLedger;
  readonly devnet: RunningDevnet | undefined;
  /** The vault as the chain has it now; undefined where it has none. Rejects with `chain-down`. */
  vault(): Promise<VaultState | undefined>;
  /** Begins to look after channels. */
  start(): void;
  /** Stops that, closes books and devnet. */
  close(): Promise<void>;
}

export interface MoneyHost {
  readonly clock: Clock;
  readonly log: Log;
  readonly onFacts: TreasuryOptions['onFacts'];
  isOurDomain(domain: string): boolean;
}

const exitDelay = 72 * 3600;
const disputeWindow = 24 * 3600;
/** What a fresh vault on the devnet is given, and what a deployment link asks for, coins. */
const float = {devnet: toNano('10'), link: toNano('1')};
/** On the devnet the vault's float belongs to nobody. */
const nobody = new Address(0, Buffer.alloc(32, 0xde));

/** @throws Error that says what to do, when key, network, vault or books do not fit together */
export async function openMoney(config: MoneyConfig, host: MoneyHost): Promise<Money> {
  const unlock = lockFolder(config.folder);
  try {
    return await open(config, {...host, unlock});
  } catch (error) {
    unlock();
    throw error;
  }
}

async function open(config: MoneyConfig, {clock, log, onFacts, isOurDomain, unlock}: MoneyHost & {unlock(): void}): Promise<Money> {
  const seed = config.vaultKeyFile === undefined ? readOrMakeSeed(join(config.folder, 'vault-key')) : readSeed(config.vaultKeyFile);
  const key = await identityOfSeed(seed);
  const operatorWallet = config.operatorWallet === undefined ? nobody : Address.parseRaw(config.operatorWallet);
  const vault = vaultDeployment({operatorWallet, relayKey: BigInt(`0x${key.id}`), exitDelay, dailyCap: toNano(config.dailyCap)});
  const devnet = config.name === 'devnet' ? await startDevnet({clock, network: config.network, folder: config.folder, ...config.devnet}) : undefined;
  const apiKey = config.apiKeyFile === undefined ? undefined : readSecret(config.apiKeyFile);
  const chain = new Chain({endpoint: devnet?.url ?? config.endpoint ?? '', clock, ...(apiKey ? {apiKey} : {})});
  try {
    const books = join(config.folder, 'ledger.sqlite');
    await requireVault({chain, config, vault, devnet, known: existsSync(books), log});
    const address = vault.address.toRawString() as TonAddress;
    const ledger = openLedger(books, {network: config.network, vault: address});
    const terms = {network: config.network, vault: address, relayKey: fromHex(key.id), feePermille: config.feePermille, disputeWindow, trial: config.trial?.perDevice ?? 0};
    const bank = new ChainBank({chain, ledger, key, terms, clock, isOurDomain, ...(config.trial ? {trial: config.trial} : {})});
    const stop = new AbortController();
    const treasury = new Treasury({chain, bank, ledger, clock, log, onFacts, signal: stop.signal});
    const close = async () => {
      stop.abort(new Error('stopped'));
      await treasury.ended();
      ledger.close();
      await devnet?.close();
      unlock();
    };
    const look = async () => vaultFrom(await chain.account(vault.address));
    return {bank, treasury, ledger, devnet, vault: look, start: () => treasury.keep(), close};
  } catch (error) {
    await devnet?.close();
    throw error;
  }
}

interface VaultCheck {
  readonly chain: Chain;
  readonly config: MoneyConfig;
  readonly vault: Deployment;
  readonly devnet: RunningDevnet | undefined;
  /** Whether this vault was seen before: then an outage of the chain does not keep the relay from starting. */
  readonly known: boolean;
  readonly log: Log;
}

async function requireVault({chain, config, vault, devnet, known, log}: VaultCheck): Promise<void> {
  try {
    const network = await chain.network();
    if (network !== config.network) throw new Error(`The relay did not start: ${config.endpoint} is of network ${network}, not ${config.network} (${config.name}). Check BOMBYX_NETWORK and BOMBYX_CHAIN_ENDPOINT.`);
    if (vaultFrom(await chain.account(vault.address))) return;
  } catch (error) {
    if (codeOf(error) !== 'chain-down') throw error;
    if (!known) throw new Error(`The relay did not start: nobody answers at ${config.endpoint}, so its vault can not be checked. Check BOMBYX_CHAIN_ENDPOINT and the connection.`, {cause: error});
    return log('warn', 'chain-down');
  }
  if (!devnet) throw new Error(`The relay did not start: its vault is not on the ${config.name} yet. Open this link in your wallet to deploy it with a float of 1 coin, then start again:\n${deploymentLink(vault, config)}`);
  await devnet.chain.faucet(vault.address, float.devnet, {init: vault.init, body: vaultMessages.deposit()});
}

const url = (cell: {toBoc(): Buffer}): string => cell.toBoc().toString('base64url');

function deploymentLink({address, init}: Deployment, {network}: MoneyConfig): string {
  const text = address.toString({bounceable: false, testOnly: network !== -239});
  return `ton://transfer/${text}?amount=${float.link}&bin=${url(vaultMessages.deposit())}&init=${url(beginCell().store(storeStateInit(init)).endCell())}`;
}
