/** The commands against a chain that is no devnet, where coins are real: what is said, what is sent, and that nothing is sent twice whatever happens in the middle. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {Address, toNano} from '@ton/core';
import type {NetworkName} from '#contracts/networks.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import {startDevnet} from '../devnet/devnet.ts';
import {isMoneyCommand, runMoneyCommand} from './money-commands.ts';

const vault = `0:${'a'.repeat(64)}`;
const person = new Address(0, Buffer.alloc(32, 0x77));

/** A chain, and what a relay on it says of itself; the relay's other work is no matter here. */
async function stage(t: TestContext, {name = 'testnet', network = -3, chain = network, blockMs = 0}: {name?: NetworkName; network?: number; chain?: number; blockMs?: number} = {}) {
  const data = mkdtempSync(join(tmpdir(), 'gateway-commands-'));
  const time = {ms: Date.UTC(2026, 10, 26)};
  const devnet = await startDevnet({clock: {now: () => time.ms, sleep: () => new Promise(() => {})}, network: chain, controls: true, blockMs});
  // Whoever waits lets time pass, for himself and for the chain.
  const clock: Clock = {
    now: () => time.ms,
    sleep: async (ms) => {
      time.ms += ms;
      await devnet.chain.mine();
    },
  };
  const said = {vault, status: 200};
  const money = () => ({name, network, endpoint: devnet.url, vault: said.vault, relayKey: 'cd'.repeat(32), disputeWindow: 24 * 3600, feePermille: 50, trial: 0});
  const server = createServer((_, response) => response.writeHead(said.status, {'content-type': 'application/json'}).end(JSON.stringify({name: 'a relay', money: money()})));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(async () => {
    server.closeAllConnections();
    server.close();
    await devnet.close();
    rmSync(data, {recursive: true});
  });
  const relay = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const run = async (args: string) => {
    const lines: string[] = [];
    const code = await runMoneyCommand(args.split(' ').filter((arg) => arg !== ''), {config: {folder: join(data, 'gateway'), dailyCap: 10n ** 9n, priceCap: 10n ** 7n}, relay, clock, write: (line) => lines.push(line)});
    return {code, text: lines.join('\n')};
  };
  const wallet = async () => Address.parse(/Wallet: +(\S+)/.exec((await run('status')).text)?.[1] ?? assert.fail());
  return {
    devnet, said, run, wallet, clock, time,
    folder: join(data, 'gateway'),
    fault: (mode: string) => fetch(`${devnet.url}/control/faults`, {method: 'POST', body: JSON.stringify({mode})}),
    give: async (coins: string) => devnet.chain.faucet(await wallet(), toNano(coins)),
    balance: async (address: Address) => (await devnet.chain.account(address)).balance,
    /** What left the wallet: each is one message of ours that was taken. */
    sent: async () => devnet.chain.transactions.of(await wallet()).filter(({transaction}) => transaction.inMessage?.info.type === 'external-in').length,
  };
}

test('an empty wallet: the deposit names address and sum, and moves nothing; with the coins there it is done', async (t) => {
  const {run, wallet, give, devnet, sent} = await stage(t);
  const refused = await run('deposit 1');
  assert.equal(refused.code, 1);
  const address = (await wallet()).toString({bounceable: false, testOnly: true});
  assert.ok(refused.text.includes(`Nothing was sent; put coins into it and try again. (a deposit of 1 coins takes 1.05 coins with fees, and the gateway's wallet has 0 coins: send at least 1.06 coins on the testnet to ${address} and run this again)`), refused.text);
  assert.equal(devnet.chain.transactions.all.length, 0);
  await give('1.06');
  const done = await run('deposit 1');
  assert.deepEqual([done.code, await sent()], [0, 1], done.text);
  assert.match(done.text, /^Opened a channel with 1 coins\.\nThe channel holds 0\.98/);
  await give('1');
  assert.match((await run('deposit 0.5')).text, /^Added 0\.5 coins\.\nThe channel holds 1\.48/);
});

