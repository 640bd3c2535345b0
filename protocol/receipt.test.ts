/** Receipts: every field is what the client saw, or the receipt is bad. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {concat, randomBytes, utf8} from './bytes.ts';
import {createSecret, identityOf} from './identity.ts';
import type {JobHandle, ModelHash, NodeId} from './ids.ts';
import {encodeJob, makeJob} from './job.ts';
import {checkReceipt, commitAnswer, commitRequest, type JobFacts, type ReceiptDemands, signReceipt} from './receipt.ts';

const identity = await identityOf<NodeId>(await createSecret());
const stranger = await identityOf<NodeId>(await createSecret());
const job = makeJob({task: 'chat', messages: [{role: 'user', content: 'What is this?'}], maxTokens: 20});
const facts: JobFacts = {
  handle: '12'.repeat(16) as JobHandle,
  offer: randomBytes(32),
  model: 'ab'.repeat(32) as ModelHash,
  prices: {prompt: 1_000_000n, cached: 0n, completion: 2_000_000n, reasoning: 0n},
  jobBytes: encodeJob(job),
  answer: utf8('A quiet network.'),
  counts: {prompt: 5, cached: 0, completion: 4, reasoning: 0},
  reason: 'stop',
};
const now = 1_800_000_000_000;
const demands: ReceiptDemands = {...facts, node: identity.id, job, ceiling: 100n};
const signed = await signReceipt(identity, {facts, now});
const bad = {code: 'bad-receipt'};

test('checkReceipt(): gives the receipt when all is as seen', async () => {
  const receipt = await checkReceipt(signed, demands);
  assert.equal(receipt.price, 13n);
  assert.equal(receipt.hour, Math.floor(now / 3_600_000));
  assert.deepEqual(receipt.request, commitRequest(facts.jobBytes));
  assert.deepEqual(receipt.answer, commitAnswer(signed.salt, facts.answer));
});

const lies: Record<string, Partial<JobFacts>> = {
  'another handle': {handle: '13'.repeat(16) as JobHandle},
  'another offer': {offer: randomBytes(32)},
  'another model': {model: 'cd'.repeat(32) as ModelHash},
  'another question': {jobBytes: utf8('x')},
  'another answer': {answer: utf8('A quiet network')},
  'another reason': {reason: 'length'},
  'another price': {prices: {...facts.prices, completion: 3_000_000n}},
  'more prompt tokens': {counts: {...facts.counts, prompt: 6}},
  'cached tokens': {counts: {...facts.counts, cached: 1}},
  'more tokens': {counts: {...facts.counts, completion: 5}},
  'reasoning tokens': {counts: {...facts.counts, reasoning: 1}},
};
for (const [name, lie] of Object.entries(lies)) {
  test(`checkReceipt(): refuses ${name}`, async () => {
    await assert.rejects(checkReceipt(await signReceipt(identity, {facts: {...facts, ...lie}, now}), demands), bad);
  });
}

test('checkReceipt(): refuses counts that the texts cannot have, although both sides name them', async () => {
  for (const counts of [{...facts.counts, prompt: 1000}, {...facts.counts, completion: 21}]) {
    const same = {...facts, counts};
    await assert.rejects(checkReceipt(await signReceipt(identity, {facts: same, now}), {...demands, ...same, ceiling: 10_000n}), bad);
  }
});

test('checkReceipt(): refuses a price above the ceiling of the offer', async () => {
  await assert.rejects(checkReceipt(signed, {...demands, ceiling: 12n}), bad);
});

test('checkReceipt(): refuses another signer, another salt, changed or cut bytes', async () => {
  await assert.rejects(checkReceipt(await signReceipt(stranger, {facts, now}), demands), bad);
  await assert.rejects(checkReceipt({...signed, salt: randomBytes(32)}, demands), bad);
  for (let at = 0; at < signed.receipt.length; at += 7) await assert.rejects(checkReceipt({...signed, receipt: Uint8Array.from(signed.receipt.with(at, (signed.receipt[at] ?? 0) ^ 1))}, demands), bad);
  for (const cut of [concat(), signed.receipt.subarray(0, -1), concat(signed.receipt, Uint8Array.of(0))]) {
    await assert.rejects(checkReceipt({...signed, receipt: Uint8Array.from(cut), signature: await identity.sign(cut)}, demands), bad);
  }
});
