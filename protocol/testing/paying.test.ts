/** The paying loop, whole: who gets what, and in which order. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {codeOf} from '../errors.ts';
import {priceOf} from '../price.ts';
import {shareOf} from '../roles/relay-bank.ts';
import type {TonAddress} from '../ton-address.ts';
import {nodeVoucherHash, requireVoucher} from '../voucher.ts';
import {fakeEngine} from './fake-engine.ts';
import {testModel} from './network.ts';
import {askPaid, chunk, costOf, payingStage, prices, words, worthOf} from './paying-stage.ts';

test('an answer is paid: the client is charged what the receipt says, the node gets its share, the relay the rest', async () => {
  const {network, client, bank, account, vouchers, purse, owed, charged, node} = await payingStage(setImmediate);
  const {events, error, answer} = await askPaid(network, client);
  assert.equal(error, undefined);
  assert.equal(answer, words(300));
  await network.clock.advance(5000);
  const cost = costOf(events);
  assert.ok(cost > 4n * chunk);
  assert.equal(charged(), cost);
  assert.equal(owed(), shareOf(cost, 50));
  assert.deepEqual(node.outcomes.map(({task, earned}) => ({task, earned})), [{task: 'chat', earned: owed()}], 'the node knows what the job brought it');
  const voucher = vouchers.newest.get(account);
  assert.equal(voucher?.cumulative, owed());
  await requireVoucher(bank.key.id, {hash: nodeVoucherHash({network: -3, account, cumulative: owed()}), signature: voucher?.signature ?? new Uint8Array()});
  assert.equal(purse.state.seen, cost);
  assert.ok(purse.state.granted - cost <= chunk, 'no more than one chunk is ever ahead');
});

test('what was left of the last answer pays for the next one: over many answers the client is at most one chunk ahead', async () => {
  const {network, client, purse, charged} = await payingStage(setImmediate, {answer: words(20)});
  let cost = 0n;
  for (let round = 0; round < 5; round += 1) {
    const {events, error} = await askPaid(network, client);
    assert.equal(error, undefined);
    cost += costOf(events);
    await network.clock.advance(5000);
    assert.equal(charged(), cost);
    assert.ok(purse.state.granted <= cost + chunk + priceOf({prompt: 1024, cached: 0, completion: 0, reasoning: 0}, prices));
  }
});

test('a voucher is kept before the frame that it pays for leaves', async () => {
  const {network, client, vouchers, account, seen} = await payingStage(setImmediate);
  let paidAt: bigint | undefined;
  const {error} = await askPaid(network, client, (event) => {
    if (event.type !== 'text') return;
    const due = seen.reduce((most, message) => (message.kind === 'due' && message.total > most ? message.total : most), 0n);
    paidAt = vouchers.newest.get(account)?.cumulative ?? 0n;
    assert.ok(shareOf(due, 50) - paidAt <= shareOf(chunk + priceOf({prompt: 5, cached: 0, completion: 0, reasoning: 0}, prices), 50));
  });
  assert.equal(error, undefined);
  assert.ok(paidAt !== undefined && paidAt > 0n);
});

test('stop: billing stops there; the answer is paid to what had left', async () => {
  const {network, client, charged, owed, node} = await payingStage(setImmediate);
  const stop = new AbortController();
  let tokens = 0;
  const {events} = await askPaid(network, client, (event) => {
    if (event.type === 'text') tokens += event.tokens;
    if (tokens > 100) stop.abort();
  }, stop.signal);
  await network.clock.advance(5000);
  const seenCost = worthOf(events);
  assert.ok(charged() >= seenCost && charged() <= seenCost + chunk / 2n, `${charged()} for ${seenCost}`);
  assert.equal(owed(), shareOf(charged(), 50));
  assert.equal(node.jobs.taken, 0);
});

test('no deposit: nothing is sent; an empty one is unfunded, mid-way the answer stops and what came is paid', async () => {
  const poor = await payingStage(setImmediate, {deposit: chunk / 4n});
  const refused = await askPaid(poor.network, poor.client);
  assert.equal(codeOf(refused.error), 'unfunded');
  assert.ok(!poor.seen.some(({kind}) => kind === 'request'));
  const short = await payingStage(setImmediate, {deposit: 2n * chunk});
  const stopped = await askPaid(short.network, short.client);
  assert.equal(codeOf(stopped.error), 'unpaid');
  assert.ok(stopped.answer.length > 0);
  await short.network.clock.advance(20_000);
  assert.equal(short.charged(), 2n * chunk, 'all of the deposit and not a coin more');
});

test('a bound of the host below the deposit: no more than that is ever granted, and who asks then is told why', async () => {
  const {network, client, purse, charged, granted, seen} = await payingStage(setImmediate);
  const most = 3n * chunk;
  Object.assign(purse, {bound: () => ({most, why: 'enough for today'})});
  const {error, answer} = await askPaid(network, client);
  assert.equal(codeOf(error), 'unpaid');
  assert.ok(answer.length > 0);
  await network.clock.advance(20_000);
  assert.deepEqual([granted(), charged(), purse.state.granted], [most, most, most]);
  const before = seen.filter(({kind}) => kind === 'request').length;
  assert.match(String((await askPaid(network, client)).error), /unfunded: enough for today/);
  assert.equal(seen.filter(({kind}) => kind === 'request').length, before, 'nothing was sent');
});

test('at connect both sides show their newest voucher: a relay that lost its books gets them back from the node', async () => {
  const {network, client, bank, account, node, join, vouchers} = await payingStage(setImmediate);
  await askPaid(network, client);
  await network.clock.advance(5000);
  const owed = bank.ledger.accounts.get(account)?.owed ?? 0n;
  const entry = bank.ledger.accounts.get(account);
  assert.ok(entry && owed > 0n);
  bank.ledger.accounts.set(account, {...entry, owed: owed / 2n});
  node.link.close();
  await join();
  await network.clock.settle();
  assert.equal(bank.ledger.accounts.get(account)?.owed, owed);
  assert.equal(vouchers.newest.get(account)?.cumulative, owed);
});

test('a client that lost its purse gets its own newest voucher back, and goes on', async () => {
  const {network, client, purse, charged} = await payingStage(setImmediate);
  const first = await askPaid(network, client);
  await network.clock.advance(5000);
  const {granted} = purse.state;
  purse.state = {granted: 0n, seen: 0n};
  const second = await askPaid(network, network.client(undefined, purse));
  await network.clock.advance(5000);
  assert.equal(second.error, undefined);
  assert.ok(purse.state.granted > granted);
  assert.equal(charged(), costOf(first.events) + costOf(second.events));
});

test('the chain is down: a channel that the relay knows goes on, a new one is told so', async () => {
  const {network, client, bank, purse, charged} = await payingStage(setImmediate);
  await askPaid(network, client);
  await network.clock.advance(5000);
  const before = charged();
  bank.down = true;
  const again = await askPaid(network, network.client(undefined, purse));
  assert.equal(again.error, undefined);
  await network.clock.advance(5000);
  assert.equal(charged(), before + costOf(again.events));
  const fresh = await bank.deposit(10n ** 9n, {channel: `0:${'d'.repeat(64)}` as typeof purse.channel});
  assert.equal(codeOf((await askPaid(network, network.client(undefined, fresh))).error), 'chain-down');
});

test('the books can not be written once: nothing is charged without being owed, and then all is right', async () => {
  const {network, client, bank, charged, owed} = await payingStage(setImmediate);
  let failures = 0;
  const settle = bank.ledger.settle.bind(bank.ledger);
  bank.ledger.settle = (...both) => {
    if ((failures += 1) === 1) throw new Error('disk full');
    settle(...both);
  };
  const {events, error} = await askPaid(network, client);
  assert.equal(error, undefined);
  await network.clock.advance(5000);
  assert.ok(failures > 1);
  assert.equal(charged(), costOf(events));
  assert.equal(owed(), shareOf(charged(), 50));
});

test('two tabs of one client on one channel: both are answered, and the sum is right', async () => {
  const {network, bank, purse, charged, seen} = await payingStage(setImmediate, {answer: words(100)});
  await network.clock.settle();
  const tabs = [network.client(undefined, purse), network.client(undefined, purse)];
  let cost = 0n;
  for (const tab of [...tabs, ...tabs]) {
    const {events, error} = await askPaid(network, tab);
    assert.equal(error, undefined);
    cost += costOf(events);
    await network.clock.advance(5000);
  }
  assert.equal(charged(), cost);
  assert.equal(seen.filter(({kind}) => kind === 'fund').length, 2);
  assert.equal(bank.ledger.channels.size, 1);
});

test('questions asked in one moment share one account of the channel', async () => {
  const {network, client, purse, charged, seen} = await payingStage(setImmediate, {answer: words(20)});
  const all = await Promise.all([1, 2, 3].map(() => askPaid(network, client)));
  assert.deepEqual(all.map(({error}) => error), [undefined, undefined, undefined]);
  await network.clock.advance(5000);
  assert.equal(seen.filter(({kind}) => kind === 'fund').length, 1);
  assert.equal(charged(), all.reduce((sum, {events}) => sum + costOf(events), 0n));
  assert.equal(purse.state.seen, charged());
});

test('a tab that leaves while another opens the same channel: there is still one account of it, and nothing is spent twice', async () => {
  const {network, client, bank, purse, charged} = await payingStage(setImmediate, {answer: words(100)});
  const costs = [costOf((await askPaid(network, client)).events)];
  await network.clock.advance(5000);
  purse.state = {...purse.state, granted: purse.state.granted + 1n};
  const look = bank.channel.bind(bank);
  bank.channel = async (channel) => {
    const facts = await look(channel);
    client.close();
    return facts;
  };
  const [second, third] = [network.client(undefined, purse), network.client(undefined, purse)];
  for (const tab of [second, third, second, third]) {
    const {events, error} = await askPaid(network, tab);
    assert.equal(error, undefined);
    costs.push(costOf(events));
    await network.clock.advance(5000);
  }
  assert.equal(charged(), costs.reduce((sum, cost) => sum + cost, 0n));
});

test('free and paid live side by side: who pays nothing gets no paid computer, and no money moves', async () => {
  const {network, owed} = await payingStage(setImmediate);
  const {error} = await network.ask(network.client(), {text: 'hi'});
  assert.equal(codeOf(error), 'no-node');
  assert.equal(owed(), 0n);
});

test('another wallet than before: the node shows its proof, and what the relay said first is no reason to leave', async () => {
  const {network, bank, identity, vouchers, node} = await payingStage(setImmediate, {answer: words(20)});
  const engine = fakeEngine({clock: network.clock, answer: () => words(20), msPerToken: 10});
  const proof = new Uint8Array(32).fill(7);
  const {account} = await bank.wallet(proof);
  const joinAs = (shown: Uint8Array<ArrayBuffer> | undefined) => network.node(engine, {model: {...testModel, prices}, identity, pay: {account, proof: shown, vouchers, creditLimit: 10n ** 12n, onBalance: () => {}}});
  node.link.close();
  const unproved = await joinAs(undefined);
  assert.equal(codeOf(await network.clock.drive(unproved.ended.then(() => undefined, (error: unknown) => error))), 'bad-wallet', 'the relay would pay somebody else');
  await joinAs(proof);
  await network.clock.settle();
  const purse = await bank.deposit(10n ** 9n, {channel: `0:${'d'.repeat(64)}` as TonAddress});
  const {events, error} = await askPaid(network, network.client(undefined, purse));
  await network.clock.advance(5000);
  assert.equal(error, undefined);
  assert.equal(bank.ledger.account(identity.id)?.account, account);
  assert.equal(bank.ledger.account(identity.id)?.owed, shareOf(costOf(events), 50));
});

test('the relay is started anew in mid-answer: it goes on, nothing is paid twice, and what was paid before is paid out', async () => {
  const stage = await payingStage(setImmediate);
  const {network, client, charged, owed, granted, join} = stage;
  let gone = false;
  const {answer, error, events} = await askPaid(network, client, ({type}) => {
    if (type !== 'text' || gone) return;
    gone = true;
    network.restart();
    void network.clock.sleep(3000).then(join);
  });
  assert.equal(error, undefined);
  assert.equal(answer, words(300));
  assert.equal(events.filter(({type}) => type === 'resuming').length, 1);
  // Two questions were read, the second one with what had come; each word was written once.
  const most = worthOf(events) + priceOf({prompt: 400, cached: 0, completion: 64, reasoning: 0}, prices);
  assert.ok(charged() >= costOf(events) && charged() <= most, `${charged()} charged, ${costOf(events)} by receipts, ${most} at most`);
  assert.ok(granted() >= charged() && owed() <= charged() && owed() > 0n, `${granted()} granted, ${owed()} owed`);
});
