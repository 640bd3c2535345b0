/** Demand in words, the going rate of other computers, and a price that is far above it. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import type {NodeId} from '#protocol/ids.ts';
import {hashOfModel, parseCatalogue} from '#protocol/models.ts';
import type {NodeRecord} from '#protocol/node-record.ts';
import {freeOfCharge} from '#protocol/price.ts';
import {familyOf} from './choices.ts';
import {demandOf, type GoingRate, isFarAbove, ratesOf} from './market.ts';

const catalogue = parseCatalogue(JSON.parse(readFileSync(new URL('../../public/models.json', import.meta.url), 'utf8')));
const [entry] = catalogue;
assert.ok(entry);
const family = familyOf(entry);
const families = new Map(catalogue.map((each) => [hashOfModel(each), familyOf(each)]));
const own = 'aa'.repeat(32) as NodeId;
const model = hashOfModel(entry);

function record(node: string, {prompt = 0n, completion = 0n, of = model}: {prompt?: bigint; completion?: bigint; of?: string} = {}): NodeRecord {
  const offered = {model: of as typeof model, name: 'x', speeds: [], contextTokens: 512, prices: {...freeOfCharge, prompt, completion}};
  return {node: node.repeat(32) as NodeId, models: [offered]} as unknown as NodeRecord;
}

test('demandOf(): jobs for each computer, and waits, make a tier', () => {
  const tier = (asked: number, nodes: number, waitMs?: number) => demandOf([{asked, nodes, idle: 0, waitMs}]).tier;
  assert.deepEqual([tier(0, 4), tier(5, 4), tier(20, 4), tier(120, 4), tier(5, 0)], ['none', 'low', 'moderate', 'high', 'moderate']);
  assert.equal(tier(5, 4, 3000), 'high', 'people wait');
  assert.equal(tier(0, 4, 9000), 'none', 'nobody does now');
  assert.deepEqual(demandOf([{asked: 5, nodes: 1, idle: 1, waitMs: undefined}, {asked: 10, nodes: 2, idle: 0, waitMs: undefined}]), {tier: 'moderate', asked: 15, nodes: 3, idle: 1});
  assert.deepEqual(demandOf([]), {tier: 'none', asked: 0, nodes: 0, idle: 0});
});

test('ratesOf(): median and range of the others, by class; free ones, this computer and unknown models are not in it', () => {
  const records = [record('01', {completion: 10n, prompt: 1n}), record('02', {completion: 40n, prompt: 2n}), record('03', {completion: 20n}), record('04'), record('aa', {completion: 999n}), record('05', {completion: 7n, of: 'ee'.repeat(32)})];
  assert.deepEqual(ratesOf(records, {families, own}), {[family]: {paid: 3, free: 1, prompt: {lowest: 0n, median: 1n, highest: 2n}, completion: {lowest: 10n, median: 20n, highest: 40n}}});
  assert.deepEqual(ratesOf([record('04')], {families, own}), {[family]: {paid: 0, free: 1, prompt: undefined, completion: undefined}});
  assert.deepEqual(ratesOf([], {families, own}), {});
});

test('isFarAbove(): twice the median of either class, or a price where all others are free', () => {
  const span = (median: bigint) => ({lowest: 0n, median, highest: median * 9n});
  const rate: GoingRate = {paid: 3, free: 0, prompt: span(10n), completion: span(20n)};
  assert.deepEqual([isFarAbove({prompt: 19n, completion: 39n}, rate), isFarAbove({prompt: 20n, completion: 1n}, rate), isFarAbove({prompt: 0n, completion: 40n}, rate)], [false, true, true]);
  const free: GoingRate = {paid: 0, free: 2, prompt: undefined, completion: undefined};
  assert.deepEqual([isFarAbove({prompt: 0n, completion: 1n}, free), isFarAbove({prompt: 0n, completion: 0n}, free), isFarAbove({prompt: 1n, completion: 1n}, {...free, free: 0})], [true, false, false]);
});
