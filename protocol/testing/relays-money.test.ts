/** Money over two relays: each is paid from its own channel for what came through it, and nobody is granted or given anything twice. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {decodeMessage} from '../codec.ts';
import {createSecret, identityOf} from '../identity.ts';
import type {NodeId} from '../ids.ts';
import type {Message, Terms} from '../messages.ts';
import type {Purse} from '../roles/purse.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {MemoryBank, MemoryVouchers} from './memory-bank.ts';
import {testModel} from './network.ts';
import {askPaid, chunk, prices, words, worthOf} from './paying-stage.ts';
import {clientOf, openRelay} from './relays-stage.ts';
import {newDevice} from './trial-stage.ts';

const there = 'https://b.example';
const answer = words(300);
const limits = {perAddress: 100, perDay: 100, ceiling: 10n ** 9n};

/** A relay with a bank and one paid node. */
async function paidRelay(clock: ManualClock, {address, bank}: {address: string; bank: MemoryBank}) {
  const seen: Message[] = [];
  const relay = await openRelay(clock, {address, bank, observe: (frame) => seen.push(decodeMessage(frame))});
  const identity = await identityOf<NodeId>(await createSecret());
  const pay = {account: bank.bind(identity.id), vouchers: new MemoryVouchers(), creditLimit: 10n ** 12n, onBalance: () => {}};
  const node = await relay.network.node(fakeEngine({clock, answer: () => answer, msPerToken: 10}), {model: {...testModel, prices}, identity, pay});
  await clock.settle();
  return {...relay, relay, bank, node, kinds: () => new Set(seen.map(({kind}) => kind))};
}

test('an answer that goes on at another relay is paid there from the channel there, and at the first for what came through it', async () => {
  const clock = new ManualClock(() => setImmediate());
  const [own, other] = [await paidRelay(clock, {address: '', bank: await MemoryBank.open(-3)}), await paidRelay(clock, {address: there, bank: await MemoryBank.open(-239)})];
  const purses = new Map([[-3, await own.bank.deposit(10n ** 9n)], [-239, await other.bank.deposit(10n ** 9n)]]);
  const client = clientOf(clock, {relays: [own.relay, other.relay], purse: async ({network}: Terms): Promise<Purse | undefined> => purses.get(network)});
  let heard = 0;
  const {events, error, answer: came} = await askPaid(own.relay.network, client, ({type}) => {
    if (type === 'text') heard += 1;
    if (heard === 5) own.relay.stop();
  });
  await clock.advance(5000);
  assert.equal(error, undefined);
  assert.equal(came, answer);
  const moved = events.findIndex(({type}) => type === 'resuming');
  const [through, elsewhere] = [events.slice(0, moved), events.slice(moved)];
  const chargedAt = (bank: MemoryBank) => [...bank.ledger.channels.values()].reduce((sum, {charged}) => sum + charged, 0n);
  const grantedAt = (bank: MemoryBank) => [...bank.ledger.channels.values()].reduce((sum, {granted}) => sum + granted, 0n);
  assert.ok(grantedAt(own.bank) <= worthOf(through) + chunk * 2n, `${grantedAt(own.bank)} granted for ${worthOf(through)}`);
  assert.ok(chargedAt(own.bank) <= grantedAt(own.bank));
  const receipt = elsewhere.flatMap((event) => (event.type === 'done' ? [event.receipt.price] : []))[0] ?? assert.fail();
  assert.equal(chargedAt(other.bank), receipt);
  assert.ok(grantedAt(other.bank) <= receipt + chunk);
  assert.equal(purses.get(-239)?.state.seen, receipt);
});

test('a relay that names the vault of another one is shown no channel, and is granted nothing', async () => {
  const clock = new ManualClock(() => setImmediate());
  const [own, other] = [await paidRelay(clock, {address: '', bank: await MemoryBank.open()}), await paidRelay(clock, {address: there, bank: await MemoryBank.open()})];
  assert.equal(own.bank.terms.vault, other.bank.terms.vault);
  const purse = await own.bank.deposit(10n ** 9n);
  const client = clientOf(clock, {relays: [own.relay, other.relay], purse: async () => purse});
  let heard = 0;
  const {events, error} = await askPaid(own.relay.network, client, ({type}) => {
    if (type === 'text') heard += 1;
    if (heard === 5) own.relay.stop();
  });
  assert.ok(error instanceof Error);
  assert.equal(events.some(({type}) => type === 'done'), false);
  assert.ok(own.kinds().has('fund'));
  assert.equal(other.kinds().has('fund'), false);
  assert.equal(other.kinds().has('grant'), false);
  assert.equal(other.node.jobs.taken, 0);
});

