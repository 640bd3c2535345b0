/** What the details of an answer claim. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {modelHash, nodeId} from '#protocol/ids.ts';
import type {Provenance, Turn} from '../state/views.ts';
import {factsOf, reportOf} from './answer-report.ts';

const provenance: Provenance = {
  model: 'Cocoon tiny', modelHash: modelHash('ab'.repeat(32)), nodes: [nodeId('cd'.repeat(32))], level: 'network', route: 'relayed',
  firstTokenMs: 200, milliseconds: 1200, tokens: 11, price: 0n, receipt: 'valid',
};
const turn = (fields: Partial<Turn>): Turn => ({id: '1', role: 'assistant', text: 'secret words', status: 'done', at: 0, ...fields});
const fact = (of: Turn, term: string): string | undefined => factsOf(of).find((entry) => entry.term === term)?.text;

test('a free answer says free, and who could read it', () => {
  assert.equal(fact(turn({provenance}), 'Price'), 'free');
  assert.match(fact(turn({provenance}), 'Who could read it') ?? '', /owner of the one computer/);
});

test('each level and number of computers has its own readers', () => {
  const nodes = [nodeId('cd'.repeat(32)), nodeId('ef'.repeat(32))];
  assert.match(fact(turn({provenance: {...provenance, nodes}}), 'Who could read it') ?? '', /2 computers/);
  assert.match(fact(turn({provenance: {...provenance, level: 'mine'}}), 'Who could read it') ?? '', /paired device/);
  assert.match(fact(turn({provenance: {...provenance, nodes: []}}), 'Who could read it') ?? '', /did not reach/);
  assert.equal(fact(turn({provenance: {...provenance, nodes}}), 'Computers, in order'), 'cdcdcdcd → efefefef');
});

test('an error code is a fact of the details', () => {
  assert.equal(fact(turn({status: 'failed', error: 'node-lost'}), 'Error code'), 'node-lost');
  assert.deepEqual(factsOf(turn({})), []);
});

test('a report has whole keys and no words of the conversation', () => {
  const report = reportOf(turn({provenance}));
  assert.ok(report.includes('cd'.repeat(32)));
  assert.ok(!report.includes('secret'));
});

test('who paid is said, and of a cut answer that its price is not known', () => {
  const paid = (fields: Partial<Provenance>) => fact(turn({provenance: {...provenance, ...fields}}), 'Price');
  assert.equal(paid({price: 2_000_000_000n, payment: 'channel'}), '2 TON, from your deposit');
  assert.equal(paid({price: 2_000_000_000n, payment: 'trial'}), '2 TON, by the relay, as a free answer');
  assert.match(paid({payment: 'channel', receipt: 'none'}) ?? '', /^Not known/);
  assert.equal(paid({payment: 'channel'}), 'free');
});

test('an imported receipt is not said to be checked here', () => {
  assert.match(fact(turn({provenance: {...provenance, receipt: 'imported'}}), 'Receipt') ?? '', /not checked here/);
});
