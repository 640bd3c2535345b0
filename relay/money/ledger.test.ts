import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {randomInt} from 'node:crypto';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {type TestContext, test} from 'node:test';
import type {NodeId} from '#protocol/ids.ts';
import type {ChannelEntry} from '#protocol/roles/relay-bank.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import {openLedger} from './ledger.ts';

const address = (digit: string) => `0:${digit.repeat(64)}` as TonAddress;
const nodeId = (digit: string) => digit.repeat(64) as NodeId;
const books = {network: -3, vault: address('a')};
const channelOf = (changed: Partial<ChannelEntry> = {}): ChannelEntry => ({channel: address('c'), epoch: 46n, payerKey: 'ab'.repeat(32), capacity: 10n ** 9n, granted: 0n, signature: new Uint8Array(64), charged: 0n, ...changed});
const owner = {account: address('d'), owner: address('e')};

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  t.after(() => rmSync(folder, {recursive: true}));
  return folder;
}

test('what is written is read again, after a restart too', (t) => {
  const path = join(folderOf(t), 'deep', 'ledger.sqlite');
  const first = openLedger(path, books);
  assert.equal(first.channel(address('c')), undefined);
  assert.equal(first.account(nodeId('1')), undefined);
  const opened = channelOf({granted: 500n, signature: new Uint8Array(64).fill(7)});
  first.saveChannel(opened);
  assert.deepEqual(first.bind(nodeId('1'), owner), {...owner, owed: 0n});
  const charged = {...opened, granted: 900n, charged: 300n};
  first.settle(charged, {...owner, owed: 285n});
  assert.deepEqual(first.bind(nodeId('2'), owner), {...owner, owed: 285n}, 'a second node of the same owner');
  first.correct({...owner, owed: 290n});
  first.correct({...owner, owed: 10n});
  first.close();
  const second = openLedger(path, books);
  assert.deepEqual(second.channel(address('c')), charged);
  for (const node of ['1', '2']) assert.deepEqual(second.account(nodeId(node)), {...owner, owed: 290n}, 'never less than before');
  assert.deepEqual(second.totals(), {granted: 900n, charged: 300n, claimed: 0n, owed: 290n});
  second.bind(nodeId('2'), {account: address('f'), owner: address('b')});
  assert.deepEqual([second.account(nodeId('1'))?.account, second.account(nodeId('2'))?.account], [address('d'), address('f')], 'a node may be bound anew');
  second.close();
  for (const file of [path, `${path.slice(0, -'/ledger.sqlite'.length)}`]) assert.equal(statSync(file).mode & 0o77, 0, 'others can not read it');
});

test('claims: what is unclaimed, only upwards, only of this opening; a new opening begins at nothing', () => {
  const ledger = openLedger(':memory:', books);
  const entry = channelOf({granted: 100n, signature: new Uint8Array(64).fill(1)});
  ledger.saveChannel(entry);
  ledger.saveChannel(channelOf({channel: address('9')}));
  assert.deepEqual(ledger.unclaimed(), [{...entry, claimed: 0n}]);
  ledger.claimed(entry.channel, {epoch: 45n, sum: 100n});
  assert.equal(ledger.unclaimed().length, 1, 'another opening');
  ledger.claimed(entry.channel, {epoch: 46n, sum: 100n});
  ledger.claimed(entry.channel, {epoch: 46n, sum: 50n});
  assert.deepEqual([ledger.unclaimed(), ledger.totals().claimed], [[], 100n]);
  ledger.saveChannel({...entry, granted: 130n});
  assert.equal(ledger.unclaimed()[0]?.granted, 130n);
  assert.equal(ledger.totals().claimed, 100n, 'the same opening keeps what was claimed');
  ledger.saveChannel({...entry, epoch: 99n, granted: 7n});
  assert.deepEqual([ledger.totals().claimed, ledger.unclaimed()[0]?.granted], [0n, 7n]);
  ledger.close();
});

test('a settlement is both or neither', () => {
  const ledger = openLedger(':memory:', books);
  const entry = channelOf({granted: 100n});
  ledger.saveChannel(entry);
  ledger.bind(nodeId('1'), owner);
  assert.throws(() => ledger.settle({...entry, charged: 60n}, {...owner, owed: -1n}), {code: 'bad-voucher'});
  assert.deepEqual([ledger.channel(entry.channel)?.charged, ledger.account(nodeId('1'))?.owed], [0n, 0n]);
  ledger.settle({...entry, charged: 60n}, {...owner, owed: 57n});
  assert.deepEqual([ledger.channel(entry.channel)?.charged, ledger.account(nodeId('1'))?.owed], [60n, 57n]);
  ledger.close();
});

