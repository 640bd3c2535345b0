/** What the bank believes of channels, wallets and accounts: against real contracts on a devnet. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {toNano} from '@ton/core';
import {channelMessages} from '#contracts/channel/channel.ts';
import {accountDeployment, nodeClaim} from '#contracts/node-account/node-account.ts';
import {nodePayload} from '#contracts/ton-proof.ts';
import type {NodeId} from '#protocol/ids.ts';
import {signNodeVoucher} from '#protocol/voucher.ts';
import {day, moneyStage, network, type Person, rawOf} from '../testing/money-stage.ts';

const fee = toNano('0.02');
const near = (got: bigint, wanted: bigint) => assert.ok(got <= wanted && got > wanted - fee, `${got} is not just below ${wanted}`);

test('a channel: its opening, its key, and no more capacity than a claim would pay', async (t) => {
  const {open, bank, devnet} = await moneyStage(t);
  const opened = await open('5');
  const facts = await bank.channel(opened.channel);
  assert.deepEqual([facts.epoch, facts.payerKey], [opened.epoch, opened.key.id]);
  near(facts.capacity, toNano('5'));
  const {cumulative, signature} = await opened.voucher(toNano('5'));
  await opened.payer.send(opened.address, {value: toNano('0.05'), body: channelMessages.claim({amount: cumulative, signature})});
  const looked = await bank.look(opened.channel);
  assert.ok(looked && looked.claimed >= facts.capacity, 'a promise is kept');
  assert.ok(looked.facts.capacity >= looked.claimed && looked.facts.capacity < toNano('5'));
  await opened.payer.send(opened.address, {value: toNano('2'), body: channelMessages.topUp()});
  near((await bank.channel(opened.channel)).capacity, looked.claimed + toNano('2'));
  await devnet.chain.pass(300 * day);
  const old = await open('5');
  const {capacity} = await bank.channel(old.channel);
  await devnet.chain.pass(360 * day);
  await old.payer.send(old.address, {value: toNano('0.05'), body: channelMessages.claim({amount: toNano('5'), signature: (await old.voucher(toNano('5'))).signature})});
  assert.ok(((await bank.look(old.channel))?.claimed ?? 0n) >= capacity, 'after a year of rent too');
});

test('a withdrawal takes its part out of the capacity at once, and gives it back when it is cancelled', async (t) => {
  const {open, bank, devnet} = await moneyStage(t);
  const opened = await open('5');
  const say = (body: Parameters<Person['send']>[1]['body']) => opened.payer.send(opened.address, {value: toNano('0.05'), ...(body ? {body} : {})});
  await say(channelMessages.requestWithdrawal(toNano('3')));
  const part = await bank.look(opened.channel);
  near(part?.facts.capacity ?? 0n, toNano('2'));
  assert.equal(part?.closing, true);
  assert.ok((part?.spendable ?? 0n) > toNano('4.9'), 'vouchers could still take all');
  await say(channelMessages.cancelWithdrawal());
  near((await bank.channel(opened.channel)).capacity, toNano('5'));
  await say(channelMessages.requestWithdrawal(toNano('9')));
  assert.equal((await bank.channel(opened.channel)).capacity, 0n, 'more than there is');
  await say(channelMessages.cancelWithdrawal());
  await say(channelMessages.requestWithdrawal(0n));
  assert.equal((await bank.channel(opened.channel)).capacity, 0n, 'the whole channel');
  await devnet.chain.pass(day);
  await say(channelMessages.finishWithdrawal());
  assert.equal(await bank.look(opened.channel), undefined);
  await assert.rejects(bank.channel(opened.channel), {code: 'bad-voucher'});
  await opened.payer.send(opened.address, {value: toNano('1'), init: opened.deployment.init, body: channelMessages.topUp()});
  const anew = await bank.channel(opened.channel);
  assert.ok(anew.epoch > opened.epoch, 'the same address, another opening');
  near(anew.capacity, toNano('1'));
});

test('no channel of ours: another payee, another key, a short window, another contract, never opened, nothing there', async (t) => {
  const {open, bank, person, key, vault, devnet} = await moneyStage(t);
  const stranger = await person('1');
  const strange = [
    await open('1', {payee: stranger.address}),
    await open('1', {payeeKey: BigInt(`0x${key.id}`) + 1n}),
    await open('1', {disputeWindow: day - 1}),
  ].map(({channel}) => channel);
  await stranger.send(stranger.address, {value: 1n});
  const never = await open('1');
  await devnet.chain.rewind(devnet.chain.head.seqno - 1);
  await devnet.chain.faucet(never.address, toNano('1'), {init: never.deployment.init});
  for (const channel of [...strange, never.channel, rawOf(stranger.address), rawOf(vault.address), `0:${'0'.repeat(64)}` as typeof never.channel]) {
    assert.equal(await bank.look(channel), undefined);
    await assert.rejects(bank.channel(channel), {code: 'bad-voucher'});
  }
  assert.ok(await bank.look((await open('1', {disputeWindow: 2 * day})).channel), 'a longer window is fine');
});

test('nobody can say: chain-down, and what accounts had collected is remembered', async (t) => {
  const {open, bank, key, person, vault, fault} = await moneyStage(t);
  const {channel} = await open('1');
  const owner = await person('1');
  const account = accountDeployment({vault: vault.address, owner: owner.address, relayKey: BigInt(`0x${key.id}`)});
  assert.equal(await bank.collected(rawOf(account.address)), 0n, 'not deployed yet');
  const {cumulative, signature} = await signNodeVoucher(key, {network, account: rawOf(account.address), cumulative: toNano('0.5')});
  await owner.send(account.address, {value: toNano('0.1'), init: account.init, body: nodeClaim({amount: cumulative, signature})});
  assert.equal(await bank.collected(rawOf(account.address)), toNano('0.5'));
  await fault('down');
  await assert.rejects(bank.channel(channel), {code: 'chain-down'});
  await assert.rejects(bank.look(channel), {code: 'chain-down'});
  assert.equal(await bank.collected(rawOf(account.address)), toNano('0.5'));
  assert.equal(await bank.collected(channel), 0n);
  await fault('none');
  assert.ok(await bank.look(channel));
});

test('a wallet is bound by its proof for this node, on this network and site; its account is where the vault will pay', async (t) => {
  const {bank, clock, key, person, vault} = await moneyStage(t);
  const owner = await person('1');
  const node = 'ab'.repeat(32) as NodeId;
  const seconds = () => Math.floor(clock.now() / 1000);
  const proofBy = ({domain = 'localhost', says = nodePayload(node), on = network} = {}) => owner.prove(says, {domain, on, timestamp: seconds()});
  const account = accountDeployment({vault: vault.address, owner: owner.address, relayKey: BigInt(`0x${key.id}`)}).address;
  assert.deepEqual(await bank.wallet(proofBy(), node), {owner: rawOf(owner.address), account: rawOf(account)});
  for (const wrong of [proofBy({domain: 'evil.example'}), proofBy({says: nodePayload('cd'.repeat(32))}), proofBy({on: -239}), Buffer.from('{}')]) await assert.rejects(bank.wallet(wrong, node), {code: 'bad-wallet'});
  const late = proofBy();
  await clock.advance(24 * 3600_000 + 1000);
  await assert.rejects(bank.wallet(late, node), {code: 'bad-wallet'});
});
