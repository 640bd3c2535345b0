import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdtempSync} from 'node:fs';
import {appendFile, readFile, rm, writeFile} from 'node:fs/promises';
import {spawn} from 'node:child_process';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {Address, beginCell, Cell, external, internal, SendMode, storeMessage, toNano} from '@ton/core';
import {keyPairFromSeed} from '@ton/crypto';
import {TonClient, WalletContractV5R1} from '@ton/ton';
import {channelDeployment, channelMessages, readChannelState} from '#contracts/channel/channel.ts';
import {normalizedHashOf} from '#contracts/message-hash.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {systemClock} from '../clock.ts';
import {fileJournal} from './journal.ts';
import {type DevnetOptions, openDevnet, startDevnet} from './devnet.ts';

const network = -3;
const keys = (seed: number) => keyPairFromSeed(Buffer.alloc(32, seed));
const walletOf = (seed: number) => WalletContractV5R1.create({publicKey: keys(seed).publicKey, walletId: {networkGlobalId: network}});
const somebody = new Address(0, Buffer.alloc(32, 7));

async function start(t: TestContext, options: Partial<DevnetOptions> = {}) {
  const devnet = await startDevnet({clock: systemClock, network, controls: true, ...options});
  t.after(() => devnet.close());
  const call = async (path: string, body: object) => {
    const response = await fetch(`${devnet.url}${path}`, {method: 'POST', body: JSON.stringify(body)});
    return {status: response.status, body: (await response.json()) as Record<string, unknown>};
  };
  const get = async (path: string) => {
    const response = await fetch(`${devnet.url}${path}`);
    return {status: response.status, body: (await response.json()) as Record<string, never>};
  };
  return {...devnet, call, get, client: new TonClient({endpoint: `${devnet.url}/api/v2/jsonRPC`})};
}

/** The wallet's message as a bag of cells, with its deployment where it needs one. */
function transfer(seed: number, {seqno, to = somebody, amount = 1n, body}: {seqno: number; to?: Address; amount?: bigint; body?: Cell}): Cell {
  const wallet = walletOf(seed);
  const signed = wallet.createTransfer({seqno, secretKey: keys(seed).secretKey, timeout: 2 ** 32 - 1, sendMode: SendMode.PAY_GAS_SEPARATELY, messages: [internal({to, value: amount, bounce: false, ...(body ? {body} : {})})]});
  return beginCell().store(storeMessage(external({to: wallet.address, body: signed, ...(seqno === 0 ? {init: wallet.init} : {})}))).endCell();
}

