/** All of the money in one story: real contracts, a real hub, bank and books. Each coin that the faucet made is on an account or in a printed fee. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {toNano} from '@ton/core';
import {channelMessages} from '#contracts/channel/channel.ts';
import {accountDeployment, nodeClaim} from '#contracts/node-account/node-account.ts';
import {burned} from '#contracts/testing/stage.ts';
import {nodePayload} from '#contracts/ton-proof.ts';
import {encodeMessage} from '#protocol/codec.ts';
import {createSecret, identityOf} from '#protocol/identity.ts';
import type {NodeId} from '#protocol/ids.ts';
import type {Prices} from '#protocol/price.ts';
import {shareOf} from '#protocol/roles/relay-bank.ts';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {MemoryVouchers, TestPurse} from '#protocol/testing/memory-bank.ts';
import {TestNetwork, testModel} from '#protocol/testing/network.ts';
import {storageFee} from '../devnet/toncenter-v2.ts';
import {day, moneyStage, rawOf} from '../testing/money-stage.ts';

/** An answer of 100 words costs 0.03 coins. */
const prices: Prices = {prompt: 100_000_000_000n, cached: 0n, completion: 300_000_000_000n, reasoning: 0n};
const feePermille = 50;
type Stage = Awaited<ReturnType<typeof moneyStage>>;

/** A node that is bound to its owner's wallet, and keeps its vouchers. */
async function join(network: TestNetwork, {clock, vault, key, person}: Stage) {
  const owner = await person('1');
  const account = accountDeployment({vault: vault.address, owner: owner.address, relayKey: BigInt(`0x${key.id}`)});
  const identity = await identityOf<NodeId>(await createSecret());
  const vouchers = new MemoryVouchers();
  const pay = {account: rawOf(account.address), vouchers, creditLimit: toNano('100'), onBalance: () => {}};
  const answer = () => Array.from({length: 100}, (_, index) => `w${index}`).join(' ');
  const node = await network.node(fakeEngine({clock, answer, msPerToken: 10}), {model: {...testModel, prices}, identity, pay});
  node.link.send(encodeMessage('account', {proof: owner.prove(nodePayload(identity.id), {timestamp: Math.floor(clock.now() / 1000)})}));
  await clock.settle();
  return {owner, account, newest: () => vouchers.newest.get(rawOf(account.address)) ?? assert.fail('no voucher')};
}

async function askThrice(network: TestNetwork, purse: TestPurse): Promise<readonly bigint[]> {
  const client = network.client(undefined, purse);
  const costs: bigint[] = [];
  for (let round = 0; round < 3; round += 1) {
    const {events, error} = await network.ask(client, {text: 'tell me a story', priceCap: toNano('10')});
    assert.equal(error, undefined);
    for (const event of events) if (event.type === 'done') costs.push(event.receipt.price);
    await network.clock.advance(5000);
  }
  return costs;
}

test('deposit, answers, settlement, payout, withdrawal: the sum of all accounts and fees is what the faucet made, at every step', async (t) => {
  const stage = await moneyStage(t, {feePermille});
  const {bank, ledger, treasury, vault, devnet, clock, balance, outcome} = stage;
  const conserved = async (step: string) => {
    const {made, held, fees} = await stage.audit();
    assert.equal(held + fees, made, step);
  };
  const network = new TestNetwork(clock, {bank});
  const node = await join(network, stage);
  const opened = await stage.open('3');
  await conserved('deposited');

  const costs = await askThrice(network, new TestPurse(opened));
  const charged = costs.reduce((sum, cost) => sum + cost, 0n);
  const share = costs.reduce((sum, cost) => sum + shareOf(cost, feePermille), 0n);
  assert.ok(costs.length === 3 && charged > toNano('0.09'));
  const {granted, ...books} = ledger.totals();
  assert.deepEqual(books, {charged, claimed: 0n, owed: share});
  assert.equal(node.newest().cumulative, share);
  await conserved('answers move nothing on chain');

  const float = await balance(vault.address);
  assert.equal(await outcome(treasury.settle()), undefined);
  const [paid] = devnet.chain.transactions.of(vault.address);
  const home = await balance(vault.address);
  const value = paid?.transaction.inMessage?.info.type === 'internal' ? paid.transaction.inMessage.info.value.coins : assert.fail();
  assert.equal(home, float + value - (paid?.transaction.totalFees.coins ?? 0n));
  assert.ok(value <= granted && granted - value < toNano('0.001'), 'all that was granted, but the gas');
  await conserved('settled');

  await payOut(stage, node, share);
  await conserved('paid out');

  await opened.payer.send(opened.address, {value: toNano('0.05'), body: channelMessages.requestWithdrawal(0n)});
  await devnet.chain.pass(day);
  const before = await balance(opened.payer.address);
  await opened.payer.send(opened.address, {value: toNano('0.05'), body: channelMessages.finishWithdrawal()});
  assert.equal(await balance(opened.address), 0n);
  const back = (await balance(opened.payer.address)) - before;
  assert.ok(back <= toNano('3') - granted && back > toNano('3') - granted - toNano('0.01'), `${back}`);
  await conserved('withdrawn');
});

/** The owner collects with the voucher that its node kept: to the coin, its share without the fees and the rent that its account keeps. */
async function payOut({vault, devnet, balance}: Stage, {owner, account, newest}: Awaited<ReturnType<typeof join>>, share: bigint): Promise<void> {
  const {cumulative, signature} = newest();
  const [hers, vaults, seen] = [await balance(owner.address), await balance(vault.address), devnet.chain.transactions.all.length];
  await owner.send(account.address, {value: toNano('0.1'), init: account.init, body: nodeClaim({amount: cumulative, signature})});
  const trace = devnet.chain.transactions.all.slice(seen);
  assert.deepEqual(trace.map(({account: at}) => rawOf(at)), [owner, account, vault, owner].map(({address}) => rawOf(address)));
  const fees = trace.reduce((sum, {transaction}) => sum + burned(transaction), 0n);
  const rentOfVault = trace.reduce((sum, {account: at, transaction}) => sum + (at.equals(vault.address) ? storageFee(transaction) : 0n), 0n);
  assert.equal(await balance(vault.address), vaults - share - rentOfVault);
  assert.equal(await balance(owner.address), hers + share - (fees - rentOfVault) - (await balance(account.address)));
  assert.equal(await balance(account.address), toNano('0.005'));
}