test('what is no command, no sum, no address, or no relay of this network is refused before anything is sent', async (t) => {
  const {run, give, wallet, said, devnet} = await stage(t);
  for (const args of ['', 'deposit', 'deposit 1 2', 'withdraw 1 2', 'withdraw --to', 'status now', 'give', 'deposit 1 --vault', `deposit 1 --vault ${vault}`]) {
    const {code, text} = await run(args);
    assert.equal(code, 2, args);
    assert.match(text, /gateway deposit COINS/);
  }
  assert.deepEqual([['deposit'], ['status'], ['withdraw', 'all'], ['key'], []].map(isMoneyCommand), [true, true, true, false, false]);
  await give('2');
  for (const args of ['deposit 0', 'deposit -1', 'deposit much', 'deposit 0.01', 'deposit 0.0000000001', 'withdraw x']) {
    const {code, text} = await run(args);
    assert.equal(code, 1, args);
    assert.match(text, /^That is not a sum of coins\. Nothing was done/, args);
  }
  assert.match((await run('withdraw')).text, /No channel to this relay is open.* Nothing was sent/);
  for (const address of ['nowhere', (await wallet()).toRawString(), vault, `EQ${'A'.repeat(46)}`]) assert.match((await run(`withdraw --to ${address}`)).text, /^That is not an address of this network/, address);
  said.status = 500;
  assert.match((await run('deposit 1')).text, /^The relay cannot be reached\./);
  assert.equal(devnet.chain.transactions.all.length, 1, 'but for the faucet');
});

test('a relay that says one network and names the chain of another gets nothing', async (t) => {
  const lying = await stage(t, {name: 'devnet', network: -239});
  assert.match((await lying.run('deposit 1')).text, /it calls network -239 the devnet/);
  const elsewhere = await stage(t, {name: 'mainnet', network: -239, chain: -3});
  await elsewhere.give('2');
  assert.match((await elsewhere.run('deposit 1')).text, /the chain that it names is of network -3, not the mainnet/);
  assert.match((await elsewhere.run(`withdraw --to ${person.toString()}`)).text, /network -3/);
  assert.equal(await elsewhere.sent(), 0);
});

test('an address for the testnet only is no address of the mainnet; all coins leave the wallet', async (t) => {
  const {run, give, balance, sent, wallet} = await stage(t, {name: 'mainnet', network: -239});
  await give('2');
  assert.match((await run(`withdraw --to ${person.toString({testOnly: true})}`)).text, /that address is for the testnet only/);
  assert.equal(await sent(), 0);
  const {code, text} = await run(`withdraw --to ${person.toString({bounceable: false})}`);
  assert.deepEqual([code, text], [0, 'Sent all 2 coins, less fees.']);
  assert.equal(await balance(await wallet()), 0n);
  assert.ok((await balance(person)) > toNano('1.99'));
  assert.match((await run(`withdraw --to ${person.toString()}`)).text, /too few coins/);
});

test('while a channel is open, the fees of getting its coins out stay; a withdrawal can be taken back', async (t) => {
  const {run, give, balance, wallet} = await stage(t);
  await give('3');
  await run('deposit 1');
  assert.match((await run(`withdraw --to ${person.toString()}`)).text, /^Sent 1\.\d+ coins; the rest stays for the fees of a withdrawal from the channel\.$/);
  assert.ok((await balance(await wallet())) >= toNano('0.05'));
  assert.match((await run('withdraw 5')).text, /the channel has 0\.98/);
  assert.match((await run('withdraw cancel')).text, /no withdrawal is pending/);
  assert.match((await run('withdraw 0.5')).text, /^Asked for 0\.5 coins\. From 2026-11-27T00:0\d:\d\dZ on/);
  assert.match((await run('withdraw 0.6')).text, /Nothing was sent: a withdrawal of 0\.5 coins is pending .*Take that back first/);
  assert.match((await run('status')).text, /Withdrawal: +0\.5 coins, can be finished from 2026-11-27T00/);
  assert.match((await run('withdraw cancel')).text, /was taken back/);
  assert.match((await run('status')).text, /Withdrawal: +none/);
});

