/** The list of kept models follows what is deleted. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ModelHash} from '#protocol/ids.ts';
import {createKeptModels} from './models.ts';

test('looks when asked, deletes, and looks again', async () => {
  const [first, second] = ['a'.repeat(64) as ModelHash, 'b'.repeat(64) as ModelHash];
  let there = [first, second].map((model) => ({model, id: 'x', label: 'X', bytes: 5, usedAt: 1}));
  const models = createKeptModels({
    list: async () => there,
    remove: async (model) => {
      there = there.filter((one) => one.model !== model);
    },
  });
  assert.deepEqual(models.view.get().kept, []);
  await models.look();
  assert.equal(models.view.get().kept.length, 2);
  await models.remove(first);
  assert.deepEqual(models.view.get().kept.map(({model}) => model), [second]);
});
