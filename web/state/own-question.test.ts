/** The question to one's own computer: asked of it alone, for nothing, and done only with a receipt. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {NetworkError} from '#protocol/errors.ts';
import type {NodeId} from '#protocol/ids.ts';
import {hashOfModel, parseCatalogue, tasksOf} from '#protocol/models.ts';
import type {NodeRecord} from '#protocol/node-record.ts';
import {freeOfCharge} from '#protocol/price.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import type {AskRequest} from './chat.ts';
import {createOwnQuestion} from './own-question.ts';

const catalogue = parseCatalogue(JSON.parse(readFileSync(new URL('../../public/models.json', import.meta.url), 'utf8')));
const entry = catalogue.find((each) => each.demo && tasksOf(each).includes('chat'));
assert.ok(entry);
const model = hashOfModel(entry);
const node = 'aa'.repeat(32) as NodeId;
const record = (fields: object = {}): NodeRecord => ({node, models: [{model, name: 'x', speeds: [], contextTokens: 512, prices: freeOfCharge, ...fields}]}) as unknown as NodeRecord;
const done = {type: 'done', receipt: {}} as unknown as AskEvent;

function stage({records = [record()], events = [{type: 'text', text: '1 2 3', tokens: 3}, done] as AskEvent[], failure = undefined as unknown} = {}) {
  const requests: AskRequest[] = [];
  let at = 0;
  const question = createOwnQuestion({
    async *ask(request) {
      requests.push(request);
      yield* events;
      if (failure !== undefined) throw failure;
    },
    directory: async () => records,
    node,
    catalogue,
    now: () => (at += 900),
  });
  return {question, requests};
}

test('it goes to this computer alone, costs nothing, and is done with its receipt', async () => {
  const {question, requests} = stage({records: [{...record(), node: 'bb'.repeat(32) as NodeId}, record()]});
  await question.ask();
  assert.deepEqual(question.view.get(), {is: 'done', milliseconds: 900, text: '1 2 3'});
  const [request] = requests;
  assert.deepEqual([request?.only, request?.priceCap, request?.model, request?.level], [new Set([node]), 0n, model, 'network']);
});

test('without a receipt, a record, a free price or a model that writes it has failed, and may be tried again', async () => {
  const codeFor = async (options: Parameters<typeof stage>[0]) => {
    const {question} = stage(options);
    await question.ask();
    const view = question.view.get();
    return view.is === 'failed' ? view.code : view.is;
  };
  assert.equal(await codeFor({events: [{type: 'text', text: '1', tokens: 1}]}), 'bad-receipt');
  assert.equal(await codeFor({records: []}), 'no-node');
  assert.equal(await codeFor({records: [record({prices: {...freeOfCharge, completion: 1n}})]}), 'no-node');
  assert.equal(await codeFor({records: [record({model: 'ee'.repeat(32)})].map((each) => ({...each, models: []}))}), 'no-node');
  assert.equal(await codeFor({events: [], failure: new NetworkError('busy')}), 'busy');
});
