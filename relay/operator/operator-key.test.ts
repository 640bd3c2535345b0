/** The operator's key: who is let in, who is locked out, and what becomes of its file. */
import assert from 'node:assert/strict';
import {chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {openOperatorKey, OperatorDoor} from './operator-key.ts';

const key = 'ab'.repeat(32);
const right = `Bearer ${key}`;

function stage() {
  const clock = new ManualClock(setImmediate);
  return {clock, door: new OperatorDoor(key, clock)};
}

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'bombyx-operator-'));
  t.after(() => rmSync(path, {recursive: true}));
  return path;
}

test('the right key in the header, and nothing that is merely like it', () => {
  const {door} = stage();
  assert.equal(door.enter('203.0.113.1', right), 'open');
  const wrong = [undefined, '', key, `Basic ${key}`, `Bearer ${'ab'.repeat(31)}ac`, `Bearer ${key}0`, `Bearer ${key} `, `Bearer ${key.toUpperCase()}`];
  for (const [index, header] of wrong.entries()) assert.equal(door.enter(`198.51.100.${index}`, header), 'wrong', header);
});

test('five wrong keys lock an address out for a quarter of an hour, with the right key too; others come in', async () => {
  const {clock, door} = stage();
  const guess = () => door.enter('203.0.113.1', 'Bearer x');
  assert.deepEqual([guess(), guess(), guess(), guess(), guess(), guess()], ['wrong', 'wrong', 'wrong', 'wrong', 'locked-now', 'locked']);
  assert.equal(door.enter('203.0.113.1', right), 'locked');
  assert.equal(door.enter('203.0.113.2', right), 'open');
  await clock.advance(15 * 60_000 - 1);
  assert.equal(door.enter('203.0.113.1', right), 'locked', 'knocking does not end it sooner');
  await clock.advance(1);
  assert.equal(door.enter('203.0.113.1', right), 'open');
});

test('a household of IPv6 is one address; misses of long ago, and those before a right key, do not count', async () => {
  const {clock, door} = stage();
  for (let host = 1; host < 5; host += 1) assert.equal(door.enter(`2001:db8:1:200:0:0:0:${host}`, undefined), 'wrong');
  assert.equal(door.enter('2001:db8:1:2ff:0:0:0:9', undefined), 'locked-now');
  for (let count = 0; count < 4; count += 1) assert.equal(door.enter('203.0.113.1', undefined), 'wrong');
  assert.equal(door.enter('203.0.113.1', right), 'open');
  for (let count = 0; count < 4; count += 1) assert.equal(door.enter('203.0.113.1', undefined), 'wrong');
  await clock.advance(10 * 60_000);
  assert.equal(door.enter('203.0.113.1', undefined), 'wrong');
});

test('one address asks 120 times a minute at most, with the right key too; what is remembered of strangers is bounded', async () => {
  const {clock, door} = stage();
  const asked = Array.from({length: 121}, () => door.enter('203.0.113.1', right));
  assert.deepEqual([asked.filter((each) => each === 'open').length, asked.at(-1)], [120, 'flood']);
  await clock.advance(500);
  assert.equal(door.enter('203.0.113.1', right), 'open');
  for (let host = 0; host < 1500; host += 1) door.enter(`10.0.${host >> 8}.${host & 255}`, undefined);
  assert.equal(door.size, 1000);
});

test('the file is made at the first start, for its owner alone, and is the same at the next', (t) => {
  const path = join(folder(t), 'deep', 'operator-key');
  const made = openOperatorKey(path);
  assert.match(made, /^[\da-f]{64}$/);
  assert.equal(readFileSync(path, 'utf8').trim(), made);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(openOperatorKey(path), made);
});

test('a file that others can read, that holds no key, or that can not be kept stops the start', (t) => {
  const path = join(folder(t), 'operator-key');
  writeFileSync(path, 'ab'.repeat(32), {mode: 0o600});
  for (const mode of [0o640, 0o604, 0o620]) {
    chmodSync(path, mode);
    assert.throws(() => openOperatorKey(path), /operator-key can be read by others. Nothing was started; run: chmod 600/);
  }
  writeFileSync(path, 'a pass phrase');
  chmodSync(path, 0o600);
  assert.throws(() => openOperatorKey(path), /operator-key holds no key: it must be 64 hex digits/);
  assert.throws(() => openOperatorKey(join(path, 'below')), /can not be kept in .*BOMBYX_OPERATOR_KEY_FILE/);
});

test('the comparison takes as long for a key that begins right as for one that does not: it is the platform\'s own', () => {
  const source = readFileSync(join(import.meta.dirname, 'operator-key.ts'), 'utf8');
  assert.match(source, /timingSafeEqual\(digest\(given\), this\.#wanted\)/);
  assert.doesNotMatch(source, /given ?[=!]==|=== ?key|=== ?this\.#wanted/);
});
