/** Drafts come back after a reload, within bounds; those of temporary conversations are written nowhere. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {createDrafts, type DraftOf, maxDraftLength, maxDrafts, readDrafts} from './drafts.ts';

/** A store that two tabs share. */
function shelf(saved?: unknown) {
  const kept = {drafts: saved};
  return {kept, store: {setting: async () => kept.drafts, putSetting: async (_key: string, value: unknown) => void (kept.drafts = structuredClone(value))}};
}
const asked = (id: string): DraftOf => ({id, turns: [{}]});
const empty = (id: string): DraftOf => ({id, turns: []});
const settle = async () => {
  for (let step = 0; step < 5; step += 1) await setImmediate();
};

test('a draft comes back after a reload, also that of a conversation which has no question yet', async () => {
  const {store} = shelf();
  const drafts = await createDrafts(store);
  drafts.put(asked('a'), 'half a que');
  drafts.put(empty('today'), 'a new one');
  await settle();
  const reloaded = await createDrafts(store);
  assert.deepEqual([reloaded.of(asked('a')), reloaded.of(empty('tomorrow')), reloaded.of(asked('b')), reloaded.wouldLose()], ['half a que', 'a new one', '', false]);
  reloaded.put(asked('a'), '');
  reloaded.drop('b');
  await settle();
  assert.equal((await createDrafts(store)).of(asked('a')), '');
});

test('two tabs keep each other’s drafts', async () => {
  const {store} = shelf();
  const [one, two] = [await createDrafts(store), await createDrafts(store)];
  one.put(asked('a'), 'by one');
  await settle();
  two.put(asked('b'), 'by two');
  await settle();
  const later = await createDrafts(store);
  assert.deepEqual([later.of(asked('a')), later.of(asked('b'))], ['by one', 'by two']);
});

test('a temporary conversation’s draft is written nowhere, and is what a reload would lose', async () => {
  const {kept, store} = shelf();
  const drafts = await createDrafts(store);
  const temporary: DraftOf = {id: 't', turns: [], temporary: true};
  drafts.put(temporary, 'secret');
  await settle();
  assert.deepEqual([drafts.of(temporary), drafts.of(empty('x')), kept.drafts, drafts.wouldLose()], ['secret', '', undefined, true]);
  drafts.drop('t');
  assert.deepEqual([drafts.of(temporary), drafts.wouldLose()], ['', false]);
});

test('bounds: the newest stay, a very long one stays only while the page is open, nonsense is nothing', async () => {
  const {kept, store} = shelf();
  const drafts = await createDrafts(store);
  for (let index = 0; index < maxDrafts + 5; index += 1) drafts.put(asked(`c${index}`), `text ${index}`);
  drafts.put(asked('long'), 'x'.repeat(maxDraftLength + 1));
  await settle();
  assert.deepEqual([drafts.of(asked('long')).length, drafts.wouldLose()], [maxDraftLength + 1, true]);
  const stored = readDrafts(kept.drafts);
  assert.deepEqual([stored.size, stored.has('c4'), stored.get('c24'), stored.has('long')], [maxDrafts, false, 'text 24', false]);
  for (const nonsense of [undefined, 7, {}, [1], [['a']], [['a', 7]], [['a', 'x'.repeat(maxDraftLength + 1)]]]) assert.equal(readDrafts(nonsense).size, 0);
});

test('a store that fails costs the draft, not the page', async () => {
  const drafts = await createDrafts({setting: async () => Promise.reject(new Error('closed')), putSetting: async () => Promise.reject(new Error('full'))});
  drafts.put(asked('a'), 'text');
  await settle();
  assert.equal(drafts.of(asked('a')), 'text');
});
