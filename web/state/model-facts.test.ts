/** What the sheet about the models says is what somebody measured or published; what nobody did is not known. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {modelHash} from '#protocol/ids.ts';
import {type ModelFacts, measuredHere, modelFacts, type Sorting, sortModels, type Sources} from './model-facts.ts';
import type {Conversation, ModelChoice, Provenance, ShareChoice} from './views.ts';

const [one, two] = [modelHash('ab'.repeat(32)), modelHash('cd'.repeat(32))];
const price = (completion: bigint) => ({prompt: 1n, cached: 0n, completion, reasoning: 0n});
const choice: ModelChoice = {hash: one, label: 'One', demo: false, tasks: ['chat'], nodes: 3, mine: 1, unpayable: 2, prices: [price(9n), price(4n)], claimed: 20, known: {id: 'one-gpu', family: 'one', downloadBytes: 500, contextTokens: 2048, licence: 'MIT'}};
const foreign: ModelChoice = {hash: two, label: 'Two', demo: false, tasks: ['chat'], nodes: 1, mine: 0, unpayable: 0, prices: [], claimed: 0};
const shareable: ShareChoice = {id: 'one', label: 'One', demo: false, licence: 'MIT', downloadBytes: 500, tasks: ['chat'], obstacle: undefined, expected: undefined, gpuMemoryBytes: 900, ways: [], models: ['one-gpu']};
const sources: Sources = {
  models: [choice, foreign], level: 'network', conversations: [], shareable: [shareable],
  kept: [{model: one, id: 'one-gpu', label: 'One', bytes: 200, usedAt: 0}],
  published: [{id: 'one-gpu', label: 'One', nodes: 3, idle: 1, free: 1, price: undefined, waitMs: 1500, asked: 0}],
};
const answer = (fields: Partial<Provenance>): Provenance => ({model: 'One', modelHash: one, nodes: [], level: 'network', route: 'relayed', firstTokenMs: 500, milliseconds: 1500, tokens: 11, price: 0n, receipt: 'valid', ...fields});
const history = (...answers: readonly Provenance[]): Conversation => ({id: 'c', title: '', updated: 0, level: 'network', turns: answers.map((provenance, index) => ({id: `${index}`, role: 'assistant', text: '', status: 'done', at: 0, provenance}))});

test('what records, relay, device and catalogue say of a model', () => {
  const [known, unknown] = modelFacts(sources);
  assert.deepEqual([known?.computers, known?.free, known?.price, known?.keptBytes, known?.fit, known?.waitMs, known?.licence], [3, 1, {lowest: 4n, highest: 9n}, 200, {obstacle: undefined, gpuMemoryBytes: 900}, 1500, 'MIT']);
  assert.deepEqual([unknown?.downloadBytes, unknown?.price, unknown?.keptBytes, unknown?.fit, unknown?.waitMs, unknown?.measured], [undefined, undefined, 0, undefined, undefined, undefined]);
  assert.equal(modelFacts({...sources, level: 'mine'})[0]?.computers, 1);
});

test('only whole answers with a receipt that was checked here count as measured', () => {
  assert.equal(measuredHere([history(answer({receipt: 'imported'}), answer({receipt: 'none'}), answer({modelHash: two}))], one), undefined);
  assert.deepEqual(measuredHere([history(answer({firstTokenMs: 100, milliseconds: 1100}), answer({firstTokenMs: 900, milliseconds: 1400}), answer({firstTokenMs: 300, milliseconds: 2300}))], one), {answers: 3, firstTokenMs: 300, tokensPerSecond: 10});
  assert.equal(measuredHere([history(answer({tokens: 3}))], one)?.tokensPerSecond, undefined);
});

test('sorting puts what is not known last', () => {
  const facts = modelFacts(sources);
  const [known] = facts;
  assert.ok(known);
  const of = (label: string, fields: Partial<ModelFacts>): ModelFacts => ({...known, free: 0, label, ...fields});
  const models = [of('dear', {price: {lowest: 9n, highest: 9n}}), of('free', {free: 1, downloadBytes: undefined}), of('slow', {claimed: 1, downloadBytes: 1}), of('unpriced', {price: undefined})];
  const sorted = (by: Sorting) => sortModels(models, by).map(({label}) => label);
  assert.deepEqual(sorted('price'), ['free', 'slow', 'dear', 'unpriced']);
  assert.deepEqual(sorted('size'), ['slow', 'dear', 'unpriced', 'free']);
  assert.equal(sorted('speed').at(-1), 'slow');
  assert.deepEqual(sorted('offer'), models.map(({label}) => label));
});
