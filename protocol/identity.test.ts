/** Ed25519: RFC 8032, and Web Crypto and noble held against each other. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ed25519} from '@noble/curves/ed25519.js';
import {concat, fromHex, randomBytes, toHex, utf8} from './bytes.ts';
import {createSecret, identityOf, isSignedBy, requireSignature, verifyWithNoble} from './identity.ts';

/** RFC 8032, 7.1, tests 1 to 3. */
const rfc8032 = [
  ['9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '', 'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'],
  ['4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72', '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'],
  ['c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7', 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025', 'af82', '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a'],
] as const;

const bothSay = async (key: string, signed: {message: Uint8Array; signature: Uint8Array}, expected: boolean, what: string) => {
  assert.equal(await isSignedBy(key, signed), expected, `Web Crypto: ${what}`);
  assert.equal(await verifyWithNoble(fromHex(key), signed), expected, `noble: ${what}`);
};

test('identityOf(): the vectors of RFC 8032, signed from a seed, verified by both', async () => {
  for (const [secret, id, message, signature] of rfc8032) {
    const identity = await identityOf({kind: 'seed', seed: fromHex(secret)});
    assert.equal(identity.id, id);
    assert.equal(toHex(await identity.sign(fromHex(message))), signature);
    await bothSay(id, {message: fromHex(message), signature: fromHex(signature)}, true, message);
  }
});

test('isSignedBy(), verifyWithNoble(): agree on good and changed signatures of either maker', async () => {
  const makers = [await identityOf(await createSecret()), await identityOf({kind: 'seed', seed: randomBytes(32)})];
  for (const {id, sign} of makers) {
    for (let length = 0; length < 200; length += 17) {
      const message = randomBytes(length);
      const signature = await sign(message);
      await bothSay(id, {message, signature}, true, `${length} bytes`);
      await bothSay(id, {message: concat(message, Uint8Array.of(0)), signature}, false, 'longer message');
      for (const at of [0, 31, 32, 63]) await bothSay(id, {message, signature: signature.with(at, (signature[at] ?? 0) ^ 1)}, false, `byte ${at}`);
    }
  }
  assert.ok(makers[0] && makers[1]);
  await bothSay(makers[0].id, {message: utf8('x'), signature: await makers[1].sign(utf8('x'))}, false, 'another key');
});

test('isSignedBy(), verifyWithNoble(): a second signature made from the first (s + L) is refused by both', async () => {
  const seed = randomBytes(32);
  const signature = ed25519.sign(utf8('x'), seed);
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  let s = order;
  for (let at = 0; at < 32; at += 1) s += BigInt(signature[32 + at] ?? 0) << BigInt(8 * at);
  const malleated = Uint8Array.from(signature, (byte, at) => (at < 32 ? byte : Number((s >> BigInt(8 * (at - 32))) & 255n)));
  await bothSay(toHex(ed25519.getPublicKey(seed)), {message: utf8('x'), signature: malleated}, false, 's + L');
});

test('isSignedBy(): never throws for bad input', async () => {
  const signed = {message: utf8('x'), signature: new Uint8Array(64)};
  for (const id of ['', '00', 'not hex at all', 'ff'.repeat(32), '00'.repeat(33)]) assert.equal(await isSignedBy(id, signed), false, id);
  const identity = await identityOf(await createSecret());
  for (const length of [0, 63, 65]) assert.equal(await isSignedBy(identity.id, {message: utf8('x'), signature: new Uint8Array(length)}), false);
});

test('createSecret(): a key that the page cannot read', async () => {
  const secret = await createSecret();
  assert.ok(secret.kind === 'key-pair');
  assert.equal(secret.pair.privateKey.extractable, false);
});

test('requireSignature(): rejects with the code that was asked for', async () => {
  const identity = await identityOf(await createSecret());
  const message = utf8('x');
  await requireSignature(identity.id, {message, signature: await identity.sign(message), code: 'bad-offer'});
  await assert.rejects(requireSignature(identity.id, {message, signature: new Uint8Array(64), code: 'not-paired'}), {code: 'not-paired'});
});