test('sums: all that SQLite can hold is kept exactly, more than all coins that exist is refused and changes nothing', () => {
  const ledger = openLedger(':memory:', books);
  const most = (1n << 63n) - 1n;
  const rich = channelOf({epoch: most, capacity: most, granted: most, charged: most});
  ledger.saveChannel(rich);
  ledger.saveChannel({...rich, channel: address('8')});
  assert.deepEqual(ledger.channel(rich.channel), rich);
  assert.equal(ledger.totals().granted, 2n * most);
  ledger.bind(nodeId('1'), owner);
  ledger.correct({...owner, owed: most});
  assert.equal(ledger.account(nodeId('1'))?.owed, most);
  for (const name of ['epoch', 'capacity', 'granted', 'charged'] as const) {
    for (const sum of [most + 1n, (1n << 64n) - 1n, -1n]) assert.throws(() => ledger.saveChannel({...rich, [name]: sum}), {code: 'bad-voucher'}, `${name} ${sum}`);
  }
  assert.throws(() => ledger.correct({...owner, owed: most + 1n}), {code: 'bad-voucher'});
  assert.throws(() => ledger.settle({...rich, granted: 1n}, {...owner, owed: most + 1n}), {code: 'bad-voucher'});
  assert.deepEqual(ledger.channel(rich.channel), rich);
  ledger.close();
});

test('books of another vault, another network, or none at all are refused with what to do, and left as they are', (t) => {
  const folder = folderOf(t);
  const path = join(folder, 'ledger.sqlite');
  const ours = openLedger(path, books);
  ours.saveChannel(channelOf({granted: 5n}));
  ours.close();
  const before = readFileSync(path);
  for (const other of [{...books, network: -239}, {...books, vault: address('b')}]) {
    assert.throws(() => openLedger(path, other), /holds the books of another vault or network.*Nothing was changed; name another folder with BOMBYX_DATA/);
  }
  assert.deepEqual(readFileSync(path), before);
  const again = openLedger(path, books);
  assert.equal(again.channel(address('c'))?.granted, 5n);
  again.close();
  const nonsense = join(folder, 'nonsense.sqlite');
  writeFileSync(nonsense, 'not a database, but long enough to be mistaken for one'.repeat(100));
  const text = readFileSync(nonsense);
  assert.throws(() => openLedger(nonsense, books), /nonsense.sqlite can not be read as the relay's books. Nothing was changed; put back its copy/);
  assert.deepEqual(readFileSync(nonsense), text);
});

/** Settles without end between three channels and three accounts, no fee; says each sum only when it is kept. */
const settling = (path: string) => `
  import {openLedger} from ${JSON.stringify(new URL('ledger.ts', import.meta.url).href)};
  import {writeSync} from 'node:fs';
  const ledger = openLedger(${JSON.stringify(path)}, ${JSON.stringify(books)});
  const address = (digit) => '0:' + digit.repeat(64);
  for (let round = 0; ; round += 1) {
    const [channel, node] = [address(String(round % 3)), String(Math.floor(round / 3) % 3).repeat(64)];
    const known = ledger.channel(channel) ?? {channel, epoch: 1n, payerKey: '', capacity: 1n << 60n, granted: 1n << 60n, signature: new Uint8Array(64), charged: 0n};
    const account = ledger.account(node) ?? ledger.bind(node, {account: address(node[0] + node[0]).slice(0, 66), owner: address('e')});
    ledger.settle({...known, charged: known.charged + 7n}, {...account, owed: account.owed + 7n});
    writeSync(1, ledger.totals().charged + '\\n');
  }`;

test('kill -9, a dozen times at any moment: what was said to be kept is there, and what was charged is what is owed', async (t) => {
  const path = join(folderOf(t), 'ledger.sqlite');
  let told = 0n;
  for (let round = 0; round < 12; round += 1) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', settling(path)], {stdio: ['ignore', 'pipe', 'inherit']});
    const exited = once(child, 'exit');
    let left = randomInt(1, 60);
    for await (const line of createInterface(child.stdout)) {
      told = BigInt(line);
      // What it had written when it was killed is still read below.
      if ((left -= 1) === 0) child.kill('SIGKILL');
    }
    assert.deepEqual(await exited, [null, 'SIGKILL']);
    const ledger = openLedger(path, books);
    const {charged, owed} = ledger.totals();
    assert.ok(charged >= told && charged <= told + 7n, `${charged} in the books, ${told} told`);
    assert.equal(charged, owed);
    ledger.close();
  }
  assert.ok(told > 0n);
});