test('a message that gets lost: known once it can not happen any more, and then the deposit can be tried again', async (t) => {
  const {run, give, fault, sent} = await stage(t);
  await give('3');
  await fault('drop');
  assert.match((await run('deposit 1')).text, /The deposit did not happen \(expired\)\. Its coins are in the wallet/);
  await fault('none');
  assert.equal((await run('deposit 1')).code, 0);
  assert.equal(await sent(), 1);
});

test('the network says no: the order stays open, and the next command sees it end before it sends another', async (t) => {
  const {run, give, fault, sent} = await stage(t);
  await give('3');
  await fault('refuse');
  assert.match((await run('deposit 1')).text, /not known yet: it was refused by the network and is good for one time until 2026/);
  assert.match((await run('status')).text, /On its way: +deposit 1 coins/);
  await fault('none');
  assert.match((await run('deposit 1')).text, /^An earlier order \(deposit 1 coins\) is looked for on the chain first\.\nIt was not done \(expired\).*\nOpened a channel with 1 coins/);
  assert.equal(await sent(), 1);
});

test('no answer from the network: what became of the deposit is found on the chain, and it is not sent again', async (t) => {
  const {run, give, fault, sent, wallet, balance} = await stage(t);
  await give('3');
  let asked = 0;
  const real = globalThis.fetch;
  // The network takes the message, and from then on says nothing.
  t.mock.method(globalThis, 'fetch', async (...args: Parameters<typeof fetch>) => {
    if (String(args[0]).endsWith('/message')) {
      asked += 1;
      await real(`${String(args[0]).replace('/api/v3/message', '/control/faults')}`, {method: 'POST', body: JSON.stringify({mode: 'cut'})});
    }
    return real(...args);
  });
  assert.match((await run('deposit 1')).text, /^The wallet did not answer\. It may still have sent the coins.*not known yet: it was handed in/);
  await fault('none');
  assert.match((await run('deposit 1')).text, /It was done\.\nThis deposit was on its way already, so nothing else was sent\.\nThe channel holds 0\.98/);
  assert.deepEqual([asked, await sent()], [1, 1]);
  assert.ok((await balance(await wallet())) > toNano('1.98'));
});

test('a block that is late is waited for; two commands at once: one of them sends', async (t) => {
  const {run, give, sent, devnet} = await stage(t, {blockMs: 5000});
  await give('3');
  await devnet.chain.mine();
  const [first, second] = await Promise.all([run('deposit 1'), run('deposit 1')]);
  const [done, refused] = first.code === 0 ? [first, second] : [second, first];
  assert.deepEqual([done.code, refused.code, await sent()], [0, 1, 1], done.text);
  assert.match(refused.text, /Another deposit or withdrawal of this gateway is at work\. Nothing was sent/);
});

test('the relay is gone, or has another vault: the coins come home all the same', async (t) => {
  const {run, give, said, time, balance} = await stage(t);
  await give('3');
  await run('deposit 1');
  said.status = 503;
  assert.match((await run('withdraw')).text, /does not answer; this is what it said before\.\nAsked for all of the channel/);
  said.status = 200;
  said.vault = `0:${'b'.repeat(64)}`;
  assert.match((await run('withdraw')).text, /Another vault that this gateway deposited at, on the testnet: 0:a{64} \(add --vault/);
  time.ms += 24 * 3600_000 + 60_000;
  assert.match((await run(`withdraw --vault ${vault}`)).text, /^The withdrawal is done/);
  assert.match((await run(`status --vault 0:${'c'.repeat(64)}`)).text, /never deposited at 0:c{64}/);
  await run(`withdraw --to ${person.toString()}`);
  assert.ok((await balance(person)) > toNano('2.95'));
});

test('what an earlier command left can not be read: nothing is sent, and it stays', async (t) => {
  const {run, give, folder, sent} = await stage(t);
  await give('3');
  await run('deposit 1');
  for (const name of ['testnet.json', 'places.json']) {
    const path = join(folder, 'orders', name);
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, whole.slice(0, -9));
    const {code, text} = await run('deposit 1');
    assert.deepEqual([code, readFileSync(path, 'utf8')], [1, whole.slice(0, -9)]);
    assert.match(text, /can not be read as/);
    writeFileSync(path, whole);
    assert.equal(await sent(), 1);
  }
});
