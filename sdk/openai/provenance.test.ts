/** Usage: what receipts prove, and of an answer that was left what its computer said. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {JobHandle, ModelHash, NodeId} from '#protocol/ids.ts';
import type {Receipt} from '#protocol/receipt.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import {parrot} from '../testing/catalogue.ts';
import {Provenance} from './provenance.ts';

const receipt: Receipt = {handle: '' as JobHandle, node: '' as NodeId, model: '' as ModelHash, offer: new Uint8Array(32), counts: {prompt: 10, cached: 2, reasoning: 0, completion: 3}, price: 0n, reason: 'stop', request: new Uint8Array(32), answer: new Uint8Array(32), hour: 0};
const bound: AskEvent = {type: 'bound', node: 'aa' as NodeId, route: 'relayed'};
const prompt: AskEvent = {type: 'prompt', tokens: 6};
const text: AskEvent = {type: 'text', text: 'three words here', tokens: 3};
const lost: AskEvent = {type: 'resuming', lost: 'aa' as NodeId, code: 'node-lost', kept: true};
const done: AskEvent = {type: 'done', receipt};

function tokensOf(events: readonly (AskEvent | 'again')[]): readonly number[] {
  const provenance = new Provenance({name: 'parrot', entry: parrot, level: 'network', only: undefined});
  for (const event of events) {
    if (event === 'again') provenance.again();
    else provenance.hear(event);
  }
  const {prompt_tokens: read, completion_tokens: said, total_tokens: all} = provenance.usage;
  return [read, said, all];
}

test('of a whole answer the receipt counts, not what was said before it', () => {
  assert.deepEqual(tokensOf([bound, prompt, prompt, text, done]), [12, 3, 15]);
});

test('an answer that was left counts what its computer said, in as many parts as it said it', () => {
  assert.deepEqual(tokensOf([bound, prompt, prompt, text]), [12, 3, 15]);
});

test('what a lost computer had read is not counted beside what the next one read', () => {
  assert.deepEqual(tokensOf([bound, prompt, text, lost, bound, prompt, text, done]), [12, 6, 18]);
});

test('asked again: both count, the one that was left and the one with a receipt', () => {
  assert.deepEqual(tokensOf([bound, prompt, text, 'again', bound, prompt, text, done]), [18, 6, 24]);
});
