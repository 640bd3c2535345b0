/** Records of a directory: checked once, and as carefully the second time. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createSecret, identityOf} from '../identity.ts';
import type {ModelHash, NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import {signRecord} from '../node-record.ts';
import {freeOfCharge} from '../price.ts';
import {KnownRecords} from './known-records.ts';

const now = 1_800_000_000_000;
const model = {model: 'ab'.repeat(32) as ModelHash, name: 'a', speeds: [], contextTokens: 4096, prices: freeOfCharge};
const makeRecord = async (seconds: number) =>
  signRecord(await identityOf<NodeId>(await createSecret()), {issued: now / 1000, expires: now / 1000 + seconds, engine: 'e', slots: 1, hidden: 0, models: [model]});
const [brief, lasting] = await Promise.all([makeRecord(60), makeRecord(limits.recordSeconds)]);

test('KnownRecords: a record that was here before is not checked again', async () => {
  const records = new KnownRecords();
  const before = await records.check([brief, lasting], now);
  const after = await records.check([lasting, brief], now + 1000);
  assert.equal(after.length, 2);
  assert.equal(after[0], before[1]);
  assert.equal(after[1], before[0]);
});

test('KnownRecords: one that was good before, and has expired, is left out', async () => {
  const records = new KnownRecords();
  await records.check([brief, lasting], now);
  assert.deepEqual((await records.check([brief, lasting], now + 60_000)).map(({expires}) => expires), [now / 1000 + limits.recordSeconds]);
});

test('KnownRecords: a good signature under any other bytes is left out', async () => {
  const records = new KnownRecords();
  const [good] = await records.check([lasting], now);
  for (let at = 0; at < lasting.length; at += 1) {
    const changed = lasting.with(at, (lasting[at] ?? 0) ^ 1);
    assert.deepEqual(await records.check([changed, lasting], now), [good]);
  }
});

test('KnownRecords: keeps only what the last directory had', async () => {
  const records = new KnownRecords();
  const [before] = await records.check([lasting], now);
  await records.check([brief], now);
  const [after] = await records.check([lasting], now);
  assert.deepEqual(after, before);
  assert.notEqual(after, before);
});
