/** The relay's money as a whole: first start, restart, and starts that must not happen. */
import assert from 'node:assert/strict';
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {Address, Cell, loadStateInit, toNano} from '@ton/core';
import {vaultFrom} from '#contracts/vault/vault.ts';
import type {NodeId} from '#protocol/ids.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import {systemClock} from '../clock.ts';
import type {MoneyConfig} from '../config-money.ts';
import {readConfig} from '../config.ts';
import {startDevnet} from '../devnet/devnet.ts';
import {type Money, openMoney} from './money.ts';

const testnet = -3;
const wallet = `0:${'ab'.repeat(32)}` as TonAddress;
const owner = {account: `0:${'c'.repeat(64)}` as TonAddress, owner: wallet};
const node = '1'.repeat(64) as NodeId;

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'money-'));
  t.after(() => rmSync(folder, {recursive: true}));
  return folder;
}
const configOf = (environment: Record<string, string>): MoneyConfig => readConfig(environment).money ?? assert.fail();
const devnetConfig = (folder: string, more: Record<string, string> = {}) => configOf({BOMBYX_NETWORK: 'devnet', BOMBYX_DATA: folder, ...more});

async function openWith(config: MoneyConfig): Promise<Money & {readonly logged: readonly string[]}> {
  const logged: string[] = [];
  const money = await openMoney(config, {clock: systemClock, log: (_, event) => void logged.push(event), onFacts: () => {}, isOurDomain: () => true});
  return {...money, logged};
}

test('on the devnet the first start makes key, vault and float; a restart finds all of it again', async (t) => {
  const folder = folderOf(t);
  const first = await openWith(devnetConfig(folder));
  const {vault, relayKey, network} = first.bank.terms;
  assert.equal(network, -1001);
  const account = async ({devnet}: Money) => (await devnet?.chain.account(Address.parseRaw(vault)))?.balance ?? 0n;
  const float = await account(first);
  assert.ok(float > toNano('9.99') && float <= toNano('10'));
  first.ledger.bind(node, owner);
  first.ledger.correct({...owner, owed: 77n});
  const key = readFileSync(join(folder, 'devnet/vault-key'), 'utf8');
  first.start();
  await first.close();

  const second = await openWith(devnetConfig(folder));
  assert.deepEqual([second.bank.terms.vault, second.bank.terms.relayKey], [vault, relayKey]);
  assert.equal(await account(second), float, 'deployed and funded once');
  assert.equal(second.ledger.account(node)?.owed, 77n);
  assert.equal(readFileSync(join(folder, 'devnet/vault-key'), 'utf8'), key);
  for (const name of readdirSync(join(folder, 'devnet'))) assert.equal(statSync(join(folder, 'devnet', name)).mode & 0o77, 0, name);
  await second.close();
});

test('another key or another cap is another vault: its books are refused, and the first start again is fine', async (t) => {
  const folder = folderOf(t);
  await (await openWith(devnetConfig(folder))).close();
  const path = join(folder, 'other-key');
  writeFileSync(path, 'ab'.repeat(32));
  for (const more of [{BOMBYX_VAULT_KEY_FILE: path}, {BOMBYX_DAILY_CAP: '7'}]) await assert.rejects(openWith(devnetConfig(folder, more)), /holds the books of another vault or network/);
  await assert.rejects(openWith(devnetConfig(folder, {BOMBYX_VAULT_KEY_FILE: join(folder, 'missing')})), /missing can not be read/);
  await (await openWith(devnetConfig(folder))).close();
});

test('two relays on one folder: the second does not start, and does not hurt the first', async (t) => {
  const folder = folderOf(t);
  const first = await openWith(devnetConfig(folder));
  await assert.rejects(openWith(devnetConfig(folder)), /another one uses/);
  first.ledger.bind(node, owner);
  assert.equal(await first.treasury.settle(), undefined);
  await first.close();
  await (await openWith(devnetConfig(folder))).close();
});

/** A chain outside the relay, as TonCenter is. */
async function outside(t: TestContext, network: number) {
  const chain = await startDevnet({clock: systemClock, network});
  t.after(() => chain.close());
  const folder = folderOf(t);
  return {chain, folder, config: configOf({BOMBYX_NETWORK: 'testnet', BOMBYX_OPERATOR_WALLET: wallet, BOMBYX_CHAIN_ENDPOINT: chain.url, BOMBYX_DATA: folder})};
}

test('an endpoint of another network is refused before anything is written but the key', async (t) => {
  const {folder, config} = await outside(t, -239);
  await assert.rejects(openWith(config), /is of network -239, not -3 \(testnet\). Check BOMBYX_NETWORK and BOMBYX_CHAIN_ENDPOINT/);
  assert.deepEqual(readdirSync(join(folder, 'testnet')).toSorted(), ['lock', 'vault-key']);
});

test('where coins are real, the start stops with a link that deploys the vault; after it was followed, it starts', async (t) => {
  const {chain, config} = await outside(t, testnet);
  const refused = await openWith(config).then(() => assert.fail(), (error: Error) => error.message);
  assert.match(refused, /its vault is not on the testnet yet. Open this link in your wallet/);
  const link = new URL(/ton:\S+/.exec(refused)?.[0] ?? '');
  const part = (name: string) => Cell.fromBase64(Buffer.from(link.searchParams.get(name) ?? '', 'base64url').toString('base64'));
  const to = Address.parse(link.pathname.split('/').at(-1) ?? '');
  const init = loadStateInit(part('init').beginParse());
  await chain.chain.faucet(to, BigInt(link.searchParams.get('amount') ?? 0), {init, body: part('bin')});
  const money = await openWith(config);
  assert.equal(money.bank.terms.vault, to.toRawString());
  const {accountState, balance} = await chain.chain.account(to);
  const state = accountState?.type === 'active' ? accountState.state : assert.fail();
  const vault = vaultFrom({balance, contract: {code: state.code ?? assert.fail(), data: state.data ?? assert.fail()}});
  assert.equal(vault?.operatorWallet.toRawString(), wallet, 'the float belongs to the operator');
  assert.equal(money.devnet, undefined);
  await money.close();
});

test('an outage of the chain: the first start waits for it, a later one does not', async (t) => {
  const {chain, config} = await outside(t, testnet);
  const refused = await openWith(config).then(() => assert.fail(), (error: Error) => error.message);
  const link = new URL(/ton:\S+/.exec(refused)?.[0] ?? '');
  const init = loadStateInit(Cell.fromBase64(Buffer.from(link.searchParams.get('init') ?? '', 'base64url').toString('base64')).beginParse());
  await chain.chain.faucet(Address.parse(link.pathname.split('/').at(-1) ?? ''), toNano('1'), {init});
  const nobody = {...config, endpoint: 'http://127.0.0.1:9'};
  await assert.rejects(openWith(nobody), /nobody answers at http:\/\/127.0.0.1:9, so its vault can not be checked. Check BOMBYX_CHAIN_ENDPOINT/);
  await (await openWith(config)).close();
  const later = await openWith(nobody);
  assert.deepEqual(later.logged, ['chain-down']);
  await later.close();
});
