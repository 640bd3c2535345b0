/** Whom a relay keeps out: who goes wrong again and again, for a while that grows, and nobody else. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {randomBytes} from '../bytes.ts';
import {decodeMessage, encodeMessage} from '../codec.ts';
import {codeOf} from '../errors.ts';
import {createSecret, identityOf} from '../identity.ts';
import type {NodeId} from '../ids.ts';
import {Bans} from '../roles/relay-bans.ts';
import {spokenVersion} from '../version.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {TestNetwork} from './network.ts';

const minute = 60_000;
const flood = (now: number) => ({code: 'flood', now}) as const;

test('Bans: five offences within ten minutes; others, and older ones, do not count', () => {
  const bans = new Bans();
  for (let at = 0; at < 4; at += 1) assert.equal(bans.note('a', flood(at)), undefined);
  assert.equal(bans.note('a', {code: 'link-closed', now: 5}), undefined);
  assert.equal(bans.note('a', {code: 'slow-consumer', now: 5}), undefined);
  assert.equal(bans.note('b', flood(6)), undefined, 'somebody else');
  assert.equal(bans.note('a', flood(11 * minute)), undefined, 'the first four are forgotten');
  for (let at = 1; at < 4; at += 1) bans.note('a', flood(11 * minute + at));
  const ban = bans.note('a', {code: 'bad-message', now: 11 * minute + 4});
  assert.deepEqual(ban, {until: 16 * minute + 4, code: 'bad-message'});
  assert.deepEqual([bans.find('a', 12 * minute), bans.find('a', 16 * minute + 4), bans.find('b', 12 * minute)], [ban, undefined, undefined]);
});

test('Bans: each lasts twice as long as the one before, a day at most; a day of good manners after one starts anew', () => {
  const bans = new Bans();
  let now = 0;
  const next = (): number => {
    for (let count = 0; count < 4; count += 1) bans.note('a', flood(now));
    const ban = bans.note('a', flood(now));
    assert.ok(ban);
    const ms = ban.until - now;
    now = ban.until;
    return ms / minute;
  };
  assert.deepEqual(Array.from({length: 4}, next), [5, 10, 20, 40]);
  assert.deepEqual(Array.from({length: 8}, next).slice(-2), [1440, 1440]);
  now += 25 * 60 * minute;
  assert.equal(next(), 5);
});

test('Bans: memory is bounded; what the operator names stands beside it, and is replaced as a whole', () => {
  const bans = new Bans();
  for (let index = 0; index < 10_100; index += 1) for (let count = 0; count < 5; count += 1) bans.note(`${index}`, flood(1));
  assert.equal(bans.count(2), 10_000);
  assert.equal(bans.find('0', 2), undefined, 'the oldest are forgotten');
  bans.name(new Map([['x', {until: 100, code: 'refused'}]]));
  assert.deepEqual(bans.find('x', 99), {until: 100, code: 'refused'});
  assert.equal(bans.find('x', 100), undefined);
  bans.name(new Map());
  assert.equal(bans.find('x', 50), undefined);
});

function start() {
  const clock = new ManualClock(() => setImmediate());
  const bans = new Bans();
  const told: string[] = [];
  return {clock, bans, told, network: new TestNetwork(clock, {bans, onBan: ({code}) => told.push(code)})};
}

/** Says something that is no message, over and over, on links of its own. */
async function misbehave(network: TestNetwork, prefix: string): Promise<void> {
  for (let count = 0; count < 5; count += 1) {
    const link = network.connect(undefined, prefix);
    // The right version, and no such kind.
    link.send(Uint8Array.of(1, 0xee, ...randomBytes(20)));
    await network.clock.settle();
  }
}

test('an address that went wrong too often hears until when it is kept out, and may come again then; others notice nothing', async () => {
  const {clock, network, told} = start();
  await network.node(fakeEngine({clock, answer: () => 'short'}));
  await misbehave(network, '203.0.113.7');
  assert.equal(told.length, 1);
  const link = network.connect(undefined, '203.0.113.7');
  const heard: string[] = [];
  for await (const frame of link.frames) heard.push(decodeMessage(frame).kind);
  assert.deepEqual(heard, ['banned', 'failed']);
  assert.equal((await network.ask(network.client(), {text: 'x'})).answer, 'short');
  await clock.advance(5 * minute + 1000);
  const again = network.connect(undefined, '203.0.113.7');
  again.send(encodeMessage('hello', {role: 'client', agent: '', version: spokenVersion}));
  await clock.settle();
  const {value: first} = await again.frames[Symbol.asyncIterator]().next();
  assert.ok(first instanceof Uint8Array);
  assert.equal(decodeMessage(first).kind, 'welcome');
});

test('links whose address nobody knows are never kept out', async () => {
  const {clock, network, told} = start();
  await network.node(fakeEngine({clock, answer: () => 'short'}));
  for (let count = 0; count < 3; count += 1) await misbehave(network, 'unknown');
  assert.deepEqual(told, []);
  assert.equal((await network.ask(network.client(), {text: 'x'})).answer, 'short');
});

test('a node that the operator names is not admitted, whatever its address, and says why', async () => {
  const {clock, network, bans} = start();
  const identity = await identityOf<NodeId>(await createSecret());
  bans.name(new Map([[identity.id, {until: clock.now() + minute, code: 'refused'}]]));
  const refused: unknown = await network.node(fakeEngine({clock, answer: () => ''}), {identity}).catch((error: unknown) => error);
  assert.equal(codeOf(refused), 'banned');
  assert.equal(network.hub.census().nodes, 0);
  await clock.advance(2 * minute);
  await network.node(fakeEngine({clock, answer: () => ''}), {identity});
  assert.equal(network.hub.census().nodes, 1);
});

test('Bans: what the operator orders stands until its end, beside the others; lifted, it ends with what a rule brought, and not with what the file says', () => {
  const bans = new Bans();
  const refused = {until: 10 * minute, code: 'refused', reason: 'sells tea'} as const;
  assert.equal(bans.order('a', refused, 0), true);
  assert.deepEqual([bans.find('a', minute), bans.find('a', 10 * minute)], [refused, undefined]);
  for (let count = 0; count < 5; count += 1) bans.note('a', flood(0));
  bans.name(new Map([['b', {until: 10 * minute, code: 'refused'}]]));
  assert.deepEqual(bans.list(minute).map(({key, by}) => [key, by]), [['a', 'operator'], ['b', 'file'], ['a', 'rule']]);
  assert.equal(bans.count(minute), 3);
  assert.equal(bans.lift('a', minute), true);
  assert.deepEqual([bans.find('a', minute), bans.lift('a', minute)], [undefined, false]);
  assert.equal(bans.lift('b', minute), false);
  assert.ok(bans.find('b', minute));
});

test('Bans: the operator orders a thousand at most; those whose time is over make room', () => {
  const bans = new Bans();
  for (let count = 0; count < 1000; count += 1) assert.equal(bans.order(`${count}`, {until: minute, code: 'refused'}, 0), true);
  assert.equal(bans.order('one more', {until: minute, code: 'refused'}, 0), false);
  assert.equal(bans.order('7', {until: 2 * minute, code: 'refused'}, 0), true, 'one that is named already');
  assert.equal(bans.order('one more', {until: 3 * minute, code: 'refused'}, minute), true);
  assert.deepEqual(bans.list(minute).map(({key}) => key), ['7', 'one more']);
});
