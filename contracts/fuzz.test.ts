/** Random sequences of everything that anybody can send to a channel, a vault and its accounts: no coin is made or lost, and nobody gets more than was signed. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Address, type Cell, toNano} from '@ton/core';
import {seeded} from '#protocol/testing/seeded.ts';
import {channelDeployment, channelMessages, readChannelState} from './channel/channel.ts';
import {accountDeployment, nodeClaim} from './node-account/node-account.ts';
import {actionCode, burned, nodeVoucherCell, type Outcome, type Person, publicKey, releaseCell, signed, Stage, voucherCell} from './testing/stage.ts';
import {vaultDeployment, vaultMessages} from './vault/vault.ts';

const {BOMBYX_FUZZ_RUNS = '12', BOMBYX_FUZZ_SEED = '1'} = process.env;
const steps = 25;
const [payerSeed, payeeSeed, relaySeed, thiefSeed] = [1, 2, 3, 4];
const rent = toNano('0.01');

/** Whole numbers in [0, sides) that a seed decides. */
function dice(seed: number): (sides: number) => number {
  const next = seeded(seed);
  return (sides) => Math.floor(next() * sides);
}

/** All coins of the accounts that a run knows. */
async function wealth(stage: Stage, accounts: readonly Address[]): Promise<bigint> {
  const balances = await Promise.all(accounts.map((account) => stage.balance(account)));
  return balances.reduce((sum, balance) => sum + balance, 0n);
}

/** Runs one step and sees that what the accounts lost is what was burned, and that no action failed. */
async function conserved(stage: Stage, accounts: readonly Address[], step: () => Promise<Outcome>): Promise<void> {
  const before = await wealth(stage, accounts);
  let outcome: Outcome;
  try {
    outcome = await step();
  } catch {
    assert.equal(await wealth(stage, accounts), before, 'a message that was not accepted changed a balance');
    return;
  }
  const fees = outcome.transactions.reduce((sum, transaction) => sum + burned(transaction), 0n);
  assert.equal(await wealth(stage, accounts), before - fees, 'coins were made or lost');
  for (const transaction of outcome.transactions) assert.equal(actionCode(transaction), 0, 'an action failed after the state was written');
}

async function channelRun(seed: number): Promise<void> {
  const roll = dice(seed);
  const stage = await Stage.open('2026-06');
  const people = [await stage.person('payer'), await stage.person('payee'), await stage.person('stranger')] as const;
  const [payer, payee] = people;
  const channel = channelDeployment({payer: payer.address, payee: payee.address, payerKey: publicKey(payerSeed), payeeKey: publicKey(payeeSeed), disputeWindow: 1000, salt: BigInt(seed)});
  const accounts = [...people.map(({address}) => address), channel.address];
  const read = async () => ((await stage.exists(channel.address)) ? readChannelState(await stage.read(channel.address, 'channel_state')) : undefined);
  /** The largest sum that the payer signed, by epoch. */
  const granted = new Map<bigint, bigint>();
  for (let step = 0; step < steps; step += 1) {
    const before = await read();
    const person = people[roll(3)] as Person;
    const amount = BigInt(roll(1_500_000_000));
    const epoch = roll(4) > 0 ? (before?.epoch ?? 0n) : BigInt(roll(5)) * 1_000_000n;
    const seedOfSigner = roll(10) > 0 ? payerSeed : thiefSeed;
    const voucher = () => {
      if (seedOfSigner === payerSeed) granted.set(epoch, amount > (granted.get(epoch) ?? 0n) ? amount : (granted.get(epoch) ?? 0n));
      return {amount, signature: signed(seedOfSigner, voucherCell({channel: channel.address, epoch, cumulative: amount}))};
    };
    const release = () => ({amount, signature: signed(roll(6) > 0 ? payeeSeed : thiefSeed, releaseCell({channel: channel.address, epoch, seqno: roll(3), amount}))});
    const bodies: readonly (() => Cell)[] = [
      () => channelMessages.topUp(), () => channelMessages.topUp(), () => channelMessages.claim(voucher()), () => channelMessages.claim(voucher()), () => channelMessages.claimAndClose(voucher()),
      () => channelMessages.requestWithdrawal(roll(2) > 0 ? amount : 0n), () => channelMessages.finishWithdrawal(), () => channelMessages.cancelWithdrawal(), () => channelMessages.releaseNow(release()),
    ];
    const choice = roll(bodies.length + 2);
    const value = toNano(['0.02', '0.05', '0.3', '1'][roll(4)] ?? '1');
    if (choice === bodies.length) stage.pass(roll(2000));
    else if (choice > bodies.length) await conserved(stage, accounts, () => stage.sendExternal(channel.address, channelMessages.externalClaim(voucher())));
    else await conserved(stage, accounts, () => stage.send(person, {to: channel, body: (bodies[choice] as () => Cell)(), value, deploy: true}));
    const after = await read();
    if (!before || after?.epoch !== before.epoch) continue;
    assert.ok(after.claimed >= before.claimed, 'what was paid is never forgotten');
    if (after.claimed > before.claimed) assert.ok(after.claimed <= (granted.get(after.epoch) ?? 0n), 'more was paid than signed');
    if (before.spendable > 0n) assert.ok((await stage.balance(channel.address)) >= (rent * 98n) / 100n, 'the rent was paid out');
  }
}

