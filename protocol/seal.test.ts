/** Sealed requests: against the chunked OHTTP draft, against a second HPKE library, and against those who change them. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_MLKEM768_X25519} from 'hpke';
import {ed25519, x25519} from '@noble/curves/ed25519.js';
import {concat, fromHex, randomBytes, toHex, utf8} from './bytes.ts';
import {ohttpSuite} from './hpke.ts';
import {requestBuckets} from './limits.ts';
import {pad, unpad} from './padding.ts';
import {responseKeys} from './response.ts';
import {bindOffer, exportResponseKeys, JobKey, jobProfile, responseNonceBytes, sealInfo, type SealProfile, sealRequest} from './seal.ts';

/** draft-ietf-ohai-chunked-ohttp-08, appendix A. */
const ohttp: SealProfile = {requestLabel: 'message/bhttp chunked request', responseLabel: 'message/bhttp chunked response', suite: ohttpSuite()};
const ohttpRequest = fromHex(
  '010020000100018811eb457e100811c40a0aa71340a1b81d804bb986f736f2f566a7199761a0321c2ad24942d4d692563012f2980c8fef437a336b9b2fc938ef77a5834f1d2e33d8fd25577afe31bd1c79d094f76b6250ae6549b473ecd950501311001c6c1395d0ef7c1022297966307b8a7f',
);
const ohttpSecret = fromHex('1c190d72acdbe4dbc69e680503bb781a932c70a12c8f3754434c67d8640d8698');
const ohttpNonce = fromHex('bcce7f4cb921309ba5d62edf1769ef09');

async function ohttpEnd() {
  const pair = await ohttp.suite.importKeyPair(ohttpSecret, x25519.getPublicKey(ohttpSecret));
  return ohttp.suite.recipient(pair, {enc: ohttpRequest.subarray(7, 39), info: sealInfo(ohttp, ohttpRequest.subarray(0, 7))});
}

/** Chunks of one-byte lengths; a zero says that the rest is the last. */
function* chunksOf(body: Uint8Array): Generator<{chunk: Uint8Array; aad: string}> {
  let at = 0;
  for (let length = body[at]; length; length = body[at]) {
    yield {chunk: body.subarray(at + 1, at + 1 + length), aad: ''};
    at += 1 + length;
  }
  yield {chunk: body.subarray(at + 1), aad: 'final'};
}

test('sealInfo(): label, zero, context, as in the OHTTP vector', () => {
  assert.equal(toHex(sealInfo(ohttp, ohttpRequest.subarray(0, 7))), '6d6573736167652f6268747470206368756e6b656420726571756573740001002000010001');
});

test('sealInfo(): the request of the chunked OHTTP draft opens', async () => {
  const end = await ohttpEnd();
  let request = concat();
  for (const {chunk, aad} of chunksOf(ohttpRequest.subarray(39))) request = concat(request, await end.open(chunk, utf8(aad)));
  assert.equal(toHex(request), '00034745540568747470730b6578616d706c652e636f6d012f');
});

test('exportResponseKeys(): secret and key of the chunked OHTTP draft; its response opens', async () => {
  const end = await ohttpEnd();
  assert.equal(responseNonceBytes(ohttp), 16);
  assert.equal(toHex(await end.export(utf8(ohttp.responseLabel), 16)), '1d4484834ae36102a6ac42a5523454d9');
  const keys = await exportResponseKeys(end, {profile: ohttp, nonce: ohttpNonce});
  assert.equal(toHex(keys.key), '8209f78f2a1610d80c7125009b00aff0');
  const key = await crypto.subtle.importKey('raw', keys.key, 'AES-GCM', false, ['decrypt']);
  const response = fromHex('1179bf1cc87fa0e2c02de4546945aa3d1e4812b348b5bd4c594c16b6170b07b475845d1f3200ed9d8a796617a5b27265f4d73247f639');
  let counter = 0;
  let opened = '';
  for (const {chunk, aad} of chunksOf(response)) {
    const iv = keys.nonce.map((byte, index) => (index === 11 ? byte ^ counter : byte));
    opened += toHex(new Uint8Array(await crypto.subtle.decrypt({name: 'AES-GCM', iv, additionalData: utf8(aad)}, key, Uint8Array.from(chunk))));
    counter += 1;
  }
  assert.equal(opened, '0140c8');
});

const body = utf8('the body of a job');
const bind = bindOffer({offer: utf8('offer'), signature: randomBytes(64)});

async function sealedPair() {
  const key = await JobKey.create();
  return {key, request: await sealRequest(body, {kemPublicKey: key.publicKey, bind})};
}

test('sealRequest(): JobKey opens it, both ends have the same response keys, and only a bucket shows', async () => {
  const {key, request} = await sealedPair();
  assert.equal(request.enc.length, 1120);
  assert.equal(request.sealed.length, 1024 + 16);
  const opened = await key.open(request, bind);
  assert.deepEqual(Uint8Array.from(opened.body), body);
  const nonce = randomBytes(32);
  assert.deepEqual(await opened.responseKeys(nonce), await request.responseKeys(nonce));
  assert.notDeepEqual(await opened.responseKeys(nonce), await request.responseKeys(randomBytes(32)));
});

test('sealRequest(): two sealings of one body share nothing', async () => {
  const key = await JobKey.create();
  const [left, right] = await Promise.all([0, 1].map(() => sealRequest(body, {kemPublicKey: key.publicKey, bind})));
  assert.notDeepEqual(left?.enc, right?.enc);
  assert.notDeepEqual(left?.sealed, right?.sealed);
});

