/** The whole relay with money, over HTTP: what it says of it, the devnet that it brings, and settling on demand. */
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {Address, internal, SendMode, toNano} from '@ton/core';
import {keyPairFromSeed} from '@ton/crypto';
import {TonClient, WalletContractV5R1} from '@ton/ton';
import {Chain} from '#contracts/chain.ts';
import {channelDeployment, channelMessages, rentReserve} from '#contracts/channel/channel.ts';
import {toHex} from '#protocol/bytes.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import {signChannelVoucher} from '#protocol/voucher.ts';
import {systemClock} from './clock.ts';
import {readConfig} from './config.ts';
import {silentLog} from './log.ts';
import {identityOfSeed} from './money/key-files.ts';
import {startRelay} from './start-relay.ts';

const keys = keyPairFromSeed(Buffer.alloc(32, 1));
const wallet = WalletContractV5R1.create({publicKey: keys.publicKey, walletId: {networkGlobalId: -1001}});

async function start(t: TestContext, environment: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'relay-money-'));
  const relay = await startRelay(readConfig({PORT: '0', BOMBYX_NETWORK: 'devnet', BOMBYX_DATA: folder, BOMBYX_DEVNET_CONTROLS: 'on', BOMBYX_WEBRTC: 'off', ...environment}), {log: silentLog});
  t.after(async () => {
    await relay.close();
    rmSync(folder, {recursive: true});
  });
  const ask = async (path: string, body?: object) => {
    const response = await fetch(`${relay.url}${path}`, body ? {method: 'POST', body: JSON.stringify(body)} : {});
    return {status: response.status, body: (await response.json()) as Record<string, unknown>};
  };
  return {relay, ask, money: relay.money ?? assert.fail()};
}

/** A wallet with coins and an open channel to the relay's vault, all through the relay's own address. */
async function deposit({relay, ask, money}: Awaited<ReturnType<typeof start>>) {
  const client = new TonClient({endpoint: `${relay.url}/devnet/api/v2/jsonRPC`});
  await ask('/devnet/control/faucet', {address: wallet.address.toString(), amount: '5'});
  const {vault, relayKey, network} = money.bank.terms;
  const session = await identityOfSeed(Buffer.alloc(32, 2));
  const terms = {payer: wallet.address, payee: Address.parse(vault), payerKey: BigInt(`0x${session.id}`), payeeKey: BigInt(`0x${toHex(relayKey)}`), disputeWindow: 24 * 3600, salt: 0n};
  const {address, init} = channelDeployment(terms);
  await client.open(wallet).sendTransfer({seqno: 0, secretKey: keys.secretKey, sendMode: SendMode.PAY_GAS_SEPARATELY, messages: [internal({to: address, value: toNano('2'), bounce: true, init, body: channelMessages.topUp()})]});
  const channel = address.toRawString() as TonAddress;
  const facts = await money.bank.channel(channel);
  const voucher = await signChannelVoucher(session, {network, channel, epoch: facts.epoch, cumulative: toNano('0.7')});
  money.ledger.saveChannel({channel, ...facts, granted: voucher.cumulative, signature: voucher.signature, charged: 0n});
  return {client, channel, address};
}

test('/api/relay says which network and where its chain is; without money it says nothing of it', async (t) => {
  const {ask, money} = await start(t, {BOMBYX_FEE_PERMILLE: '30'});
  const {relayKey, ...terms} = money.bank.terms;
  assert.deepEqual((await ask('/api/relay')).body['money'], {name: 'devnet', endpoint: '/devnet', relayKey: toHex(relayKey), ...terms});
  assert.deepEqual([terms.network, terms.feePermille, terms.trial], [-1001, 30, 0]);
  const free = await startRelay(readConfig({PORT: '0'}), {log: silentLog});
  assert.equal('money' in ((await (await fetch(`${free.url}/api/relay`)).json()) as object), false);
  assert.equal((await fetch(`${free.url}/api/settle`, {method: 'POST'})).status, 404);
  assert.equal((await fetch(`${free.url}/devnet/api/v2/getMasterchainInfo`)).status, 404);
  await free.close();
});

test('TonClient as it is published, and our own, work through the relay; the wallet deposits; POST /api/settle brings it home', async (t) => {
  const stage = await start(t);
  const {relay, ask, money} = stage;
  const {client, channel, address} = await deposit(stage);
  assert.equal(await client.open(wallet).getSeqno(), 1);
  assert.equal((await client.getContractState(address)).state, 'active');
  const chain = new Chain({endpoint: `${relay.url}/devnet`, clock: systemClock});
  assert.equal(await chain.network(), -1001);
  assert.equal((await chain.account(address)).balance, await client.getBalance(address));
  const vault = Address.parse(money.bank.terms.vault);
  const before = await client.getBalance(vault);
  assert.deepEqual(await ask('/api/settle', {}), {status: 200, body: {ok: true}});
  assert.ok((await client.getBalance(vault)) > before + toNano('0.699'));
  assert.equal(money.ledger.totals().claimed, toNano('0.7'));
  const looked = await money.bank.look(channel);
  assert.equal(looked?.spendable, (await client.getBalance(address)) - rentReserve);
});

test('POST /api/settle: an outage is said, with its sentence, and nothing is lost; one address can not ask for ever', async (t) => {
  const stage = await start(t, {BOMBYX_LINKS_PER_ADDRESS: '3'});
  const {ask, money} = stage;
  await deposit(stage);
  await ask('/devnet/control/faults', {mode: 'down'});
  const {status, body} = await ask('/api/settle', {});
  assert.deepEqual([status, body['code']], [503, 'chain-down']);
  assert.match(String(body['sentence']), /No coin moved/);
  await ask('/devnet/control/faults', {mode: 'none'});
  assert.equal((await ask('/api/settle', {})).status, 200);
  assert.equal(money.ledger.totals().claimed, toNano('0.7'));
  assert.equal((await ask('/api/settle', {})).status, 200, 'nothing to do is fine');
  assert.deepEqual([(await ask('/api/settle', {})).status, (await ask('/api/settle')).status], [429, 404]);
});

test('the devnet answers only our own page, and breaks only for who may break it', async (t) => {
  const {relay, ask} = await start(t, {BOMBYX_DEVNET_CONTROLS: 'off'});
  const foreign = await fetch(`${relay.url}/devnet/control/faucet`, {method: 'POST', headers: {origin: 'https://evil.example'}, body: '{}'});
  assert.equal(foreign.status, 403);
  for (const name of ['faults', 'clock', 'restore']) assert.equal((await ask(`/devnet/control/${name}`, {})).status, 404);
  const {headers} = await fetch(`${relay.url}/devnet/api/v2/getMasterchainInfo`);
  assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.equal(headers.get('access-control-allow-origin'), null);
});
