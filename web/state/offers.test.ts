/** What the network offers, counted and ordered for a person. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import {hashOfModel, parseCatalogue} from '#protocol/models.ts';
import type {NodeRecord} from '#protocol/node-record.ts';
import {freeOfCharge} from '#protocol/price.ts';
import {modelChoices, quoteOf} from './offers.ts';

const catalogue = parseCatalogue(JSON.parse(readFileSync(new URL('../../public/models.json', import.meta.url), 'utf8')));
const demo = catalogue.find((entry) => entry.demo);
const real = catalogue.find((entry) => !entry.demo);
assert.ok(demo && real);
const foreign = 'ee'.repeat(32) as ModelHash;
const record = (node: string, models: readonly ModelHash[], prices = freeOfCharge, speeds: NodeRecord['models'][number]['speeds'] = []): NodeRecord => ({
  node: node as NodeId, issued: 0, expires: 1, engine: '', slots: 1, hidden: 0,
  models: models.map((model) => ({model, name: 'their name', speeds, contextTokens: 512, prices})),
});

test('modelChoices(): one line per model, real ones first, then the most common', () => {
  const records = [record('a', [hashOfModel(demo)]), record('b', [hashOfModel(demo), foreign]), record('c', [hashOfModel(real)]), record('d', [hashOfModel(real)])];
  const choices = modelChoices(records, {catalogue, mine: new Set(['b' as NodeId]), canPay: false});
  assert.deepEqual(choices.map(({label, nodes, mine, demo: isDemo}) => [label, nodes, mine, isDemo]), [
    [real.label, 2, 0, false],
    ["their name (not in this app's catalogue)", 1, 1, false],
    [demo.label, 2, 1, true],
  ]);
  assert.deepEqual(modelChoices([], {catalogue, mine: new Set(), canPay: true}), []);
});

const asked = {prompt: 1_000_000n, cached: 0n, completion: 2_000_000n, reasoning: 0n};

test('modelChoices(): who has nothing to pay with can ask only the free ones, and is told of the others', () => {
  const records = [record('a', [hashOfModel(demo)]), record('b', [hashOfModel(demo)], asked)];
  const [poor] = modelChoices(records, {catalogue, mine: new Set(), canPay: false});
  assert.deepEqual([poor?.nodes, poor?.unpayable, poor?.prices], [1, 1, []]);
  const [rich] = modelChoices(records, {catalogue, mine: new Set(), canPay: true});
  assert.deepEqual([rich?.nodes, rich?.unpayable, rich?.prices], [2, 0, [asked]]);
});

test('modelChoices(): how fast one answer may come, by the account of the fastest that can be asked', () => {
  const at = (decode: number) => [{jobs: 1, prefill: 1, decode}, {jobs: 4, prefill: 1, decode: decode * 3}];
  const records = [record('a', [hashOfModel(demo)], freeOfCharge, at(120)), record('b', [hashOfModel(demo)], asked, at(900)), record('c', [hashOfModel(demo)])];
  const claimed = (canPay: boolean) => modelChoices(records, {catalogue, mine: new Set(), canPay})[0]?.claimed;
  assert.deepEqual([claimed(false), claimed(true)], [12, 90]);
  assert.equal(modelChoices([record('c', [hashOfModel(demo)])], {catalogue, mine: new Set(), canPay: true})[0]?.claimed, 0);
});

test('quoteOf(): the dearest offer of those within the cap, for the size class of the whole conversation', () => {
  const dear = {...asked, completion: 500_000_000n};
  const quote = (parts: readonly string[], prices = [asked, dear], cap = 100_000n) => quoteOf({prices}, {parts, maxTokens: 1000, cap});
  assert.equal(quote(['hi']), 1024n + 2000n);
  assert.equal(quote(['hi'], [asked, dear], 10n ** 9n), 1024n + 500_000n);
  assert.equal(quote(['x'.repeat(2000)]), 4096n + 2000n);
  assert.equal(quote(['hi'], []), 0n, 'free');
  assert.equal(quote(['hi'], [dear]), 0n, 'all above the cap: only free ones are left');
});
