/** Free answers, whole: who is given how many, who pays for them, and how the client goes on when they are over. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {codeOf} from '../errors.ts';
import {freeOfCharge} from '../price.ts';
import {Client} from '../roles/client.ts';
import {shareOf} from '../roles/relay-bank.ts';
import {nodeVoucherHash, requireVoucher} from '../voucher.ts';
import {MemoryBank} from './memory-bank.ts';
import {askPaid, costOf, words} from './paying-stage.ts';
import {askForFree, newDevice, trialStage} from './trial-stage.ts';

const dayMs = 86_400_000;

test('so many answers per device, then it is over; the node gets its share of each, and no channel is touched', async () => {
  const {bank, network, join, client} = await trialStage(setImmediate, {perDevice: 3});
  const node = await join();
  const heard: number[] = [];
  const asker = client({device: await newDevice(), onTrial: (left) => heard.push(left)});
  let owed = 0n;
  for (let round = 0; round < 3; round += 1) {
    const {events, error, answer} = await askForFree(network, asker);
    assert.equal(error, undefined);
    assert.equal(answer, words(20));
    owed += shareOf(costOf(events), 50);
    assert.ok(owed > 0n);
    assert.equal(node.owed(), owed);
  }
  const voucher = node.vouchers.newest.get(node.account);
  assert.equal(voucher?.cumulative, owed);
  await requireVoucher(bank.key.id, {hash: nodeVoucherHash({network: -3, account: node.account, cumulative: owed}), signature: voucher?.signature ?? new Uint8Array()});
  const {error, events} = await askForFree(network, asker);
  assert.equal(codeOf(error), 'trial-over');
  assert.deepEqual(events, []);
  assert.deepEqual(heard, [3, 2, 1, 0, 0]);
  assert.equal(node.owed(), owed);
  assert.equal(bank.ledger.channels.size, 0);
});

test('a relay that starts anew with its books remembers the device; another device begins anew', async () => {
  const first = await trialStage(setImmediate, {perDevice: 1});
  await first.join();
  const device = await newDevice();
  assert.equal((await askForFree(first.network, first.client({device}))).error, undefined);
  const second = await trialStage(setImmediate, {bank: first.bank});
  await second.join();
  assert.equal(codeOf((await askForFree(second.network, second.client({device}))).error), 'trial-over');
  assert.equal((await askForFree(second.network, second.client({device: await newDevice()}))).error, undefined);
});

test('devices behind one address share its number for the day; another address and another day have their own', async () => {
  const {network, clock, join, client} = await trialStage(setImmediate, {perAddress: 2});
  const node = await join();
  const ask = async (prefix: string) => {
    const asker = client({device: await newDevice(), prefix});
    const {error} = await askForFree(network, asker);
    asker.close();
    return error === undefined ? 'answered' : codeOf(error);
  };
  assert.deepEqual([await ask('here'), await ask('here'), await ask('here'), await ask('there')], ['answered', 'answered', 'trial-over', 'answered']);
  // Without links no time goes into heartbeats.
  node.link.close();
  await clock.advance(dayMs);
  await join();
  assert.equal(await ask('here'), 'answered');
});

test('all together have so many a day, also across a restart; the next day has them anew', async () => {
  const {bank, network, clock, join, client} = await trialStage(setImmediate, {perDay: 2});
  const node = await join();
  let addresses = 0;
  const ask = async (stage: Pick<Awaited<ReturnType<typeof trialStage>>, 'network' | 'client'>) => {
    addresses += 1;
    const asker = stage.client({device: await newDevice(), prefix: `address ${addresses}`});
    const {error} = await askForFree(stage.network, asker);
    asker.close();
    return error === undefined ? 'answered' : codeOf(error);
  };
  assert.deepEqual([await ask({network, client}), await ask({network, client}), await ask({network, client})], ['answered', 'answered', 'trial-over']);
  node.link.close();
  const again = await trialStage(setImmediate, {bank, clock});
  const returned = await again.join();
  assert.equal(await ask(again), 'trial-over');
  returned.link.close();
  await clock.advance(dayMs);
  await again.join();
  assert.equal(await ask(again), 'answered');
});

test('what costs no coin is not counted: no computer, a price that is refused, a loss before the first word, a refusal', async () => {
  const {bank, network, join, client} = await trialStage(setImmediate, {perDevice: 1});
  const device = await newDevice();
  assert.equal(codeOf((await askForFree(network, client({device}))).error), 'no-node');
  const node = await join();
  assert.equal(codeOf((await askForFree(network, client({device}), {priceCap: 1n})).error), 'too-dear');
  const lost = await askForFree(network, client({device}), {onEvent: (event) => {
    if (event.type === 'bound') node.link.close();
  }});
  assert.equal(codeOf(lost.error), 'node-lost');
  const shy = await join();
  await network.clock.drive(shy.jobs.drain());
  assert.equal(codeOf((await askForFree(network, client({device}))).error), 'refused');
  shy.link.close();
  assert.deepEqual([bank.ledger.devices.size, bank.ledger.days.size], [0, 0]);
  await join();
  assert.equal((await askForFree(network, client({device}))).error, undefined);
  assert.equal(bank.ledger.devices.get(device.id), 1);
});

test('one that is lost on the way goes on elsewhere as an answer more; without one, what had come is kept', async () => {
  for (const [perDevice, expected] of [[2, undefined], [1, 'node-lost']] as const) {
    const {bank, network, join, client} = await trialStage(setImmediate, {perDevice});
    const nodes = [await join({answer: words(300)}), await join({answer: words(300)})];
    const device = await newDevice();
    let tokens = 0;
    const {error, answer} = await askForFree(network, client({device}), {onEvent: (event) => {
      if (event.type === 'text') tokens += event.tokens;
      if (tokens > 100) nodes.find(({jobs}) => jobs.running > 0)?.link.close();
      if (tokens > 100) tokens = -1000;
    }});
    assert.equal(error === undefined ? undefined : codeOf(error), expected);
    assert.ok(expected === undefined ? answer === words(300) : answer.length > 100);
    assert.equal(bank.ledger.devices.get(device.id), perDevice);
  }
});

test('when it is over, computers that ask nothing go on answering, and were never counted', async () => {
  const {bank, network, join, client} = await trialStage(setImmediate, {perDevice: 1});
  const paid = await join({answer: 'for coins'});
  const asker = client({device: await newDevice()});
  assert.equal((await askForFree(network, asker)).answer, 'for coins');
  const free = await join({cost: freeOfCharge, answer: 'for nothing'});
  for (let round = 0; round < 3; round += 1) assert.equal((await askForFree(network, asker)).answer, 'for nothing');
  paid.link.close();
  const other = await newDevice();
  assert.equal((await askForFree(network, client({device: other}))).answer, 'for nothing');
  assert.equal(bank.ledger.devices.has(other.id), false);
  assert.equal(free.owed(), 0n);
});

test('while a free answer runs in one tab, computers that ask nothing answer in another', async () => {
  const {network, clock, join, client} = await trialStage(setImmediate);
  await join({answer: words(300)});
  const device = await newDevice();
  const first = client({device});
  const second = client({device});
  let other: ReturnType<typeof askForFree> | undefined;
  await askForFree(network, first, {onEvent: (event) => {
    if (event.type === 'text') other ??= join({cost: freeOfCharge, answer: 'for nothing'}).then(() => askForFree(network, second));
  }});
  const {answer} = await clock.drive(other ?? assert.fail('no text came'));
  assert.equal(answer, 'for nothing');
});

test('the last answer of the day is taken while one is lost on the way: what had come is kept, and the reason is the loss', async () => {
  const {network, join, client} = await trialStage(setImmediate, {perDevice: 2, perDay: 2});
  const nodes = [await join({answer: words(300)}), await join({answer: words(300)})];
  const asker = client({device: await newDevice()});
  const rival = client({device: await newDevice()});
  const stop = new AbortController();
  let rivals: Promise<unknown> | undefined;
  const lost = await askForFree(network, asker, {onEvent: (event) => {
    const mine = nodes.find(({jobs}) => jobs.running > 0);
    if (event.type !== 'text' || rivals || !mine) return;
    rivals = network.ask(rival, {text: 'me too', priceCap: 10n ** 12n, signal: stop.signal}, (heard) => {
      if (heard.type === 'bound') mine.link.close();
    });
  }});
  stop.abort();
  await rivals;
  assert.equal(codeOf(lost.error), 'node-lost');
  assert.ok(lost.answer.length > 0);
});

test('a deposit comes first: with a purse nothing is given for free', async () => {
  const {bank, network, clock, join} = await trialStage(setImmediate);
  await join();
  const purse = await bank.deposit(10n ** 9n);
  const asker = new Client({clock, connect: async () => network.connect(), purse: async () => purse, trial: await newDevice(), random: Math.random});
  const {events, error} = await askPaid(network, asker);
  await clock.advance(5000);
  assert.equal(error, undefined);
  assert.equal(bank.ledger.channels.get(purse.channel)?.charged, costOf(events));
  assert.equal(bank.ledger.days.size, 0);
});

test('a question that may cost nothing asks for no trial; nor does a client without a device, or at a relay that gives none', async () => {
  const {bank, network, clock, join, client} = await trialStage(setImmediate);
  await join();
  const heard: number[] = [];
  const device = await newDevice();
  const thrifty = client({device, onTrial: (left) => heard.push(left)});
  assert.equal(codeOf((await askForFree(network, thrifty, {priceCap: 0n})).error), 'no-node');
  const old = new Client({clock, connect: async () => network.connect(), random: Math.random});
  assert.equal(codeOf((await askForFree(network, old)).error), 'unfunded');
  const {network: stingy, join: joinStingy, client: clientOf} = await trialStage(setImmediate, {bank: await MemoryBank.open()});
  await joinStingy();
  assert.equal(codeOf((await askForFree(stingy, clientOf({device, onTrial: (left) => heard.push(left)}))).error), 'unfunded');
  assert.deepEqual(heard, []);
  assert.equal(bank.ledger.days.size, 0);
});
