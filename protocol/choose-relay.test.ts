/** Which relay a question goes to: by the conversation, waits, failures, price and company, and of equals by the person's order. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {afterBusy, afterFailure, afterSuccess, afterWait, freshHealth, rankRelays, type RelayHealth, type RelayStanding} from './choose-relay.ts';
import {seeded} from './testing/seeded.ts';

const now = 1_800_000_000_000;
const standing = (name: string, fields: Partial<RelayStanding> = {}) => ({name, health: freshHealth, nodes: 1, hasPreferred: false, price: 0n, ...fields});
const order = (...standings: readonly ReturnType<typeof standing>[]): string => rankRelays(standings, now).map(({name}) => name).join(' ');
const failed = (ago: number): RelayHealth => afterSuccess(afterFailure(freshHealth, {now: now - ago, random: 0}));
const waits = (waitMs: number, ago = 0): RelayHealth => afterWait(freshHealth, {now: now - ago, waitMs});

test('rankRelays(): of equals the first of the list; those without a computer are left out', () => {
  assert.equal(order(standing('own'), standing('b'), standing('c')), 'own b c');
  assert.equal(order(standing('own', {nodes: 0}), standing('b'), standing('c', {nodes: 0})), 'b');
  assert.equal(order(standing('own', {nodes: 0})), '');
});

test('rankRelays(): the computer of this conversation comes before all else', () => {
  assert.equal(order(standing('own', {nodes: 16}), standing('b', {hasPreferred: true, price: 9n, health: waits(50_000)})), 'b own');
});

test('rankRelays(): a wait that was told counts for a minute, in steps of ten seconds', () => {
  assert.equal(order(standing('own', {health: waits(12_000)}), standing('b')), 'b own');
  assert.equal(order(standing('own', {health: waits(9000)}), standing('b')), 'own b');
  assert.equal(order(standing('own', {health: waits(12_000, 60_000)}), standing('b')), 'own b');
  assert.equal(order(standing('own', {health: afterBusy(freshHealth, now)}), standing('b', {health: waits(30_000)})), 'b own');
});

test('rankRelays(): one that failed within a minute is behind one that did not', () => {
  assert.equal(order(standing('own', {health: failed(59_999)}), standing('b')), 'b own');
  assert.equal(order(standing('own', {health: failed(60_000)}), standing('b')), 'own b');
});

test('rankRelays(): the cheaper one, and then the one with many more computers', () => {
  assert.equal(order(standing('own', {price: 5n}), standing('b', {price: 4n})), 'b own');
  assert.equal(order(standing('own', {price: 5n, nodes: 1}), standing('b', {price: 6n, nodes: 16})), 'own b');
  assert.equal(order(standing('own', {nodes: 1}), standing('b', {nodes: 2})), 'b own');
  assert.equal(order(standing('own', {nodes: 2}), standing('b', {nodes: 3})), 'own b');
  assert.equal(order(standing('own', {nodes: 4}), standing('b', {nodes: 400})), 'own b');
});

test('afterFailure(): rests twice as long each time, at most a quarter of a minute, and remembers since when', () => {
  let health = freshHealth;
  const rests = Array.from({length: 8}, (_, count) => {
    health = afterFailure(health, {now: now + count, random: 1});
    return health.restsUntil - now - count;
  });
  assert.deepEqual(rests, [500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  assert.deepEqual([health.failures, health.lostAt], [8, now]);
  assert.equal(afterFailure(freshHealth, {now, random: 0}).restsUntil - now, 250);
});

test('afterSuccess(): there again, and the failure is remembered', () => {
  const health = afterSuccess(afterFailure(waits(20_000), {now, random: 0}));
  assert.deepEqual([health.failures, health.lostAt, health.restsUntil, health.failedAt, health.waitMs], [0, undefined, 0, now, 20_000]);
});

test('rankRelays(): an order of the same relays does not depend on where they stand, but for equals', () => {
  const random = seeded(11);
  const below = (most: number): number => Math.floor(random() * most);
  for (let round = 0; round < 300; round += 1) {
    const standings = Array.from({length: 5}, (_, at) => standing(String(at), {nodes: below(5), hasPreferred: below(4) === 0, price: BigInt(below(3)), health: [freshHealth, waits(below(60_000)), failed(below(120_000))][below(3)] ?? freshHealth}));
    const shuffled = standings.map((each) => ({each, key: random()})).toSorted((left, right) => left.key - right.key).map(({each}) => each);
    const keyOf = ({nodes, hasPreferred, price, health}: RelayStanding): string => [hasPreferred, now < health.waitUntil ? Math.floor(health.waitMs / 10_000) : 0, now - health.failedAt < 60_000, price, Math.min(2, Math.floor(Math.log2(nodes)))].join();
    assert.deepEqual(rankRelays(shuffled, now).map(keyOf), rankRelays(standings, now).map(keyOf));
    assert.equal(rankRelays(standings, now).length, standings.filter(({nodes}) => nodes > 0).length);
  }
});