const second = new CipherSuite(KEM_MLKEM768_X25519, KDF_HKDF_SHA256, AEAD_AES_256_GCM);

test('sealRequest(): a second HPKE library opens it and exports the same', async () => {
  const pair = await second.GenerateKeyPair();
  const request = await sealRequest(body, {kemPublicKey: await second.SerializePublicKey(pair.publicKey), bind});
  const end = await second.SetupRecipient(pair, request.enc, {info: sealInfo(jobProfile, bind)});
  assert.deepEqual(Uint8Array.from(unpad(await end.Open(request.sealed, utf8('final')))), body);
  const nonce = randomBytes(32);
  const secret = await end.Export(utf8('bombyx/response/v1'), 32);
  assert.deepEqual(await request.responseKeys(nonce), responseKeys({secret, enc: request.enc, nonce, keyBytes: 32}));
});

test('JobKey.open(): opens what a second HPKE library sealed and exports the same', async () => {
  const key = await JobKey.create();
  const {encapsulatedSecret: enc, ctx} = await second.SetupSender(await second.DeserializePublicKey(key.publicKey), {info: sealInfo(jobProfile, bind)});
  const sealed = await ctx.Seal(pad(body, 4096), utf8('final'));
  const opened = await key.open({enc, sealed}, bind);
  assert.deepEqual(Uint8Array.from(opened.body), body);
  const nonce = randomBytes(32);
  const secret = await ctx.Export(utf8('bombyx/response/v1'), 32);
  assert.deepEqual(await opened.responseKeys(nonce), responseKeys({secret, enc, nonce, keyBytes: 32}));
});

test('JobKey.open(): a second use is refused as duplicate, also after a failed one', async () => {
  const {key, request} = await sealedPair();
  await key.open(request, bind);
  await assert.rejects(key.open(request, bind), {code: 'duplicate'});
  const other = await sealedPair();
  await assert.rejects(other.key.open(other.request, randomBytes(32)), {code: 'tampered'});
  await assert.rejects(other.key.open(other.request, bind), {code: 'duplicate'});
});

test('JobKey.open(): a forgotten key opens nothing', async () => {
  const {key, request} = await sealedPair();
  key.forget();
  await assert.rejects(key.open(request, bind), {code: 'duplicate'});
});

test('JobKey.open(): a swapped offer (another bind) does not open', async () => {
  const {key, request} = await sealedPair();
  await assert.rejects(key.open(request, bindOffer({offer: utf8('offer'), signature: randomBytes(64)})), {code: 'tampered'});
});

test('JobKey.open(): what was sealed to another KEM key does not open', async () => {
  const {request} = await sealedPair();
  await assert.rejects((await JobKey.create()).open(request, bind), {code: 'tampered'});
});

test('JobKey.open(): a changed, cut or lengthened request does not open', async () => {
  const changes: ((request: {enc: Uint8Array; sealed: Uint8Array}) => {enc: Uint8Array; sealed: Uint8Array})[] = [
    ({enc, sealed}) => ({enc, sealed: sealed.with(0, (sealed[0] ?? 0) ^ 1)}),
    ({enc, sealed}) => ({enc, sealed: sealed.subarray(1)}),
    ({enc, sealed}) => ({enc, sealed: concat(sealed, Uint8Array.of(0))}),
    ({enc}) => ({enc, sealed: concat()}),
    ({enc, sealed}) => ({enc: enc.with(0, (enc[0] ?? 0) ^ 1), sealed}),
    ({enc, sealed}) => ({enc: enc.with(1119, (enc[1119] ?? 0) ^ 1), sealed}),
    ({enc, sealed}) => ({enc: enc.subarray(1), sealed}),
    ({sealed}) => ({enc: concat(), sealed}),
  ];
  for (const change of changes) {
    const {key, request} = await sealedPair();
    await assert.rejects(key.open(change(request), bind), {code: 'tampered'});
  }
});

test('JobKey.open(): padding that is not zero is refused', async () => {
  const key = await JobKey.create();
  const sender = await jobProfile.suite.sender(key.publicKey, sealInfo(jobProfile, bind));
  const sealed = await sender.seal(pad(body, 1024).with(1023, 1), utf8('final'));
  await assert.rejects(key.open({enc: sender.enc, sealed}, bind), {code: 'tampered'});
});

test('JobKey.open(): a chunk that is not marked final is refused', async () => {
  const key = await JobKey.create();
  const sender = await jobProfile.suite.sender(key.publicKey, sealInfo(jobProfile, bind));
  await assert.rejects(key.open({enc: sender.enc, sealed: await sender.seal(pad(body, 1024), utf8(''))}, bind), {code: 'tampered'});
});

test('sealRequest(): the largest body fits the largest bucket, one byte more is too-long', async () => {
  const largest = (requestBuckets.at(-1) ?? 0) - 4;
  const key = await JobKey.create();
  const request = await sealRequest(new Uint8Array(largest), {kemPublicKey: key.publicKey, bind});
  assert.equal((await key.open(request, bind)).body.length, largest);
  await assert.rejects(sealRequest(new Uint8Array(largest + 1), {kemPublicKey: key.publicKey, bind}), {code: 'too-long'});
});

test('bindOffer(): changes with the offer and with the signature', () => {
  const signature = ed25519.sign(utf8('offer'), new Uint8Array(32));
  const one = toHex(bindOffer({offer: utf8('offer'), signature}));
  assert.notEqual(one, toHex(bindOffer({offer: utf8('Offer'), signature})));
  assert.notEqual(one, toHex(bindOffer({offer: utf8('offer'), signature: signature.with(63, 1)})));
});
