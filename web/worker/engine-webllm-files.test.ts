/** Feeding the real WebLLM from files alone: it must take them, check them, and never ask a network. */
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {test} from 'node:test';
import {MLCEngine} from '@mlc-ai/web-llm';
import type {EntryOf} from '#protocol/models.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {loadModel} from './engine-webllm.ts';
import {appConfigOf, cacheOf, requireFiles, withCache} from './engine-webllm-files.ts';

const shard = 'params_shard_0.bin';
const whole: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> = {
  'mlc-chat-config.json': JSON.stringify({tokenizer_files: ['tokenizer.json'], context_window_size: 64}),
  'tensor-cache.json': JSON.stringify({metadata: {}, records: [{dataPath: shard, nbytes: 4}]}),
  [shard]: Uint8Array.of(1, 2, 3, 4),
  'tokenizer.json': '{}',
  // A module with nothing in it: the first thing of TVM that is missing stops the load there.
  'lib/model.wasm': Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
};

function subject(changes: Readonly<Record<string, string | undefined>> = {}) {
  const contents = Object.entries({...whole, ...changes}).flatMap(([path, content]) => (content === undefined ? [] : [[path, content] as const]));
  const files = new Map(contents.map(([path, content]) => [path, new Blob([content])]));
  const entry: EntryOf<'webllm'> = {
    id: 'folder',
    label: 'A folder',
    demo: false,
    licence: 'MIT',
    downloadBytes: 1,
    contextTokens: 64,
    manifest: {
      engine: 'webllm',
      source: 'models/folder',
      library: 'lib/model.wasm',
      features: ['shader-f16'],
      files: Object.entries(whole).map(([path, content]) => ({path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex')})),
    },
  };
  return {entry, files};
}

/** Loads with the real engine; tells how it failed and what it asked a network for. */
async function load({entry, files}: ReturnType<typeof subject>): Promise<{code: string; message: string; asked: number}> {
  const {fetch} = globalThis;
  let asked = 0;
  globalThis.fetch = async () => {
    asked += 1;
    throw new Error('asked a network');
  };
  Object.defineProperty(globalThis, 'location', {value: {origin: 'http://localhost'}, configurable: true});
  const cache = cacheOf(entry, files);
  try {
    await loadModel(new MLCEngine({appConfig: appConfigOf(entry), logLevel: 'SILENT'}), {
      modelId: entry.id,
      contextTokens: 64,
      clock: new ManualClock(() => new Promise((resolve) => setImmediate(resolve))),
      lost: new Promise(() => {}),
      signal: new AbortController().signal,
      onProgress: () => {},
      around: (run) => withCache(cache, run),
    });
    return {code: 'none', message: '', asked};
  } catch (error) {
    assert.ok(error instanceof Error && 'code' in error);
    return {code: String(error.code), message: error.message, asked};
  } finally {
    globalThis.fetch = fetch;
    Reflect.deleteProperty(globalThis, 'location');
  }
}

test('the real WebLLM reads config and library from the files, and stops at a library that is none, without a network', async () => {
  const {code, message, asked} = await load(subject());
  assert.deepEqual([code, asked], ['load-failed', 0]);
  assert.doesNotMatch(message, /integrity|not among|asked a network/i);
});

test('a library of another version: says so', async () => {
  const {entry} = subject();
  const failing = new (class extends MLCEngine {
    override reload = () => Promise.reject(new WebAssembly.LinkError('WebAssembly.instantiate(): Import #2 "env" "TVMFFIEnvSetStream": function import requires a callable'));
  })();
  const loading = loadModel(failing, {
    modelId: entry.id, contextTokens: 64, clock: new ManualClock(() => new Promise((resolve) => setImmediate(resolve))),
    lost: new Promise(() => {}), signal: new AbortController().signal, onProgress: () => {}, around: (run) => run(),
  });
  await assert.rejects(loading, {code: 'load-failed', message: /another version.*LinkError/});
});

test('bytes that are not those of the manifest are refused by WebLLM too: config and library', async () => {
  for (const path of ['mlc-chat-config.json', 'lib/model.wasm']) {
    const {code, message, asked} = await load(subject({[path]: '{"tokenizer_files":[]}'}));
    assert.deepEqual([code, asked], ['load-failed', 0], path);
    assert.match(message, /integrity/i, path);
  }
});

test('a file that is not there is no reason to ask a network', async () => {
  const {code, message, asked} = await load(subject({'mlc-chat-config.json': undefined}));
  assert.deepEqual([code, asked], ['load-failed', 0]);
  assert.match(message, /mlc-chat-config\.json is not among/);
});

test('the cache of one load: holds the files at their addresses, fetches nothing, and is gone afterwards', async () => {
  const {entry, files} = subject();
  const record = appConfigOf(entry).model_list[0];
  assert.match(record?.model ?? '', /^https:\/\/[0-9a-f]{32}\.invalid\/resolve\/main\/$/);
  const cache = cacheOf(entry, files);
  await withCache(cache, async () => {
    const opened = await caches.open('webllm/model');
    const found = await opened.match(new Request(`${record?.model}${shard}`));
    assert.deepEqual([...new Uint8Array((await found?.arrayBuffer()) ?? new ArrayBuffer(0))], [1, 2, 3, 4]);
    assert.equal(await opened.match(`https://example.org/resolve/main/${shard}`), undefined);
    await assert.rejects(opened.add(`${record?.model}other.bin`), {code: 'load-failed', message: /other\.bin is not among/});
    assert.equal((await opened.keys()).length, files.size);
  });
  assert.equal('caches' in globalThis, false);
});

test('the one record of the list: checks all but the weights, and names the features', () => {
  const {entry} = subject();
  const record = appConfigOf(entry).model_list[0];
  assert.deepEqual([record?.model_id, record?.required_features, record?.integrity?.onFailure], ['folder', ['shader-f16'], 'error']);
  const sri = `sha256-${createHash('sha256').update(whole['tokenizer.json'] ?? '').digest('base64')}`;
  assert.equal(record?.integrity?.tokenizer?.['tokenizer.json'], sri);
});

test('requireFiles(): names what is missing or cut, before anything is loaded', async () => {
  const fails = async (changes: Readonly<Record<string, string | undefined>>) => {
    const {entry, files} = subject(changes);
    return requireFiles(entry, files).then(() => 'none', (error: Error) => error.message);
  };
  assert.equal(await fails({}), 'none');
  for (const path of Object.keys(whole)) assert.match(await fails({[path]: undefined}), new RegExp(`${path} is missing`));
  assert.match(await fails({[shard]: 'abc'}), /params_shard_0\.bin has 3 bytes where tensor-cache\.json says 4/);
  assert.match(await fails({'tensor-cache.json': '{"records":[]}'}), /not a list of weights/);
  assert.match(await fails({'tensor-cache.json': '{'}), /not a list of weights/);
});
