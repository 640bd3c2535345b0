/** The gateway's folder: whose it must be, one gateway at a time, and which keys come of its seed. */
import assert from 'node:assert/strict';
import {chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {systemClock} from '../clock.ts';
import {silentLog} from '../log.ts';
import {openKeys} from './gateway-folder.ts';
import {openGatewayMoney} from './gateway-money.ts';

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-folder-'));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  return join(folder, 'deep', 'gateway');
}

const open = (folder: string) => openGatewayMoney({config: {folder, dailyCap: 1n, priceCap: 1n}, relay: 'http://127.0.0.1:1', clock: systemClock, log: silentLog});

test('made at the first start, for its owner alone; the same keys come of it again, and no two are the same', async (t) => {
  const folder = folderOf(t);
  const before = await openKeys(folder);
  assert.deepEqual([statSync(folder).mode & 0o777, statSync(join(folder, 'key')).mode & 0o777], [0o700, 0o600]);
  const after = await openKeys(folder);
  const trials = ['https://a.example', 'https://b.example'];
  const ids = async ({payer, walletSeed, trialAt}: typeof before) => [payer.id, walletSeed.toString('hex'), ...(await Promise.all(trials.map(async (relay) => (await trialAt(relay)).id)))];
  assert.deepEqual(await ids(after), await ids(before));
  const seed = readFileSync(join(folder, 'key'), 'utf8').trim();
  assert.equal(new Set([...(await ids(before)), seed]).size, 5);
});

test('a key that others can read, a folder that others can write: refused, and nothing is made', async (t) => {
  const folder = folderOf(t);
  await openKeys(folder);
  const key = join(folder, 'key');
  for (const mode of [0o640, 0o604, 0o620]) {
    chmodSync(key, mode);
    await assert.rejects(open(folder), /key can be read by others\. Nothing was started; run: chmod 600/);
  }
  chmodSync(key, 0o600);
  for (const mode of [0o770, 0o702]) {
    chmodSync(folder, mode);
    await assert.rejects(open(folder), /can be written by others\. Nothing was started; run: chmod 700/);
  }
  chmodSync(folder, 0o755);
  assert.deepEqual(readdirSync(folder), ['key']);
  writeFileSync(key, 'nonsense');
  await assert.rejects(open(folder), /key holds no key.*Nothing was changed/);
  assert.equal(readFileSync(key, 'utf8'), 'nonsense');
});

test('two gateways on one folder: the second is refused; when the first is closed, the next may', async (t) => {
  const folder = folderOf(t);
  const first = await open(folder);
  await assert.rejects(open(folder), /The gateway did not start: another one uses .*gateway\. Stop that one, or name another folder with BOMBYX_GATEWAY_DATA/);
  await first.close();
  const second = await open(folder);
  await second.close();
});

test('a damaged purse stops the start, and frees the folder', async (t) => {
  const folder = folderOf(t);
  await (await open(folder)).close();
  const path = join(folder, 'purse-mainnet.json');
  writeFileSync(path, '{"version":1');
  await assert.rejects(open(folder), /purse-mainnet\.json can not be read/);
  assert.equal(readFileSync(path, 'utf8'), '{"version":1');
  rmSync(path);
  await (await open(folder)).close();
});
