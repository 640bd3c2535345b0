/** What was granted, on disk: the day's cap whoever asks, restarts, openings, and a file that can not be read. */
import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import type {TonAddress} from '#protocol/ton-address.ts';
import {PurseFile, type PurseChange} from './purse-file.ts';

const [vault, other, channel] = ['a', 'b', 'c'].map((digit) => `0:${digit.repeat(64)}` as TonAddress) as [TonAddress, TonAddress, TonAddress];
const first = {channel, epoch: 7n};
const raise = (by: bigint): PurseChange => ({...first, change: ({granted, seen}) => ({granted: granted + by, seen: seen + 1n})});
const day = 24 * 3600_000;

async function stage(t: TestContext, dailyCap = 100n) {
  const folder = mkdtempSync(join(tmpdir(), 'purse-'));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  const clock = {ms: Date.UTC(2026, 10, 26, 12)};
  const open = (cap = dailyCap) => new PurseFile(folder, {network: 'devnet', dailyCap: cap, now: () => clock.ms});
  const file = open();
  await file.adopt(vault, {...first, claimed: 0n});
  return {folder, path: join(folder, 'purse-devnet.json'), clock, open, file};
}

test('the cap holds whoever asks and however many at once, over a restart, and when the clock goes back', async (t) => {
  const {clock, open, file, path} = await stage(t);
  const all = await Promise.all(Array.from({length: 50}, () => file.update(vault, raise(3n))));
  assert.deepEqual([all.at(-1), file.rest], [{granted: 100n, seen: 50n}, 0n]);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  const again = open();
  assert.deepEqual(await again.update(vault, raise(3n)), {granted: 100n, seen: 51n});
  clock.ms -= 3 * day;
  assert.equal(again.rest, 0n, 'yesterday is no new day');
  clock.ms += 4 * day;
  assert.equal(again.rest, 100n);
  assert.deepEqual(await again.update(vault, raise(60n)), {granted: 160n, seen: 52n});
  assert.deepEqual([again.rest, open(200n).rest, open(50n).rest], [40n, 140n, 0n], 'another cap counts at once');
  await again.adopt(other, {...first, claimed: 0n});
  assert.deepEqual(await again.update(other, raise(60n)), {granted: 40n, seen: 1n}, 'one cap for all vaults');
});

test('what a voucher of ours shows was granted: it counts for today, and no cap takes it back', async (t) => {
  const {file} = await stage(t);
  assert.deepEqual(await file.update(vault, {...raise(500n), shown: true}), {granted: 500n, seen: 1n});
  assert.equal(file.rest, 0n);
  assert.deepEqual(await file.update(vault, raise(1n)), {granted: 500n, seen: 2n});
});

test('another opening begins at what was claimed; for the old one nothing more is granted; an older one is not believed', async (t) => {
  const {file, open} = await stage(t);
  await file.update(vault, raise(30n));
  await file.adopt(vault, {...first, claimed: 0n});
  assert.equal(file.channel(vault)?.granted, 30n, 'the same opening goes on');
  await file.adopt(vault, {channel, epoch: 9n, claimed: 4n});
  assert.deepEqual(file.channel(vault), {channel, epoch: 9n, granted: 4n, seen: 4n});
  assert.equal((await file.update(vault, raise(30n))).granted, 0n);
  await file.adopt(vault, {...first, claimed: 0n});
  assert.equal(file.channel(vault)?.epoch, 9n);
  assert.deepEqual(open().channel(vault), {channel, epoch: 9n, granted: 4n, seen: 4n});
  assert.equal(file.rest, 70n, 'what was granted today counts for the day, not for the opening');
});

test('a damaged file is refused and stays as it is', async (t) => {
  const {open, path, file} = await stage(t);
  await file.update(vault, raise(30n));
  const whole = readFileSync(path, 'utf8');
  const damaged = ['', '{', whole.slice(0, -20), whole.replace('"30"', '30'), whole.replace('"30"', '"-30"'), whole.replace('"version": 1', '"version": 2'), '[]'];
  for (const text of damaged) {
    writeFileSync(path, text);
    assert.throws(() => open(), /purse-devnet\.json can not be read as what this gateway granted\. Nothing was changed or paid; put back its copy/);
    assert.equal(readFileSync(path, 'utf8'), text);
  }
  writeFileSync(path, whole);
  assert.equal(open().channel(vault)?.granted, 30n);
});

test('what can not be written was not granted; and the next one is', async (t) => {
  const {folder, path, file} = await stage(t);
  await file.update(vault, raise(30n));
  const kept = readFileSync(path);
  rmSync(folder, {recursive: true});
  await assert.rejects(file.update(vault, raise(5n)), {code: 'ENOENT'});
  assert.deepEqual([file.channel(vault)?.granted, file.rest], [30n, 70n]);
  mkdirSync(folder);
  writeFileSync(path, kept);
  assert.equal((await file.update(vault, raise(5n))).granted, 35n);
  assert.deepEqual(readdirSync(folder), ['purse-devnet.json'], 'no draft is left');
});
