/** Which computer is asked again: the one that answered this conversation before, while it is there. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import type {JobInput} from '#protocol/job.ts';
import {Companions} from './companions.ts';

const model = 'ab'.repeat(32) as ModelHash;
const node = 'cd'.repeat(32) as NodeId;
const chat = (...said: readonly string[]): JobInput => ({task: 'chat', messages: said.map((content, index) => ({role: index % 2 === 0 ? 'user' : 'assistant', content}))});

test('a conversation that goes on is known by how it began; one that begins, another model and another beginning are not', () => {
  const companions = new Companions();
  companions.note({model, job: chat('hello')}, node);
  assert.equal(companions.of({model, job: chat('hello', 'good day', 'and now?')}), node);
  assert.equal(companions.of({model, job: chat('hello')}), undefined, 'the same words may be said by many');
  assert.equal(companions.of({model, job: chat('hallo', 'good day', 'and now?')}), undefined);
  assert.equal(companions.of({model: '00'.repeat(32) as ModelHash, job: chat('hello', 'good day', 'and now?')}), undefined);
  const instructed: JobInput = {task: 'chat', messages: [{role: 'system', content: 'be brief'}, {role: 'user', content: 'hello'}, {role: 'assistant', content: 'good day'}, {role: 'user', content: 'x'}]};
  assert.equal(companions.of({model, job: instructed}), undefined, 'other instructions make another conversation');
});

test('the newest answer counts, and the oldest conversations are forgotten', () => {
  const companions = new Companions();
  const other = 'ee'.repeat(32) as NodeId;
  companions.note({model, job: chat('hello')}, node);
  companions.note({model, job: chat('hello', 'a', 'b')}, other);
  assert.equal(companions.of({model, job: chat('hello', 'a', 'b', 'c')}), other);
  for (let index = 0; index < 256; index += 1) companions.note({model, job: chat(`question ${index}`)}, node);
  assert.equal(companions.of({model, job: chat('hello', 'a', 'b', 'c')}), undefined);
});
