/** Several completions of one request. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {eventsOf, FaceStage} from '../testing/face-stage.ts';

interface Completion {
  readonly choices: readonly {readonly index: number; readonly text: string}[];
  readonly usage: {readonly completion_tokens: number; readonly bombyx: {readonly answers: readonly object[]}};
}

async function stage(): Promise<FaceStage> {
  const face = new FaceStage();
  await face.node(fakeEngine({clock: face.clock, concurrency: 4, answer: ({messages, seed}) => `to ${messages[0]?.content} seed ${seed}`}));
  return face;
}

test('several prompts, and several answers to each, in order', async () => {
  const face = await stage();
  const {choices, usage} = (await face.post('completions', {model: 'parrot', prompt: ['one', 'two'], n: 2, seed: 5, max_tokens: 50})).json<Completion>();
  assert.deepEqual(choices.map(({index, text}) => `${index} ${text}`), ['0 to one seed 5', '1 to one seed 6', '2 to two seed 5', '3 to two seed 6']);
  assert.equal(usage.completion_tokens, 16);
  assert.equal(usage.bombyx.answers.length, 4);
});

test('several at once as they come: each piece names its choice, the end is told', async () => {
  const answer = await (await stage()).post('completions', {model: 'parrot', prompt: ['one', 'two'], stream: true});
  const texts = ['', ''];
  for (const {choices: [choice]} of eventsOf<Completion>(answer)) if (choice) texts[choice.index] += choice.text;
  assert.deepEqual(texts, ['to one seed undefined', 'to two seed undefined']);
  assert.ok(answer.text.endsWith('data: [DONE]\n\n'));
});
