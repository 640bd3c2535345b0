/** Settings are kept, survive nonsense in the store, and pairing takes only another device's code. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {DeviceId, NodeId} from '#protocol/ids.ts';
import {writePairingCode} from '#protocol/pairing.ts';
import {createSettings, type SettingsOptions} from './settings.ts';
import type {PairedDevice} from './views.ts';

const own = {node: '11'.repeat(32) as NodeId, device: '22'.repeat(32) as DeviceId};
const other = {node: '33'.repeat(32) as NodeId, device: '44'.repeat(32) as DeviceId};

function stage(choices: unknown = undefined, options: Partial<SettingsOptions> = {}) {
  const kept = {choices, paired: new Map<string, PairedDevice>(), erased: 0};
  const told: string[][] = [];
  const spoken: string[] = [];
  const settings = createSettings({
    kept: {
      setting: async () => kept.choices,
      putSetting: async (_key, value) => void (kept.choices = value),
      all: async () => [...kept.paired.values()],
      put: async (_store, value) => void kept.paired.set(value.id, value),
      remove: async (_store, id) => void kept.paired.delete(id),
      erase: async () => void (kept.erased += 1),
    },
    ...own,
    version: '1',
    keys: 'non-extractable',
    now: () => 5,
    storageUsed: async () => 42,
    onLanguage: async (language) => void spoken.push(language),
    onPaired: (devices) => told.push(devices.map(({device}) => device)),
    onErased: () => told.push(['erased']),
    ...options,
  });
  return {settings, kept, told, spoken};
}

test('what was chosen is kept; what makes no sense in the store falls back, field by field', async () => {
  const {settings, kept} = stage();
  const {view, change} = await settings;
  assert.deepEqual([view.get().theme, view.get().delivery, view.get().enterSends], ['auto', 'stream', true]);
  await change({theme: 'dark', delivery: 'quiet'});
  assert.deepEqual(kept.choices, {theme: 'dark', delivery: 'quiet', enterSends: true, sensitive: false, shortcuts: true, announce: 'answers', language: 'auto'});
  const again = await stage(kept.choices).settings;
  assert.deepEqual([again.view.get().theme, again.view.get().delivery], ['dark', 'quiet']);
  for (const nonsense of [null, 7, 'x', [], {theme: 'pink', delivery: 3, enterSends: 'yes'}]) {
    const {view: fallen} = await stage(nonsense).settings;
    assert.deepEqual([fallen.get().theme, fallen.get().delivery, fallen.get().enterSends], ['auto', 'stream', true]);
  }
  await change({shortcuts: false, announce: 'sentences'});
  const quieter = await stage(kept.choices).settings;
  assert.deepEqual([quieter.view.get().shortcuts, quieter.view.get().announce], [false, 'sentences']);
  const loud = await stage({shortcuts: 'no', announce: 'loud'}).settings;
  assert.deepEqual([loud.view.get().shortcuts, loud.view.get().announce], [true, 'answers']);
  const half = await stage({theme: 'light', delivery: 'loud'}).settings;
  assert.deepEqual([half.view.get().theme, half.view.get().delivery], ['light', 'stream']);
});

test('pairing: another device once, named, told to the node; unpairing takes it back', async () => {
  const {settings, kept, told} = stage();
  const {view, pair, unpair} = await settings;
  await pair(writePairingCode(other), '  desk  ');
  await pair(writePairingCode(other), '');
  assert.deepEqual(view.get().paired.map(({name, device}) => [name, device]), [['', other.device]]);
  assert.equal(kept.paired.size, 1);
  await unpair(other.node);
  assert.deepEqual([view.get().paired, kept.paired.size], [[], 0]);
  assert.deepEqual(told, [[other.device], [other.device], []]);
});

test('pairing: a code of this very device, or no code at all, is refused and changes nothing', async () => {
  const {settings, told} = stage();
  const {view, pair} = await settings;
  await assert.rejects(pair(view.get().pairingCode, 'me'), {code: 'bad-message'});
  for (const code of ['', 'hello', `${writePairingCode(other)}0`, writePairingCode(other).slice(1)]) await assert.rejects(pair(code, 'x'), {code: 'bad-message'}, code);
  assert.deepEqual([view.get().paired, told], [[], []]);
});

test('a browser that does not say how much is stored, and erasing', async () => {
  const {settings, kept, told} = stage(undefined, {storageUsed: async () => Promise.reject(new Error('not here'))});
  const {view, eraseAll} = await settings;
  await eraseAll();
  assert.deepEqual([view.get().storageUsedBytes, kept.erased, told], [undefined, 1, [['erased']]]);
});

test('paired devices: renamed, noted once a minute by either key, and never put back once they are removed', async () => {
  let now = 1000;
  const {settings, kept, told} = stage(undefined, {now: () => now});
  const {view, addPaired, rename, notePairedUse, unpair} = await settings;
  await addPaired(other, 'phone');
  await rename(other.node, '  Old phone ');
  await notePairedUse(other.device);
  now += 30_000;
  await notePairedUse(other.node);
  assert.deepEqual(view.get().paired.map(({name, lastUsed}) => [name, lastUsed]), [['Old phone', 1000]]);
  now += 30_000;
  await notePairedUse(other.node);
  assert.equal(view.get().paired[0]?.lastUsed, 61_000);
  assert.deepEqual([...kept.paired.values()], view.get().paired);
  const removing = unpair(other.node);
  await notePairedUse(other.node);
  await rename(other.node, 'again');
  await removing;
  assert.deepEqual([view.get().paired, kept.paired.size], [[], 0]);
  assert.deepEqual(told, [[other.device], []], 'names and times are no news for a node');
  await assert.rejects(addPaired(own, 'me'), {code: 'bad-message'});
});

test('paired devices: what another tab did is read again and told to the node; nonsense in the store is left out', async () => {
  const {settings, kept, told} = stage();
  const {view, readPairedAgain} = await settings;
  const right = {id: other.node, ...other, name: 'phone', since: 3};
  const wrong: unknown[] = [null, 7, {}, {...right, id: 'x'}, {...right, node: 'zz', id: 'zz'}, {...right, device: other.device.slice(1)}, {...right, since: Number.NaN}, {...right, name: 5}];
  for (const [index, each] of wrong.entries()) kept.paired.set(`wrong ${index}`, each as PairedDevice);
  kept.paired.set(right.id, {...right, lastUsed: -1});
  await readPairedAgain();
  assert.deepEqual(view.get().paired, [right]);
  assert.deepEqual(told, [[other.device]]);
});

test('a language is spoken before it is shown and kept; what was kept is spoken at the start', async () => {
  const {settings, kept, spoken} = stage();
  const {view, change} = await settings;
  await change({language: 'ru'});
  await change({theme: 'dark'});
  assert.deepEqual([view.get().language, (kept.choices as {language: string}).language], ['ru', 'ru']);
  assert.deepEqual(spoken, ['auto', 'ru']);
  const again = stage(kept.choices);
  assert.equal((await again.settings).view.get().language, 'ru');
  assert.deepEqual(again.spoken, ['ru']);
});

test('a language whose texts do not come changes nothing', async () => {
  const {settings, kept} = stage({language: 'es'}, {onLanguage: async (language) => (language === 'ru' ? Promise.reject(new Error('no chunk')) : undefined)});
  const {view, change} = await settings;
  await assert.rejects(change({language: 'ru'}), /no chunk/);
  assert.deepEqual([view.get().language, (kept.choices as {language: string}).language], ['es', 'es']);
});
