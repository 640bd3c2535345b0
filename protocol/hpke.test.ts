/** HPKE through our one door, held against the vectors that others published. */
import {XWing} from '@hpke/hybridkem-x-wing';
import {Chacha20Poly1305} from '@hpke/chacha20poly1305';
import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {fromHex, toHex, utf8} from './bytes.ts';
import {type HpkeSuite, jobSuite, ohttpSuite, wrapSuite} from './hpke.ts';

interface Vector {
  readonly mode: number;
  readonly kem_id: number;
  readonly kdf_id: number;
  readonly aead_id: number;
  readonly info: string;
  readonly skRm: string;
  readonly pkRm: string;
  readonly enc: string;
  readonly shared_secret: string;
  readonly encryptions: readonly {readonly aad: string; readonly ct: string; readonly pt: string}[];
  readonly exports: readonly {readonly exporter_context: string; readonly L: number; readonly exported_value: string}[];
}

const readJson = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'));
const copies = (name: string): readonly Vector[] => (readJson(new URL(`testing/vectors/${name}`, import.meta.url)) as {entries: readonly Vector[]}).entries;
const rfc = copies('hpke-rfc9180.json');
const pq = copies('hpke-pq.json');

function pick(vectors: readonly Vector[], {kem, kdf, aead}: {kem: number; kdf: number; aead: number}): Vector {
  const found = vectors.find((vector) => vector.mode === 0 && vector.kem_id === kem && vector.kdf_id === kdf && vector.aead_id === aead);
  assert.ok(found, 'the vector is in the copy');
  return found;
}

/** Opens the first messages (later ones skip counters) and checks every export. */
async function check(suite: HpkeSuite, vector: Vector): Promise<void> {
  const pair = await suite.importKeyPair(fromHex(vector.skRm), fromHex(vector.pkRm));
  assert.equal(toHex(await suite.publicKeyBytes(pair.publicKey)), vector.pkRm);
  const end = await suite.recipient(pair, {enc: fromHex(vector.enc), info: fromHex(vector.info)});
  for (const {aad, ct, pt} of vector.encryptions.slice(0, 3)) assert.equal(toHex(await end.open(fromHex(ct), fromHex(aad))), pt);
  assert.ok(vector.exports.length > 0);
  for (const {exporter_context, L, exported_value} of vector.exports) assert.equal(toHex(await end.export(fromHex(exporter_context), L)), exported_value);
}

test('ohttpSuite(): RFC 9180 A.1, base mode, opens and exports', async () => {
  await check(ohttpSuite(), pick(rfc, {kem: 0x20, kdf: 1, aead: 1}));
});

test('wrapSuite(): X-Wing, HKDF-SHA256, ChaCha20-Poly1305 of the post-quantum draft, opens and exports', async () => {
  await check(wrapSuite(new XWing(), new Chacha20Poly1305()), pick(pq, {kem: 0x647a, kdf: 1, aead: 3}));
});

test('XWing: decapsulates both vectors of the post-quantum draft, whatever their key derivation', async () => {
  assert.equal(pq.length, 2);
  for (const vector of pq) {
    const kem = new XWing();
    const recipientKey = await kem.deserializePrivateKey(fromHex(vector.skRm));
    assert.equal(toHex(new Uint8Array(await kem.decap({recipientKey, enc: fromHex(vector.enc)}))), vector.shared_secret);
  }
});

test('hpke vectors: the copies are what the shared folder holds', (t) => {
  const folder = new URL('../../shared/vectors/', import.meta.url);
  if (!existsSync(folder)) return t.skip('../shared/vectors is not here; the copies were used');
  for (const [name, ours] of [['hpke-rfc9180.json', rfc], ['hpke-pq.json', pq]] as const) {
    const theirs = readJson(new URL(name, folder)) as readonly Vector[];
    for (const vector of ours) {
      const same = theirs.filter((other) => other.mode === vector.mode && other.kem_id === vector.kem_id && other.kdf_id === vector.kdf_id && other.aead_id === vector.aead_id);
      assert.deepEqual(same, [vector]);
    }
  }
});

test('jobSuite(): both ends agree; sizes are those of the offer and of the request', async () => {
  const suite = jobSuite();
  assert.equal(suite.keyBytes, 32);
  const pair = await suite.generateKeyPair();
  const open = await suite.publicKeyBytes(pair.publicKey);
  assert.equal(open.length, 1216);
  const sender = await suite.sender(open, utf8('info'));
  assert.equal(sender.enc.length, 1120);
  const recipient = await suite.recipient(pair, {enc: sender.enc, info: utf8('info')});
  for (const text of ['first', 'second']) assert.equal(toHex(await recipient.open(await sender.seal(utf8(text), utf8('a')), utf8('a'))), toHex(utf8(text)));
  assert.deepEqual(await recipient.export(utf8('x'), 32), await sender.export(utf8('x'), 32));
  assert.notDeepEqual(await recipient.export(utf8('y'), 32), await sender.export(utf8('x'), 32));
});

test('HpkeRecipient.open(): refuses another info, another aad, another key, another enc', async () => {
  const suite = ohttpSuite();
  const [pair, stranger] = await Promise.all([suite.generateKeyPair(), suite.generateKeyPair()]);
  const open = await suite.publicKeyBytes(pair.publicKey);
  const sender = await suite.sender(open, utf8('info'));
  const other = await suite.sender(open, utf8('info'));
  const sealed = await sender.seal(utf8('body'), utf8('a'));
  const attempt = async (key: typeof pair, {enc, info, aad}: {enc: Uint8Array; info: string; aad: string}) => (await suite.recipient(key, {enc, info: utf8(info)})).open(sealed, utf8(aad));
  await assert.rejects(attempt(pair, {enc: sender.enc, info: 'other', aad: 'a'}));
  await assert.rejects(attempt(pair, {enc: sender.enc, info: 'info', aad: 'b'}));
  await assert.rejects(attempt(stranger, {enc: sender.enc, info: 'info', aad: 'a'}));
  await assert.rejects(attempt(pair, {enc: other.enc, info: 'info', aad: 'a'}));
  assert.equal((await attempt(pair, {enc: sender.enc, info: 'info', aad: 'a'})).length, 4);
});
