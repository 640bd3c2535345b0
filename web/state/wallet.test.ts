/** The wallet's state against a desk that the test drives: what becomes of each order, and that none is sent twice or forgotten. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {type ErrorCode, NetworkError} from '#protocol/errors.ts';
import type {NodeId} from '#protocol/ids.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {MemoryVouchers} from '#protocol/testing/memory-bank.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import type {ChainLook, ChannelLook, Order, Outcome, Ticket} from '../wallet/words.ts';
import {createWallet, type KeptChannel, vaultKey} from './wallet.ts';
import type {ActivityEntry, RelayMoney} from './wallet-views.ts';
import {canPay, dueOf, explorerLink, leftOf} from './wallet-sums.ts';

const address = (digit: string) => `0:${digit.repeat(64)}` as TonAddress;
const [owner, vault, account, channel] = [address('1'), address('2'), address('3'), address('4')];
const coin = 1_000_000_000n;
const money: RelayMoney = {name: 'testnet', network: -3, endpoint: 'https://chain.example', vault, relayKey: 'aa'.repeat(32), disputeWindow: 86_400, feePermille: 50, trial: 0};
const opened: ChannelLook = {channel, epoch: 7n, claimed: 0n, spendable: coin, finishAt: 0, requested: 0n};
const lookWith = (fields: Partial<ChainLook> = {}): ChainLook => ({balance: 5n * coin, channel: undefined, account: {account, claimed: 0n}, now: 0, ...fields});

/** What a browser keeps, and a desk whose answers the test sets. */
function stage() {
  const clock = new ManualClock(setImmediate);
  const settings = new Map<string, unknown>();
  const activity = new Map<string, ActivityEntry>();
  const channels = new Map<string, KeptChannel>();
  const vouchers = new MemoryVouchers();
  const orders: Order[] = [];
  const signed: Ticket[] = [];
  const calls: string[] = [];
  const world = {
    look: lookWith(),
    channels: [] as ChannelLook[],
    outcome: {is: 'pending'} as Outcome | ErrorCode,
    sign: async (): Promise<string> => 'signed',
    settle: async (): Promise<void> => void calls.push('settle'),
  };
  const open = () =>
    createWallet({
      kept: {
        setting: async (key) => settings.get(key),
        putSetting: async (key, value) => void settings.set(key, value),
        all: async () => [...activity.values()],
        put: async (_, entry) => void activity.set(entry.id, entry),
        remove: async (_, id) => void activity.delete(id),
        channel: async (key) => channels.get(key),
        changeChannel: async (key, change) => {
          const changed = change(channels.get(key));
          if (changed) channels.set(key, changed);
          else channels.delete(key);
          return changed;
        },
        vouchers,
      },
      desk: {
        connect: async (_, {payload}) => {
          calls.push(`connect ${payload}`);
          return {wallet: {address: owner, friendly: 'UQ…', app: 'a wallet'}, proof: new Uint8Array([1])};
        },
        disconnect: async () => void calls.push('disconnect'),
        account: async () => account,
        look: async () => world.look,
        channels: async () => world.channels,
        prepare: async (_, {order}) => {
          orders.push(order);
          return {from: owner, to: channel, value: 1n, queryId: BigInt(orders.length), validUntil: 300, payload: '', stateInit: undefined};
        },
        sign: async (_, ticket) => {
          signed.push(ticket);
          return world.sign();
        },
        follow: async () => {
          if (typeof world.outcome === 'string') throw new NetworkError(world.outcome);
          return world.outcome;
        },
      },
      clock,
      node: 'ab'.repeat(32) as NodeId,
      payerKey: 'cd'.repeat(32),
      newId: () => `id${activity.size}`,
      settle: () => world.settle(),
      faucet: async () => {},
      onDeposit: () => void calls.push('deposit'),
      onCollected: (collected) => void calls.push(`collected ${collected}`),
    });
  const connected = async () => {
    const wallet = await open();
    await wallet.setMoney(money);
    await wallet.connect();
    return wallet;
  };
  return {clock, world, orders, signed, calls, settings, activity, channels, vouchers, open, connected};
}