test('TonClient as it is published: accounts, faucet, a wallet v5, a contract of ours, its get methods, fees, pages of transactions', async (t) => {
  const {client, call} = await start(t);
  const wallet = walletOf(1);
  const opened = client.open(wallet);
  assert.equal((await client.getContractState(wallet.address)).state, 'uninitialized');
  await call('/control/faucet', {address: wallet.address.toString(), amount: '20'});
  assert.equal(await client.getBalance(wallet.address), toNano('20'));
  await opened.sendTransfer({seqno: 0, secretKey: keys(1).secretKey, sendMode: SendMode.PAY_GAS_SEPARATELY, messages: [internal({to: somebody, value: toNano('1'), bounce: false})]});
  assert.equal(await opened.getSeqno(), 1);
  assert.ok((await client.getBalance(somebody)) > toNano('0.999'));

  const channel = channelDeployment({payer: wallet.address, payee: somebody, payerKey: 1n, payeeKey: 2n, disputeWindow: 3600, salt: 0n});
  await opened.sendTransfer({seqno: 1, secretKey: keys(1).secretKey, sendMode: SendMode.PAY_GAS_SEPARATELY, messages: [internal({to: channel.address, value: toNano('5'), bounce: true, init: channel.init, body: channelMessages.topUp()})]});
  const state = readChannelState((await client.runMethod(channel.address, 'channel_state')).stack);
  assert.ok(state.epoch > 0n && state.spendable > toNano('4.9'));
  const voucher = await client.runMethod(channel.address, 'voucher_hash', [{type: 'int', value: 5n}]);
  assert.ok(voucher.stack.readBigNumber() > 0n);
  await assert.rejects(client.runMethod(somebody, 'channel_state'), /-13|exit_code/);

  const body = wallet.createTransfer({seqno: 2, secretKey: keys(1).secretKey, sendMode: SendMode.PAY_GAS_SEPARATELY, messages: [internal({to: somebody, value: 1n, bounce: false})]});
  const {source_fees: fees} = await client.estimateExternalMessageFee(wallet.address, {body, initCode: null, initData: null, ignoreSignature: true});
  assert.ok(fees.gas_fee > 0 && fees.in_fwd_fee > 0 && fees.fwd_fee > 0);
  assert.equal(await opened.getSeqno(), 2, 'an estimate changes nothing');
  const newest = await client.getTransactions(wallet.address, {limit: 2});
  const [, second] = newest;
  const older = await client.getTransactions(wallet.address, {limit: 10, lt: second?.lt.toString() ?? '', hash: second?.hash().toString('base64') ?? ''});
  assert.deepEqual([newest.length, older.length], [2, 1]);
  assert.ok(newest.every((transaction, index) => index === 0 || transaction.lt < (newest[index - 1]?.lt ?? 0n)));
  await assert.rejects(opened.sendTransfer({seqno: 1, secretKey: keys(1).secretKey, sendMode: SendMode.PAY_GAS_SEPARATELY, messages: []}), 'a number that was used is refused');
  assert.equal(await opened.getSeqno(), 2);
  assert.equal(Number((await client.getMasterchainInfo()).latestSeqno), 3, 'a block for each message');
});

test('v3: a message is found by the hash that does not depend on how it was written', async (t) => {
  const {call, get} = await start(t);
  await call('/control/faucet', {address: walletOf(2).address.toString()});
  const boc = transfer(2, {seqno: 0}).toBoc().toString('base64');
  const sent = await call('/api/v3/message', {boc});
  assert.equal(sent.body['message_hash_norm'], normalizedHashOf(boc).toString('base64'));
  const hash = encodeURIComponent(String(sent.body['message_hash_norm']));
  const found = (await get(`/api/v3/transactionsByMessage?msg_hash=${hash}&direction=in`)).body as unknown as {transactions: {account: string; description: {aborted: boolean}; out_msgs: object[]}[]};
  assert.deepEqual(found.transactions.map(({account, description, out_msgs: out}) => [account, description.aborted, out.length]), [[walletOf(2).address.toRawString().toUpperCase(), false, 1]]);
  const listed = (await get(`/api/v3/transactions?account=${somebody.toString()}&limit=5`)).body as unknown as {transactions: object[]};
  assert.equal(listed.transactions.length, 1);
  const info = (await get(`/api/v3/addressInformation?address=${walletOf(2).address.toString()}`)).body as unknown as {status: string; balance: string};
  assert.equal(info.status, 'active');
  const seqno = await call('/api/v3/runGetMethod', {address: walletOf(2).address.toString(), method: 'seqno', stack: []});
  assert.deepEqual(seqno.body['stack'], [{type: 'num', value: '0x1'}]);
});

