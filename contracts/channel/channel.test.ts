/** The channel: every way to pay, to leave, and to be refused. */
import assert from 'node:assert/strict';
import {beforeEach, describe, test} from 'node:test';
import {beginCell, type Cell, toNano} from '@ton/core';
import {type Outcome, type Person, type PriceList, priceLists, publicKey, releaseCell, signed, Stage, voucherCell} from '../testing/stage.ts';
import type {Deployment} from '../code.ts';
import {channelDeployment, channelMessages, type ChannelState, minExternalClaim, readChannelState} from './channel.ts';

const [payerSeed, payeeSeed, strangerSeed] = [1, 2, 3];
const window = 86_400;
const rent = toNano('0.01');
/** The fee of 8000 gas and the smallest payout. */
const leastExternalClaim: Readonly<Record<PriceList, bigint>> = {'2026-06': minExternalClaim, before: 4_200_000n};

for (const prices of Object.keys(priceLists) as PriceList[]) {
  describe(`channel, prices ${prices}`, () => {
    let stage: Stage;
    let payer: Person;
    let payee: Person;
    let stranger: Person;
    let channel: Deployment;

    beforeEach(async () => {
      stage = await Stage.open(prices);
      [payer, payee, stranger] = [await stage.person('payer'), await stage.person('payee'), await stage.person('stranger')];
      channel = channelDeployment({payer: payer.address, payee: payee.address, payerKey: publicKey(payerSeed), payeeKey: publicKey(payeeSeed), disputeWindow: window, salt: 7n});
    });

    const send = (from: Person, body: Cell, value?: bigint): Promise<Outcome> => stage.send(from, {to: channel, body, ...(value === undefined ? {} : {value})});
    const open = (value = toNano('1')): Promise<Outcome> => stage.send(payer, {to: channel, body: channelMessages.topUp(), value, deploy: true});
    const state = async (): Promise<ChannelState> => readChannelState(await stage.read(channel.address, 'channel_state'));
    /** A voucher of the payer; each part can be made wrong. */
    const voucher = async (amount: bigint, {seed = payerSeed, ...wrong}: Partial<Parameters<typeof voucherCell>[0]> & {seed?: number} = {}) =>
      ({amount, signature: signed(seed, voucherCell({channel: channel.address, epoch: (await state()).epoch, cumulative: amount, ...wrong}))});
    const release = async (amount: bigint, {seed = payeeSeed, ...wrong}: Partial<Parameters<typeof releaseCell>[0]> & {seed?: number} = {}) => {
      const {epoch, releaseSeqno} = await state();
      return {amount, signature: signed(seed, releaseCell({channel: channel.address, epoch, seqno: releaseSeqno, amount, ...wrong}))};
    };
    const exit = (outcome: Outcome): number | undefined => outcome.exit(channel.address);
    const gained = async (of: Person, work: () => Promise<unknown>): Promise<bigint> => {
      const before = await of.getBalance();
      await work();
      return (await of.getBalance()) - before;
    };

    test('opening: the first top up sets the epoch, later ones and plain transfers only add', async () => {
      assert.equal(exit(await open()), 0);
      const {epoch, spendable} = await state();
      assert.ok(epoch > 0n && spendable > toNano('0.98') && spendable < toNano('1'));
      assert.equal(exit(await send(stranger, channelMessages.topUp(), toNano('1'))), 0);
      assert.equal(exit(await send(stranger, beginCell().endCell(), toNano('1'))), 0);
      const later = await state();
      assert.equal(later.epoch, epoch);
      assert.ok(later.spendable > toNano('2.97'));
    });

    test('an opcode that it does not know bounces', async () => {
      await open();
      const lost = -(await gained(stranger, async () => assert.equal(exit(await send(stranger, beginCell().storeUint(0xdeadbeef, 32).endCell(), toNano('0.5'))), 0xffff)));
      assert.ok(lost < toNano('0.02'), 'the coins came back');
    });

    test('a claim by the payee pays what is new, and no more the second time', async () => {
      await open();
      const got = await gained(payee, async () => assert.equal(exit(await send(payee, channelMessages.claim(await voucher(toNano('0.3'))))), 0));
      assert.ok(got > toNano('0.28') && got <= toNano('0.3'));
      assert.equal((await state()).claimed, toNano('0.3'));
      assert.equal(exit(await send(payee, channelMessages.claim(await voucher(toNano('0.3'))))), 404);
      assert.equal(exit(await send(payee, channelMessages.claim(await voucher(toNano('0.2'))))), 404, 'an older voucher');
      assert.equal(exit(await send(payee, channelMessages.claim(await voucher(toNano('0.3') + 999_999n)))), 404, 'too little to be worth its forwarding');
      assert.equal(exit(await send(payee, channelMessages.claim(await voucher(toNano('0.301'))))), 0);
    });

    test('a claim by somebody else pays the payee exactly, and gives the sponsor its change', async () => {
      await open();
      const before = await payee.getBalance();
      const cost = -(await gained(stranger, async () => assert.equal(exit(await send(stranger, channelMessages.claim(await voucher(toNano('0.4')), 9n), toNano('0.2'))), 0)));
      const got = (await payee.getBalance()) - before;
      assert.ok(got > toNano('0.399') && got <= toNano('0.4'), `${got}`);
      assert.ok(cost > 0n && cost < toNano('0.02'), `${cost}`);
    });

    test('a voucher beyond the deposit pays what there is, and the rest after a top up; the rent stays', async () => {
      await open();
      const much = await voucher(toNano('5'));
      assert.equal(exit(await send(payee, channelMessages.claim(much))), 0);
      assert.ok((await state()).claimed < toNano('1'));
      assert.ok((await stage.balance(channel.address)) >= rent);
      assert.equal(exit(await send(payee, channelMessages.claim(much))), 404);
      await open(toNano('2'));
      assert.equal(exit(await send(payee, channelMessages.claim(much))), 0);
      assert.ok((await state()).claimed > toNano('2.9'));
    });

    test('a voucher of another network, channel, opening, sum or key is refused, in every message that takes one', async () => {
      await open();
      const {epoch} = await state();
      const sum = toNano('0.1');
      const wrong = [
        await voucher(sum, {network: -3}),
        await voucher(sum, {channel: stranger.address}),
        await voucher(sum, {epoch: epoch + 1n}),
        {...(await voucher(sum)), amount: sum + 1n},
        await voucher(sum, {seed: strangerSeed}),
        await voucher(sum, {seed: payeeSeed}),
      ];
      for (const each of wrong) {
        assert.equal(exit(await send(payee, channelMessages.claim(each))), 403);
        assert.equal(exit(await send(payee, channelMessages.claimAndClose(each))), 403);
        await assert.rejects(stage.sendExternal(channel.address, channelMessages.externalClaim(each)));
      }
      assert.equal((await state()).claimed, 0n);
    });

    test('a claim by external message needs no coins of the payee, and can not be repeated', async () => {
      await open();
      const body = channelMessages.externalClaim(await voucher(toNano('0.5')));
      const got = await gained(payee, async () => assert.equal(exit(await stage.sendExternal(channel.address, body)), 0));
      assert.ok(got > toNano('0.49') && got < toNano('0.5'), `${got}`);
      assert.ok((await stage.balance(channel.address)) >= toNano('0.49'), 'the gas came out of the share of the payee');
      await assert.rejects(stage.sendExternal(channel.address, body));
      const next = toNano('0.5') + leastExternalClaim[prices];
      await assert.rejects(stage.sendExternal(channel.address, channelMessages.externalClaim(await voucher(next - 1n))), 'too little');
      assert.equal(exit(await stage.sendExternal(channel.address, channelMessages.externalClaim(await voucher(next)))), 0);
      await assert.rejects(stage.sendExternal(channel.address, beginCell().storeUint(0xdeadbeef, 32).endCell()));
    });

    test('nothing can be claimed, closed, withdrawn or released before the opening', async () => {
      await stage.send(stranger, {to: channel, value: toNano('1'), deploy: true});
      assert.equal((await state()).epoch, 0n);
      const early = await voucher(toNano('0.1'));
      assert.equal(exit(await send(payee, channelMessages.claim(early))), 405);
      assert.equal(exit(await send(payee, channelMessages.claimAndClose(early))), 405);
      assert.equal(exit(await send(payer, channelMessages.requestWithdrawal(0n))), 405);
      assert.equal(exit(await send(payer, channelMessages.releaseNow(await release(toNano('0.1'))))), 405);
      await assert.rejects(stage.sendExternal(channel.address, channelMessages.externalClaim(early)));
    });

    test('the payee closes: its share and the rest go out at once; nobody else can', async () => {
      await open();
      const grant = await voucher(toNano('0.25'));
      for (const other of [payer, stranger]) assert.equal(exit(await send(other, channelMessages.claimAndClose(grant))), 402);
      const before = await payer.getBalance();
      const got = await gained(payee, async () => assert.equal(exit(await send(payee, channelMessages.claimAndClose(grant))), 0));
      assert.ok(got > toNano('0.23') && got <= toNano('0.25'));
      assert.ok((await payer.getBalance()) - before > toNano('0.73'));
      assert.equal(await stage.exists(channel.address), false);
    });

    test('the payee closes with a voucher that was paid already: nothing is paid twice', async () => {
      await open();
      const grant = await voucher(toNano('0.25'));
      await send(payee, channelMessages.claim(grant));
      const got = await gained(payee, async () => assert.equal(exit(await send(payee, channelMessages.claimAndClose(await voucher(toNano('0.1'))))), 0));
      assert.ok(got <= 0n);
    });

    test('the payer closes: after the window, not before; vouchers count until then', async () => {
      await open();
      assert.equal(exit(await send(payer, channelMessages.finishWithdrawal())), 407);
      for (const other of [payee, stranger]) assert.equal(exit(await send(other, channelMessages.requestWithdrawal(0n))), 401);
      const told = await send(payer, channelMessages.requestWithdrawal(0n));
      assert.equal(exit(told), 0);
      assert.ok(told.exit(payee.address) !== undefined, 'the payee is told');
      assert.equal((await state()).finishAt, stage.now + window);
      assert.equal(exit(await send(payer, channelMessages.requestWithdrawal(1n))), 406);
      stage.pass(window - 1);
      assert.equal(exit(await send(stranger, channelMessages.finishWithdrawal())), 408);
      assert.equal(exit(await send(payee, channelMessages.claim(await voucher(toNano('0.7'))))), 0);
      stage.pass(1);
      const got = await gained(payer, async () => assert.equal(exit(await send(stranger, channelMessages.finishWithdrawal())), 0));
      assert.ok(got > toNano('0.27') && got < toNano('0.36'));
      assert.equal(await stage.exists(channel.address), false);
    });

    test('a withdrawal of a part leaves the rest and the channel; who finishes it gets its change', async () => {
      await open();
      await send(payer, channelMessages.requestWithdrawal(toNano('0.4')));
      stage.pass(window);
      const before = await payer.getBalance();
      const cost = -(await gained(stranger, async () => assert.equal(exit(await send(stranger, channelMessages.finishWithdrawal(), toNano('0.2'))), 0)));
      assert.ok(cost < toNano('0.02'), `${cost}`);
      const got = (await payer.getBalance()) - before;
      assert.ok(got > toNano('0.39') && got <= toNano('0.4'));
      const {finishAt, requested, spendable} = await state();
      assert.deepEqual([finishAt, requested], [0, 0n]);
      assert.ok(spendable > toNano('0.57') && spendable < toNano('0.6'));
    });

    test('a withdrawal that vouchers have emptied ends without a payment', async () => {
      await open();
      await send(payer, channelMessages.requestWithdrawal(toNano('0.4')));
      await send(payee, channelMessages.claim(await voucher(toNano('5'))));
      stage.pass(window);
      const got = await gained(payer, async () => assert.equal(exit(await send(stranger, channelMessages.finishWithdrawal())), 0));
      assert.equal(got, 0n);
      assert.equal((await state()).finishAt, 0);
      assert.ok((await stage.balance(channel.address)) >= rent * 9n / 10n);
    });

    test('the payer takes a withdrawal back; nobody else can, and only while there is one', async () => {
      await open();
      assert.equal(exit(await send(payer, channelMessages.cancelWithdrawal())), 407);
      await send(payer, channelMessages.requestWithdrawal(toNano('0.3')));
      for (const other of [payee, stranger]) assert.equal(exit(await send(other, channelMessages.cancelWithdrawal())), 401);
      const told = await send(payer, channelMessages.cancelWithdrawal());
      assert.equal(exit(told), 0);
      assert.ok(told.exit(payee.address) !== undefined, 'the payee is told');
      assert.deepEqual([(await state()).finishAt, (await state()).requested], [0, 0n]);
      stage.pass(window);
      assert.equal(exit(await send(payer, channelMessages.finishWithdrawal())), 407);
      await send(payer, channelMessages.requestWithdrawal(toNano('0.1')));
      assert.equal((await state()).requested, toNano('0.1'));
    });

    test('a release that the payee signed pays the payer at once, once, and never more than there is', async () => {
      await open();
      const grant = await release(toNano('0.2'));
      for (const other of [payee, stranger]) assert.equal(exit(await send(other, channelMessages.releaseNow(grant))), 401);
      const got = await gained(payer, async () => assert.equal(exit(await send(payer, channelMessages.releaseNow(grant))), 0));
      assert.ok(got > toNano('0.18') && got <= toNano('0.2'));
      assert.equal(exit(await send(payer, channelMessages.releaseNow(grant))), 403, 'the same again');
      assert.equal((await state()).releaseSeqno, 1);
      const sum = toNano('0.1');
      const {epoch} = await state();
      for (const wrong of [{network: -3}, {channel: stranger.address}, {epoch: epoch + 1n}, {seqno: 0}, {seed: payerSeed}]) {
        assert.equal(exit(await send(payer, channelMessages.releaseNow(await release(sum, wrong)))), 403);
      }
      assert.equal(exit(await send(payer, channelMessages.releaseNow({...(await release(sum)), amount: sum + 1n}))), 403);
      const {spendable} = await state();
      assert.equal(exit(await send(payer, channelMessages.releaseNow(await release(spendable + 1n)))), 409);
      const rest = await state();
      assert.equal(exit(await send(payer, channelMessages.releaseNow(await release(rest.spendable)))), 0, 'all that there is');
    });

    test('a channel that is opened again at its old address knows no old voucher and no old release', async () => {
      await open();
      const [old, oldRelease] = [await voucher(toNano('0.7')), await release(toNano('0.1'))];
      await send(payer, channelMessages.requestWithdrawal(0n));
      stage.pass(window);
      await send(payer, channelMessages.finishWithdrawal());
      assert.equal(await stage.exists(channel.address), false);
      await open();
      assert.equal(exit(await send(payee, channelMessages.claim(old))), 403);
      assert.equal(exit(await send(payer, channelMessages.releaseNow(oldRelease))), 403);
      await assert.rejects(stage.sendExternal(channel.address, channelMessages.externalClaim(old)));
    });

    test('the hash that is signed is the one that the contract makes', async () => {
      await open();
      const {epoch} = await state();
      const hash = (await stage.read(channel.address, 'voucher_hash', [{type: 'int', value: 12_345n}])).readBigNumber();
      assert.equal(hash, BigInt(`0x${voucherCell({channel: channel.address, epoch, cumulative: 12_345n}).hash().toString('hex')}`));
    });

    test('on another network only what was signed for that network counts', async () => {
      stage = await Stage.open(prices, {network: -3});
      [payer, payee] = [await stage.person('payer'), await stage.person('payee')];
      await open();
      const here = {network: -3};
      assert.equal(exit(await send(payee, channelMessages.claim(await voucher(toNano('0.1'))))), 403);
      assert.equal(exit(await send(payee, channelMessages.claim(await voucher(toNano('0.1'), here)))), 0);
      assert.equal(exit(await send(payer, channelMessages.releaseNow(await release(toNano('0.1'))))), 403);
      assert.equal(exit(await send(payer, channelMessages.releaseNow(await release(toNano('0.1'), here)))), 0);
    });

    test('the reserve pays the rent of an emptied channel: six years today, ten months at the prices of before', async () => {
      await open();
      await send(payee, channelMessages.claim(await voucher(toNano('5'))));
      stage.pass(prices === '2026-06' ? 6 * 365 * 86_400 : 300 * 86_400);
      assert.equal(exit(await send(payer, channelMessages.topUp(), toNano('1'))), 0);
      assert.equal(await stage.exists(channel.address), true);
    });
  });
}
