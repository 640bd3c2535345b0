/** The treasury against real channels: what it brings home and when, and that neither faults of the chain nor haste lose or pay anything twice. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {beginCell, external, storeMessage, toNano} from '@ton/core';
import {channelMessages, minExternalClaim} from '#contracts/channel/channel.ts';
import {day, moneyStage, type OpenedChannel} from '../testing/money-stage.ts';

const minute = 60_000;
const withdraw = ({payer, address}: OpenedChannel, amount = 0n) => payer.send(address, {value: toNano('0.05'), body: channelMessages.requestWithdrawal(amount)});
const finish = ({payer, address}: OpenedChannel) => payer.send(address, {value: toNano('0.05'), body: channelMessages.finishWithdrawal()});

test('settle: everything that can be claimed is in the vault, and in the books; a second call finds nothing', async (t) => {
  const {open, grant, treasury, outcome, balance, vault, ledger, logged, facts} = await moneyStage(t);
  const [first, second] = [await open('1'), await open('2')];
  await grant(first, {granted: toNano('0.4')});
  await grant(second, {granted: toNano('0.5')});
  const before = await balance(vault.address);
  assert.equal(await outcome(treasury.settle()), undefined);
  const gained = (await balance(vault.address)) - before;
  assert.ok(gained <= toNano('0.9') && gained > toNano('0.898'), `${gained}`);
  assert.equal(ledger.totals().claimed, toNano('0.9'));
  assert.deepEqual(ledger.unclaimed(), []);
  assert.deepEqual(logged.map(({event, sum}) => `${event} ${sum}`).toSorted(), ['claimed 400000000', 'claimed 500000000']);
  assert.deepEqual(new Set(facts.map(([channel]) => channel)), new Set([first.channel, second.channel]), 'and the hub hears what the chain says');
  assert.equal(await outcome(treasury.settle()), undefined);
  assert.equal((await balance(vault.address)) - before, gained);
});

test('callers at the same time share one round; a caller after it gets a new one', async (t) => {
  const {open, grant, treasury, outcome, devnet} = await moneyStage(t);
  const opened = await open('1');
  await grant(opened, {granted: toNano('0.3')});
  const [one, two] = [treasury.settle(), treasury.settle()];
  assert.equal(one, two);
  assert.equal(await outcome(Promise.all([one, two])), undefined);
  const claims = () => devnet.chain.transactions.of(opened.address).length - 1;
  assert.equal(claims(), 1);
  await grant(opened, {granted: toNano('0.6')});
  const three = treasury.settle();
  assert.notEqual(three, one);
  assert.equal(await outcome(three), undefined);
  assert.equal(claims(), 2);
});

test('a voucher beyond the deposit brings what there is, and the rest after a top up', async (t) => {
  const {open, grant, treasury, outcome, ledger, logged, bank} = await moneyStage(t);
  const opened = await open('0.5');
  await grant(opened, {granted: toNano('3')});
  assert.equal(await outcome(treasury.settle()), undefined);
  const {claimed} = ledger.totals();
  assert.ok(claimed > toNano('0.48') && claimed < toNano('0.5'), `${claimed}`);
  assert.equal(ledger.unclaimed().length, 1, 'the rest stays claimable');
  assert.equal(await outcome(treasury.settle()), undefined);
  assert.deepEqual([ledger.totals().claimed, logged.length], [claimed, 1], 'nothing is sent for nothing');
  await opened.payer.send(opened.address, {value: toNano('5'), body: channelMessages.topUp()});
  assert.equal(await outcome(treasury.settle()), undefined);
  assert.equal(ledger.totals().claimed, toNano('3'));
  assert.equal((await bank.look(opened.channel))?.claimed, toNano('3'));
});

test('keep: a withdrawal is noticed within a round and claimed before it ends; what is small and not in danger stays', async (t) => {
  const {open, grant, treasury, clock, until, ledger, devnet, bank, logged} = await moneyStage(t);
  const [leaving, staying] = [await open('1'), await open('1')];
  await grant(leaving, {granted: toNano('0.4')});
  await grant(staying, {granted: toNano('0.4')});
  treasury.keep();
  await clock.advance(minute);
  assert.deepEqual(logged, [], 'less than a coin, and nobody leaves');
  const asked = clock.now();
  await withdraw(leaving);
  await until(() => logged.length > 0);
  assert.ok(clock.now() - asked <= 12 * minute);
  await devnet.chain.pass(day);
  await finish(leaving);
  assert.equal(await bank.look(leaving.channel), undefined);
  assert.deepEqual(logged, [{event: 'claimed', sum: '400000000'}]);
  const big = await open('5');
  await grant(big, {granted: toNano('1.5')});
  await until(() => ledger.totals().claimed === toNano('1.9'));
  assert.deepEqual(ledger.unclaimed().map(({channel}) => channel), [staying.channel]);
});

test('a channel that is gone: after an hour its vouchers are written off, with what they were worth', async (t) => {
  const {open, grant, treasury, clock, outcome, ledger, logged, devnet} = await moneyStage(t);
  const [lost, spent] = [await open('1'), await open('1')];
  await grant(lost, {granted: toNano('0.4'), charged: toNano('0.3')});
  await grant(spent, {granted: toNano('0.4'), charged: 0n});
  for (const channel of [lost, spent]) await withdraw(channel);
  await devnet.chain.pass(day);
  for (const channel of [lost, spent]) await finish(channel);
  assert.equal(await outcome(treasury.settle()), undefined);
  assert.equal(ledger.unclaimed().length, 2, 'the endpoint might be behind');
  await clock.advance(61 * minute);
  assert.equal(await outcome(treasury.settle()), undefined);
  assert.deepEqual(ledger.unclaimed(), []);
  assert.deepEqual(logged, [{event: 'vouchers-lost', sum: '300000000'}], 'who was charged nothing took nothing with it');
});

test('a channel that was opened anew: the old vouchers are dead at once, the new ones are not', async (t) => {
  const {open, grant, treasury, outcome, ledger, logged, devnet, bank} = await moneyStage(t);
  const opened = await open('1');
  await grant(opened, {granted: toNano('0.4')});
  await withdraw(opened);
  await devnet.chain.pass(day);
  await finish(opened);
  await opened.payer.send(opened.address, {value: toNano('1'), init: opened.deployment.init, body: channelMessages.topUp()});
  assert.equal(await outcome(treasury.settle()), undefined);
  assert.deepEqual([ledger.unclaimed(), logged], [[], [{event: 'vouchers-lost', sum: '400000000'}]]);
  const {epoch} = await bank.channel(opened.channel);
  assert.ok(epoch > opened.epoch);
  assert.equal(ledger.channel(opened.channel)?.epoch, opened.epoch);
});

test('less than an external claim may bring: left, also where its payer leaves', async (t) => {
  const {open, grant, treasury, outcome, ledger, logged} = await moneyStage(t);
  const small = await open('1');
  await grant(small, {granted: minExternalClaim - 1n});
  await withdraw(small);
  assert.equal(await outcome(treasury.settle()), undefined);
  assert.deepEqual([ledger.totals().claimed, logged], [0n, []]);
  await grant(small, {granted: minExternalClaim});
  assert.equal(await outcome(treasury.settle()), undefined);
  assert.equal(ledger.totals().claimed, minExternalClaim);
});

test('the chain fails in the middle of a settlement: nothing is lost, nothing is paid twice', async (t) => {
  const {open, grant, treasury, outcome, ledger, fault, balance, vault, logged} = await moneyStage(t);
  const opened = await open('10');
  const home = await balance(vault.address);
  let granted = 0n;
  for (const mode of ['down', 'cut', 'refuse', 'drop'] as const) {
    granted += toNano('0.5');
    await grant(opened, {granted});
    await fault(mode);
    const error = await outcome(treasury.settle());
    if (mode === 'down' || mode === 'cut') assert.equal((error as {code?: string}).code, 'chain-down', mode);
    else assert.equal(error, undefined, mode);
    assert.equal(ledger.totals().claimed, granted - toNano('0.5'), `${mode}: nothing is in the books that was not seen on chain`);
    await fault('none');
    assert.equal(await outcome(treasury.settle()), undefined);
    assert.equal(ledger.totals().claimed, granted, mode);
  }
  const gained = (await balance(vault.address)) - home;
  assert.ok(gained <= granted && gained > granted - toNano('0.01'), `${gained} of ${granted}`);
  assert.deepEqual(logged.map(({event}) => event), ['claimed', 'claimed', 'claim-refused', 'claimed', 'claim-unconfirmed', 'claimed']);
});

test('a claim that arrived although its answer did not: the next look sees it, and sends no other', async (t) => {
  const {open, grant, bank, treasury, outcome, devnet, ledger, fault, chain, stop} = await moneyStage(t);
  const opened = await open('1');
  await grant(opened, {granted: toNano('0.5')});
  const {signature} = await opened.voucher(toNano('0.5'));
  const claim = beginCell().store(storeMessage(external({to: opened.address, body: channelMessages.externalClaim({amount: toNano('0.5'), signature})}))).endCell();
  await fault('cut');
  await assert.rejects(chain.send(claim), {code: 'chain-down'});
  await fault('none');
  assert.equal((await bank.look(opened.channel))?.claimed, toNano('0.5'));
  const before = devnet.chain.transactions.all.length;
  assert.equal(await outcome(treasury.settle()), undefined);
  assert.deepEqual([ledger.unclaimed(), devnet.chain.transactions.all.length], [[], before]);
  stop.abort(new Error('enough'));
  await treasury.ended();
});

test('one channel that can not be claimed keeps no other from it; an outage is tried again after a minute', async (t) => {
  const {open, grant, treasury, clock, until, ledger, fault, logged} = await moneyStage(t);
  const [bad, good] = [await open('5'), await open('5')];
  await grant(bad, {granted: toNano('2')});
  const {signature} = await bad.voucher(toNano('1'));
  const entry = ledger.channel(bad.channel) ?? assert.fail();
  ledger.saveChannel({...entry, signature});
  await grant(good, {granted: toNano('1.5')});
  await fault('down');
  treasury.keep();
  await until(() => logged.length > 0);
  const failed = clock.now();
  await fault('none');
  await until(() => logged.length === 3);
  assert.ok(clock.now() - failed < 3 * minute);
  assert.deepEqual(logged.map(({event}) => event).toSorted(), ['claim-refused', 'claimed', 'treasury-waits']);
  assert.equal(ledger.totals().claimed, toNano('1.5'));
});

test('the signal ends a round that waits for its block, and what comes after', async (t) => {
  const {open, grant, treasury, clock, fault, stop, ledger} = await moneyStage(t);
  const opened = await open('5');
  await grant(opened, {granted: toNano('2')});
  await fault('drop');
  treasury.keep();
  const settling = treasury.settle();
  settling.catch(() => {});
  await clock.advance(5000);
  stop.abort(new Error('the relay stops'));
  await treasury.ended();
  await assert.rejects(settling, /the relay stops/);
  await assert.rejects(treasury.settle(), /the relay stops/);
  assert.equal(ledger.totals().claimed, 0n);
});