const rejectsWith = (work: Promise<unknown>, code: ErrorCode) => assert.rejects(work, (error: {code?: string}) => error.code === code);
const stateOf = (wallet: {view: {get(): {activity: readonly ActivityEntry[]}}}) => wallet.view.get().activity[0]?.state;

test('nothing is asked of a wallet or the chain before a click; connecting proves the address to the node', async () => {
  const {open, calls, settings} = stage();
  const wallet = await open();
  await rejectsWith(wallet.connect(), 'unfunded');
  await wallet.setMoney(money);
  assert.deepEqual(calls, []);
  await wallet.connect();
  assert.deepEqual(calls, [`connect bombyx-node:${'ab'.repeat(32)}`, 'collected 0']);
  assert.equal(wallet.view.get().wallet?.address, owner);
  assert.deepEqual(wallet.payee(), {account, proof: new Uint8Array([1])});
  assert.equal(settings.size, 1);
});

test('a deposit: kept before the wallet sees it, pending, confirmed; then the channel is there to pay from', async () => {
  const {connected, world, activity, orders, channels, clock, calls} = stage();
  const wallet = await connected();
  let keptBefore: string | undefined;
  world.sign = async () => {
    keptBefore = [...activity.values()][0]?.state;
    return 'signed';
  };
  await wallet.deposit('1,5');
  assert.equal(keptBefore, 'signing');
  assert.deepEqual(orders, [{is: 'deposit', amount: 1_500_000_000n, payerKey: 'cd'.repeat(32)}]);
  assert.equal(stateOf(wallet), 'pending');
  world.outcome = {is: 'confirmed', hash: 'ff'.repeat(32), at: 5};
  world.look = lookWith({channel: opened});
  await clock.advance(3000);
  assert.equal(stateOf(wallet), 'confirmed');
  assert.deepEqual(channels.get(vaultKey(money)), {channel, epoch: 7n, granted: 0n, seen: 0n});
  assert.equal(leftOf(wallet.view.get()), coin);
  assert.ok(canPay(wallet.view.get()));
  assert.equal(calls.at(-1), 'deposit');
  assert.equal(explorerLink(wallet.view.get().activity[0] as ActivityEntry, money), `https://testnet.tonviewer.com/transaction/${'ff'.repeat(32)}`);
});

for (const [code, reason] of [['cancelled', 'cancelled'], ['bad-wallet', 'cancelled'], ['expired', 'expired']] as const) {
  test(`the wallet says no (${code}): failed, told, and nothing is looked for`, async () => {
    const {connected, world, clock} = stage();
    const wallet = await connected();
    world.sign = async () => Promise.reject(new NetworkError(code));
    await rejectsWith(wallet.deposit('1'), code);
    await clock.advance(60_000);
    assert.deepEqual([stateOf(wallet), wallet.view.get().activity[0]?.reason], ['failed', reason]);
    assert.equal(wallet.view.get().doing, undefined, 'and another order may follow');
  });
}

test('the wallet says nothing: unknown, never sent again, and found when it is on the chain after all', async () => {
  const {connected, world, clock, signed} = stage();
  const wallet = await connected();
  world.sign = async () => Promise.reject(new NetworkError('wallet-silent'));
  await rejectsWith(wallet.deposit('1'), 'wallet-silent');
  await clock.advance(60_000);
  assert.equal(stateOf(wallet), 'unknown');
  assert.equal(signed.length, 1);
  world.outcome = {is: 'confirmed', hash: 'ee'.repeat(32), at: 5};
  await clock.advance(3000);
  assert.equal(stateOf(wallet), 'confirmed');
  assert.equal(signed.length, 1);
});

