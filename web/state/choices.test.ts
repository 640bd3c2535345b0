/** What a device is offered, and in which way a model runs: by what it can do, and by what was measured on it. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {type CatalogueEntry, parseCatalogue} from '#protocol/models.ts';
import {bestOf, bestWay, choicesFor, comparable, readSpeeds, waysOf, wayKey} from './choices.ts';
import type {Capability} from './views.ts';

const catalogue = parseCatalogue(JSON.parse(readFileSync(new URL('../../public/models.json', import.meta.url), 'utf8')));
const demo = catalogue.find((entry) => entry.demo)?.id ?? '';
type Gpu = Extract<Capability, {is: 'webgpu'}>;
const gpu: Gpu = {is: 'webgpu', adapter: 'a real one', fallback: false, f16: true, maxBufferBytes: 2 ** 31, jspi: true};
const none: Capability = {is: 'none', why: 'unknown-browser', detail: ''};

const file = {path: 'weights', bytes: 1, sha256: '00'.repeat(32)};
const made = (id: string, manifest: CatalogueEntry['manifest']): CatalogueEntry => ({id, family: 'own', label: id, demo: false, licence: 'MIT', downloadBytes: 1e9, contextTokens: 512, manifest});
/** One model for four kinds of engine and GPU. */
const own: readonly CatalogueEntry[] = [
  made('own-f16', {engine: 'webllm-list', modelId: 'own-q4f16', version: '1', features: ['shader-f16']}),
  made('own-f32', {engine: 'webllm-list', modelId: 'own-q4f32', version: '1', features: []}),
  made('own-gguf', {engine: 'wllama', source: 'own', files: [file]}),
  made('own-onnx', {engine: 'transformers', source: 'own', dtype: 'q4', files: [file]}),
];
const named = (ways: ReturnType<typeof waysOf>): string[] => ways.map(({entry, kind}) => `${entry.id} ${kind}`);

test('waysOf(): each engine once, with what it can use of this GPU', () => {
  assert.deepEqual(named(waysOf(own, gpu)), ['own-f16 webgpu', 'own-gguf webgpu', 'own-gguf wasm', 'own-onnx webgpu', 'own-onnx wasm']);
  assert.deepEqual(named(waysOf(own, {...gpu, f16: false})), ['own-f32 webgpu', 'own-gguf wasm', 'own-onnx webgpu', 'own-onnx wasm']);
  assert.deepEqual(named(waysOf(own, {...gpu, jspi: false})), ['own-f16 webgpu', 'own-gguf wasm', 'own-onnx webgpu', 'own-onnx wasm']);
  assert.deepEqual(named(waysOf(own, none)), ['own-gguf wasm', 'own-onnx wasm']);
  const half = [made('half', {engine: 'transformers', source: 'own', dtype: {encoder_model: 'fp32', decoder_model_merged: 'q4f16'}, files: [file]})];
  assert.deepEqual([named(waysOf(half, gpu)), named(waysOf(half, {...gpu, f16: false}))], [['half webgpu', 'half wasm'], ['half wasm']]);
});

test('bestWay(): the first of the wanted kind, until another was measured to be faster', () => {
  const ways = waysOf(own, gpu);
  const best = (speeds: Record<string, number>, kind: 'webgpu' | 'wasm' = 'webgpu') => {
    const way = bestWay(ways, {speeds: Object.fromEntries(Object.entries(speeds).map(([name, speed]) => [keys[name] ?? '', speed])), kind});
    return way && `${way.entry.id} ${way.kind}`;
  };
  const keys = Object.fromEntries(ways.map((way) => [`${way.entry.id} ${way.kind}`, wayKey(way)]));
  assert.equal(best({}), 'own-f16 webgpu');
  assert.equal(best({'own-f16 webgpu': 20, 'own-gguf webgpu': 35}), 'own-gguf webgpu');
  assert.equal(best({'own-f16 webgpu': 40, 'own-gguf webgpu': 35}), 'own-f16 webgpu');
  assert.equal(best({'own-gguf wasm': 99}), 'own-f16 webgpu', 'what the processor does is no reason to leave the GPU');
  assert.equal(best({'own-onnx wasm': 12, 'own-gguf wasm': 11}, 'wasm'), 'own-onnx wasm');
  const onProcessor = bestWay(waysOf(own, none), {speeds: {}, kind: 'webgpu'});
  assert.deepEqual([onProcessor?.entry.id, onProcessor?.kind], ['own-gguf', 'wasm'], 'there is no other kind');
  assert.equal(bestWay([], {speeds: {}, kind: 'wasm'}), undefined);
});

