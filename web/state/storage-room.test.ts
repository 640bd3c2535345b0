/** What the storage screen knows, in browsers that say all, little or nothing. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createStorageRoom} from './storage-room.ts';

test('a browser that says all: room, and whether it keeps it; it may be asked to', async () => {
  let kept = false;
  const room = createStorageRoom({estimate: async () => ({usage: 3, quota: 10}), persisted: async () => kept, persist: async () => (kept = true)});
  await room.look();
  assert.deepEqual(room.view.get(), {room: {usedBytes: 3, quotaBytes: 10}, kept: false, refused: false});
  await room.keep();
  assert.deepEqual([room.view.get().kept, room.view.get().refused], [true, false]);
});

test('a browser that refuses, or fails, or says nothing', async () => {
  const refuses = createStorageRoom({estimate: async () => ({usage: 3}), persisted: async () => false, persist: async () => false});
  await refuses.keep();
  assert.deepEqual(refuses.view.get(), {room: undefined, kept: false, refused: true});
  const fails = async () => {
    throw new Error('no');
  };
  const broken = createStorageRoom({estimate: fails, persisted: fails, persist: fails});
  await broken.keep();
  assert.deepEqual(broken.view.get(), {room: undefined, kept: undefined, refused: true});
  const silent = createStorageRoom({});
  await silent.look();
  assert.deepEqual(silent.view.get(), {room: undefined, kept: undefined, refused: false});
});
