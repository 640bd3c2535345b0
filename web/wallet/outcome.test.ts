/** What became of a ticket, in every way it can go: the chain says it, not the wallet. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Address, Cell} from '@ton/core';
import {channelMessages} from '#contracts/channel/channel.ts';
import type {Outcome} from './words.ts';
import {coins, WalletStage} from './testing/stage.ts';

const pending: Outcome = {is: 'pending'};
const failed = ({is, ...rest}: Outcome) => [is, 'reason' in rest ? rest.reason : ''];

test('collecting: confirmed when the vault has paid, and the same voucher is refused afterwards', async (t) => {
  const stage = await WalletStage.open(t);
  const before = await stage.look();
  const first = await stage.prepare({is: 'collect', voucher: await stage.voucher('2')});
  assert.ok(first.stateInit !== undefined);
  const outcome = await stage.follow(first, await stage.desk.sign(stage.network, first));
  assert.equal(outcome.is, 'confirmed');
  const after = await stage.look();
  assert.equal(after.account.claimed, coins('2'));
  assert.ok(after.balance - before.balance > coins('1.98'), 'what the claim did not need came back');
  assert.deepEqual(failed(await stage.run({is: 'collect', voucher: await stage.voucher('2')})), ['failed', 'refused']);
  assert.equal((await stage.run({is: 'collect', voucher: await stage.voucher('2.5')})).is, 'confirmed');
  assert.equal((await stage.look()).account.claimed, coins('2.5'));
});

test('collecting: refused where the vault has less, although the account took the claim; paid once the vault has it', async (t) => {
  const stage = await WalletStage.open(t, {vault: '1'});
  const voucher = await stage.voucher('2');
  const outcome = await stage.run({is: 'collect', voucher});
  assert.deepEqual(failed(outcome), ['failed', 'refused']);
  assert.equal((await stage.look()).account.claimed, 0n);
  await stage.devnet.chain.faucet(Address.parseRaw(stage.network.vault), coins('5'));
  assert.equal((await stage.run({is: 'collect', voucher})).is, 'confirmed');
});

test('collecting with a voucher of somebody else: refused by the account', async (t) => {
  const stage = await WalletStage.open(t);
  assert.deepEqual(failed(await stage.run({is: 'collect', voucher: await stage.voucher('2', {seed: 9})})), ['failed', 'refused']);
});

test('unsent: the wallet took it, and had not enough', async (t) => {
  const stage = await WalletStage.open(t, {rich: '1'});
  const [first, second] = [await stage.deposit('0.9'), await stage.deposit('0.9')];
  await stage.desk.sign(stage.network, first);
  const external = await stage.desk.sign(stage.network, second);
  const outcome = await stage.follow(second, external);
  assert.deepEqual(failed(outcome), ['failed', 'unsent']);
  assert.deepEqual(await stage.follow(second), pending, 'who does not know the message only knows that nothing came');
  await stage.devnet.chain.pass(421);
  assert.deepEqual(failed(await stage.follow(second)), ['failed', 'expired']);
  assert.deepEqual(failed(await stage.follow(second, external)), ['failed', 'unsent']);
});

test('a message that got lost is pending until no wallet could send it any more, then expired', async (t) => {
  const stage = await WalletStage.open(t);
  const ticket = await stage.deposit('1');
  stage.devnet.chain.door = 'forgetful';
  const external = await stage.desk.sign(stage.network, ticket);
  stage.devnet.chain.door = 'open';
  await stage.devnet.chain.pass(420);
  assert.deepEqual(await stage.follow(ticket, external), pending);
  await stage.devnet.chain.pass(1);
  assert.deepEqual(await stage.follow(ticket, external), {is: 'failed', reason: 'expired', hash: undefined});
  await assert.rejects(stage.chain.send(Cell.fromBase64(external)), {code: 'refused'}, 'and the wallet itself takes it no more');
});

test('a block that is late: pending, also long after its time, then confirmed', async (t) => {
  const stage = await WalletStage.open(t, {blockMs: 5000});
  const ticket = await stage.deposit('1');
  const external = await stage.desk.sign(stage.network, ticket);
  assert.deepEqual(await stage.follow(ticket, external), pending);
  await stage.devnet.chain.mine();
  assert.equal((await stage.follow(ticket, external)).is, 'confirmed');
  assert.equal((await stage.follow(ticket)).is, 'confirmed', 'found without knowing the message');
  await stage.devnet.chain.pass(3 * 24 * 3600);
  assert.equal((await stage.follow(ticket, external)).is, 'confirmed', 'a ticket can be followed days later');
});

test('one message, handed in twice or signed twice for one block, pays once', async (t) => {
  const stage = await WalletStage.open(t, {blockMs: 5000});
  const ticket = await stage.deposit('1');
  const [first, second] = [await stage.desk.sign(stage.network, ticket), await stage.desk.sign(stage.network, ticket)];
  await stage.chain.send(Cell.fromBase64(first));
  await stage.devnet.chain.mine();
  for (const external of [first, second]) {
    assert.equal((await stage.follow(ticket, external)).is, 'confirmed');
    await assert.rejects(stage.chain.send(Cell.fromBase64(external)), {code: 'refused'});
  }
  const {balance, channel} = await stage.look();
  assert.ok(balance > coins('8.99'), `${balance}`);
  assert.ok((channel?.spendable ?? 0n) < coins('1'));
});

test('a stranger that repeats our id is not us', async (t) => {
  const stage = await WalletStage.open(t);
  const ticket = await stage.deposit('1');
  await stage.devnet.chain.faucet(Address.parseRaw(ticket.to), coins('1'), {body: channelMessages.topUp(ticket.queryId)});
  assert.deepEqual(await stage.follow(ticket), pending);
});

test('chain-down: nobody answers, and then everything goes on', async (t) => {
  const stage = await WalletStage.open(t);
  const ticket = await stage.deposit('1');
  const fault = (mode: string) => fetch(`${stage.devnet.url}/control/faults`, {method: 'POST', body: JSON.stringify({mode})});
  await fault('down');
  const down = {code: 'chain-down'};
  await assert.rejects(stage.look(), down);
  await assert.rejects(stage.deposit('1'), down);
  await assert.rejects(stage.desk.sign(stage.network, ticket), down);
  await assert.rejects(stage.follow(ticket), down);
  await fault('none');
  assert.equal((await stage.run({is: 'deposit', amount: coins('1'), payerKey: stage.payerKey})).is, 'confirmed');
});

test('a wallet that could not say that it sent: found all the same', async (t) => {
  const stage = await WalletStage.open(t);
  const ticket = await stage.deposit('1');
  const review = await stage.wallet.review(JSON.stringify({valid_until: ticket.validUntil, messages: [{address: Address.parseRaw(ticket.to).toString(), amount: '1000000000', payload: ticket.payload, stateInit: ticket.stateInit}]}));
  await stage.chain.send(Cell.fromBase64(await stage.wallet.sign(review)));
  assert.equal((await stage.follow(ticket)).is, 'confirmed');
});
