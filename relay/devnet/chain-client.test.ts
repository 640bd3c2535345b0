/** Our own client of the chain, against the devnet. */
import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {test} from 'node:test';
import {setTimeout} from 'node:timers/promises';
import {Address, beginCell, type Cell, external, internal, SendMode, storeMessage, toNano} from '@ton/core';
import {keyPairFromSeed} from '@ton/crypto';
import {WalletContractV5R1} from '@ton/ton';
import {Chain} from '#contracts/chain.ts';
import {channelMessages} from '#contracts/channel/channel.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {systemClock} from '../clock.ts';
import {startDevnet} from './devnet.ts';

const keys = keyPairFromSeed(Buffer.alloc(32, 1));
const wallet = WalletContractV5R1.create({publicKey: keys.publicKey, walletId: {networkGlobalId: -3}});
const somebody = new Address(0, Buffer.alloc(32, 7));
const payment = (seqno: number): Cell => {
  const body = wallet.createTransfer({seqno, secretKey: keys.secretKey, timeout: 2 ** 32 - 1, sendMode: SendMode.PAY_GAS_SEPARATELY, messages: [internal({to: somebody, value: toNano('1'), bounce: false})]});
  return beginCell().store(storeMessage(external({to: wallet.address, body, ...(seqno === 0 ? {init: wallet.init} : {})}))).endCell();
};

test('accounts, sending, finding what came of it', async (t) => {
  const devnet = await startDevnet({clock: systemClock, network: -3});
  t.after(() => devnet.close());
  const chain = new Chain({endpoint: devnet.url, clock: systemClock});
  assert.equal(await chain.network(), -3);
  assert.deepEqual(await chain.account(wallet.address), {balance: 0n, contract: undefined});
  await devnet.chain.faucet(wallet.address, toNano('3'));
  const boc = payment(0);
  assert.equal(await chain.find(boc.toBoc().toString('base64')), undefined);
  await chain.send(boc);
  const found = await chain.find(boc.toBoc().toString('base64'));
  assert.ok(found?.succeeded && found.fees > 0n);
  assert.deepEqual(found.sent.map(({value, destination}) => [value, destination?.toString()]), [[toNano('1'), somebody.toString()]]);
  assert.ok((await chain.account(wallet.address)).contract?.code.equals(wallet.init.code));
  const [newest, oldest, ...rest] = await chain.transactions(wallet.address, {limit: 5});
  assert.ok(newest && oldest && rest.length === 0 && newest.lt > oldest.lt);
  assert.equal(oldest.received?.value, toNano('3'));
  const before = await chain.now();
  assert.ok(Math.abs(before - Date.now() / 1000) < 60);
  await devnet.chain.pass(3600);
  await devnet.chain.faucet(wallet.address, 7n, {body: channelMessages.topUp(2n ** 64n - 1n)});
  assert.ok((await chain.now()) >= before + 3600);
  const [later, ...earlier] = await chain.transactions(wallet.address, {since: before + 3600});
  assert.deepEqual([later?.received?.queryId, earlier.length], [2n ** 64n - 1n, 0], 'the id of a message, and none that are older');
  assert.equal(oldest.received?.queryId, undefined, 'an empty body has none');
  await assert.rejects(chain.send(payment(0)), {code: 'refused'});
});

test('chain-down: nobody there, an answer that is none, too many requests for too long', async (t) => {
  const clock = new ManualClock(() => setTimeout(1));
  let status = 200;
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    response.writeHead(status).end('<html>');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  t.after(() => server.close());
  const chain = new Chain({endpoint, clock, apiKey: 'secret'});
  await assert.rejects(chain.account(somebody), {code: 'chain-down'});
  status = 503;
  await assert.rejects(chain.account(somebody), {code: 'chain-down'});
  [status, requests] = [429, 0];
  await assert.rejects(clock.drive(chain.account(somebody)), {code: 'chain-down'});
  assert.equal(requests, 3);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await assert.rejects(chain.account(somebody), {code: 'chain-down'});
});
