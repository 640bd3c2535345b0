/** What every operation costs on chain at the prices of 2026: gas and coins of all transactions after the sender's own. */
import {internal, type MessageRelaxed, SendMode, toNano} from '@ton/core';
import {keyPairFromSeed} from '@ton/crypto';
import {WalletContractV5R1} from '@ton/ton';
import {bondDeployment, bondMessages} from '../bond/bond.ts';
import {channelDeployment, channelMessages, readChannelState} from '../channel/channel.ts';
import {accountDeployment, nodeClaim} from '../node-account/node-account.ts';
import {vaultDeployment, vaultMessages} from '../vault/vault.ts';
import {globalId, nodeVoucherCell, type Outcome, publicKey, releaseCell, signed, Stage, statementCell, voucherCell} from './stage.ts';

/** `fees` in nano-coins. */
export interface Cost {
  readonly gas: number;
  readonly fees: number;
  readonly transactions: number;
}

const [payerSeed, payeeSeed, relaySeed, bondSeed] = [1, 2, 3, 4];
const day = 86_400;

const costOf = ({gas, fees, transactions}: Outcome, own = 1): Cost => ({gas: Number(gas), fees: Number(fees), transactions: transactions.length - own});

async function channelCosts(): Promise<Record<string, Cost>> {
  const stage = await Stage.open('2026-06');
  const [payer, payee, sponsor] = [await stage.person('payer'), await stage.person('payee'), await stage.person('sponsor')];
  const channel = channelDeployment({payer: payer.address, payee: payee.address, payerKey: publicKey(payerSeed), payeeKey: publicKey(payeeSeed), disputeWindow: day, salt: 7n});
  const open = () => stage.send(payer, {to: channel, body: channelMessages.topUp(), value: toNano('1'), deploy: true});
  const epoch = async () => readChannelState(await stage.read(channel.address, 'channel_state')).epoch;
  const voucher = async (coins: string) => ({amount: toNano(coins), signature: signed(payerSeed, voucherCell({channel: channel.address, epoch: await epoch(), cumulative: toNano(coins)}))});
  const costs: Record<string, Cost> = {};
  costs['channel: open'] = costOf(await open());
  costs['channel: top up'] = costOf(await open());
  costs['channel: claim by the payee'] = costOf(await stage.send(payee, {to: channel, body: channelMessages.claim(await voucher('0.3'))}));
  costs['channel: claim, sponsored'] = costOf(await stage.send(sponsor, {to: channel, body: channelMessages.claim(await voucher('0.4'))}));
  costs['channel: claim by external message'] = costOf(await stage.sendExternal(channel.address, channelMessages.externalClaim(await voucher('0.5'))), 0);
  const release = {amount: toNano('0.2'), signature: signed(payeeSeed, releaseCell({channel: channel.address, epoch: await epoch(), seqno: 0, amount: toNano('0.2')}))};
  costs['channel: release, co-signed'] = costOf(await stage.send(payer, {to: channel, body: channelMessages.releaseNow(release)}));
  costs['channel: request to close'] = costOf(await stage.send(payer, {to: channel, body: channelMessages.requestWithdrawal(0n)}));
  stage.pass(day);
  costs['channel: finish closing'] = costOf(await stage.send(sponsor, {to: channel, body: channelMessages.finishWithdrawal()}));
  await open();
  costs['channel: claim and close'] = costOf(await stage.send(payee, {to: channel, body: channelMessages.claimAndClose(await voucher('0.1'))}));
  return costs;
}

