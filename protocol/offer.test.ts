/** Offers: exactly what was demanded, signed, or refused with the reason. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {concat, randomBytes} from './bytes.ts';
import {createSecret, identityOf} from './identity.ts';
import type {JobHandle, ModelHash, NodeId} from './ids.ts';
import {limits} from './limits.ts';
import {checkOffer, kemPublicKeyBytes, signOffer, suiteIds} from './offer.ts';
import {freeOfCharge} from './price.ts';

const now = 1_800_000_000_000;
const identity = await identityOf<NodeId>(await createSecret());
const stranger = await identityOf<NodeId>(await createSecret());
const offer = {handle: '12'.repeat(16) as JobHandle, expires: now / 1000 + 30, model: 'ab'.repeat(32) as ModelHash, prices: freeOfCharge, ceiling: 5n, chunk: 64, kemPublicKey: randomBytes(kemPublicKeyBytes)};
const demands = {handle: offer.handle, model: offer.model, priceCap: 5n, acceptable: new Set([identity.id]), now};
const signed = await signOffer(identity, offer);

test('checkOffer(): gives the offer when it is all that was demanded', async () => {
  assert.deepEqual(await checkOffer(signed, demands), {...offer, ...suiteIds});
  assert.ok(signed.offer.length <= 2048, 'it fits the message');
});

test('checkOffer(): wrong-node outside the set, also with a valid signature', async () => {
  await assert.rejects(checkOffer(await signOffer(stranger, offer), demands), {code: 'wrong-node'});
});

test('checkOffer(): bad-offer when signed by another or for another job, too-dear above the cap', async () => {
  await assert.rejects(checkOffer({...(await signOffer(stranger, offer)), node: identity.id}, demands), {code: 'bad-offer'});
  await assert.rejects(checkOffer(signed, {...demands, handle: '13'.repeat(16) as JobHandle}), {code: 'bad-offer'});
  await assert.rejects(checkOffer(signed, {...demands, priceCap: 4n}), {code: 'too-dear'});
  for (const chunk of [limits.minChunkTokens - 1, limits.maxChunkTokens + 1]) await assert.rejects(checkOffer(await signOffer(identity, {...offer, chunk}), demands), {code: 'bad-offer'});
});

test('checkOffer(): bad-offer for another suite, although it is signed', async () => {
  const label = 'bombyx/offer/v1'.length + 1;
  for (const at of [16, 17, 18, 19, 20, 21]) {
    const statement = Uint8Array.from(signed.offer.with(label + at, (signed.offer[label + at] ?? 0) ^ 2));
    await assert.rejects(checkOffer({node: identity.id, offer: statement, signature: await identity.sign(statement)}, demands), {code: 'bad-offer'});
  }
});

test('checkOffer(): wrong-model, expired', async () => {
  await assert.rejects(checkOffer(signed, {...demands, model: 'cd'.repeat(32) as ModelHash}), {code: 'wrong-model'});
  await assert.rejects(checkOffer(signed, {...demands, now: offer.expires * 1000}), {code: 'expired'});
  await checkOffer(signed, {...demands, now: offer.expires * 1000 - 1});
});

test('checkOffer(): a change of any byte is bad-offer', async () => {
  for (let at = 0; at < signed.offer.length; at += 37) await assert.rejects(checkOffer({...signed, offer: Uint8Array.from(signed.offer.with(at, (signed.offer[at] ?? 0) ^ 1))}, demands), {code: 'bad-offer'});
  for (let at = 0; at < 64; at += 1) await assert.rejects(checkOffer({...signed, signature: Uint8Array.from(signed.signature.with(at, (signed.signature[at] ?? 0) ^ 1))}, demands), {code: 'bad-offer'});
});

test('checkOffer(): signed bytes that are no offer are bad-offer', async () => {
  for (const statement of [concat(), signed.offer.subarray(0, -1), concat(signed.offer, Uint8Array.of(0)), concat(Uint8Array.of(0x42), signed.offer.subarray(1))]) {
    await assert.rejects(checkOffer({node: identity.id, offer: Uint8Array.from(statement), signature: await identity.sign(statement)}, demands), {code: 'bad-offer'});
  }
});
