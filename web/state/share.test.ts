/** The share page's state against a device that the test drives: every way to start, work, stop and fail. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {NetworkError} from '#protocol/errors.ts';
import type {NodeId} from '#protocol/ids.ts';
import {type CatalogueEntry, parseCatalogue} from '#protocol/models.ts';
import {createShare, type ShareDevice, type ShareEvent} from './share.ts';
import type {Capability} from './views.ts';

const catalogue = parseCatalogue(JSON.parse(readFileSync(new URL('../../public/models.json', import.meta.url), 'utf8')));
const demo = catalogue.find((entry) => entry.demo)?.id ?? '';
const gpu: Capability = {is: 'webgpu', adapter: 'a real one', fallback: false, f16: true, maxBufferBytes: 2 ** 31, jspi: true};
const node = 'ab'.repeat(32) as NodeId;
const outcome = (fields: object = {}): ShareEvent => ({type: 'outcome', outcome: {handle: 'h', outcome: 'done', tokens: 10, milliseconds: 500, task: 'chat', earned: 0n, ...fields}});

function stage(device: Partial<ShareDevice> = {}, {catalogue: offered = catalogue, kept = {}}: {catalogue?: readonly CatalogueEntry[]; kept?: Record<string, unknown>} = {}) {
  const calls: string[] = [];
  const conditions: string[] = [];
  let tell: (event: ShareEvent) => void = () => {};
  const share = createShare(
    {
      setConditions: async ({paused, hidden, duty}) => void conditions.push(`${paused} ${hidden} ${duty}`),
      probe: async () => gpu,
      measure: async () => ({bytesPerSecond: 29e9, dispatchMs: 0.02, readbackMs: 1, correct: true}),
      start: async ({entry, device: kind}, onEvent) => {
        calls.push(`start ${entry.id} ${kind}`);
        tell = onEvent;
        return node;
      },
      speedOf: async ({entry, kind}) => {
        calls.push(`measure ${entry.id} ${kind}`);
        return [{jobs: 1, prefill: 1, decode: entry.manifest.engine === 'wllama' ? 300 : 200}];
      },
      finish: async () => void calls.push('finish'),
      stopNow: async () => void calls.push('stop'),
      ...device,
    },
    {catalogue: offered, chosen: {asking: undefined, limits: undefined, speeds: kept['speeds']}, keep: async (key, value) => void (kept[key] = value), now: () => 7, onEarned: () => {}},
  );
  return {share, calls, conditions, tell: (event: ShareEvent) => tell(event)};
}

test('the life of a node: loads, connects, works, finishes, stops', async () => {
  const {share, calls, tell} = stage();
  await share.start('webgpu');
  assert.deepEqual([calls, share.view.get().node, share.view.get().device], [[`start ${demo} webgpu`], node, 'webgpu']);
  tell({type: 'loading', part: 0.5, what: 'weights'});
  assert.deepEqual(share.view.get().status, {is: 'loading', part: 0.5, what: 'weights'});
  const download = {bytes: 10, total: 40, bytesPerSecond: 5, etaSeconds: 6};
  tell({type: 'loading', part: 0.6, what: 'download', download});
  assert.deepEqual(share.view.get().status, {is: 'loading', part: 0.6, what: 'download', download});
  tell({type: 'connecting'});
  tell({type: 'ready', engine: 'an engine', link: 'webrtc'});
  tell({type: 'idle', why: {reason: 'paused', until: 9, trouble: 'lost'}});
  assert.deepEqual(share.view.get().idle, {reason: 'paused', until: 9, trouble: 'lost'});
  tell({type: 'ready', engine: 'an engine', link: 'webrtc'});
  assert.equal(share.view.get().idle, undefined, 'another link: it is to be said anew');
  tell({type: 'running', jobs: 1});
  assert.deepEqual([share.view.get().status, share.view.get().link], [{is: 'ready', jobs: 1}, 'webrtc']);
  await share.finish();
  assert.deepEqual(share.view.get().status, {is: 'finishing', jobs: 1});
  tell({type: 'running', jobs: 0});
  assert.deepEqual(share.view.get().status, {is: 'finishing', jobs: 0});
  tell({type: 'stopped', code: undefined, detail: ''});
  assert.deepEqual([share.view.get().status, share.view.get().link], [{is: 'off'}, undefined]);
  await share.start('wasm');
  assert.equal(calls.at(-1), `start ${demo} wasm`, 'and it starts again');
});

test('what a failed start still says does not bring it back', async () => {
  let tellLate: (event: ShareEvent) => void = () => {};
  const {share} = stage({
    start: async (_, onEvent) => {
      tellLate = onEvent;
      throw new NetworkError('load-failed', 'broken');
    },
  });
  await share.start('webgpu');
  tellLate({type: 'loading', part: 0.7, what: 'prepare'});
  assert.equal(share.view.get().status.is, 'failed');
});

test('a metered connection: the download begins when it is agreed to', async () => {
  const asked: boolean[] = [];
  const {share} = stage({
    start: async ({evenIfMetered}) => {
      asked.push(evenIfMetered);
      if (!evenIfMetered) throw new NetworkError('metered', 'a large one');
      return node;
    },
  });
  await share.start('webgpu');
  const {status} = share.view.get();
  assert.equal(status.is === 'failed' && status.code, 'metered');
  await share.start('webgpu', {evenIfMetered: true});
  assert.deepEqual([asked, share.view.get().node], [[false, true], node]);
});

test('a second start while one runs does nothing', async () => {
  const {share, calls} = stage();
  await Promise.all([share.start('webgpu'), share.start('wasm')]);
  assert.equal(calls.length, 1);
});

test('a lost link keeps the count of jobs and shows no link', async () => {
  const {share, tell} = stage();
  await share.start('webgpu');
  tell({type: 'ready', engine: '', link: 'websocket'});
  tell({type: 'running', jobs: 2});
  tell({type: 'reconnecting'});
  assert.deepEqual([share.view.get().status, share.view.get().link], [{is: 'reconnecting', jobs: 2}, undefined]);
  tell({type: 'reconnecting', keptOut: true});
  assert.deepEqual(share.view.get().status, {is: 'reconnecting', jobs: 2, keptOut: true});
});

test('jobs are counted; the speed is over finished ones; the log is bounded and holds no content', async () => {
  const {share, tell} = stage();
  await share.start('webgpu');
  tell(outcome());
  tell(outcome({outcome: 'cancelled', tokens: 5, milliseconds: 10_000}));
  const {jobsDone, tokens, tokensPerSecond, log} = share.view.get();
  assert.deepEqual([jobsDone, tokens, tokensPerSecond, log.length], [1, 15, 20, 2]);
  for (let count = 0; count < 200; count += 1) tell(outcome());
  assert.equal(share.view.get().log.length, 100);
  assert.deepEqual(Object.keys(share.view.get().log[0] ?? {}).toSorted(), ['at', 'earned', 'handle', 'milliseconds', 'outcome', 'task', 'tokens']);
});

test('a start that fails says why and can be tried again; one that was stopped is simply off', async () => {
  let code: 'load-failed' | 'cancelled' = 'load-failed';
  const {share} = stage({start: async () => Promise.reject(new NetworkError(code, 'weights'))});
  await share.start('webgpu');
  const {status} = share.view.get();
  assert.ok(status.is === 'failed' && status.code === 'load-failed' && status.detail.includes('weights'));
  code = 'cancelled';
  await share.start('webgpu');
  assert.deepEqual(share.view.get().status, {is: 'off'});
});

test('the node ends by itself: the reason is shown', async () => {
  const {share, tell} = stage();
  await share.start('webgpu');
  tell({type: 'stopped', code: 'gpu-lost', detail: 'device'});
  assert.deepEqual(share.view.get().status, {is: 'failed', code: 'gpu-lost', detail: 'device'});
});

test('a probe that fails is no dead end: the reason and the way on are shown', async () => {
  const {share} = stage({probe: async () => Promise.reject(new Error('?'))});
  await new Promise((resolve) => setImmediate(resolve));
  const {capability} = share.view.get();
  assert.deepEqual(capability, {is: 'none', why: 'check-failed', detail: 'internal'});
});

test('limits: a pause is told with its reason, ends by itself, and the node hears of each change', async () => {
  const {share, conditions} = stage();
  share.setSurroundings({onBattery: true, metered: false, hidden: true});
  assert.equal(share.view.get().paused, 'battery');
  assert.equal(conditions.at(-1), 'true true 100');
  await share.limit({onBattery: true, duty: 30});
  assert.equal(share.view.get().paused, undefined);
  assert.equal(conditions.at(-1), 'false true 30');
  await share.limit({breakUntil: 8});
  assert.equal(share.view.get().paused, 'break', 'the clock of this test stands at 7');
  await share.limit({breakUntil: 0});
  assert.equal(share.view.get().paused, undefined);
});

test('a measured GPU says what to expect of real models, not of the demo model', async () => {
  const {share} = stage();
  await share.measure();
  const {measured, choices} = share.view.get();
  assert.ok(typeof measured === 'object' && measured.bytesPerSecond === 29e9);
  for (const choice of choices) {
    if (choice.demo || !choice.tasks.includes('chat')) assert.equal(choice.expected, undefined);
    else assert.ok(Math.abs((choice.expected ?? 0) * choice.downloadBytes - 29e9 * 0.45) < 1e6);
  }
  const broken = stage({measure: async () => Promise.reject(new NetworkError('gpu-lost'))});
  await assert.rejects(broken.share.measure(), {code: 'gpu-lost'});
  assert.equal(broken.share.view.get().measured, undefined, 'and it may be tried again');
});

/** The demo model for two engines. */
const twice: readonly CatalogueEntry[] = catalogue.filter((entry) => entry.demo).flatMap((entry) => [entry, {...entry, id: 'gguf', family: entry.id, manifest: {engine: 'wllama', source: 'x', files: [{path: 'a', bytes: 1, sha256: '00'.repeat(32)}]}}]);

