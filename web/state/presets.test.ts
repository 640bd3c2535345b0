/** Presets are kept by name, and nonsense in the store takes nothing else with it. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createPresets, maxPresets} from './presets.ts';

function shelf(saved?: unknown) {
  const kept = {presets: saved};
  return {kept, store: {setting: async () => kept.presets, putSetting: async (_key: string, value: unknown) => void (kept.presets = structuredClone(value))}};
}
const brief = {system: 'Be brief.'};
const names = async (presets: ReturnType<typeof createPresets>) => (await presets).view.get().presets.map(({name}) => name);

test('saved, renamed, deleted; the same after a reload', async () => {
  const {store} = shelf();
  const presets = await createPresets(store);
  await presets.save(' Short ', brief);
  await presets.save('Cook', {system: 'You cook.', temperature: 900});
  await presets.save('Short', {system: 'Be very brief.'});
  await presets.save('  ', brief);
  await presets.save('x'.repeat(61), brief);
  assert.deepEqual(await names(createPresets(store)), ['Cook', 'Short']);
  await presets.rename('Short', 'Brief');
  await presets.rename('Nobody', 'Somebody');
  await presets.rename('Cook', ' ');
  await presets.setStandard(brief);
  const again = await createPresets(store);
  assert.deepEqual([again.view.get().presets.map(({name, instructions}) => [name, instructions.system]), again.view.get().standard], [[['Brief', 'Be very brief.'], ['Cook', 'You cook.']], brief]);
  await again.rename('Brief', 'Cook');
  assert.deepEqual(again.view.get().presets.map(({name, instructions}) => [name, instructions.system]), [['Cook', 'Be very brief.']], 'a name is there once');
  await again.remove('Cook');
  await again.setStandard(undefined);
  assert.deepEqual((await createPresets(store)).view.get(), {presets: [], standard: undefined});
});

test('nonsense in the store falls away; there is an end to how many', async () => {
  for (const nonsense of [undefined, null, 7, [], {presets: 7}, {presets: [1, null, {name: ''}, {name: 'x', instructions: {}}]}]) assert.deepEqual(await names(createPresets(shelf(nonsense).store)), []);
  const {store} = shelf({presets: [{name: 'a', instructions: brief}, {name: 7, instructions: brief}], standard: 'x'});
  const presets = await createPresets(store);
  assert.deepEqual([presets.view.get().presets.length, presets.view.get().standard], [1, undefined]);
  for (let index = 0; index < maxPresets + 3; index += 1) await presets.save(`p${index}`, brief);
  assert.equal(presets.view.get().presets.length, maxPresets);
});