test('free answers of another relay are counted there, under a key that our relay never saw', async () => {
  const clock = new ManualClock(() => setImmediate());
  const [own, other] = [await paidRelay(clock, {address: '', bank: await MemoryBank.open(-3)}), await paidRelay(clock, {address: there, bank: await MemoryBank.giving(2, limits)})];
  const [device, elsewhere] = [await newDevice(), await newDevice()];
  const left: number[] = [];
  const client = clientOf(clock, {relays: [own.relay, other.relay], trial: device, trialAt: async () => elsewhere, onTrial: (count) => left.push(count)});
  for (let asked = 1; asked <= 2; asked += 1) {
    const {error, answer: came} = await askPaid(own.relay.network, client);
    await clock.advance(5000);
    assert.deepEqual([error, came], [undefined, answer]);
    assert.equal(other.bank.ledger.devices.get(elsewhere.id), asked);
  }
  const third = await askPaid(own.relay.network, client);
  assert.deepEqual([...other.bank.ledger.devices.keys()], [elsewhere.id]);
  assert.ok(third.error instanceof Error && /trial-over|unfunded/.test(third.error.message), String(third.error));
  assert.equal(own.kinds().has('trial'), false);
  assert.deepEqual(left, [], 'the count that the app shows is of its own relay');
});

test('where nothing can be paid with, computers of another relay that ask a price are not listed; those that are free there are', async () => {
  const clock = new ManualClock(() => setImmediate());
  const [own, other] = [await paidRelay(clock, {address: '', bank: await MemoryBank.open(-3)}), await paidRelay(clock, {address: there, bank: await MemoryBank.open(-239)})];
  const identity = await identityOf<NodeId>(await createSecret());
  const engine = () => fakeEngine({clock, answer: () => answer, msPerToken: 10});
  const pay = {account: own.bank.bind(identity.id), vouchers: new MemoryVouchers(), creditLimit: 10n ** 12n, onBalance: () => {}};
  await own.relay.network.node(engine(), {model: {...testModel, prices}, identity, pay});
  await other.relay.network.node(engine(), {identity});
  await clock.settle();
  const listed = async (purse: (terms: Terms) => Promise<Purse | undefined>) => {
    const records = await clock.drive(clientOf(clock, {relays: [own.relay, other.relay], purse}).directory());
    return new Map(records.map(({node, models}) => [node, models[0]?.prices.completion]));
  };
  const poor = await listed(async () => undefined);
  assert.deepEqual([poor.get(own.node.id), poor.get(other.node.id), poor.get(identity.id)], [prices.completion, undefined, 0n]);
  const deposit = await other.bank.deposit(10n ** 9n);
  const rich = await listed(async ({network}) => (network === -239 ? deposit : undefined));
  assert.equal(rich.get(other.node.id), prices.completion);
});

test('our own relay is never pushed aside by one that named its vault while ours was away', async () => {
  const clock = new ManualClock(() => setImmediate());
  const [own, other] = [await paidRelay(clock, {address: '', bank: await MemoryBank.open()}), await paidRelay(clock, {address: there, bank: await MemoryBank.open()})];
  const purse = await own.bank.deposit(10n ** 9n);
  other.bank.chain.set(purse.channel, own.bank.chain.get(purse.channel) ?? assert.fail());
  const client = clientOf(clock, {relays: [own.relay, other.relay], purse: async () => purse});
  own.relay.stop();
  assert.equal((await askPaid(own.relay.network, client)).answer, answer, 'it can not be told from the right one yet');
  own.relay.start();
  const identity = await identityOf<NodeId>(await createSecret());
  const pay = {account: own.bank.bind(identity.id), vouchers: new MemoryVouchers(), creditLimit: 10n ** 12n, onBalance: () => {}};
  await own.relay.network.node(fakeEngine({clock, answer: () => answer, msPerToken: 10}), {model: {...testModel, prices}, identity, pay});
  await clock.advance(61_000);
  await clock.drive(client.directory());
  await clock.advance(2000);
  const charged = other.bank.ledger.channels.get(purse.channel)?.charged;
  const {events, answer: came} = await askPaid(own.relay.network, client);
  assert.equal(came, answer);
  assert.deepEqual(events.flatMap((event) => (event.type === 'bound' ? [event.relay ?? 'own'] : [])), ['own']);
  assert.equal(other.bank.ledger.channels.get(purse.channel)?.charged, charged);
});
