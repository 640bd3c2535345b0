/** Loading a model with WebLLM: what this GPU lacks, stalls, stops, losses; and what is freed then. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {type ChatOptions, type InitProgressCallback, MLCEngine, ModelType, prebuiltAppConfig} from '@mlc-ai/web-llm';
import {NetworkError} from '#protocol/errors.ts';
import {parseCatalogue, tasksOf} from '#protocol/models.ts';
import type {Task} from '#protocol/task.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {loadModel, requireFeatures} from './engine-webllm.ts';
import {logitWatch} from './engine-webllm-logits.ts';

class LoadingMlc extends MLCEngine {
  readonly calls: string[] = [];
  chatOptions: ChatOptions | ChatOptions[] | undefined;
  progress: InitProgressCallback | undefined;
  readonly #load: () => Promise<void>;

  constructor(load: () => Promise<void>) {
    super();
    this.#load = load;
  }

  override setInitProgressCallback(callback?: InitProgressCallback): void {
    this.progress = callback;
  }

  override async reload(modelId: string | string[], options?: ChatOptions | ChatOptions[]): Promise<void> {
    this.calls.push(`reload ${String(modelId)}`);
    this.chatOptions = options;
    await this.#load();
  }

  override async unload(): Promise<void> {
    this.calls.push('unload');
  }
}

function stage(load: () => Promise<void>) {
  const mlc = new LoadingMlc(load);
  const clock = new ManualClock(() => new Promise((resolve) => setImmediate(resolve)));
  const stop = new AbortController();
  const heard: string[] = [];
  const {promise: lost, resolve: lose} = Promise.withResolvers<string>();
  const onProgress = (part: number, what: string) => void heard.push(`${part} ${what}`);
  const loading = loadModel(mlc, {modelId: 'm', contextTokens: 2048, clock, lost, signal: stop.signal, onProgress, around: (run) => run()});
  const outcome = loading.then(() => 'loaded', (error: unknown) => (error instanceof NetworkError ? error.code : error));
  return {mlc, clock, stop, heard, lose, loading, outcome};
}

const never = (): Promise<void> => new Promise(() => {});

test('loads with the context of the entry, and no window that slides', async () => {
  const {mlc, outcome} = stage(async () => {});
  assert.equal(await outcome, 'loaded');
  assert.deepEqual([mlc.calls, mlc.chatOptions], [['reload m'], {context_window_size: 2048, sliding_window_size: -1}]);
});

test('two minutes without progress: fails and unloads; with progress it may take longer', async () => {
  const {mlc, clock, heard, outcome} = stage(never);
  await clock.advance(110_000);
  mlc.progress?.({progress: 0.5, timeElapsed: 110, text: 'shaders'});
  await clock.advance(110_000);
  assert.deepEqual([heard, mlc.calls], [['0.5 shaders'], ['reload m']]);
  await clock.advance(11_000);
  assert.equal(await outcome, 'load-failed');
  assert.deepEqual(mlc.calls, ['reload m', 'unload']);
});

test('stopped: unloads and throws the reason; a load that ends later all the same is unloaded again', async () => {
  const {promise, resolve} = Promise.withResolvers<void>();
  const {mlc, clock, stop, outcome} = stage(() => promise);
  await clock.settle();
  stop.abort(new NetworkError('cancelled'));
  assert.equal(await outcome, 'cancelled');
  resolve();
  await clock.settle();
  assert.deepEqual(mlc.calls, ['reload m', 'unload', 'unload']);
});

test('a load that WebLLM gives up quietly when it is stopped counts as stopped', async () => {
  const {promise, resolve} = Promise.withResolvers<void>();
  const {stop, outcome} = stage(() => promise);
  stop.abort(new NetworkError('cancelled'));
  resolve();
  assert.equal(await outcome, 'cancelled');
});

test('a device that is lost, heard of or thrown, is `gpu-lost`; anything else `load-failed`; both unload', async () => {
  const heardOf = stage(never);
  await heardOf.clock.settle();
  heardOf.lose('out of memory');
  assert.deepEqual([await heardOf.outcome, heardOf.mlc.calls], ['gpu-lost', ['reload m', 'unload']]);
  const thrown = stage(() => Promise.reject(Object.assign(new Error('The WebGPU device was lost while loading the model.'), {name: 'DeviceLostError'})));
  assert.deepEqual([await thrown.outcome, thrown.mlc.calls], ['gpu-lost', ['reload m', 'unload']]);
  const other = stage(() => Promise.reject(new Error('Cannot find global function vm.builtin')));
  assert.deepEqual([await other.outcome, other.mlc.calls], ['load-failed', ['reload m', 'unload']]);
  await assert.rejects(other.loading, /another version/);
});

const catalogue = parseCatalogue(JSON.parse(readFileSync(new URL('../../public/models.json', import.meta.url), 'utf8')));

test('requireFeatures(): names what the GPU lacks', () => {
  const manifest = {engine: 'webllm-list', modelId: '', version: '', features: ['shader-f16', 'subgroups']} as const;
  const entry = {manifest: {...manifest, features: [...manifest.features]}};
  requireFeatures(entry, {features: ['shader-f16', 'subgroups']});
  assert.throws(() => requireFeatures(entry, {features: ['subgroups']}), {code: 'load-failed', message: /lacks shader-f16/});
  assert.throws(() => requireFeatures(entry, {features: ['shader-f16']}), /lacks subgroups/);
});

test('each entry of WebLLM’s list that ships is in the list of the WebLLM that ships, and an f16 one says so', () => {
  const {version} = JSON.parse(readFileSync(new URL('../../node_modules/@mlc-ai/web-llm/package.json', import.meta.url), 'utf8')) as {version: string};
  const listed = catalogue.flatMap(({manifest, ...entry}) => (manifest.engine === 'webllm-list' ? [{...entry, manifest}] : []));
  assert.ok(listed.length >= 2);
  for (const {id, tasks, manifest, memoryBytes, contextTokens, downloadBytes} of listed) {
    const record = prebuiltAppConfig.model_list.find(({model_id}) => model_id === manifest.modelId);
    assert.equal(memoryBytes, Math.round((record?.vram_required_MB ?? 0) * 2 ** 20), id);
    // A library of an embedding model says it in its name.
    const context = record?.overrides?.context_window_size ?? Number(/-ctx(\d+)_/.exec(record?.model_lib ?? '')?.[1]);
    assert.ok(contextTokens <= context && downloadBytes < (memoryBytes ?? 0), id);
    const kinds: Partial<Record<Task, boolean>> = {'image-text': record?.model_type === ModelType.VLM, 'embeddings': record?.model_type === ModelType.embedding};
    for (const [task, can] of Object.entries(kinds)) assert.equal(tasksOf({tasks}).includes(task as Task), can, `${id}: ${task}`);
    assert.equal(manifest.version, version, id);
    assert.equal(manifest.features.includes('shader-f16'), manifest.modelId.includes('f16'), id);
  }
});

test('logitWatch(): shows finite logits as they are, masked ones too; refuses what no GPU that works gives', () => {
  const seen: Float32Array[] = [];
  const watch = logitWatch((logits) => seen.push(logits));
  const fine = Float32Array.of(1, -Infinity, 0.5);
  assert.equal(watch.processLogits(fine), fine);
  assert.deepEqual(seen, [fine]);
  for (const broken of [[1, NaN], [1, Infinity], [-Infinity, -Infinity], [0, 0, 0]]) {
    assert.throws(() => logitWatch().processLogits(Float32Array.from(broken)), {code: 'engine-failed'}, String(broken));
  }
});
