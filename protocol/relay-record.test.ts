/** Relay records: signed by the key that is on the link, fresh, for the address that was asked, and nothing that a screen would not show. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {concat, fromHex, randomBytes, toHex} from './bytes.ts';
import {createSecret, identityOf} from './identity.ts';
import type {RelayId} from './ids.ts';
import {limits} from './limits.ts';
import {checkRelayRecord, provePresence, type RelayFacts, signRelayRecord} from './relay-record.ts';
import {seeded} from './testing/seeded.ts';

interface Vector {
  readonly seed: string;
  readonly now: number;
  readonly record: RelayFacts & {readonly relay: string; readonly issued: number; readonly expires: number};
  readonly nonce: string;
  readonly signed: string;
  readonly proof: string;
}
const vector = JSON.parse(readFileSync(new URL('testing/vectors/relay-record-v1.json', import.meta.url), 'utf8')) as Vector;
const {now, record} = vector;
const nonce = fromHex(vector.nonce);
const identity = await identityOf<RelayId>({kind: 'seed', seed: fromHex(vector.seed)});
const shown = {record: fromHex(vector.signed), proof: fromHex(vector.proof)};
const bad = {code: 'bad-relay'};

/** A record with changes, rightly signed and shown. */
const showing = async (change: Partial<Vector['record']>) => ({record: await signRelayRecord(identity, {...record, ...change}), proof: shown.proof});

test('signRelayRecord(), provePresence(): write the recorded bytes, and checkRelayRecord() reads them back', async () => {
  assert.equal(toHex(await signRelayRecord(identity, record)), vector.signed);
  assert.equal(toHex(await provePresence(identity, nonce)), vector.proof);
  assert.deepEqual(await checkRelayRecord(shown, {nonce, now}), record);
});

test('signRelayRecord(): the fullest record fits its limit', async () => {
  const fullest = await showing({name: 'x'.repeat(128), address: `https://${'y'.repeat(248)}`, contact: 'z'.repeat(128), feePermille: 1000, linksPerAddress: 2 ** 32 - 1});
  assert.ok(fullest.record.length <= limits.maxRelayRecordBytes, `${fullest.record.length} bytes`);
  assert.equal((await checkRelayRecord(fullest, {nonce, now})).contact.length, 128);
});

test('checkRelayRecord(): stands from its issue, with skew, until it expires', async () => {
  const end = record.expires * 1000;
  await checkRelayRecord(shown, {nonce, now: record.issued * 1000 - limits.clockSkewSeconds * 1000});
  await checkRelayRecord(shown, {nonce, now: end - 1});
  await assert.rejects(checkRelayRecord(shown, {nonce, now: record.issued * 1000 - limits.clockSkewSeconds * 1000 - 1}), bad);
  await assert.rejects(checkRelayRecord(shown, {nonce, now: end}), bad);
  await assert.rejects(checkRelayRecord(await showing({expires: record.issued + limits.recordSeconds + 1}), {nonce, now}), bad);
});

test('checkRelayRecord(): is of the address that we linked to, or names none', async () => {
  await checkRelayRecord(shown, {nonce, now, address: record.address});
  await checkRelayRecord(await showing({address: ''}), {nonce, now, address: 'https://elsewhere.example'});
  for (const address of ['https://elsewhere.example', `${record.address}:444`, '']) await assert.rejects(checkRelayRecord(shown, {nonce, now, address}), bad);
});

test('checkRelayRecord(): a record that was copied from another link is refused, and so is the proof of another key', async () => {
  await assert.rejects(checkRelayRecord(shown, {nonce: randomBytes(32), now}), bad);
  const other = await identityOf<RelayId>(await createSecret());
  await assert.rejects(checkRelayRecord({...shown, proof: await provePresence(other, nonce)}, {nonce, now}), bad);
});

test('checkRelayRecord(): refuses texts that a screen would not show as they are, and a fee of more than all', async () => {
  for (const text of ['two\nlines', 'a\u0000b', 'back\u202ewards', 'zero\u200bwidth', 'line\u2028end']) {
    for (const field of ['name', 'contact', 'address'] as const) await assert.rejects(checkRelayRecord(await showing({[field]: text}), {nonce, now}), bad, `${field} ${JSON.stringify(text)}`);
  }
  await assert.rejects(checkRelayRecord(await showing({feePermille: 1001}), {nonce, now}), bad);
});

test('checkRelayRecord(): refuses every change and every cut', async () => {
  for (const part of ['record', 'proof'] as const) {
    const whole = shown[part];
    for (let at = 0; at < whole.length; at += 1) await assert.rejects(checkRelayRecord({...shown, [part]: whole.with(at, (whole[at] ?? 0) ^ 1)}, {nonce, now}), bad);
    for (let length = 0; length < whole.length; length += 1) await assert.rejects(checkRelayRecord({...shown, [part]: whole.subarray(0, length)}, {nonce, now}), bad);
    await assert.rejects(checkRelayRecord({...shown, [part]: concat(whole, Uint8Array.of(0))}, {nonce, now}), bad);
  }
});

test('checkRelayRecord(): whatever facts are signed come back the same', async () => {
  const random = seeded(7);
  const below = (most: number): number => Math.floor(random() * most);
  const text = (most: number): string => Array.from({length: below(most)}, () => 'aé✓ -@:/'.charAt(below(8))).join('');
  for (let round = 0; round < 100; round += 1) {
    const facts = {name: text(40), address: '', contact: text(40), feePermille: below(1001), freeAnswers: below(65_536), linksPerAddress: below(2 ** 32), jobsPerLink: below(65_536), waitSeconds: below(65_536)};
    assert.deepEqual(await checkRelayRecord(await showing(facts), {nonce, now, address: 'https://any.example'}), {...record, ...facts});
  }
});

test('checkRelayRecord(): random bytes are bad-relay', async () => {
  for (let round = 0; round < 300; round += 1) await assert.rejects(checkRelayRecord({record: randomBytes(round), proof: randomBytes(64)}, {nonce, now}), bad);
});