test('whatever else goes wrong while the wallet is asked is unknown too: a page can not tell what was sent', async () => {
  const {connected, world} = stage();
  const wallet = await connected();
  world.sign = async () => Promise.reject(new Error('a bug in a wallet'));
  await rejectsWith(wallet.deposit('1'), 'wallet-silent');
  assert.equal(stateOf(wallet), 'unknown');
});

test('the chain goes away in the middle: unknown until it answers, then what it says', async () => {
  const {connected, world, clock} = stage();
  const wallet = await connected();
  await wallet.deposit('1');
  world.outcome = 'chain-down';
  await clock.advance(3000);
  assert.equal(stateOf(wallet), 'unknown');
  world.outcome = {is: 'pending'};
  await clock.advance(3000);
  assert.equal(stateOf(wallet), 'pending');
  world.outcome = {is: 'failed', reason: 'unsent', hash: undefined};
  await clock.advance(3000);
  assert.deepEqual([stateOf(wallet), wallet.view.get().activity[0]?.reason], ['failed', 'unsent']);
});

test('after a quarter of an hour it stops looking and says that it does not know; a person can have it look again', async () => {
  const {connected, world, clock} = stage();
  const wallet = await connected();
  await wallet.deposit('1');
  await clock.advance(16 * 60_000);
  assert.equal(stateOf(wallet), 'unknown');
  world.outcome = {is: 'confirmed', hash: 'ee'.repeat(32), at: 5};
  await clock.advance(60_000);
  assert.equal(stateOf(wallet), 'unknown', 'nobody looks');
  const [entry] = wallet.view.get().activity;
  await wallet.check(entry?.id ?? '');
  assert.equal(stateOf(wallet), 'confirmed');
});

test('a page that was closed while the wallet was asked does not know what became of it', async () => {
  const {connected, world, open, activity, signed} = stage();
  const wallet = await connected();
  world.sign = () => new Promise(() => {});
  void wallet.deposit('1');
  await setImmediate();
  assert.equal([...activity.values()][0]?.state, 'signing');
  const again = await open();
  await again.setMoney(money);
  assert.equal(stateOf(again), 'unknown');
  assert.equal(signed.length, 1);
});

test('the list of orders is bounded: the oldest are forgotten', async () => {
  const {connected, open, activity} = stage();
  const wallet = await connected();
  await wallet.deposit('1');
  const [entry] = activity.values();
  assert.ok(entry);
  for (let at = 1; at <= 250; at += 1) activity.set(`old${at}`, {...entry, id: `old${at}`, at, state: 'confirmed'});
  const again = await open();
  assert.deepEqual([again.view.get().activity.length, activity.size, again.view.get().activity[0]?.id], [200, 200, entry.id]);
});

test('one order at a time: a double click sends once', async () => {
  const {connected, signed} = stage();
  const wallet = await connected();
  await Promise.all([wallet.deposit('1'), wallet.deposit('1'), wallet.refresh()]);
  assert.equal(signed.length, 1);
});

test('sums that are none: nothing is asked of the wallet', async () => {
  const {connected, world, orders} = stage();
  const wallet = await connected();
  for (const text of ['0', '-1', 'x', '', '0.0000000001', '1e3', '99999999999999']) await rejectsWith(wallet.deposit(text), 'bad-amount');
  await rejectsWith(wallet.withdraw('1'), 'unfunded');
  world.look = lookWith({channel: opened});
  await wallet.refresh();
  await rejectsWith(wallet.withdraw('1.000000001'), 'bad-amount');
  await rejectsWith(wallet.collect(), 'bad-amount');
  assert.deepEqual(orders, []);
});