test('the first start measures the GPU, before anything else; one that computes wrong numbers does not start', async () => {
  const order: string[] = [];
  const measured = {bytesPerSecond: 1e9, dispatchMs: 1, readbackMs: 1, correct: true};
  const start = async () => {
    order.push('start');
    return node;
  };
  const {share} = stage({start, measure: async () => {
    order.push(`measure ${share.view.get().status.is}`);
    return measured;
  }});
  await share.start('webgpu');
  assert.deepEqual([order, share.view.get().measured], [['measure loading', 'start'], measured]);
  const wrong = stage({measure: async () => ({...measured, correct: false})});
  await wrong.share.start('webgpu');
  assert.deepEqual([wrong.share.view.get().status, wrong.calls], [{is: 'failed', code: 'no-webgpu', detail: 'no-webgpu: this GPU computed wrong numbers'}, []]);
  await wrong.share.start('wasm');
  assert.deepEqual(wrong.calls, [`start ${demo} wasm`], 'the processor still may');
  const stuck = stage({measure: async () => Promise.reject(new NetworkError('gpu-lost'))});
  await stuck.share.start('webgpu');
  assert.deepEqual(stuck.calls, [`start ${demo} webgpu`], 'what can’t be measured is tried');
});

test('who stops while the GPU is measured starts nothing', async () => {
  let ready = (): void => {};
  const {share, calls} = stage({measure: () => new Promise((resolve) => (ready = () => resolve({bytesPerSecond: 1, dispatchMs: 1, readbackMs: 1, correct: true})))});
  const starting = share.start('webgpu');
  await share.stopNow();
  ready();
  await starting;
  assert.deepEqual([share.view.get().status, calls], [{is: 'off'}, ['stop']]);
});

