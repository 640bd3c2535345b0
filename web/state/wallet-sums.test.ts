/** What the figures of a wallet mean. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {TonAddress} from '#protocol/ton-address.ts';
import type {ChannelLook} from '../wallet/words.ts';
import {canPay, dueOf, explorerLink, isLow, isNear, leftOf} from './wallet-sums.ts';
import type {ActivityEntry, RelayMoney} from './wallet-views.ts';

const address = (digit: string) => `0:${digit.repeat(64)}` as TonAddress;
const channel: ChannelLook = {channel: address('4'), epoch: 7n, claimed: 100n, spendable: 1000n, finishAt: 0, requested: 0n};
const lookAt = (fields: Partial<ChannelLook>) => ({balance: 0n, channel: {...channel, ...fields}, account: {account: address('3'), claimed: 30n}, now: 0});
const money: RelayMoney = {name: 'mainnet', network: -239, endpoint: 'https://chain.example', vault: address('2'), relayKey: '', disputeWindow: 1, feePermille: 50, trial: 2};

test('leftOf(): what was claimed and what can still be, less what was granted; a withdrawal leaves first', () => {
  const left = (fields: Partial<ChannelLook>, granted = 150n) => leftOf({look: lookAt(fields), granted, priceCap: 1n});
  assert.deepEqual([left({}), left({}, 5000n), left({finishAt: 9, requested: 400n}), left({finishAt: 9, requested: 0n})], [950n, 0n, 550n, 0n]);
  assert.equal(leftOf({look: undefined, granted: 0n, priceCap: 1n}), undefined);
});

test('isLow(): when two of the dearest answers would use it up', () => {
  const low = (spendable: bigint) => isLow({look: lookAt({claimed: 0n, spendable}), granted: 0n, priceCap: 10n});
  assert.deepEqual([low(20n), low(19n), isLow({look: undefined, granted: 0n, priceCap: 10n})], [false, true, false]);
});

test('dueOf(): what was earned above what was collected; unknown until the chain was asked', () => {
  assert.deepEqual([dueOf({look: lookAt({}), earned: 100n}), dueOf({look: lookAt({}), earned: 10n}), dueOf({look: undefined, earned: 10n})], [70n, 0n, undefined]);
});

test('canPay(): from a channel, or while the relay gives answers away', () => {
  const can = (isOpen: boolean, trialLeft: number | undefined, trial = 2) => canPay({money: {...money, trial}, isOpen, trialLeft});
  assert.deepEqual([can(true, 0), can(false, 0), can(false, 1), can(false, undefined), can(false, undefined, 0)], [true, false, true, true, false]);
  assert.equal(canPay({money: undefined, isOpen: true, trialLeft: 1}), false);
});

test('links to an explorer; on the devnet, which has none, to the transactions themselves', () => {
  const entry = {hash: 'ab', ticket: {to: address('4')}} as ActivityEntry;
  assert.equal(explorerLink(entry, money), 'https://tonviewer.com/transaction/ab');
  assert.equal(explorerLink({...entry, hash: undefined}, money), undefined);
  const devnet: RelayMoney = {...money, name: 'devnet', endpoint: '/devnet'};
  assert.equal(explorerLink(entry, devnet), `/devnet/api/v3/transactions?account=${address('4')}&limit=20`);
  assert.deepEqual([isNear(devnet), isNear(money), isNear(undefined)], [true, false, false]);
});
