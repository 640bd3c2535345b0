/** What the network offers, counted and ordered for a person. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import {hashOfModel, parseCatalogue} from '#protocol/models.ts';
import type {NodeRecord} from '#protocol/node-record.ts';
import {freeOfCharge} from '#protocol/price.ts';
import {modelChoices} from './offers.ts';

const catalogue = parseCatalogue(JSON.parse(readFileSync(new URL('../../public/models.json', import.meta.url), 'utf8')));
const demo = catalogue.find((entry) => entry.demo);
const real = catalogue.find((entry) => !entry.demo);
assert.ok(demo && real);
const foreign = 'ee'.repeat(32) as ModelHash;
const record = (node: string, models: readonly ModelHash[]): NodeRecord => ({
  node: node as NodeId, issued: 0, expires: 1, engine: '', slots: 1,
  models: models.map((model) => ({model, name: 'their name', speed: 0, contextTokens: 512, prices: freeOfCharge})),
});

test('modelChoices(): one line per model, real ones first, then the most common', () => {
  const records = [record('a', [hashOfModel(demo)]), record('b', [hashOfModel(demo), foreign]), record('c', [hashOfModel(real)]), record('d', [hashOfModel(real)])];
  const choices = modelChoices(records, {catalogue, mine: new Set(['b' as NodeId])});
  assert.deepEqual(choices.map(({label, nodes, mine, demo: isDemo}) => [label, nodes, mine, isDemo]), [
    [real.label, 2, 0, false],
    ["their name (not in this app's catalogue)", 1, 1, false],
    [demo.label, 2, 1, true],
  ]);
  assert.deepEqual(modelChoices([], {catalogue, mine: new Set()}), []);
});