test('compare(): measures every way to run the model here; the next start, and the next visit, take the fastest', async () => {
  const kept: Record<string, unknown> = {};
  const {share, calls} = stage({}, {catalogue: twice, kept});
  await new Promise((resolve) => setImmediate(resolve));
  const shown: string[] = [];
  share.view.subscribe(() => {
    const {comparing} = share.view.get();
    const now = comparing && `${comparing.way} of ${comparing.of}`;
    if (now !== undefined && now !== shown.at(-1)) shown.push(now);
  });
  await share.compare();
  assert.deepEqual(calls, [`measure ${demo} webgpu`, 'measure gguf webgpu']);
  assert.deepEqual(shown, ['0 of 2', '1 of 2']);
  assert.equal(share.view.get().comparing, undefined);
  assert.deepEqual(share.view.get().choices[0]?.ways.map(({engine, speed}) => [engine, speed]), [['transformers.js', 20], ['llama.cpp', 30]]);
  await share.start('webgpu');
  assert.equal(calls.at(-1), 'start gguf webgpu');
  const later = stage({}, {catalogue: twice, kept});
  await new Promise((resolve) => setImmediate(resolve));
  await later.share.start('webgpu');
  assert.deepEqual(later.calls, ['start gguf webgpu']);
});

test('compare(): a way that fails is told, what was measured before it is kept; it can be stopped', async () => {
  const failing: Partial<ShareDevice> = {speedOf: async ({entry}) => {
    if (entry.manifest.engine === 'wllama') throw new NetworkError('load-failed');
    return [{jobs: 1, prefill: 1, decode: 200}];
  }};
  const {share} = stage(failing, {catalogue: twice});
  await new Promise((resolve) => setImmediate(resolve));
  await assert.rejects(share.compare(), {code: 'load-failed'});
  assert.deepEqual([share.view.get().choices[0]?.ways.map(({speed}) => speed), share.view.get().comparing], [[20, undefined], undefined]);
  const waiting: Partial<ShareDevice> = {speedOf: (_, {signal}) => new Promise((_resolve, reject) => void signal.addEventListener('abort', () => reject(signal.reason)))};
  const stopped = stage(waiting, {catalogue: twice});
  await new Promise((resolve) => setImmediate(resolve));
  const comparing = stopped.share.compare();
  await stopped.share.start('webgpu');
  assert.deepEqual(stopped.calls, [], 'nothing starts meanwhile');
  stopped.share.stopComparing();
  await comparing;
  await stopped.share.start('webgpu');
  assert.equal(stopped.calls.length, 1);
});

test('compare(): nothing is measured before the check of this device ended', async () => {
  const {share, calls} = stage({probe: () => new Promise(() => {})}, {catalogue: twice});
  await share.compare();
  assert.deepEqual([share.view.get().capability.is, calls], ['checking', []]);
});

test('what a node measures while it serves counts too', async () => {
  const {share, tell} = stage({}, {catalogue: twice});
  await new Promise((resolve) => setImmediate(resolve));
  await share.start('webgpu');
  tell({type: 'measured', speeds: [{jobs: 1, prefill: 5, decode: 123}]});
  assert.equal(share.view.get().choices[0]?.ways[0]?.speed, 12.3);
});