test('collect: the relay settles first, then the newest voucher goes out; where it can not settle, nothing does', async () => {
  const {connected, world, orders, vouchers, calls, clock} = stage();
  const wallet = await connected();
  const voucher = {cumulative: coin, signature: new Uint8Array(64)};
  await vouchers.save(account, voucher);
  wallet.setEarned(coin);
  assert.equal(dueOf(wallet.view.get()), coin);
  world.settle = async () => Promise.reject(new NetworkError('chain-down'));
  await rejectsWith(wallet.collect(), 'chain-down');
  assert.deepEqual([orders, wallet.view.get().activity], [[], []]);
  world.settle = async () => void calls.push('settle');
  await wallet.collect();
  assert.deepEqual(orders, [{is: 'collect', voucher}]);
  assert.ok(calls.includes('settle'));
  world.outcome = {is: 'confirmed', hash: 'ee'.repeat(32), at: 5};
  world.look = lookWith({account: {account, claimed: coin}});
  await clock.advance(3000);
  assert.equal(dueOf(wallet.view.get()), 0n);
  assert.equal(calls.at(-1), `collected ${coin}`);
});

test('withdraw all, finish; a channel that is gone is forgotten, one that was opened anew begins at nothing', async () => {
  const {connected, world, orders, channels} = stage();
  const wallet = await connected();
  world.look = lookWith({channel: opened});
  await wallet.refresh();
  await channels.set(vaultKey(money), {channel, epoch: 7n, granted: coin / 2n, seen: 0n});
  await wallet.refresh();
  assert.equal(leftOf(wallet.view.get()), coin / 2n);
  await wallet.withdraw('');
  world.look = lookWith({channel: {...opened, finishAt: 100}});
  await wallet.refresh();
  assert.equal(leftOf(wallet.view.get()), 0n);
  await wallet.finishWithdrawal();
  assert.deepEqual(orders, [{is: 'withdraw', channel, amount: 0n}, {is: 'finish', channel}]);
  world.look = lookWith();
  await wallet.refresh();
  assert.deepEqual([channels.size, wallet.view.get().isOpen], [0, false]);
  world.look = lookWith({channel: {...opened, epoch: 9n, claimed: 3n}});
  await wallet.refresh();
  assert.deepEqual(channels.get(vaultKey(money)), {channel, epoch: 9n, granted: 3n, seen: 3n});
});

test('a deposit of another browser is found and taken out, step by step', async () => {
  const {connected, world, orders, clock} = stage();
  const wallet = await connected();
  world.look = lookWith({channel: opened});
  const lost = {...opened, channel: address('9')};
  world.channels = [opened, lost];
  await wallet.refresh();
  await wallet.findOthers();
  assert.deepEqual(wallet.view.get().others, [lost]);
  await wallet.takeOther(lost);
  world.channels = [opened, {...lost, finishAt: 100}];
  world.outcome = {is: 'confirmed', hash: 'ee'.repeat(32), at: 5};
  await clock.advance(3000);
  assert.deepEqual(wallet.view.get().others, [{...lost, finishAt: 100}]);
  await wallet.takeOther({...lost, finishAt: 100});
  assert.deepEqual(orders, [{is: 'withdraw', channel: lost.channel, amount: 0n}, {is: 'finish', channel: lost.channel}]);
});

test('a proof that is a day old is not shown to a relay again', async () => {
  const {connected, clock} = stage();
  const wallet = await connected();
  await clock.advance(24 * 3600_000);
  assert.deepEqual(wallet.payee(), {account, proof: undefined});
});

test('disconnecting forgets the wallet, not the deposit or the activity', async () => {
  const {connected, world, open: reopen} = stage();
  const wallet = await connected();
  world.look = lookWith({channel: opened});
  await wallet.deposit('1');
  await wallet.refresh();
  await wallet.disconnect();
  assert.deepEqual([wallet.view.get().wallet, wallet.payee()], [undefined, undefined]);
  const again = await reopen();
  await again.setMoney(money);
  assert.deepEqual([again.view.get().wallet, again.view.get().isOpen, again.view.get().activity.length], [undefined, true, 1]);
});