test('what can not be read is refused with its reason', async (t) => {
  const {call, get, url} = await start(t);
  const refusals: readonly [Promise<{status: number; body: object}>, number, RegExp][] = [
    [call('/api/v3/message', {boc: 'not a boc'}), 422, /boc is no bag of cells/],
    [call('/api/v3/message', {boc: Cell.EMPTY.toBoc().toString('base64')}), 500, /not a message/],
    [call('/api/v3/message', {boc: transfer(3, {seqno: 0}).toBoc().toString('base64')}), 500, /cannot apply external message/],
    [call('/control/faucet', {address: 'alice.ton'}), 422, /address is no address/],
    [call('/control/faucet', {address: somebody.toString(), amount: '0.0000000001'}), 422, /at most 9 decimals/],
    [call('/control/faucet', {address: somebody.toString(), amount: '101'}), 422, /at most 100/],
    [call('/control/faucet', {address: somebody.toString(), amount: '0'}), 422, /above 0/],
    [call('/api/v2/jsonRPC', {id: 1, method: 'toString', params: {}}), 404, /no such method/],
    [call('/api/v2/jsonRPC', {id: 1, method: 'runGetMethod', params: {address: somebody.toString(), method: 'x', stack: [['moon', '1']]}}), 422, /no such stack entry/],
    [get('/api/v3/transactions?account=x'), 422, /account is no address/],
    [get(`/api/v3/transactionsByMessage?msg_hash=abc`), 422, /msg_hash is no hash/],
  ];
  for (const [answer, status, reason] of refusals) {
    const {status: got, body} = await answer;
    assert.match(JSON.stringify(body), reason);
    assert.equal(got, status);
  }
  const notJson = await fetch(`${url}/api/v2/jsonRPC`, {method: 'POST', body: '{'});
  assert.equal(notJson.status, 422);
  const tooLong = await fetch(`${url}/api/v2/jsonRPC`, {method: 'POST', body: 'x'.repeat(300_000)}).then(({status}) => status, () => 'cut');
  assert.ok(tooLong === 500 || tooLong === 'cut');
});

test('only who started it may break it: without `controls` there is only the faucet', async (t) => {
  const {call} = await start(t, {controls: false});
  for (const name of ['clock', 'block', 'snapshot', 'restore', 'faults', 'constructor']) assert.equal((await call(`/control/${name}`, {})).status, 404);
  assert.equal((await call('/control/faucet', {address: somebody.toString()})).status, 200);
});

test('a block delay: a message waits, then it is in a block; one that nobody takes is refused at the door', async (t) => {
  const clock = new ManualClock(() => setImmediate());
  const {call, client} = await start(t, {clock, blockMs: 5000});
  await call('/control/faucet', {address: walletOf(4).address.toString()});
  const boc = transfer(4, {seqno: 0}).toBoc().toString('base64');
  assert.equal((await call('/api/v3/message', {boc})).status, 200);
  assert.equal(await client.getBalance(somebody), 0n);
  assert.equal((await call('/api/v3/message', {boc: transfer(4, {seqno: 9}).toBoc().toString('base64')})).status, 500);
  await clock.advance(5000);
  await call('/control/block', {});
  assert.equal(await client.getBalance(somebody), 1n);
});

test('snapshot and restore; the clock only goes forward', async (t) => {
  const {call, client} = await start(t);
  await call('/control/faucet', {address: somebody.toString(), amount: '1'});
  const {body} = await call('/control/snapshot', {});
  await call('/control/faucet', {address: somebody.toString(), amount: '2'});
  const before = Number((await call('/control/clock', {seconds: 0})).body['now']);
  assert.ok(Number((await call('/control/clock', {seconds: 1000})).body['now']) >= before + 1000);
  await call('/control/restore', body);
  assert.equal(await client.getBalance(somebody), toNano('1'));
  assert.equal((await client.getTransactions(somebody, {limit: 9})).length, 1);
  assert.equal((await call('/control/restore', {seqno: 77})).status, 500);
});

