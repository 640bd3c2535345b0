/** What free answers can be made to cost: whoever cheats, a day is worth no more answers and none dearer than the relay's settings say. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {randomBytes} from '../bytes.ts';
import {encodeMessage} from '../codec.ts';
import {codeOf, type ErrorCode, NetworkError} from '../errors.ts';
import type {Identity} from '../identity.ts';
import type {DeviceId, JobHandle, NodeId} from '../ids.ts';
import type {Terms} from '../messages.ts';
import {readOffer} from '../offer.ts';
import {freeOfCharge, priceOf, type Prices} from '../price.ts';
import {ClientLink, type JobChannel} from '../roles/client-link.ts';
import {shareOf} from '../roles/relay-bank.ts';
import {writeStatement} from '../statement.ts';
import {trialProof} from '../trial.ts';
import {fundProof} from '../voucher.ts';
import type {MemoryBank} from './memory-bank.ts';
import {type TestNetwork, testModel} from './network.ts';
import {costOf, prices, words} from './paying-stage.ts';
import {askForFree, newDevice, trialStage} from './trial-stage.ts';

/** A link by hand and what the relay says to a trial on it. */
async function linkTo(network: TestNetwork, prefix?: string) {
  const link = await network.clock.drive(ClientLink.open({transport: network.connect(undefined, prefix), clock: network.clock}));
  const {nonce} = link.terms ?? assert.fail('no terms');
  const answerOf = (job: JobChannel) => network.clock.drive(job.next());
  const prove = async (device: DeviceId, signature: Uint8Array<ArrayBuffer>): Promise<number | ErrorCode> => {
    const job = link.job();
    job.send('trial', {device, signature});
    const message = await answerOf(job);
    if (message.kind === 'trialed') return message.left;
    return message.kind === 'failed' ? message.code : 'internal';
  };
  const match = (nodes: readonly NodeId[], job = link.job()) => {
    job.send('match', {model: testModel.hash, bucketBytes: 1024, maxTokens: 512, priceCap: 10n ** 12n, payment: 'trial', nodes, work: undefined});
    return job;
  };
  const codeOfMatch = async (nodes: readonly NodeId[]) => {
    const message = await answerOf(match(nodes));
    return message.kind === 'failed' ? message.code : message.kind;
  };
  return {link, nonce, prove, match, codeOfMatch};
}

const proofOf = (device: Identity<DeviceId>, nonce: Terms['nonce']) => device.sign(writeStatement(trialProof, {nonce}));
const nothingWritten = ({ledger}: MemoryBank) => ledger.devices.size === 0 && ledger.days.size === 0 && [...ledger.accounts.values()].every(({owed}) => owed === 0n);

test('a device that is not one\'s own, a proof of another link, a signature of another kind: refused, and a match without a proof too', async () => {
  const {bank, network, join} = await trialStage(setImmediate);
  const node = await join();
  const [victim, thief] = [await newDevice(), await newDevice()];
  const before = await linkTo(network);
  const stolen = await proofOf(victim, before.nonce);
  assert.equal(await before.prove(victim.id, stolen), 3, 'its own proof is good where it was made');
  const {nonce, prove, codeOfMatch} = await linkTo(network);
  assert.equal(await prove(victim.id, stolen), 'refused');
  assert.equal(await prove(victim.id, await proofOf(thief, nonce)), 'refused');
  assert.equal(await prove(victim.id, await victim.sign(writeStatement(fundProof, {channel: bank.terms.vault, epoch: 1n, nonce}))), 'refused');
  assert.equal(await prove(victim.id, randomBytes(64)), 'refused');
  assert.equal(await codeOfMatch([node.id]), 'refused');
  assert.ok(nothingWritten(bank));
});

test('one free answer at a time for a device, over however many links; then each is counted once', async () => {
  const {bank, network, join} = await trialStage(setImmediate, {perDevice: 2});
  const nodes = [(await join()).id, (await join()).id];
  const device = await newDevice();
  const [left, right] = [await linkTo(network), await linkTo(network)];
  for (const {prove, nonce} of [left, right]) assert.equal(await prove(device.id, await proofOf(device, nonce)), 2);
  const first = left.match(nodes);
  assert.equal((await network.clock.drive(first.next())).kind, 'offer');
  assert.equal(await right.codeOfMatch(nodes), 'busy');
  assert.equal(await left.codeOfMatch(nodes), 'busy');
  first.send('cancel', {});
  await network.clock.settle();
  assert.equal(await right.codeOfMatch(nodes), 'offer');
  assert.ok(nothingWritten(bank));
});

test('two tabs of one device ask at once: one is answered, the other told to wait, and no answer more is given', async () => {
  const {bank, network, clock, join, client} = await trialStage(setImmediate, {perDevice: 2});
  await join();
  await join();
  const device = await newDevice();
  const tabs = [client({device}), client({device})];
  const results = await Promise.all(tabs.map((tab) => network.ask(tab, {text: 'tell me', priceCap: 10n ** 12n})));
  await clock.advance(5000);
  assert.deepEqual(results.map(({error}) => (error === undefined ? 'answered' : codeOf(error))).toSorted(), ['answered', 'busy']);
  assert.equal(bank.ledger.devices.get(device.id), 1);
  for (const tab of tabs) await askForFree(network, tab);
  assert.equal(bank.ledger.devices.get(device.id), 2);
});

