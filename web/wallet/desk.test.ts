/** The desk and the demo wallet against a devnet: connecting, money into a channel and out of it, and what is refused before anybody signs. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Address} from '@ton/core';
import {channelDeployment} from '#contracts/channel/channel.ts';
import {nodePayload} from '#contracts/ton-proof.ts';
import {checkWalletProof} from '#contracts/wallet-proof.ts';
import {parseFriendly} from '#protocol/ton-address.ts';
import {coins, disputeWindow, WalletStage} from './testing/stage.ts';

const refused = {code: 'bad-amount'};
const tooPoor = {code: 'wallet-empty'};

test('connecting: the relay can check the proof; a no, another network and a lost session are what they are', async (t) => {
  const stage = await WalletStage.open(t);
  const {desk, network} = stage;
  const payload = nodePayload('ab'.repeat(32));
  const {wallet, proof} = await desk.connect(network, {payload});
  assert.equal(wallet.address, stage.owner);
  assert.deepEqual(parseFriendly(wallet.friendly), {address: stage.owner, bounceable: false, testnetOnly: true});
  const now = Math.floor(stage.clock.now() / 1000);
  const owner = checkWalletProof(proof ?? assert.fail('no proof'), {network: network.network, payload, now, isOurDomain: (domain) => domain === 'localhost:8787'});
  assert.ok(owner.equals(stage.wallet.address));
  assert.equal((await desk.connect(network, {payload: undefined})).proof, undefined);
  await assert.rejects(desk.connect({...network, network: -239}, {payload}), {code: 1});
  stage.approves = false;
  await assert.rejects(desk.connect(network, {payload}), {code: 300});
  stage.approves = true;
  assert.equal((await stage.bridge.restoreConnection()).event, 'connect');
  const ticket = await stage.deposit('1');
  await desk.disconnect(network);
  assert.equal((await stage.bridge.restoreConnection()).event, 'connect_error');
  await assert.rejects(desk.sign(network, ticket), {code: 100});
});

test('the first deposit opens the channel, the next adds to it', async (t) => {
  const stage = await WalletStage.open(t);
  const {network, owner, payerKey, wallet} = stage;
  const before = await stage.look();
  assert.deepEqual([before.balance, before.channel, before.account.claimed], [coins('10'), undefined, 0n]);
  assert.equal(before.now, stage.devnet.chain.now);
  assert.equal(before.account.account, await stage.desk.account(network, owner));

  const opening = await stage.deposit('2');
  assert.ok(opening.stateInit !== undefined);
  assert.equal(opening.validUntil, stage.devnet.chain.now + 300);
  const outcome = await stage.follow(opening, await stage.desk.sign(network, opening));
  assert.ok(outcome.is === 'confirmed' && /^[\da-f]{64}$/.test(outcome.hash) && outcome.at === stage.devnet.chain.now);
  const {channel, balance} = await stage.look();
  const expected = channelDeployment({payer: wallet.address, payee: Address.parseRaw(network.vault), payerKey: BigInt(`0x${payerKey}`), payeeKey: BigInt(`0x${network.relayKey}`), disputeWindow, salt: 0n});
  assert.equal(channel?.channel, expected.address.toRawString());
  assert.ok(channel.epoch > 0n && channel.spendable > coins('1.98') && channel.spendable < coins('2'));
  assert.ok(balance > coins('7.99') && balance < coins('8'));

  const adding = await stage.deposit('1');
  assert.equal(adding.stateInit, undefined);
  assert.notEqual(adding.queryId, opening.queryId);
  assert.equal((await stage.follow(adding, await stage.desk.sign(network, adding))).is, 'confirmed');
  const after = (await stage.look()).channel;
  assert.equal(after?.epoch, channel.epoch);
  assert.ok((after?.spendable ?? 0n) > coins('2.97'));
});

test('a channel that a stranger deployed is not open before our deposit', async (t) => {
  const stage = await WalletStage.open(t);
  const {network, payerKey, wallet} = stage;
  const {address, init} = channelDeployment({payer: wallet.address, payee: Address.parseRaw(network.vault), payerKey: BigInt(`0x${payerKey}`), payeeKey: BigInt(`0x${network.relayKey}`), disputeWindow, salt: 0n});
  await stage.devnet.chain.faucet(address, coins('1'), {init});
  assert.equal((await stage.look()).channel, undefined);
  const ticket = await stage.deposit('1');
  assert.equal(ticket.stateInit, undefined);
  assert.equal((await stage.follow(ticket, await stage.desk.sign(network, ticket))).is, 'confirmed');
  assert.ok(((await stage.look()).channel?.spendable ?? 0n) > coins('1.98'));
});

test('bad-amount: nothing, less than nothing, too little to be of use, more than there is', async (t) => {
  const stage = await WalletStage.open(t, {rich: '1'});
  const deposit = (amount: bigint) => stage.prepare({is: 'deposit', amount, payerKey: stage.payerKey});
  for (const amount of [0n, -1n, coins('0.05') - 1n, 1n << 64n]) await assert.rejects(deposit(amount), refused, String(amount));
  for (const amount of [coins('0.95') + 1n, coins('1')]) await assert.rejects(deposit(amount), tooPoor, String(amount));
  await deposit(coins('0.05'));
  await deposit(coins('0.95'));
  const channel = (await deposit(coins('0.5'))).to;
  const withdraw = (amount: bigint) => stage.prepare({is: 'withdraw', channel, amount});
  await assert.rejects(withdraw(0n), refused, 'there is no channel yet');
  await stage.run({is: 'deposit', amount: coins('0.5'), payerKey: stage.payerKey});
  const {spendable} = (await stage.look()).channel ?? assert.fail('no channel');
  for (const amount of [-1n, 1n, coins('0.001') - 1n, spendable + 1n]) await assert.rejects(withdraw(amount), refused, String(amount));
  for (const amount of [0n, coins('0.001'), spendable]) await withdraw(amount);
  const poor = await WalletStage.open(t, {rich: '0.02'});
  await assert.rejects(poor.prepare({is: 'collect', voucher: await poor.voucher('1')}), tooPoor, 'a claim costs coins too');
});

test('money out of a channel: asked for, taken back, asked for again, and finished after the window', async (t) => {
  const stage = await WalletStage.open(t);
  await stage.run({is: 'deposit', amount: coins('3'), payerKey: stage.payerKey});
  const {channel} = (await stage.look()).channel ?? assert.fail('no channel');
  assert.equal((await stage.run({is: 'withdraw', channel, amount: coins('1')})).is, 'confirmed');
  const asked = (await stage.look()).channel;
  assert.deepEqual([asked?.finishAt, asked?.requested], [stage.devnet.chain.now + disputeWindow, coins('1')]);
  const early = await stage.run({is: 'finish', channel});
  assert.ok(early.is === 'failed' && early.reason === 'refused' && early.hash?.length === 64, 'the window is not over');
  assert.equal((await stage.run({is: 'cancel', channel})).is, 'confirmed');
  assert.equal((await stage.look()).channel?.finishAt, 0);

  assert.equal((await stage.run({is: 'withdraw', channel, amount: 0n})).is, 'confirmed');
  const before = await stage.look();
  // From here on the chain's clock is ahead of the machine's.
  await stage.devnet.chain.pass(disputeWindow);
  assert.equal((await stage.run({is: 'finish', channel})).is, 'confirmed');
  const after = await stage.look();
  assert.equal(after.channel, undefined);
  assert.ok(after.now >= before.now + disputeWindow);
  assert.ok(after.balance - before.balance > coins('2.97'));
  const again = await stage.deposit('1');
  assert.ok(again.stateInit !== undefined, 'a channel that ended is deployed anew');
  assert.equal((await stage.follow(again, await stage.desk.sign(stage.network, again))).is, 'confirmed');
});

test('channels(): what a wallet deposited from any browser is found, and taken out without the key of that browser', async (t) => {
  const stage = await WalletStage.open(t);
  assert.deepEqual(await stage.desk.channels(stage.network, stage.owner), []);
  await stage.run({is: 'deposit', amount: coins('1'), payerKey: stage.payerKey});
  await stage.run({is: 'deposit', amount: coins('2'), payerKey: 'ab'.repeat(32)});
  const own = (await stage.look()).channel?.channel;
  const found = await stage.desk.channels(stage.network, stage.owner);
  assert.deepEqual(found.map(({channel, spendable}) => [channel === own, spendable > coins('1.9')]).toSorted(), [[false, true], [true, false]]);
  const lost = found.find(({channel}) => channel !== own)?.channel ?? assert.fail('not found');
  assert.equal((await stage.run({is: 'withdraw', channel: lost, amount: 0n})).is, 'confirmed');
  await stage.devnet.chain.pass(disputeWindow);
  assert.equal((await stage.run({is: 'finish', channel: lost})).is, 'confirmed');
  assert.deepEqual((await stage.desk.channels(stage.network, stage.owner)).map(({channel}) => channel), [own]);
  const elsewhere = {...stage.network, vault: stage.owner};
  assert.deepEqual(await stage.desk.channels(elsewhere, stage.owner), [], 'a channel to another vault is no business of this relay');
});

test('signing: a no, another sender, another network, and too late', async (t) => {
  const stage = await WalletStage.open(t);
  const {desk, network} = stage;
  const ticket = await stage.deposit('1');
  stage.approves = false;
  await assert.rejects(desk.sign(network, ticket), {code: 300});
  stage.approves = true;
  await assert.rejects(desk.sign(network, {...ticket, from: ticket.to}), {code: 1});
  await assert.rejects(desk.sign({...network, network: -3}, ticket), {code: 1});
  await assert.rejects(desk.sign(network, {...ticket, payload: 'nonsense'}), {code: 1});
  await stage.devnet.chain.pass(300);
  await assert.rejects(desk.sign(network, ticket), {code: 'expired'});
  assert.equal((await stage.look()).balance, coins('10'));
});
