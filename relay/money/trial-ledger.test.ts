/** The counts of free answers on disk: they survive a restart, and stand or fall with the sum that they pay. */
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {test, type TestContext} from 'node:test';
import type {DeviceId, NodeId} from '#protocol/ids.ts';
import type {AccountEntry} from '#protocol/roles/relay-bank.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import {openLedger} from './ledger.ts';

const address = (digit: string) => `0:${digit.repeat(64)}` as TonAddress;
const device = (digit: string) => digit.repeat(64) as DeviceId;
const node = 'ab'.repeat(32) as NodeId;
const books = {network: -3, vault: address('a')};
const account = (owed: bigint): AccountEntry => ({account: address('b'), owner: address('c'), owed});

function pathFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-trial-'));
  t.after(() => rmSync(folder, {recursive: true}));
  return join(folder, 'ledger.sqlite');
}

test('counts and what is owed survive a restart; devices and days are counted apart', (t) => {
  const path = pathFor(t);
  const ledger = openLedger(path, books);
  ledger.bind(node, account(0n));
  assert.deepEqual(ledger.given(device('1'), 20_000), {device: 0, day: 0});
  ledger.give(account(5n), {device: device('1'), day: 20_000});
  ledger.give(account(9n));
  ledger.give(account(12n), {device: device('1'), day: 20_001});
  ledger.give(account(15n), {device: device('2'), day: 20_001});
  ledger.close();
  const again = openLedger(path, books);
  t.after(() => again.close());
  assert.deepEqual(again.given(device('1'), 20_000), {device: 2, day: 1});
  assert.deepEqual(again.given(device('2'), 20_001), {device: 1, day: 2});
  assert.deepEqual(again.given(device('3'), 20_002), {device: 0, day: 0});
  assert.equal(again.account(node)?.owed, 15n);
  const {owed, granted, charged} = again.totals();
  assert.deepEqual([owed, granted, charged], [15n, 0n, 0n]);
});

test('books of before the trial are opened as they are, and count from nothing', (t) => {
  const path = pathFor(t);
  const ledger = openLedger(path, books);
  ledger.bind(node, account(0n));
  ledger.correct(account(7n));
  ledger.close();
  const database = new DatabaseSync(path);
  database.exec('DROP TABLE trial_devices; DROP TABLE trial_days;');
  database.close();
  const again = openLedger(path, books);
  t.after(() => again.close());
  assert.equal(again.account(node)?.owed, 7n);
  assert.deepEqual(again.given(device('1'), 1), {device: 0, day: 0});
  again.give(account(8n), {device: device('1'), day: 1});
  assert.deepEqual(again.given(device('1'), 1), {device: 1, day: 1});
});

test('a count that can\'t be written takes the sum back with it', (t) => {
  const path = pathFor(t);
  const ledger = openLedger(path, books);
  t.after(() => ledger.close());
  ledger.bind(node, account(0n));
  ledger.give(account(5n), {device: device('1'), day: 1});
  const database = new DatabaseSync(path);
  database.exec("CREATE TRIGGER full BEFORE UPDATE ON trial_days BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
  database.close();
  assert.throws(() => ledger.give(account(9n), {device: device('1'), day: 1}), /the disk is full/);
  assert.deepEqual(ledger.given(device('1'), 1), {device: 1, day: 1});
  assert.equal(ledger.account(node)?.owed, 5n);
  ledger.give(account(6n));
  assert.equal(ledger.account(node)?.owed, 6n);
});
