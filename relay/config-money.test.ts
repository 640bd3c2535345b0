/** The settings for money: each key, good and bad, and that no secret is shown. */
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {test} from 'node:test';
import {friendlyAddress, type TonAddress} from '#protocol/ton-address.ts';
import {readConfig} from './config.ts';

const wallet = `0:${'ab'.repeat(32)}` as TonAddress;
const written = (testnetOnly: boolean) => friendlyAddress(wallet, {bounceable: false, testnetOnly});
const money = (environment: Record<string, string>) => readConfig(environment).money;
const mainnet = (environment: Record<string, string> = {}) => money({BOMBYX_NETWORK: 'mainnet', BOMBYX_OPERATOR_WALLET: wallet, ...environment});

test('off unless asked for; the devnet needs nothing and has a number of its own', () => {
  assert.equal(money({}), undefined);
  assert.equal(money({BOMBYX_NETWORK: 'off', BOMBYX_FEE_PERMILLE: '7'}), undefined);
  const {folder, ...rest} = money({BOMBYX_NETWORK: 'devnet', BOMBYX_DATA: 'some/where'}) ?? assert.fail();
  assert.equal(folder, resolve('some/where/devnet'));
  assert.deepEqual(rest, {
    name: 'devnet', network: -1001, endpoint: undefined, apiKeyFile: undefined, vaultKeyFile: undefined, operatorWallet: undefined,
    feePermille: 50, dailyCap: 1000, trial: undefined, devnet: {blockMs: 0, controls: false},
  });
});

test('testnet and mainnet: their numbers, their endpoints, a folder each, and every key', () => {
  const testnet = money({BOMBYX_NETWORK: 'testnet', BOMBYX_OPERATOR_WALLET: wallet});
  assert.deepEqual([testnet?.network, testnet?.endpoint, mainnet()?.network, mainnet()?.endpoint], [-3, 'https://testnet.toncenter.com', -239, 'https://toncenter.com']);
  assert.notEqual(testnet?.folder, mainnet()?.folder);
  const all = mainnet({
    BOMBYX_CHAIN_ENDPOINT: 'http://127.0.0.1:8081', BOMBYX_CHAIN_KEY_FILE: '/run/key', BOMBYX_VAULT_KEY_FILE: '/run/vault', BOMBYX_FEE_PERMILLE: '0', BOMBYX_DAILY_CAP: '5', BOMBYX_TRIAL: '3',
    BOMBYX_DEVNET_BLOCK_MS: '9', BOMBYX_DEVNET_CONTROLS: 'on',
  });
  assert.deepEqual([all?.endpoint, all?.apiKeyFile, all?.vaultKeyFile, all?.feePermille, all?.dailyCap, all?.trial?.perDevice], ['http://127.0.0.1:8081', '/run/key', '/run/vault', 0, 5, 3]);
  assert.deepEqual(all?.devnet, {blockMs: 9, controls: true});
});

test('the operator\'s wallet: needed where coins are real, in any form, of this network', () => {
  for (const text of [wallet, wallet.toUpperCase(), written(false)]) assert.equal(mainnet({BOMBYX_OPERATOR_WALLET: text})?.operatorWallet, wallet);
  for (const text of [wallet, written(false), written(true)]) assert.equal(money({BOMBYX_NETWORK: 'testnet', BOMBYX_OPERATOR_WALLET: text})?.operatorWallet, wallet);
  assert.throws(() => money({BOMBYX_NETWORK: 'mainnet'}), /BOMBYX_OPERATOR_WALLET must name your wallet on the mainnet/);
  const wrongLetter = written(false).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  for (const text of [written(true), wrongLetter, 'alice.ton', '', `1:${'ab'.repeat(32)}`, `${wallet}ab`]) assert.throws(() => mainnet({BOMBYX_OPERATOR_WALLET: text}), /BOMBYX_OPERATOR_WALLET is no address of the mainnet/, text);
});

test('each bad value is refused by the name of its key', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['BOMBYX_CHAIN_ENDPOINT', ['toncenter.com', 'ftp://toncenter.com', 'https://toncenter.com/', 'https://toncenter.com/api/v2', 'https://a?b', 'https://me:secret@toncenter.com', '']],
    ['BOMBYX_FEE_PERMILLE', ['501', '-1', '1.5', 'x', '']],
    ['BOMBYX_DAILY_CAP', ['0', '1000000001', '1e3']],
    ['BOMBYX_TRIAL', ['1001', '-1']],
    ['BOMBYX_DEVNET_BLOCK_MS', ['60001', 'fast']],
    ['BOMBYX_DEVNET_CONTROLS', ['yes', 'true']],
    ['BOMBYX_NETWORK', ['moonnet', 'Mainnet', '']],
  ];
  for (const [key, values] of cases) for (const value of values) assert.throws(() => mainnet({[key]: value}), new RegExp(`The relay did not start: ${key} must be`), `${key}=${value}`);
  for (const [key, value] of [['BOMBYX_CHAIN_ENDPOINT', 'https://toncenter.com'], ['BOMBYX_OPERATOR_WALLET', wallet], ['BOMBYX_CHAIN_KEY_FILE', '/x']] as const) {
    assert.throws(() => money({BOMBYX_NETWORK: 'devnet', [key]: value}), new RegExp(`${key} is for testnet and mainnet`));
  }
});

test('--print-config shows where the secrets are, never the secrets; it needs none of them', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  t.after(() => rmSync(folder, {recursive: true}));
  const [vaultKey, apiKey] = ['5ec2e7'.padEnd(64, '0'), 'api-5ec2e7'];
  writeFileSync(join(folder, 'vault'), vaultKey);
  writeFileSync(join(folder, 'api'), apiKey);
  const print = (files: string) => {
    const env = {PATH: process.env['PATH'], BOMBYX_NETWORK: 'mainnet', BOMBYX_OPERATOR_WALLET: wallet, BOMBYX_DATA: folder, BOMBYX_VAULT_KEY_FILE: join(folder, files, 'vault'), BOMBYX_CHAIN_KEY_FILE: join(folder, files, 'api')};
    return spawnSync(process.execPath, [new URL('relay.ts', import.meta.url).pathname, '--print-config'], {env, encoding: 'utf8'});
  };
  const {status, stdout, stderr} = print('');
  assert.equal(status, 0, stderr);
  assert.deepEqual([JSON.parse(stdout).money.vaultKeyFile, JSON.parse(stdout).money.apiKeyFile], [join(folder, 'vault'), join(folder, 'api')]);
  assert.ok(!/5ec2e7/.test(stdout + stderr));
  assert.equal(print('missing').status, 0);
});
