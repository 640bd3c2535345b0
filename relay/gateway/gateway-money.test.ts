/** The gateway's money against a real relay, its devnet and a node that is paid: from the first deposit until every coin is home. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codeOf} from '#protocol/errors.ts';
import {limits} from '#protocol/limits.ts';
import type {Terms} from '#protocol/messages.ts';
import {silentLog} from '../log.ts';
import {askPaid, gatewayMoneyStage, perToken} from '../testing/gateway-money-stage.ts';
import {talking} from '../testing/live-network.ts';
import {auditOf, Person} from '../testing/money-stage.ts';
import {readConfig} from './config.ts';
import {payingNetwork} from './paying-network.ts';
import {startGateway} from './start-gateway.ts';

const coin = 1_000_000_000n;
const story = Array.from({length: 30}, (_, index) => `word${index}`).join(' ');
const dayMs = 24 * 3600_000;
/** As the relay says them over a link. */
const termsOf = ({money}: Awaited<ReturnType<typeof gatewayMoneyStage>>): Terms => ({...money.bank.terms, nonce: new Uint8Array(32)});

test('deposit, a paid answer, what is on disk, a restart, a withdrawal, and all coins home', async (t) => {
  const stage = await gatewayMoneyStage(t);
  const {run, devnet, onDisk} = stage;
  await stage.paidNode(story);

  const opened = await run('deposit 2');
  assert.equal(opened.code, 0, opened.text);
  assert.match(opened.text, /^The wallet had 0 coins; the devnet's faucet gave it 2\.06 coins, .*\nOpened a channel with 2 coins\.\nThe channel holds 1\.98\d* coins now\./);

  const first = await stage.open();
  const answered = await askPaid(first.client, first.money);
  assert.deepEqual([answered.error, answered.answer, answered.payment], [undefined, story, 'channel']);
  assert.ok(answered.cost > coin / 4n, `${answered.cost}`);
  const kept = onDisk();
  assert.equal(kept.seen, answered.cost);
  assert.ok(kept.granted >= kept.seen && kept.granted < kept.seen + coin);
  assert.equal(kept.spent, kept.granted);

  const beside = await run('status');
  assert.equal(beside.code, 0);
  assert.match(beside.text, /which works with the devnet\nWallet: +0Q\S+\nIn it: +0\.0\d+ coins\nChannel: +0:[\da-f]{64}\nSpendable: +1\.\d+ coins\nGranted: +0\.\d+ coins in all, of which the relay has claimed 0\nWithdrawal: +none\nToday: +0\.\d+ of 10 coins granted/);

  first.client.close();
  await first.money.close();
  const second = await stage.open();
  assert.equal((await askPaid(second.client, second.money)).error, undefined);
  assert.equal(onDisk().seen, 2n * answered.cost, 'what was seen before counts on');

  const asked = await run('withdraw');
  assert.match(asked.text, /^Asked for all of the channel\. From 2\d\d\d-\S+Z on `gateway withdraw` brings it to the wallet/);
  assert.match((await run('withdraw')).text, /^Nothing was sent: a withdrawal of all is pending and can be finished from 2/);
  assert.match((await run('deposit 1')).text, /All of the channel is being withdrawn.* Nothing was sent; finish that with/);
  await stage.settle();
  await devnet.chain.pass(24 * 3600);
  assert.match((await run('withdraw all')).text, /^The withdrawal is done/);
  assert.match((await run('status')).text, /Channel: +none is open/);

  const person = new Person(devnet, 9);
  assert.equal((await run(`withdraw --to ${person.address.toString()}`)).code, 0);
  const home = await stage.balance(person.address.toString());
  const {granted} = onDisk();
  assert.ok(home > 2_050_000_000n - granted - 30_000_000n, `${home} came home, ${granted} were granted`);
  assert.match((await run('status')).text, /In it: +0 coins/);
  const {made, held, fees} = await auditOf(devnet);
  assert.equal(held + fees, made, 'no coin is lost');
});

test('the daily cap: the questions before it are answered, the next is refused and says why, over a restart too; the next day begins anew', async (t) => {
  const stage = await gatewayMoneyStage(t);
  await stage.paidNode(story);
  assert.equal((await stage.run('deposit 5')).code, 0);
  const dailyCap = 1_500_000_000n;
  const first = await stage.open({dailyCap});
  const together = (count: number) => Promise.all(Array.from({length: count}, () => askPaid(first.client, first.money)));
  assert.deepEqual((await together(4)).map(({answer}) => answer), [story, story, story, story]);
  for (const {error, answer} of await together(2)) {
    assert.match(String(error), /unfunded: the daily cap of 1\.5 coins is reached; the next UTC day begins anew, or raise BOMBYX_GATEWAY_DAILY_CAP/);
    assert.equal(answer, '', 'nothing was begun that can not be paid');
  }
  assert.ok(stage.onDisk().granted <= dailyCap, `${stage.onDisk().granted}`);
  assert.equal(stage.money.ledger.totals().granted, stage.onDisk().granted, 'the relay has no more either');
  first.client.close();
  await first.money.close();

  const second = await stage.open({dailyCap});
  const again = await askPaid(second.client, second.money);
  assert.equal(codeOf(again.error), 'unfunded');
  assert.match(String(again.error), /the daily cap/);
  stage.pass(dayMs);
  const tomorrow = await askPaid(second.client, second.money);
  assert.deepEqual([tomorrow.error, tomorrow.answer], [undefined, story]);
  assert.ok(stage.onDisk().spent < coin);
});

test('a running gateway sees deposits: the first one, and one after its channel is used up', async (t) => {
  const stage = await gatewayMoneyStage(t);
  await stage.paidNode(story);
  const {client, money} = await stage.open();
  assert.equal(codeOf((await askPaid(client, money)).error), 'unfunded');
  assert.equal((await stage.run('deposit 0.5')).code, 0);
  stage.pass(10_000);
  assert.equal((await askPaid(client, money)).error, undefined);
  let failure: unknown;
  for (let round = 0; round < 5 && failure === undefined; round += 1) failure = (await askPaid(client, money)).error;
  assert.ok(failure !== undefined, 'half a coin is soon used up');
  stage.pass(10_000);
  assert.equal(await money.hasNewDeposit(failure), false);
  assert.equal(money.explain(failure), failure, 'it is not the cap');
  const more = await stage.run('deposit 2');
  assert.equal(more.code, 0, more.text);
  assert.equal(await money.hasNewDeposit(failure), false, 'the chain is not asked all the time');
  const network = payingNetwork({ask: (question) => client.ask(question), forgetPayments: () => client.forgetPayments()}, money);
  assert.equal(codeOf((await askPaid(network, money)).error), 'unfunded');
  stage.pass(10_000);
  const paid = await askPaid(network, money);
  assert.deepEqual([paid.error, paid.answer], [undefined, story], 'the same question is asked again');
});

test('the chain is down: what was deposited goes on working after a restart', async (t) => {
  const stage = await gatewayMoneyStage(t);
  await stage.paidNode(story);
  await stage.run('deposit 3');
  const first = await stage.open();
  assert.equal((await askPaid(first.client, first.money)).error, undefined);
  first.client.close();
  await first.money.close();
  await stage.fault('down');
  const second = await stage.open();
  const channel = await second.money.purse(termsOf(stage), '');
  assert.ok(channel, 'its purse is open');
  assert.match((await stage.run('status')).text, /The chain can not be reached now[^]*granted in all/);
  await stage.fault('none');
});

test('a relay without money: no purse, no wallet; another relay that names our vault is shown nothing', async (t) => {
  const free = await gatewayMoneyStage(t, {BOMBYX_TRIAL: '3'});
  assert.equal((await free.run('deposit 1')).code, 0);
  const {money} = await free.open();
  const terms = termsOf(free);
  assert.ok(await money.purse(terms, ''));
  assert.equal(await money.purse(terms, 'https://relay.example'), undefined);
  assert.equal(await money.purse({...terms, network: -3}, ''), undefined);
  assert.notEqual(money.trial.id, (await money.trialAt('https://relay.example')).id);
  assert.equal(money.trial.id, (await money.trialAt(free.relay.url)).id);
});

test('over HTTP: a paid answer; above the price cap and at the daily cap it is refused as OpenAI does', async (t) => {
  const stage = await gatewayMoneyStage(t);
  await stage.paidNode(story);
  assert.equal((await stage.run('deposit 3')).code, 0);
  const start = async (caps: Readonly<Record<string, string>>) => {
    const gateway = await startGateway(readConfig({BOMBYX_GATEWAY_PORT: '0', BOMBYX_GATEWAY_RELAY: stage.relay.url, BOMBYX_GATEWAY_DATA: stage.folder, ...caps}), {log: silentLog});
    t.after(() => gateway.close().catch(() => {}));
    const ask = async () => {
      const response = await fetch(`${gateway.url}/chat/completions`, {
        method: 'POST',
        headers: {'content-type': 'application/json', authorization: `Bearer ${gateway.key}`},
        body: JSON.stringify({model: 'parrot', max_tokens: 100, messages: [{role: 'user', content: 'tell me a story'}]}),
      });
      return {status: response.status, text: await response.text()};
    };
    return {gateway, ask};
  };
  const cheap = await start({});
  const dear = await cheap.ask();
  assert.equal(dear.status, 402, 'it is dearer than 0.02 coins');
  assert.match(dear.text, /"code":"price_cap"/);
  await cheap.gateway.close();
  const {ask} = await start({BOMBYX_GATEWAY_PRICE_CAP: '10', BOMBYX_GATEWAY_DAILY_CAP: '0.7'});
  const paid = await ask();
  assert.equal(paid.status, 200);
  assert.ok(paid.text.includes(story));
  assert.equal((await ask()).status, 200);
  const capped = await ask();
  assert.equal(capped.status, 402);
  assert.match(capped.text, /insufficient_quota/);
  assert.match(capped.text, /the daily cap of 0\.7 coins is reached/);
  assert.equal(stage.onDisk().granted, 700_000_000n);
});

test('who leaves in mid-answer pays for what was written until then, and nothing more is granted', async (t) => {
  const stage = await gatewayMoneyStage(t);
  const {promise: stopped, resolve} = Promise.withResolvers<void>();
  let written = 0;
  const long = talking(Array.from({length: 5000}, (_, index) => `word${index}`).join(' '));
  await stage.paidNode({
    ...long,
    async *generate(job, signal) {
      signal.addEventListener('abort', () => resolve(), {once: true});
      for await (const event of long.generate(job, signal)) {
        if (event.type === 'text') written += event.tokens;
        yield event;
      }
    },
  });
  assert.equal((await stage.run('deposit 90')).code, 0);
  const gateway = await startGateway(readConfig({BOMBYX_GATEWAY_PORT: '0', BOMBYX_GATEWAY_RELAY: stage.relay.url, BOMBYX_GATEWAY_DATA: stage.folder, BOMBYX_GATEWAY_PRICE_CAP: '90', BOMBYX_GATEWAY_DAILY_CAP: '90'}), {log: silentLog});
  const leaving = new AbortController();
  const response = await fetch(`${gateway.url}/chat/completions`, {
    method: 'POST',
    headers: {'content-type': 'application/json', authorization: `Bearer ${gateway.key}`},
    body: JSON.stringify({model: 'parrot', stream: true, max_tokens: 5000, messages: [{role: 'user', content: 'tell me a story'}]}),
    signal: leaving.signal,
  });
  const reader = (response.body ?? assert.fail()).getReader();
  for (let heard = ''; !heard.includes('word60'); heard += new TextDecoder().decode((await reader.read()).value));
  leaving.abort();
  await stopped;
  // Closing waits until all that was begun is on disk.
  await gateway.close();
  const {granted, seen} = stage.onDisk();
  assert.ok(written < 5000, 'it did not write to the end');
  assert.ok(seen > 0n && seen <= perToken * BigInt(written) + perToken, `${seen} seen, ${written} tokens written`);
  assert.ok(granted <= seen + 2n * BigInt(limits.minChunkTokens) * perToken, `${granted} granted, ${seen} seen`);
});
