/** Downloads that heal: a real server, each way that it can misbehave, and the in-memory twin of the disk. */
import assert from 'node:assert/strict';
import {afterEach, test} from 'node:test';
import {gzipSync} from 'node:zlib';
import {chunkBytes} from '#protocol/models.ts';
import type {Progress} from './pace.ts';
import {downloadStage} from './testing/download-stage.ts';
import {type FileServer, type Mischief, serveFiles} from './testing/file-server.ts';
import {randomModel} from './testing/random-model.ts';

const big = chunkBytes * 3 + 1234;
const model = randomModel({'config.json': 700, 'onnx/model.onnx': big, 'tokenizer.json': 41_000});
const path = 'onnx/model.onnx';
const weights = model.files.get(path) ?? new Uint8Array(0);

const servers: FileServer[] = [];
const serve = async (mischief?: Mischief, files: ReadonlyMap<string, Uint8Array> = model.files): Promise<FileServer> => {
  const server = await serveFiles(files, mischief);
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const whole = async (files: ReadonlyMap<string, Blob>): Promise<void> => {
  assert.deepEqual([...files.keys()], [...model.files.keys()]);
  for (const [name, blob] of files) assert.ok(Buffer.from(await blob.arrayBuffer()).equals(model.files.get(name) ?? Buffer.alloc(1)), name);
};

test('a model comes by ranges, once; the second time nothing is fetched', async () => {
  const server = await serve();
  const stage = downloadStage(model, server);
  await whole(await stage.get());
  assert.equal(server.sent, model.bytes);
  await whole(await stage.get());
  assert.equal(server.sent, model.bytes);
  assert.equal(stage.disk.written(), model.bytes);
  assert.equal(stage.disk.opened.size, 0);
});

test('killed at many bytes: what was right is not fetched again', async () => {
  for (let killAt = 100; killAt < model.bytes; killAt += 1_111_111) {
    const server = await serve();
    const stage = downloadStage(model, server);
    await assert.rejects(stage.get({killAt}), {code: 'cancelled'});
    assert.equal(stage.disk.opened.size, 0, 'all files are closed');
    const kept = stage.rightBytes();
    const before = stage.disk.written();
    await whole(await stage.get());
    assert.equal(stage.disk.written() - before, model.bytes - kept, `killed at ${killAt}`);
  }
});

test('one wrong byte on the wire costs one chunk, fetched again past all caches', async () => {
  const server = await serve(({path: asked, range, times}, response, send) => {
    if (asked !== path || times > 0 || !range) return false;
    const bytes = Uint8Array.from(weights.subarray(range[0], range[1] + 1));
    bytes[chunkBytes + 77] = (bytes[chunkBytes + 77] ?? 0) ^ 1;
    response.writeHead(206);
    send(bytes);
    return true;
  });
  const stage = downloadStage(model, server);
  await whole(await stage.get());
  assert.deepEqual(server.asked.filter((one) => one.path === path).map(({range}) => range?.[0]), [0, chunkBytes]);
  assert.deepEqual(stage.caches.get(path), ['no-store', 'reload']);
  assert.equal(stage.disk.written(), model.bytes, 'a wrong chunk is never written');
});

test('a chunk that stays wrong: load-failed names file and chunk, the others are kept', async () => {
  const wrong = new Map(model.files).set(path, weights.map((byte, at) => (at === chunkBytes * 2 + 5 ? byte ^ 8 : byte)));
  const stage = downloadStage(model, await serve(undefined, wrong));
  await assert.rejects(stage.get(), {code: 'load-failed', message: /onnx\/model\.onnx, chunk 3 of 4 is not what the manifest says, 2 times/});
  assert.ok(stage.rightBytes() >= chunkBytes * 2);
});

test('one wrong byte on the disk costs one chunk; a file that is too long, too short or gone heals too', async () => {
  const server = await serve();
  const stage = downloadStage(model, server);
  await stage.get();
  const damage: [(bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>, number][] = [
    [(bytes) => bytes.fill((bytes[9] ?? 0) ^ 1, 9, 10), chunkBytes],
    [(bytes) => bytes.slice(0, -1), 1234],
    [(bytes) => bytes.slice(0, 10), big],
    [(bytes) => Uint8Array.from({length: bytes.length + 5}, (_, at) => bytes[at] ?? 7), 0],
  ];
  for (const [spoil, cost] of damage) {
    const before = server.sent;
    stage.spoil(path, spoil);
    await whole(await stage.get());
    assert.equal(server.sent - before, cost);
  }
});

test('servers that misbehave, and still the model is whole', async (t) => {
  const cases: Record<string, Mischief> = {
    '200 instead of 206': ({path: asked}, _, send) => asked === path && (send(weights), true),
    '416 for every range': ({path: asked, range}, response, send) => asked === path && range !== undefined && (response.writeHead(416), send(Buffer.alloc(0)), true),
    'a range of a compressed file': ({path: asked, range}, response, send) =>
      asked === path && (response.writeHead(range ? 206 : 200, {'content-encoding': 'gzip'}), send(gzipSync(range ? weights.subarray(range[0], range[1] + 1) : weights)), true),
    'compression of a small file': ({path: asked}, response, send) => asked === 'tokenizer.json' && (response.writeHead(200, {'content-encoding': 'gzip'}), send(gzipSync(model.files.get(asked) ?? '')), true),
    'too much after a range': ({path: asked, range}, response, send) => asked === path && range !== undefined && (response.writeHead(206), send(Buffer.concat([weights.subarray(range[0], range[1] + 1), Buffer.alloc(999)])), true),
    'too much after a file': ({path: asked}, _, send) => asked === 'config.json' && (send(Buffer.concat([model.files.get(asked) ?? Buffer.alloc(0), Buffer.alloc(99)])), true),
    'too little at first': ({path: asked, range, times}, response, send) => asked === path && times < 2 && range !== undefined && (response.writeHead(206), send(weights.subarray(range[0], range[0] + 5_000_000)), true),
    'a connection that breaks': ({path: asked, range, times}, response) =>
      asked === path && times < 3 && range !== undefined && (response.writeHead(206, {'content-length': String(range[1] - range[0] + 1)}), response.write(weights.subarray(range[0], range[0] + 4_500_000), () => response.destroy()), true),
    'another place in the file': ({path: asked, range, times}, response, send) => asked === path && times < 1 && range !== undefined && (response.writeHead(206, {'content-range': `bytes 5-9/${big}`}), send(weights.subarray(5, 10)), true),
    'errors that pass': ({times}, response, send) => times < 2 && (response.writeHead(times === 0 ? 503 : 429), send(Buffer.alloc(0)), true),
    'a redirect': ({path: asked}, response, send) => !asked.startsWith('elsewhere/') && (response.writeHead(302, {location: `/elsewhere/${asked}`}), send(Buffer.alloc(0)), true),
    'another ETag in the middle': ({path: asked, range, times}, response, send) => asked === path && range !== undefined && (response.writeHead(206, {etag: `"${times}"`}), send(weights.subarray(range[0], times === 0 ? range[0] + 5_000_000 : range[1] + 1)), true),
  };
  const elsewhere = new Map([...model.files].flatMap(([name, bytes]) => [[name, bytes], [`elsewhere/${name}`, bytes]] as const));
  for (const [name, mischief] of Object.entries(cases)) {
    await t.test(name, async () => {
      const stage = downloadStage(model, await serve(mischief, elsewhere));
      await whole(await stage.get());
      assert.equal(stage.disk.written(), model.bytes, 'each byte is written once');
    });
  }
});

test('servers that fail for good: the error names the file', async (t) => {
  const cases: Record<string, [Mischief, RegExp]> = {
    'a file that is not there': [({path: asked}, response, send) => asked === path && (response.writeHead(404), send(Buffer.alloc(0)), true), /onnx\/model\.onnx, chunk 1 of 4: status 404/],
    'a file of another length': [({path: asked, range}, response, send) => asked === path && (response.writeHead(206, {'content-range': `bytes ${range?.[0]}-${range?.[1]}/7`}), send(Buffer.alloc(7)), true), /7 bytes instead of/],
    'always too little': [({path: asked}, _, send) => asked === 'config.json' && (send(Buffer.alloc(10)), true), /config\.json: the answer ended too early, 6 times in a row/],
    'always an error': [({path: asked}, response, send) => asked === 'config.json' && (response.writeHead(500), send(Buffer.alloc(0)), true), /config\.json: status 500, 6 times/],
    'another file in the middle': [({path: asked, range, times}, response, send) => asked === path && range !== undefined && (response.writeHead(206, {etag: `"${times}"`}), send(times === 0 ? weights.subarray(0, chunkBytes + 9) : Buffer.alloc(range[1] - range[0] + 1)), true), /chunk 2 of 4 is not what the manifest says/],
    'redirects without an end': [({path: asked}, response, send) => asked === 'config.json' && (response.writeHead(302, {location: `/${asked}`}), send(Buffer.alloc(0)), true), /config\.json/],
  };
  for (const [name, [mischief, message]] of Object.entries(cases)) {
    await t.test(name, async () => {
      const stage = downloadStage(model, await serve(mischief));
      await assert.rejects(stage.get(), {code: 'load-failed', message});
      assert.equal(stage.disk.opened.size, 0);
    });
  }
});

test('a large file without chunks streams to the disk and counts only when all of it is right', async () => {
  const unchunked = randomModel({'model.bin': chunkBytes * 2 + 5}, {whole: ['model.bin']});
  const server = await serve(({times}, _, send) => times === 0 && (send(Buffer.alloc(chunkBytes * 2 + 5)), true), unchunked.files);
  const stage = downloadStage(unchunked, server);
  const file = (await stage.get()).get('model.bin');
  assert.ok(Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0)).equals(unchunked.files.get('model.bin') ?? Buffer.alloc(1)));
  assert.equal(server.asked.length, 2);
});