test('faults: down, refuse, drop, cut, slow', async (t) => {
  const {call, client} = await start(t);
  await call('/control/faucet', {address: walletOf(5).address.toString()});
  const send = (seqno: number) => call('/api/v3/message', {boc: transfer(5, {seqno}).toBoc().toString('base64')}).then(({status}) => status, () => 'no answer');
  const say = (mode: string) => call('/control/faults', {mode});
  const balance = () => client.getBalance(somebody);
  await say('down');
  assert.equal(await send(0), 'no answer');
  await say('refuse');
  assert.equal(await send(0), 500);
  await say('drop');
  assert.equal(await send(0), 200);
  await say('none');
  assert.equal(await balance(), 0n);
  await say('cut');
  assert.equal(await send(0), 'no answer');
  await say('none');
  assert.equal(await balance(), 1n, 'a cut answer does not undo what was done');
});

test('a restart loses nothing; another network or a damaged file is refused and left as it is', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'devnet-'));
  t.after(() => rm(folder, {recursive: true}));
  const open = () => openDevnet({clock: systemClock, network, folder});
  const first = await open();
  await first.chain.faucet(walletOf(6).address, toNano('3'));
  await first.chain.submit(transfer(6, {seqno: 0}));
  await first.chain.pass(5000);
  const {now, head} = first.chain;
  await first.close();
  const second = await open();
  assert.deepEqual(second.chain.head, head);
  assert.ok(second.chain.now >= now);
  assert.equal(second.chain.transactions.of(walletOf(6).address).length, 2);
  await second.chain.submit(transfer(6, {seqno: 1}));
  assert.equal((await second.chain.account(somebody)).balance, 2n);
  assert.ok((second.chain.transactions.all.at(-1)?.transaction.lt ?? 0n) > (second.chain.transactions.all[0]?.transaction.lt ?? 0n), 'logical time goes on');
  await second.close();

  const path = join(folder, 'devnet.jsonl');
  await appendFile(path, '{"seqno":5,"at":17');
  const third = await open();
  assert.equal(third.chain.head.seqno, 4);
  await third.chain.faucet(somebody, 1n);
  await third.close();
  const fourth = await open();
  assert.equal(fourth.chain.head.seqno, 5);
  await fourth.close();

  await assert.rejects(openDevnet({clock: systemClock, network: -239, folder}), /another network/);
  const lines = (await readFile(path, 'utf8')).split('\n');
  const damaged = [...lines.slice(0, 2), 'nonsense', ...lines.slice(3)].join('\n');
  await writeFile(path, damaged);
  await assert.rejects(open(), /damaged at line 3/);
  assert.equal(await readFile(path, 'utf8'), damaged);
});

test('kill -9: whatever was said to be done is there', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'devnet-'));
  t.after(() => rm(folder, {recursive: true}));
  const source = `import {startDevnet} from ${JSON.stringify(new URL('devnet.ts', import.meta.url).href)}; import {systemClock} from ${JSON.stringify(new URL('../clock.ts', import.meta.url).href)};
    console.log((await startDevnet({clock: systemClock, network: ${network}, folder: ${JSON.stringify(folder)}})).url);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {stdio: ['ignore', 'pipe', 'inherit']});
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  const url = first.toString().trim();
  let told = 0n;
  const drip = () => fetch(`${url}/control/faucet`, {method: 'POST', body: JSON.stringify({address: somebody.toString(), amount: '0.000000001'})});
  for (; told < 20n; told += 1n) assert.equal((await drip()).status, 200);
  const last = drip().then(() => 1n, () => 0n);
  child.kill('SIGKILL');
  await once(child, 'exit');
  told += await last;
  const {chain, close} = await openDevnet({clock: systemClock, network, folder});
  const {balance} = await chain.account(somebody);
  assert.ok(balance >= told && balance <= 21n, `${balance} of ${told}`);
  await close();
});

test('the journal: only its owner may read it', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'devnet-'));
  t.after(() => rm(folder, {recursive: true}));
  fileJournal(join(folder, 'deep'), network).close();
  const {statSync} = await import('node:fs');
  assert.equal(statSync(join(folder, 'deep/devnet.jsonl')).mode & 0o77, 0);
  assert.equal(statSync(join(folder, 'deep')).mode & 0o77, 0);
});
