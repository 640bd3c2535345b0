/** The vault and its accounts: nodes are paid what was signed, once; the operator leaves only announced; a stolen key takes a day's cap. */
import assert from 'node:assert/strict';
import {beforeEach, describe, test} from 'node:test';
import {beginCell, type Cell, internal, toNano} from '@ton/core';
import {channelDeployment, channelMessages, readChannelState} from '../channel/channel.ts';
import type {Deployment} from '../code.ts';
import {accountDeployment, nodeClaim} from '../node-account/node-account.ts';
import {opcodes} from '../opcodes.ts';
import {nodeVoucherCell, type Outcome, type Person, type PriceList, priceLists, publicKey, signed, Stage, voucherCell} from '../testing/stage.ts';
import {readVaultState, vaultDeployment, vaultMessages, type VaultState} from './vault.ts';

const [relaySeed, otherSeed] = [3, 4];
const exitDelay = 3 * 86_400;
const day = 86_400;

for (const prices of Object.keys(priceLists) as PriceList[]) {
  describe(`vault, prices ${prices}`, () => {
    let stage: Stage;
    let operator: Person;
    let node: Person;
    let stranger: Person;
    let vault: Deployment;
    let account: Deployment;

    beforeEach(async () => {
      stage = await Stage.open(prices);
      [operator, node, stranger] = [await stage.person('operator'), await stage.person('node'), await stage.person('stranger')];
      vault = vaultDeployment({operatorWallet: operator.address, relayKey: publicKey(relaySeed), exitDelay, dailyCap: toNano('2')});
      account = accountFor(node);
      await stage.send(operator, {to: vault, body: vaultMessages.deposit(), value: toNano('5'), deploy: true});
    });

    const accountFor = (owner: Person): Deployment => accountDeployment({vault: vault.address, owner: owner.address, relayKey: publicKey(relaySeed)});
    const toVault = (from: Person, body: Cell, value?: bigint): Promise<Outcome> => stage.send(from, {to: vault, body, ...(value === undefined ? {} : {value})});
    const state = async (): Promise<VaultState> => readVaultState(await stage.read(vault.address, 'vault_state'));
    const claimed = async (): Promise<bigint> => (await stage.read(account.address, 'claimed')).readBigNumber();
    const voucher = (amount: bigint, {seed = relaySeed, ...wrong}: Partial<Parameters<typeof nodeVoucherCell>[0]> & {seed?: number} = {}) =>
      ({amount, signature: signed(seed, nodeVoucherCell({account: account.address, cumulative: amount, ...wrong}))});
    const claim = (from: Person, amount: bigint, options: {value?: bigint} = {}): Promise<Outcome> => stage.send(from, {to: account, body: nodeClaim(voucher(amount)), deploy: true, ...options});
    const gained = async (of: Person, work: () => Promise<unknown>): Promise<bigint> => {
      const before = await of.getBalance();
      await work();
      return (await of.getBalance()) - before;
    };

    test('the address that the vault expects is the one that we compute', async () => {
      const found = await stage.read(vault.address, 'account_address', [{type: 'slice', cell: beginCell().storeAddress(node.address).endCell()}]);
      assert.ok(found.readAddress().equals(account.address));
      const hash = (await claim(node, toNano('0.1')), await stage.read(account.address, 'node_voucher_hash', [{type: 'int', value: 5n}])).readBigNumber();
      assert.equal(hash, BigInt(`0x${nodeVoucherCell({account: account.address, cumulative: 5n}).hash().toString('hex')}`));
    });

    test('a node claims: the first claim makes its account, and each pays what is new, once', async () => {
      const first = await gained(node, async () => assert.equal((await claim(node, toNano('0.3'))).exit(vault.address), 0));
      assert.ok(first > toNano('0.27') && first <= toNano('0.3'), `${first}`);
      assert.equal((await claim(node, toNano('0.3'))).exit(account.address), 604);
      assert.equal((await claim(node, toNano('0.2'))).exit(account.address), 604, 'an older voucher');
      const next = await gained(node, async () => assert.equal((await claim(node, toNano('0.5'))).exit(vault.address), 0));
      assert.ok(next > toNano('0.18') && next <= toNano('0.2'), `${next}`);
      assert.equal(await claimed(), toNano('0.5'));
    });

    test('anybody may bring a claim; the node is paid all the same', async () => {
      const got = await gained(node, async () => assert.equal((await claim(stranger, toNano('0.3'))).exit(vault.address), 0));
      assert.ok(got >= toNano('0.3'), `${got}`);
    });

    test('a voucher of another network, account, sum or key is refused', async () => {
      await claim(node, toNano('0.1'));
      const sum = toNano('0.2');
      for (const wrong of [voucher(sum, {network: -3}), voucher(sum, {account: vault.address}), voucher(sum, {seed: otherSeed}), {...voucher(sum), amount: sum + 1n}]) {
        assert.equal((await stage.send(node, {to: account, body: nodeClaim(wrong)})).exit(account.address), 603);
      }
      assert.equal(await claimed(), toNano('0.1'));
    });

    test('a claim that could run out of coins on its way is refused at the door; at the least that passes it is paid, or restored', async () => {
      await claim(node, toNano('0.1'));
      const least = (await stage.read(account.address, 'claim_cost')).readBigNumber();
      assert.equal((await claim(node, toNano('0.2'), {value: least - 1n})).exit(account.address), 605);
      assert.equal(await claimed(), toNano('0.1'));
      const got = await gained(node, async () => assert.equal((await claim(node, toNano('0.2'), {value: least})).exit(vault.address), 0));
      assert.ok(got > toNano('0.08'), `${got}`);
      assert.equal((await claim(node, toNano('100'), {value: least})).exit(vault.address), 503);
      assert.equal(await claimed(), toNano('0.2'), 'restored');
    });

    test('the account keeps its rent, however many claims pass through it', async () => {
      for (const coins of ['0.1', '0.2', '0.3']) await claim(node, toNano(coins));
      assert.ok((await stage.balance(account.address)) >= toNano('0.005'), `${await stage.balance(account.address)}`);
      stage.pass((prices === '2026-06' ? 10 : 1) * 365 * day);
      assert.equal((await claim(node, toNano('0.4'))).exit(vault.address), 0);
    });

    test('on another network only what was signed for that network counts', async () => {
      stage = await Stage.open(prices, {network: -3});
      [operator, node] = [await stage.person('operator'), await stage.person('node')];
      await stage.send(operator, {to: vault, body: vaultMessages.deposit(), value: toNano('5'), deploy: true});
      assert.equal((await claim(node, toNano('0.1'))).exit(account.address), 603);
      assert.equal((await stage.send(node, {to: account, body: nodeClaim(voucher(toNano('0.1'), {network: -3}))})).exit(vault.address), 0);
    });

    test('more than the vault has: refused, restored, and claimable after a deposit', async () => {
      await toVault(operator, vaultMessages.raiseDailyCap(toNano('100')));
      const all = (await state()).balance - toNano('0.05');
      assert.equal((await claim(node, all + 1n)).exit(vault.address), 503);
      assert.equal(await claimed(), 0n);
      assert.equal((await claim(node, all)).exit(vault.address), 0, 'the last coin');
      await toVault(stranger, vaultMessages.deposit(), toNano('60'));
      assert.equal((await claim(node, toNano('50'))).exit(vault.address), 0);
      assert.equal(await claimed(), toNano('50'));
    });

    test('the cap of a day holds, over all nodes, and begins anew after a day', async () => {
      assert.equal((await claim(node, toNano('1.5'))).exit(vault.address), 0);
      const began = stage.now;
      stage.pass(day / 2);
      assert.equal((await claim(node, toNano('2.1'))).exit(vault.address), 504);
      assert.equal(await claimed(), toNano('1.5'));
      const other = accountFor(stranger);
      const theirs = (amount: bigint) => stage.send(stranger, {to: other, deploy: true, body: nodeClaim({amount, signature: signed(relaySeed, nodeVoucherCell({account: other.address, cumulative: amount}))})});
      assert.equal((await theirs(toNano('0.6'))).exit(vault.address), 504);
      assert.equal((await theirs(toNano('0.5'))).exit(vault.address), 0);
      assert.deepEqual([(await state()).paidThisDay, (await state()).dayBegan], [toNano('2'), began]);
      stage.pass(day / 2 - 1);
      assert.equal((await claim(node, toNano('2.1'))).exit(vault.address), 504, 'a second too early');
      stage.pass(1);
      assert.equal((await claim(node, toNano('2.1'))).exit(vault.address), 0);
      assert.deepEqual([(await state()).paidThisDay, (await state()).dayBegan], [toNano('0.6'), stage.now]);
    });

    test('the cap is raised by the operator alone, never lowered; the event says it', async () => {
      assert.equal((await toVault(stranger, vaultMessages.raiseDailyCap(toNano('9')))).exit(vault.address), 501);
      for (const cap of [0n, toNano('1'), toNano('2')]) assert.equal((await toVault(operator, vaultMessages.raiseDailyCap(cap))).exit(vault.address), 507);
      const raised = await toVault(operator, vaultMessages.raiseDailyCap(toNano('3')));
      assert.equal(raised.exit(vault.address), 0);
      assert.equal((await state()).dailyCap, toNano('3'));
      assert.deepEqual(events(raised), [opcodes.DailyCapRaised]);
    });

    test('an exit: announced, delayed, by the operator alone; nodes claim first; the reserve stays', async () => {
      assert.equal((await toVault(operator, vaultMessages.executeExit())).exit(vault.address), 505);
      assert.equal((await toVault(stranger, vaultMessages.announceExit(toNano('5')))).exit(vault.address), 501);
      const announced = await toVault(operator, vaultMessages.announceExit(toNano('100')));
      assert.equal(announced.exit(vault.address), 0);
      assert.deepEqual(events(announced), [opcodes.ExitAnnounced]);
      assert.equal((await state()).exitAt, stage.now + exitDelay);
      stage.pass(exitDelay - 1);
      assert.equal((await toVault(operator, vaultMessages.executeExit())).exit(vault.address), 506);
      assert.equal((await claim(node, toNano('1'))).exit(vault.address), 0);
      stage.pass(1);
      assert.equal((await toVault(stranger, vaultMessages.executeExit())).exit(vault.address), 501);
      const got = await gained(operator, async () => assert.equal((await toVault(operator, vaultMessages.executeExit())).exit(vault.address), 0));
      assert.ok(got > toNano('3.8') && got < toNano('4'), `${got}`);
      assert.ok((await stage.balance(vault.address)) >= toNano('0.0499'));
      assert.deepEqual([(await state()).exitAt, (await state()).exitAmount], [0, 0n]);
      assert.equal((await toVault(operator, vaultMessages.executeExit())).exit(vault.address), 505, 'one announcement, one exit');
    });

    test('an exit of a part takes that part; one of nothing is refused', async () => {
      await toVault(operator, vaultMessages.announceExit(toNano('1')));
      stage.pass(exitDelay);
      const got = await gained(operator, async () => assert.equal((await toVault(operator, vaultMessages.executeExit())).exit(vault.address), 0));
      assert.ok(got > toNano('0.9') && got <= toNano('1'));
      await toVault(operator, vaultMessages.announceExit(0n));
      stage.pass(exitDelay);
      assert.equal((await toVault(operator, vaultMessages.executeExit())).exit(vault.address), 503);
    });

    test('whoever is no account of this vault gets nothing', async () => {
      const forged = beginCell().storeUint(opcodes.PayoutRequest, 32).storeCoins(toNano('1')).storeUint(0, 64).storeAddress(stranger.address).storeUint(publicKey(relaySeed), 256).endCell();
      assert.equal((await toVault(stranger, forged)).exit(vault.address), 502);
      const own = accountDeployment({vault: vault.address, owner: stranger.address, relayKey: publicKey(otherSeed)});
      const grant = {amount: toNano('1'), signature: signed(otherSeed, nodeVoucherCell({account: own.address, cumulative: toNano('1')}))};
      assert.equal((await stage.send(stranger, {to: own, body: nodeClaim(grant), deploy: true})).exit(vault.address), 502, 'an account with a key of its own');
    });

    test('an account believes a refusal of its vault only', async () => {
      await claim(node, toNano('0.5'));
      const body = beginCell().storeUint(0xffffffff, 32).storeUint(opcodes.PayoutRequest, 32).storeCoins(toNano('0.5')).endCell();
      const forged = internal({to: account.address, value: toNano('0.05'), bounce: false, body});
      const {transactions} = await stage.chain.sendMessage({...forged, info: {...forged.info, type: 'internal', src: stranger.address, bounced: true} as never});
      const [{description} = {description: undefined}] = transactions;
      assert.ok(description?.type === 'generic' && description.computePhase.type === 'vm' && description.computePhase.exitCode === 601);
      assert.equal(await claimed(), toNano('0.5'));
    });

    test('payments, deposits, news of channels and change are taken; an unknown opcode bounces', async () => {
      const before = await stage.balance(vault.address);
      for (const opcode of [opcodes.Paid, opcodes.Deposit, opcodes.WithdrawalRequested, opcodes.WithdrawalCancelled, opcodes.Excesses]) {
        assert.equal((await toVault(stranger, beginCell().storeUint(opcode, 32).storeUint(0, 64).storeCoins(5).storeUint(0, 32).endCell(), toNano('0.1'))).exit(vault.address), 0);
      }
      assert.equal((await toVault(stranger, beginCell().endCell(), toNano('0.1'))).exit(vault.address), 0);
      const kept = (await stage.balance(vault.address)) - before;
      assert.ok(kept > toNano('0.57') && kept <= toNano('0.6'), `${kept}`);
      assert.equal((await toVault(stranger, beginCell().storeUint(0xdeadbeef, 32).endCell())).exit(vault.address), 0xffff);
    });

    test('a client\'s channel pays the vault, by claim and by close, and tells it of withdrawals', async () => {
      const client = await stage.person('client');
      const channel = channelDeployment({payer: client.address, payee: vault.address, payerKey: publicKey(1), payeeKey: publicKey(relaySeed), disputeWindow: day, salt: 1n});
      await stage.send(client, {to: channel, body: channelMessages.topUp(), value: toNano('1'), deploy: true});
      const {epoch} = readChannelState(await stage.read(channel.address, 'channel_state'));
      const grant = {amount: toNano('0.4'), signature: signed(1, voucherCell({channel: channel.address, epoch, cumulative: toNano('0.4')}))};
      const before = await stage.balance(vault.address);
      assert.equal((await stage.send(operator, {to: channel, body: channelMessages.claim(grant)})).exit(vault.address), 0);
      const got = (await stage.balance(vault.address)) - before;
      assert.ok(got > toNano('0.399') && got <= toNano('0.4'), `${got}`);
      assert.equal((await stage.send(client, {to: channel, body: channelMessages.requestWithdrawal(0n)})).exit(vault.address), 0);
      assert.equal((await stage.send(client, {to: channel, body: channelMessages.cancelWithdrawal()})).exit(vault.address), 0);
    });
  });
}

/** The opcodes of what a step told the world. */
const events = ({transactions}: Outcome): number[] => transactions.flatMap(({externals}) => externals.map(({body}) => body.beginParse().loadUint(32)));
