/** What each side can gain by cheating with money: at most what docs/money.md says. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {encodeMessage} from '../codec.ts';
import {codeOf} from '../errors.ts';
import {createSecret, identityOf} from '../identity.ts';
import type {AskEvent} from '../roles/ask.ts';
import {ClientLink} from '../roles/client-link.ts';
import {Payments, type Purse, type PurseState} from '../roles/purse.ts';
import {shareOf} from '../roles/relay-bank.ts';
import type {TonAddress} from '../ton-address.ts';
import {type ChannelVoucher, signChannelVoucher, signNodeVoucher} from '../voucher.ts';
import {askPaid, chunk, costOf, payingStage, words, worthOf} from './paying-stage.ts';

const elsewhere = `0:${'e'.repeat(64)}` as TonAddress;

test('the client stops paying: the node loses at most one chunk, the relay nothing', async () => {
  const {network, purse, charged, granted, owed} = await payingStage(setImmediate);
  // It grants once, and then only says that it would.
  const stingy: Purse = {
    channel: purse.channel,
    epoch: purse.epoch,
    key: purse.key,
    update: (change) => purse.update((state): PurseState => ({granted: state.granted || change(state).granted, seen: change(state).seen})),
  };
  const {error, events} = await askPaid(network, network.client(undefined, stingy));
  assert.equal(codeOf(error), 'unpaid');
  await network.clock.advance(20_000);
  assert.ok(worthOf(events) - charged() <= chunk, `${worthOf(events) - charged()} unpaid`);
  assert.ok(charged() <= granted(), 'the relay has a voucher for all that it signed');
  assert.equal(owed(), shareOf(charged(), 50));
});

test('the client signs beyond its deposit: what the channel holds is paid, and no more', async () => {
  const {network, purse, bank, charged, owed} = await payingStage(setImmediate, {deposit: 3n * chunk});
  const facts = bank.chain.get(purse.channel);
  assert.ok(facts);
  const link = await network.clock.drive(ClientLink.open({transport: network.connect(), clock: network.clock}));
  const payments = await network.clock.drive(Payments.open(link, {purse, clock: network.clock}));
  assert.equal(payments.left, 3n * chunk);
  link.transport.send(encodeMessage('grant', await signChannelVoucher(purse.key, {network: -3, channel: purse.channel, epoch: purse.epoch, cumulative: 100n * chunk})));
  await network.clock.settle();
  const {error} = await askPaid(network, network.client(undefined, purse));
  assert.equal(codeOf(error), 'unpaid');
  await network.clock.advance(20_000);
  assert.equal(charged(), 3n * chunk);
  assert.equal(owed(), shareOf(3n * chunk, 50));
});

test('the client closes early: the node stops, and is paid to the last frame that left', async () => {
  const {network, client, charged, owed, node} = await payingStage(setImmediate);
  const events: AskEvent[] = [];
  await askPaid(network, client, (event) => {
    events.push(event);
    if (worthOf(events) > 2n * chunk) client.close();
  });
  await network.clock.advance(1000);
  assert.equal(node.jobs.taken, 0);
  assert.ok(charged() >= worthOf(events), 'all that came is paid');
  assert.equal(owed(), shareOf(charged(), 50));
});

test('the relay stops signing: the node stops within a chunk', async () => {
  let signs = true;
  const {network, client, vouchers, account} = await payingStage(setImmediate, {tamper: (frame) => (frame[1] === 0x45 && !signs ? [] : [frame])});
  const events: AskEvent[] = [];
  const {error} = await askPaid(network, client, (event) => {
    events.push(event);
    if (worthOf(events) > 2n * chunk) signs = false;
  });
  assert.equal(codeOf(error), 'unpaid');
  const unpaid = shareOf(worthOf(events), 50) - (vouchers.newest.get(account)?.cumulative ?? 0n);
  assert.ok(unpaid > 0n && unpaid <= chunk + chunk / 2n, `${unpaid} of chunks of ${chunk}`);
});

test('the relay may be insolvent: above the credit limit a node takes no paid job until it has collected', async () => {
  const {network, client, bank, account, owed, node, join} = await payingStage(setImmediate, {answer: words(100), creditLimit: 2n * chunk});
  for (let round = 0; round < 2; round += 1) assert.equal((await askPaid(network, client)).error, undefined);
  await network.clock.advance(5000);
  assert.ok(owed() >= 2n * chunk);
  assert.equal(codeOf((await askPaid(network, client)).error), 'refused');
  bank.claimed.set(account, owed());
  node.link.close();
  await join();
  assert.equal((await askPaid(network, client)).error, undefined);
});

test('the node takes the voucher and stops serving: the client loses at most one chunk', async () => {
  const {network, client, node, charged, seen} = await payingStage(setImmediate);
  const events: AskEvent[] = [];
  const {error} = await askPaid(network, client, (event) => {
    events.push(event);
    if (worthOf(events) <= 2n * chunk || node.jobs.running === 0) return;
    const handle = seen.find(({kind}) => kind === 'match')?.handle;
    if (handle) node.link.send(encodeMessage('due', {total: worthOf(events) + 10n * chunk}, handle));
    node.link.close();
  });
  assert.equal(codeOf(error), 'node-lost');
  await network.clock.advance(5000);
  assert.ok(charged() - worthOf(events) <= chunk + chunk / 4n, `${charged() - worthOf(events)} taken for nothing`);
});

test('relay and node charge for what never came, again and again: the client stops paying there', async () => {
  const {network, client, bank, purse} = await payingStage(setImmediate, {answer: words(20)});
  assert.equal((await askPaid(network, client)).error, undefined);
  await network.clock.advance(5000);
  let code = '';
  let rounds = 0;
  for (; rounds < 10 && code === ''; rounds += 1) {
    const entry = bank.ledger.channels.get(purse.channel);
    assert.ok(entry);
    // All that was ahead is gone, though nothing came for it.
    bank.ledger.channels.set(purse.channel, {...entry, charged: entry.granted});
    (await client.link()).close();
    await network.clock.settle();
    const {error} = await askPaid(network, client);
    if (error) code = codeOf(error);
    await network.clock.advance(5000);
  }
  assert.equal(code, 'overcharged');
  assert.ok(rounds <= 6, `${rounds} times`);
});

test('stale, replayed, cross-channel, cross-epoch and cross-network vouchers raise nothing', async () => {
  const {network, purse, granted, client} = await payingStage(setImmediate);
  await askPaid(network, client);
  await network.clock.advance(5000);
  const before = granted();
  const truth: ChannelVoucher = {network: -3, channel: purse.channel, epoch: purse.epoch, cumulative: before + chunk};
  const thief = await identityOf<string>(await createSecret());
  const bad = [
    await signChannelVoucher(purse.key, {...truth, network: -239}),
    await signChannelVoucher(purse.key, {...truth, channel: elsewhere}),
    await signChannelVoucher(purse.key, {...truth, epoch: purse.epoch + 1n}),
    await signChannelVoucher(thief, truth),
    {...(await signChannelVoucher(purse.key, truth)), cumulative: before + 2n * chunk},
  ];
  for (const voucher of bad) {
    const link = await network.clock.drive(ClientLink.open({transport: network.connect(), clock: network.clock}));
    await network.clock.drive(Payments.open(link, {purse, clock: network.clock}));
    link.transport.send(encodeMessage('grant', voucher));
    assert.equal(await network.clock.drive(link.ended), 'bad-voucher');
    assert.equal(granted(), before);
  }
  const link = await network.clock.drive(ClientLink.open({transport: network.connect(), clock: network.clock}));
  await network.clock.drive(Payments.open(link, {purse, clock: network.clock}));
  for (const cumulative of [before, before - 1n, 0n]) link.transport.send(encodeMessage('grant', await signChannelVoucher(purse.key, {...truth, cumulative})));
  await network.clock.settle();
  assert.equal(granted(), before, 'older ones are not needed, and change nothing');
  assert.ok(link.isOpen);
});

test('nobody opens a channel of somebody else: another key, another opening, or a proof that was made for another link', async () => {
  const {network, purse, bank} = await payingStage(setImmediate);
  const thief = await identityOf<string>(await createSecret());
  const open = async (changed: Partial<Purse>) => {
    const link = await network.clock.drive(ClientLink.open({transport: network.connect(), clock: network.clock}));
    const stolen: Purse = {channel: purse.channel, epoch: purse.epoch, key: purse.key, update: (change) => purse.update(change), ...changed};
    return codeOf(await network.clock.drive(Payments.open(link, {purse: stolen, clock: network.clock}).then(() => undefined, (error: unknown) => error)));
  };
  assert.equal(await open({key: thief}), 'bad-voucher');
  assert.equal(await open({key: {id: purse.key.id, sign: (message) => thief.sign(message)}}), 'bad-voucher');
  assert.equal(await open({epoch: purse.epoch + 1n}), 'bad-voucher');
  assert.equal(await open({channel: elsewhere}), 'bad-voucher');
  assert.equal(bank.ledger.channels.size, 0, 'nothing was written');
});

test('a forged voucher to a node ends its link: another key, account or network', async () => {
  const injected: Uint8Array[] = [];
  const {bank, join, account, vouchers, node: first, network} = await payingStage(setImmediate, {tamper: (frame) => [frame, ...injected.splice(0)]});
  first.link.close();
  const thief = await identityOf<string>(await createSecret());
  for (const [key, changed] of [[thief, {}], [bank.key, {network: -239}], [bank.key, {account: elsewhere}]] as const) {
    const node = await join();
    const voucher = await signNodeVoucher(key, {network: -3, account, cumulative: 10n ** 12n, ...changed});
    injected.push(encodeMessage('paid', voucher));
    node.link.send(encodeMessage('ping', {nonce: 1}));
    assert.equal(codeOf(await network.clock.drive(node.ended.then(() => undefined, (error: unknown) => error))), 'bad-voucher');
    assert.equal(vouchers.newest.get(account), undefined);
  }
});

test('a node that asks for more than its offer, or less than before, is told so and gets nothing for it', async () => {
  const {network, client, node, seen, charged} = await payingStage(setImmediate);
  const {events} = await askPaid(network, client, (event) => {
    if (event.type !== 'bound') return;
    const handle = seen.find(({kind}) => kind === 'match')?.handle;
    assert.ok(handle);
    node.link.send(encodeMessage('due', {total: 10n ** 15n}, handle));
  });
  await network.clock.advance(5000);
  assert.equal(charged(), costOf(events));
});
