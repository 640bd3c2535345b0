/** What stands under an answer. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {modelHash, nodeId} from '#protocol/ids.ts';
import {lineOf, stageText} from './answer-facts.ts';

test('who waits is told the place in line, and the time where the relay could estimate it', () => {
  assert.match(stageText('waiting', {position: 3, etaMs: 41_200}), /busy.*number 3 in line, for about 42 sec/);
  assert.match(stageText('waiting', {position: 1, etaMs: 0}), /number 1 in line\.$/);
  assert.equal(stageText('finding', {position: 1, etaMs: 0}), stageText('finding', undefined));
});

test('the line is short', () => {
  assert.deepEqual(lineOf({
    model: 'Cocoon tiny', modelHash: modelHash('ab'.repeat(32)), nodes: [nodeId('cd'.repeat(32))], level: 'network', route: 'relayed',
    firstTokenMs: 200, milliseconds: 1200, tokens: 11, price: 0n, receipt: 'valid',
  }), ['Cocoon tiny', '1.2 s', '10 tokens/s']);
});
