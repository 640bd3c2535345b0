/** What the readers find in the data of contracts is what their get methods say. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {Cell, toNano} from '@ton/core';
import {channelDeployment, channelMessages, minExternalClaim, readChannelData, readChannelState, rentReserve} from './channel/channel.ts';
import type {Deployment} from './code.ts';
import {accountDeployment, readClaimed} from './node-account/node-account.ts';
import {publicKey, signed, Stage, voucherCell} from './testing/stage.ts';
import {readVaultData, readVaultState, vaultDeployment, vaultMessages} from './vault/vault.ts';

async function dataOf(stage: Stage, {address}: Deployment): Promise<Cell> {
  const {accountState} = await stage.chain.getContract(address);
  assert.ok(accountState?.type === 'active' && accountState.state.data);
  return accountState.state.data;
}

test('readChannelData(), readVaultData(), readClaimed()', async () => {
  const stage = await Stage.open('2026-06');
  const [payer, operator] = [await stage.person('payer'), await stage.person('operator')];
  const vault = vaultDeployment({operatorWallet: operator.address, relayKey: publicKey(2), exitDelay: 100, dailyCap: toNano('7')});
  await stage.send(operator, {to: vault, body: vaultMessages.deposit(), value: toNano('1'), deploy: true});
  const terms = {payer: payer.address, payee: vault.address, payerKey: publicKey(1), payeeKey: publicKey(2), disputeWindow: 3600, salt: 9n};
  const channel = channelDeployment(terms);
  await stage.send(payer, {to: channel, body: channelMessages.topUp(), value: toNano('3'), deploy: true});
  const {epoch} = readChannelState(await stage.read(channel.address, 'channel_state'));
  const voucher = voucherCell({channel: channel.address, epoch, cumulative: toNano('1')});
  await stage.send(operator, {to: channel, body: channelMessages.claim({amount: toNano('1'), signature: signed(1, voucher)})});
  await stage.send(payer, {to: channel, body: channelMessages.requestWithdrawal(toNano('0.5'))});

  const {spendable, ...state} = readChannelState(await stage.read(channel.address, 'channel_state'));
  const read = readChannelData(await dataOf(stage, channel));
  assert.ok(read?.payer.equals(terms.payer) && read.payee.equals(terms.payee));
  assert.deepEqual({...read, payer: undefined, payee: undefined}, {...terms, ...state, payer: undefined, payee: undefined});
  assert.equal(state.claimed, toNano('1'));
  assert.equal(spendable, (await stage.balance(channel.address)) - rentReserve);

  const {balance: _, ...vaultState} = readVaultState(await stage.read(vault.address, 'vault_state'));
  const {operatorWallet, ...vaultRead} = readVaultData(await dataOf(stage, vault)) ?? {};
  assert.ok(operatorWallet?.equals(operator.address));
  assert.deepEqual(vaultRead, {relayKey: publicKey(2), exitDelay: 100, ...vaultState});
  const account = accountDeployment({vault: vault.address, owner: payer.address, relayKey: publicKey(2)});
  assert.equal(readClaimed(account.init.data), 0n);
  for (const reader of [readChannelData, readVaultData]) assert.equal(reader(Cell.EMPTY), undefined);
});

test('sums that TypeScript repeats are those of the contract', () => {
  const source = readFileSync(new URL('channel/fees.tolk', import.meta.url), 'utf8');
  const sum = (name: string) => toNano(new RegExp(`const ${name} = ton\\("([\\d.]+)"\\)`).exec(source)?.[1] ?? '');
  assert.equal(sum('RENT_RESERVE'), rentReserve);
  assert.equal(sum('MIN_EXTERNAL_CLAIM'), minExternalClaim);
});
