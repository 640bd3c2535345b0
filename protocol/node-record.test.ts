/** Node records: signed by their own key, fresh, and not empty. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {concat, randomBytes} from './bytes.ts';
import {createSecret, identityOf} from './identity.ts';
import type {ModelHash, NodeId} from './ids.ts';
import {limits} from './limits.ts';
import {checkRecord, type NodeRecord, signRecord} from './node-record.ts';
import {freeOfCharge} from './price.ts';

const now = 1_800_000_000_000;
const issued = now / 1000;
const identity = await identityOf<NodeId>(await createSecret());
const model = {model: 'ab'.repeat(32) as ModelHash, name: 'größer', speeds: [{jobs: 1, prefill: 900, decode: 123}], contextTokens: 4096, prices: freeOfCharge};
const record: Omit<NodeRecord, 'node'> = {issued, expires: issued + limits.recordSeconds, engine: 'WebLLM, WebGPU', slots: 1, hidden: 0, models: [model]};
const signed = await signRecord(identity, record);
const bad = {code: 'bad-node'};

test('checkRecord(): gives the record', async () => {
  assert.deepEqual(await checkRecord(signed, now), {...record, node: identity.id});
});

test('signRecord(): the fullest record fits its limit', async () => {
  const models = Array.from({length: limits.maxModels}, () => ({...model, name: 'x'.repeat(96), speeds: Array.from({length: 4}, (_, at) => ({jobs: 2 ** at, prefill: 65_535, decode: 65_535}))}));
  const fullest = await signRecord(identity, {...record, engine: 'x'.repeat(128), models});
  assert.ok(fullest.length <= limits.maxRecordBytes, `${fullest.length} bytes`);
  assert.equal((await checkRecord(fullest, now)).models.length, limits.maxModels);
});

test('checkRecord(): stands from its issue, with skew, until it expires', async () => {
  await checkRecord(signed, now - limits.clockSkewSeconds * 1000);
  await checkRecord(signed, now + limits.recordSeconds * 1000 - 1);
  await assert.rejects(checkRecord(signed, now - limits.clockSkewSeconds * 1000 - 1), bad);
  await assert.rejects(checkRecord(signed, now + limits.recordSeconds * 1000), bad);
});

test('checkRecord(): refuses one that stands too long, or offers nothing', async () => {
  for (const change of [{expires: record.expires + 1}, {models: []}, {slots: 0}]) await assert.rejects(checkRecord(await signRecord(identity, {...record, ...change}), now), bad);
});

test('checkRecord(): refuses every change and every cut', async () => {
  for (let at = 0; at < signed.length; at += 1) await assert.rejects(checkRecord(signed.with(at, (signed[at] ?? 0) ^ 1), now), bad);
  for (let length = 0; length < signed.length; length += 1) await assert.rejects(checkRecord(signed.subarray(0, length), now), bad);
  await assert.rejects(checkRecord(concat(signed, Uint8Array.of(0)), now), bad);
});

test('checkRecord(): random bytes are bad-node', async () => {
  for (let round = 0; round < 300; round += 1) await assert.rejects(checkRecord(randomBytes(round), now), bad);
});