async function vaultRun(seed: number): Promise<void> {
  const roll = dice(seed);
  const stage = await Stage.open('2026-06');
  const [operator, ...nodes] = [await stage.person('operator'), await stage.person('a'), await stage.person('b')] as [Person, Person, Person];
  const vault = vaultDeployment({operatorWallet: operator.address, relayKey: publicKey(relaySeed), exitDelay: 1000, dailyCap: toNano('3')});
  const own = nodes.map((node) => ({node, account: accountDeployment({vault: vault.address, owner: node.address, relayKey: publicKey(relaySeed)}), granted: 0n, claimed: 0n}));
  const accounts = [operator.address, vault.address, ...own.flatMap(({node, account}) => [node.address, account.address])];
  await stage.send(operator, {to: vault, body: vaultMessages.deposit(), value: toNano('4'), deploy: true});
  for (let step = 0; step < steps; step += 1) {
    const mine = own[roll(2)] as (typeof own)[number];
    const amount = BigInt(roll(4_000_000_000));
    const signer = roll(8) > 0 ? relaySeed : thiefSeed;
    const by = [operator, ...nodes][roll(3)] as Person;
    const value = toNano(['0.001', '0.01', '0.05', '0.5'][roll(4)] ?? '0.05');
    const choice = roll(9);
    if (choice === 0) stage.pass(roll(90_000));
    else if (choice === 1) await conserved(stage, accounts, () => stage.send(by, {to: vault, body: vaultMessages.announceExit(amount), value}));
    else if (choice === 2) await conserved(stage, accounts, () => stage.send(by, {to: vault, body: vaultMessages.executeExit(), value}));
    else if (choice === 3) await conserved(stage, accounts, () => stage.send(by, {to: vault, body: vaultMessages.deposit(), value}));
    else {
      if (signer === relaySeed && amount > mine.granted) mine.granted = amount;
      const body = nodeClaim({amount, signature: signed(signer, nodeVoucherCell({account: mine.account.address, cumulative: amount}))});
      await conserved(stage, accounts, () => stage.send(by, {to: mine.account, body, value, deploy: true}));
    }
    for (const each of own) {
      if (!(await stage.exists(each.account.address))) continue;
      const claimed = (await stage.read(each.account.address, 'claimed')).readBigNumber();
      assert.ok(claimed >= each.claimed && claimed <= each.granted, `claimed ${claimed}, before ${each.claimed}, granted ${each.granted}`);
      each.claimed = claimed;
    }
  }
}

for (let run = 0; run < Number(BOMBYX_FUZZ_RUNS); run += 1) {
  const seed = Number(BOMBYX_FUZZ_SEED) * 1000 + run;
  test(`random messages to a channel, seed ${seed}`, () => channelRun(seed));
  test(`random messages to a vault and its accounts, seed ${seed}`, () => vaultRun(seed));
}
