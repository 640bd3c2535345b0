/** What stands around a download: room, metered connections, mirrors, two tabs, and the list of what is kept. */
import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import {chunkBytes} from '#protocol/models.ts';
import {downloadStage, HastyClock} from './testing/download-stage.ts';
import {type FileServer, serveFiles} from './testing/file-server.ts';
import {memoryDisk} from './testing/memory-model-store.ts';
import {randomModel} from './testing/random-model.ts';

const small = randomModel({'a.bin': chunkBytes * 2 + 99, 'b.json': 50});
const commit = '0123456789abcdef0123456789abcdef01234567';
const servers: FileServer[] = [];
const serve: typeof serveFiles = async (...args) => {
  const server = await serveFiles(...args);
  servers.push(server);
  return server;
};
after(async () => {
  for (const server of servers) await server.close();
});

test('too little room: it says how much is missing, and leaves nothing', async () => {
  const server = await serve(small.files);
  const disk = memoryDisk({size: 1000});
  const stage = downloadStage(small, server, {disk});
  await assert.rejects(stage.get(), {code: 'storage-full', message: new RegExp(`${small.bytes - 1000} are missing`)});
  assert.deepEqual([disk.files.size, await disk.store.list(), server.asked.length], [0, [], 0]);
});

test('the disk fills up in the middle: storage-full, and what was checked is kept', async () => {
  const disk = memoryDisk({size: chunkBytes + 5000, shown: Infinity});
  const stage = downloadStage(small, await serve(small.files), {disk});
  await assert.rejects(stage.get(), {code: 'storage-full'});
  assert.ok(stage.rightBytes() >= chunkBytes);
  assert.equal(disk.opened.size, 0);
});

test('what is kept already needs no room again', async () => {
  const disk = memoryDisk({size: small.bytes});
  const stage = downloadStage(small, await serve(small.files), {disk});
  await stage.get();
  await stage.get();
  assert.equal(disk.written(), small.bytes);
});

test('a metered connection: a large download asks first, a small one and an agreed one do not', async () => {
  const large = randomModel({'large.bin': 50_000_001});
  const server = await serve(large.files);
  const stage = downloadStage(large, server, {metered: true});
  await assert.rejects(stage.get(), {code: 'metered'});
  assert.equal(server.asked.length, 0);
  await stage.get({evenIfMetered: true});
  assert.equal(server.sent, large.bytes);
  await stage.get();
  await downloadStage(small, await serve(small.files), {metered: true}).get();
});

test('a pinned model comes from the mirror; where the mirror lacks it or holds other bytes, from its source', async () => {
  const source = `https://models.example/owner/noise/resolve/${commit}/`;
  const renamed = (prefix: string) => new Map([...small.files].map(([path, bytes]) => [prefix + path, bytes] as const));
  const atSource = (asked: FileServer['asked']) => asked.filter(({path}) => path.startsWith('source/')).length;
  const mirrored = await serve(renamed('mirror/noise/'));
  await downloadStage(small, mirrored, {source}).get();
  assert.deepEqual(new Set(mirrored.asked.map(({path}) => path)), new Set(['mirror/noise/a.bin', 'mirror/noise/b.json']));
  const bare = await serve(renamed('source/'));
  await downloadStage(small, bare, {source}).get();
  assert.equal(atSource(bare.asked), 2);
  const wrong = await serve(new Map([...renamed('source/'), ['mirror/noise/a.bin', new Uint8Array(chunkBytes * 2 + 99)], ['mirror/noise/b.json', new Uint8Array(50)]]));
  const stage = downloadStage(small, wrong, {source});
  await stage.get();
  assert.equal(stage.disk.written(), small.bytes);
  assert.ok(atSource(wrong.asked) >= 2);
});

test('two tabs at once: one downloads, the other waits and finds all there', async () => {
  const server = await serve(small.files);
  const disk = memoryDisk();
  const [first, second] = [downloadStage(small, server, {disk}), downloadStage(small, server, {disk})];
  await Promise.all([first.get(), second.get()]);
  assert.equal(server.sent, small.bytes);
});

test('one tab stops, the other that waited goes on where it was', async () => {
  const server = await serve(small.files);
  const disk = memoryDisk();
  const [first, second] = [downloadStage(small, server, {disk}), downloadStage(small, server, {disk})];
  const stopped = assert.rejects(first.get({killAt: chunkBytes + 70_000}), {code: 'cancelled'});
  await second.get();
  await stopped;
  assert.equal(disk.written(), small.bytes);
});

test('the list of what is kept, by last use, and its deletion', async () => {
  const disk = memoryDisk();
  const other = randomModel({'other.bin': 1000});
  const clock = new HastyClock();
  const [first, second] = [downloadStage(small, await serve(small.files), {disk, clock}), downloadStage(other, await serve(other.files), {disk, clock})];
  await first.get();
  await second.get();
  assert.deepEqual((await disk.store.list()).map(({model, bytes}) => [model, bytes]), [[second.hash, 1000], [first.hash, small.bytes]]);
  await disk.store.remove(first.hash);
  assert.deepEqual((await disk.store.list()).map(({model}) => model), [second.hash]);
  assert.equal(disk.files.size, 1);
});

test('progress never says more than there is, and ends at all of it', async () => {
  const stage = downloadStage(small, await serve(small.files));
  await stage.get();
  assert.ok(stage.progress.every(({bytes, total}) => bytes >= 0 && bytes <= total));
  assert.equal(stage.progress.at(-1)?.bytes, small.bytes);
});