test('the day\'s last answer is held for who asked first: many devices at once get no more than there are, and a place that is given up is free again', async () => {
  const {bank, network, join} = await trialStage(setImmediate, {perDay: 1});
  const nodes = [(await join()).id, (await join()).id];
  const links = [await linkTo(network, 'one'), await linkTo(network, 'two')] as const;
  for (const {prove, nonce} of links) {
    const device = await newDevice();
    assert.equal(await prove(device.id, await proofOf(device, nonce)), 1);
  }
  const [one, two] = links;
  assert.equal((await network.clock.drive(one.match(nodes).next())).kind, 'offer');
  assert.equal(await two.codeOfMatch(nodes), 'trial-over');
  one.link.close();
  await network.clock.settle();
  assert.equal(await two.codeOfMatch(nodes), 'offer');
  assert.ok(nothingWritten(bank));
});

test('a place is held at its address too; to hear that all are taken, however often, is no mistake', async () => {
  const {network, join} = await trialStage(setImmediate, {perAddress: 1});
  const nodes = [(await join()).id, (await join()).id];
  const links = [await linkTo(network, 'here'), await linkTo(network, 'here'), await linkTo(network, 'there')] as const;
  for (const {prove, nonce} of links) {
    const device = await newDevice();
    await prove(device.id, await proofOf(device, nonce));
  }
  const [first, second, elsewhere] = links;
  assert.equal((await network.clock.drive(first.match(nodes).next())).kind, 'offer');
  for (let round = 0; round < 20; round += 1) assert.equal(await second.codeOfMatch(nodes), 'trial-over');
  assert.equal(await elsewhere.codeOfMatch(nodes), 'offer');
});

test('a handle that is in use gives nobody a second place, and takes none away', async () => {
  const {network, join} = await trialStage(setImmediate, {perDevice: 1});
  const nodes = [(await join()).id, (await join({cost: freeOfCharge})).id, (await join()).id];
  const [left, right] = [await linkTo(network), await linkTo(network)];
  for (const {prove, nonce} of [left, right]) {
    const device = await newDevice();
    await prove(device.id, await proofOf(device, nonce));
  }
  const first = left.match(nodes);
  assert.equal((await network.clock.drive(first.next())).kind, 'offer');
  const [taken, fresh] = [right.link.job(), right.link.job()];
  const matchAs = (payment: 'free' | 'trial', {handle, to}: {handle: JobHandle; to: ClientLink}) =>
    to.transport.send(encodeMessage('match', {model: testModel.hash, bucketBytes: 1024, maxTokens: 512, priceCap: 10n ** 12n, payment, nodes, work: undefined}, handle));
  matchAs('trial', {handle: first.handle, to: right.link});
  matchAs('free', {handle: taken.handle, to: left.link});
  matchAs('trial', {handle: taken.handle, to: right.link});
  const refusal = await network.clock.drive(taken.next());
  assert.equal(refusal.kind === 'failed' && refusal.code, 'duplicate');
  matchAs('trial', {handle: fresh.handle, to: right.link});
  assert.equal((await network.clock.drive(fresh.next())).kind, 'offer', 'what was refused holds no place');
  assert.equal(await left.codeOfMatch(nodes), 'busy', 'the first still has its place');
});

test('an offer above the ceiling is passed over: another computer answers, and where there is none the job is refused', async () => {
  const ceiling = priceOf({prompt: 1024, cached: 0, completion: 512, reasoning: 0}, prices);
  const dear: Prices = {...prices, completion: prices.completion + 1_000_000n};
  const {bank, network, join, client} = await trialStage(setImmediate, {ceiling});
  const greedy = await join({cost: dear, answer: 'dear'});
  const asker = client({device: await newDevice()});
  assert.equal(codeOf((await askForFree(network, asker)).error), 'refused');
  assert.ok(nothingWritten(bank));
  await join({answer: 'as dear as may be'});
  for (let round = 0; round < 2; round += 1) assert.equal((await askForFree(network, asker)).answer, 'as dear as may be');
  assert.equal(greedy.owed(), 0n);
});

test('a node that works with fake devices gets for one answer what its offer says at most', async () => {
  const {bank, network, join, client, seen} = await trialStage(setImmediate, {perDevice: 1});
  const node = await join({answer: words(300)});
  const due = (total: bigint) => {
    const {handle} = seen.find(({kind}) => kind === 'match') ?? assert.fail('no match');
    node.link.send(encodeMessage('due', {total}, handle));
  };
  let ceiling = 0n;
  await askForFree(network, client({device: await newDevice()}), {onEvent: (event) => {
    if (event.type !== 'bound') return;
    ({ceiling} = readOffer((seen.find((message) => message.kind === 'offer') ?? assert.fail('no offer')).offer));
    for (const total of [ceiling + 1n, 10n ** 15n, ceiling]) due(total);
  }});
  assert.equal(node.owed(), shareOf(ceiling, 50));
  due(ceiling);
  await network.clock.settle();
  assert.equal(node.owed(), shareOf(ceiling, 50), 'nor for a job that is over');
  assert.equal(bank.ledger.devices.size, 1);
});

test('an answer that can\'t be written down is not paid: no voucher is told, and the place is not lost', async () => {
  const {bank, network, join, client} = await trialStage(setImmediate, {perDevice: 1});
  const node = await join({answer: words(300)});
  const asker = client({device: await newDevice()});
  const {give} = bank.ledger;
  bank.ledger.give = () => {
    throw new NetworkError('internal', 'the disk is full');
  };
  const {error} = await askForFree(network, asker);
  assert.equal(codeOf(error), 'unpaid');
  assert.equal(node.vouchers.newest.get(node.account)?.cumulative ?? 0n, 0n);
  assert.ok(nothingWritten(bank));
  bank.ledger.give = give;
  const {error: later, events} = await askForFree(network, asker);
  assert.equal(later, undefined);
  assert.equal(node.owed(), shareOf(costOf(events), 50));
});