/** What a person pays in all to open a channel through a wallet v5: gas of both, and the forwarding of the channel's code. */
async function openingThroughWallet(): Promise<Record<string, Cost>> {
  const stage = await Stage.open('2026-06');
  const [giver, payee] = [await stage.person('giver'), await stage.person('payee')];
  const {publicKey: key, secretKey} = keyPairFromSeed(Buffer.alloc(32, 9));
  const wallet = stage.chain.openContract(WalletContractV5R1.create({publicKey: key, walletId: {networkGlobalId: globalId}}));
  await giver.send({to: wallet.address, value: toNano('10'), bounce: false});
  const transfer = (seqno: number, message: MessageRelaxed) => wallet.sendTransfer({secretKey, seqno, messages: [message], sendMode: SendMode.PAY_GAS_SEPARATELY, timeout: stage.now + 60});
  await transfer(0, internal({to: giver.address, value: 1n, bounce: false}));
  const channel = channelDeployment({payer: wallet.address, payee: payee.address, payerKey: publicKey(payerSeed), payeeKey: publicKey(payeeSeed), disputeWindow: day, salt: 8n});
  const before = await wallet.getBalance();
  const {transactions} = await transfer(1, internal({to: channel.address, value: toNano('1'), init: channel.init, body: channelMessages.topUp()}));
  const fees = before - (await wallet.getBalance()) - (await stage.balance(channel.address));
  return {'wallet v5: open a channel, all in': {gas: Number(stage.outcome(transactions).gas), fees: Number(fees), transactions: transactions.length}};
}

async function vaultCosts(): Promise<Record<string, Cost>> {
  const stage = await Stage.open('2026-06');
  const [operator, node] = [await stage.person('operator'), await stage.person('node')];
  const vault = vaultDeployment({operatorWallet: operator.address, relayKey: publicKey(relaySeed), exitDelay: 3 * day, dailyCap: toNano('100')});
  const accountFor = (owner: typeof node) => accountDeployment({vault: vault.address, owner: owner.address, relayKey: publicKey(relaySeed)});
  const account = accountFor(node);
  const claim = (coins: string) => ({to: account, deploy: true, body: nodeClaim({amount: toNano(coins), signature: signed(relaySeed, nodeVoucherCell({account: account.address, cumulative: toNano(coins)}))})});
  const costs: Record<string, Cost> = {};
  costs['vault: deploy and deposit'] = costOf(await stage.send(operator, {to: vault, body: vaultMessages.deposit(), value: toNano('5'), deploy: true}));
  costs['vault: first payout, makes the account'] = costOf(await stage.send(operator, claim('0.1')));
  costs['vault: payout'] = costOf(await stage.send(node, claim('0.2')));
  costs['vault: payout refused and restored'] = costOf(await stage.send(node, claim('50')));
  const nodes = await Promise.all(Array.from({length: 20}, (_, index) => stage.person(`node ${index}`)));
  const batch = nodes.map((owner) => {
    const to = accountFor(owner);
    const signature = signed(relaySeed, nodeVoucherCell({account: to.address, cumulative: toNano('0.1')}));
    return {outAction: internal({to: to.address, value: toNano('0.02'), init: to.init, body: nodeClaim({amount: toNano('0.1'), signature})})};
  });
  const {transactions} = await operator.sendMessages(batch.map(({outAction}) => outAction));
  costs['vault: batch of 20 first payouts'] = costOf(stage.outcome(transactions));
  costs['vault: announce an exit'] = costOf(await stage.send(operator, {to: vault, body: vaultMessages.announceExit(toNano('1'))}));
  stage.pass(3 * day);
  costs['vault: exit'] = costOf(await stage.send(operator, {to: vault, body: vaultMessages.executeExit()}));
  return costs;
}

async function bondCosts(): Promise<Record<string, Cost>> {
  const stage = await Stage.open('2026-06');
  const [owner, reporter, treasury] = [await stage.person('owner'), await stage.person('reporter'), await stage.person('treasury')];
  const bond = bondDeployment({owner: owner.address, key: publicKey(bondSeed), treasury: treasury.address, unbondDelay: day, salt: 1n});
  const says = (content: bigint) => ({content, signature: signed(bondSeed, statementCell({bond: bond.address, kind: 1, slot: 77n, content}))});
  return {
    'bond: deploy and deposit': costOf(await stage.send(owner, {to: bond, body: bondMessages.deposit(), value: toNano('2'), deploy: true})),
    'bond: prove equivocation': costOf(await stage.send(reporter, {to: bond, body: bondMessages.proveEquivocation({kind: 1, slot: 77n, first: says(5n), second: says(6n)})})),
  };
}

/** Every operation, in the order of a life. */
export const measureCosts = async (): Promise<Readonly<Record<string, Cost>>> => ({...(await openingThroughWallet()), ...(await channelCosts()), ...(await vaultCosts()), ...(await bondCosts())});