test('comparable(): the processor is compared only where there is no real GPU', () => {
  assert.ok(comparable(waysOf(own, gpu), gpu).every(({kind}) => kind === 'webgpu'));
  assert.equal(comparable(waysOf(own, none), none).length, 2);
});

test('choicesFor(): one choice for a family, with its ways and what was measured of them', () => {
  const [first] = waysOf(own, gpu);
  assert.ok(first);
  const choices = choicesFor(own, {capability: gpu, speeds: {[wayKey(first)]: 21.5}});
  assert.deepEqual(choices.map(({id, ways}) => [id, ways]), [['own', [
    {engine: 'WebLLM', kind: 'webgpu', speed: 21.5},
    {engine: 'llama.cpp', kind: 'webgpu', speed: undefined},
    {engine: 'transformers.js', kind: 'webgpu', speed: undefined},
  ]]]);
});

test('bestOf(), readSpeeds(): the most over all numbers of jobs; what was kept and is no number is forgotten', () => {
  assert.equal(bestOf([{jobs: 1, prefill: 9, decode: 200}, {jobs: 4, prefill: 9, decode: 451}]), 45.1);
  assert.equal(bestOf([{jobs: 1, prefill: 9, decode: 0}]), 0);
  assert.deepEqual(readSpeeds({a: 1, b: 'x', c: null}), {a: 1});
  for (const kept of [undefined, null, 'x', 7]) assert.deepEqual(readSpeeds(kept), {});
});

test('choicesFor(): the demo model runs anywhere; a real one needs a real GPU of the right kind', () => {
  const obstacles = (capability: Capability) => choicesFor(catalogue, {capability, speeds: {}}).map(({id, obstacle}) => [id, obstacle === undefined] as const);
  const free = (capability: Capability) => obstacles(capability).filter(([, canRun]) => canRun).map(([id]) => id);
  assert.deepEqual(free({is: 'none', why: 'unknown-browser', detail: ''}), [demo]);
  assert.deepEqual(free({...gpu, fallback: true}), [demo]);
  const sizes = new Set(catalogue.map(({id}) => id.replace(/-f(16|32)$/, '')));
  for (const [f16, bits] of [[true, /-f16$/], [false, /-f32$/]] as const) {
    const chosen = free({...gpu, f16});
    assert.equal(chosen.length, sizes.size, 'one variant of each size');
    assert.ok(chosen.every((id) => id === demo || bits.test(id) || !/-f(16|32)$/.test(id)));
  }
  assert.equal(obstacles({...gpu, fallback: true}).length, sizes.size, 'what can not run is named once');
});

test('choicesFor(): what a phone would be killed for is not offered', () => {
  const runs = (budgetBytes: number | undefined) => choicesFor(catalogue, {capability: {...gpu, budgetBytes}, speeds: {}}).filter(({obstacle}) => obstacle === undefined).map(({id}) => id);
  assert.deepEqual(runs(700_000_000), [demo, 'arctic-embed-s']);
  assert.deepEqual(runs(1_500_000_000), [demo, 'qwen2.5-0.5b', 'llama-3.2-1b', 'arctic-embed-s']);
  assert.ok(runs(undefined).length > 3);
});

test('choicesFor(): says what memory a model needs, and refuses nothing for it', () => {
  const [entry] = catalogue;
  assert.ok(entry);
  const hints = [undefined, 900_000_000, 1_000_000_000, 3_600_000_000].map((memoryBytes) => choicesFor([{...entry, memoryBytes}], {capability: gpu, speeds: {}})[0]);
  assert.deepEqual(hints.map((choice) => choice?.gpuMemoryBytes), [undefined, 1e9, 1e9, 4e9]);
  assert.ok(hints.every((choice) => choice?.obstacle === undefined));
});