test('silence: the server is left and asked again after longer and longer pauses, then the load fails', async () => {
  const small = randomModel({'config.json': 7000});
  const bytes = small.files.get('config.json') ?? new Uint8Array(0);
  for (const first of [0, 1000]) {
    const server = await serve((_, response) => {
      if (first > 0) response.write(bytes.subarray(0, first));
      setImmediate(stage.clock.loseTemper);
      return true;
    });
    const stage = downloadStage(small, server);
    await assert.rejects(stage.get(), {code: 'load-failed', message: /config\.json: stalled: nothing for 30000 ms, 6 times in a row/});
    assert.deepEqual(stage.clock.pauses, [375, 750, 1500, 3000, 6000]);
  }
});

test('silence is told: the speed falls to nothing while nothing comes', async () => {
  const small = randomModel({'config.json': 900_000});
  const seen = new Error('seen');
  const stop = new AbortController();
  const stage = downloadStage(small, await serve((_, response) => response.write(Buffer.alloc(500_000)) || true));
  const onDownload = ({bytes, bytesPerSecond}: Progress) => {
    if (bytesPerSecond > 0) setImmediate(() => stage.clock.pass(10_000));
    else if (bytes > 0) stop.abort(seen);
  };
  await assert.rejects(stage.get({signal: stop.signal, onDownload}), seen);
});

test('an abort ends a download at once, with its reason', async () => {
  const reason = new Error('enough');
  const stop = new AbortController();
  const stage = downloadStage(model, await serve(() => (stop.abort(reason), true)));
  await assert.rejects(stage.get({signal: stop.signal}), reason);
  assert.equal(stage.disk.opened.size, 0);
});
