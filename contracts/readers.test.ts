/** What the readers find in the data of contracts is what their get methods say. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {beginCell, Cell, toNano} from '@ton/core';
import {channelDeployment, channelFrom, channelMessages, readChannelState, rentReserve} from './channel/channel.ts';
import type {ChainAccount} from './chain.ts';
import type {Deployment} from './code.ts';
import {accountDeployment, claimedFrom} from './node-account/node-account.ts';
import {publicKey, signed, Stage, voucherCell} from './testing/stage.ts';
import {readVaultState, vaultDeployment, vaultFrom, vaultMessages} from './vault/vault.ts';

async function onChain(stage: Stage, {address}: Deployment): Promise<ChainAccount & {contract: {code: Cell; data: Cell}}> {
  const {accountState, balance} = await stage.chain.getContract(address);
  const {code, data} = accountState?.type === 'active' ? accountState.state : {};
  assert.ok(code && data);
  return {balance, contract: {code, data}};
}

test('channelFrom(), vaultFrom(), claimedFrom()', async () => {
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
  const there = await onChain(stage, channel);
  const read = channelFrom(channel.address, there);
  assert.ok(read?.payer.equals(terms.payer) && read.payee.equals(terms.payee));
  assert.deepEqual({...read, payer: undefined, payee: undefined}, {...terms, ...state, spendable, payer: undefined, payee: undefined});
  assert.equal(state.claimed, toNano('1'));
  assert.equal(spendable, there.balance - rentReserve);
  assert.equal(channelFrom(operator.address, there), undefined, 'another address: it was given a past');
  assert.equal(channelFrom(channel.address, {...there, contract: {...there.contract, code: Cell.EMPTY}}), undefined);
  assert.equal(channelFrom(channel.address, {...there, contract: {...there.contract, data: Cell.EMPTY}}), undefined);
  assert.equal(channelFrom(channel.address, {balance: 5n, contract: undefined}), undefined);

  const {balance, ...vaultState} = readVaultState(await stage.read(vault.address, 'vault_state'));
  const vaultThere = await onChain(stage, vault);
  const {operatorWallet, ...vaultRead} = vaultFrom(vaultThere) ?? {};
  assert.ok(operatorWallet?.equals(operator.address));
  assert.deepEqual(vaultRead, {relayKey: publicKey(2), exitDelay: 100, balance, ...vaultState});
  assert.equal(vaultFrom(there), undefined);
  const foreign = beginCell().storeBits(vaultThere.contract.data.bits).storeRef(Cell.EMPTY).endCell();
  assert.equal(vaultFrom({...vaultThere, contract: {...vaultThere.contract, data: foreign}}), undefined, 'another code for its accounts');
  const account = accountDeployment({vault: vault.address, owner: payer.address, relayKey: publicKey(2)});
  assert.equal(claimedFrom({balance: 0n, contract: undefined}), 0n);
  assert.equal(claimedFrom({balance: 0n, contract: account.init}), 0n);
});

test('sums that TypeScript repeats are those of the contract', () => {
  const source = readFileSync(new URL('channel/fees.tolk', import.meta.url), 'utf8');
  const sum = (name: string) => toNano(new RegExp(`const ${name} = ton\\("([\\d.]+)"\\)`).exec(source)?.[1] ?? '');
  assert.equal(sum('RENT_RESERVE'), rentReserve);
});
