/** This device as one that answers: real nodes over memory links, and everything that can come between a question and its answer. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {codeOf, type ErrorCode, NetworkError} from '#protocol/errors.ts';
import {createSecret, identityOf} from '#protocol/identity.ts';
import type {DeviceId, ModelHash, NodeId} from '#protocol/ids.ts';
import {type CatalogueEntry, hashOfModel, parseCatalogue} from '#protocol/models.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import {fakeEngine} from '../../protocol/testing/fake-engine.ts';
import {ManualClock} from '../../protocol/testing/manual-clock.ts';
import {memoryLink} from '../../protocol/testing/memory-link.ts';
import {OwnNode} from '../worker/own-node.ts';
import type {Sharing} from './own-answers.ts';
import {ownObstacle} from './own-choice.ts';
import {OwnDeviceRoom} from './own-device.ts';
import type {OwnDeviceView} from './own-device-views.ts';
import type {LoadedSeat, LoadWatch} from './own-seat.ts';
import {store} from './store.ts';
import type {Capability} from './views.ts';
import type {Way} from './choices.ts';

const shipped = parseCatalogue(JSON.parse(readFileSync(new URL('../../public/models.json', import.meta.url), 'utf8')));
const demo = shipped.find((entry) => entry.demo) as CatalogueEntry;
const files = [{path: 'a', bytes: 1000, sha256: '00'.repeat(32)}];
const big: CatalogueEntry = {...demo, id: 'big', label: 'Big', demo: false, downloadBytes: 1000, manifest: {engine: 'wllama', source: 'x', files}};
const huge: CatalogueEntry = {...big, id: 'huge', label: 'Huge', memoryBytes: 9e9, manifest: {engine: 'wllama', source: 'y', files}};
const [demoHash, bigHash] = [hashOfModel(demo), hashOfModel(big)];
const gpu: Capability = {is: 'webgpu', adapter: 'a real one', fallback: false, f16: true, maxBufferBytes: 2 ** 31, jspi: true, budgetBytes: 4e9};
const story = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');

type Load = (way: Way, watch: LoadWatch) => Promise<void>;

/** A device whose loads, losses and sharing the test decides. */
async function stage({load = async () => {}, kept = []}: {load?: Load; kept?: {model: ModelHash; bytes: number}[]} = {}) {
  const clock = new ManualClock(() => setImmediate());
  const secret = await createSecret();
  const identity = await identityOf<DeviceId>(await createSecret());
  const loads: string[] = [];
  const seats: (LoadedSeat & {lose(code: ErrorCode): void})[] = [];
  const seatOf = async (entry: CatalogueEntry, onLost: (code: ErrorCode) => void) => {
    const node = await OwnNode.over(fakeEngine({clock, answer: () => story}), {secret, entry, clock, onLost});
    const over = new AbortController();
    const link = (device: DeviceId) => {
      const [nodeEnd, ownEnd] = memoryLink();
      void node.serve(nodeEnd, device);
      over.signal.addEventListener('abort', () => ownEnd.close());
      return ownEnd;
    };
    const lose = (code: ErrorCode) => {
      node.lose(code);
      onLost(code);
    };
    const seat = {node: (await identityOf<NodeId>(secret)).id, link, end: () => over.abort(), lose};
    seats.push(seat);
    return seat;
  };
  const share = store<{capability: Capability; elsewhere: boolean; sharing: Sharing | undefined}>({capability: gpu, elsewhere: false, sharing: undefined});
  const view = store<OwnDeviceView>({models: [], chosen: undefined, status: {is: 'off'}, shared: undefined, sharedElsewhere: false});
  const room = new OwnDeviceRoom({
    load: async (way, watch) => {
      loads.push(`${way.entry.id} ${way.kind}`);
      await load(way, watch);
      return seatOf(way.entry, watch.onLost);
    },
    kept: async () => kept,
    sharing: () => share.get().sharing,
    identity,
    clock,
  }, {view, catalogue: [demo, big, huge], speeds: undefined, share});
  await clock.settle();
  const ask = async (model: ModelHash, {signal = new AbortController().signal, onEvent}: {signal?: AbortSignal; onEvent?(event: AskEvent): void} = {}) => {
    const events: AskEvent[] = [];
    const run = async () => {
      for await (const event of room.ask({model, job: {task: 'chat', messages: [{role: 'user', content: 'x'}], maxTokens: 1024}, level: 'device', sensitive: true, prefer: undefined, priceCap: 10n ** 9n, signal})) {
        events.push(event);
        onEvent?.(event);
      }
    };
    const code = await clock.drive(run().then(() => undefined, codeOf));
    return {events, code, answer: events.map((event) => (event.type === 'text' ? event.text : '')).join(''), receipts: events.filter(({type}) => type === 'done').length};
  };
  return {clock, room, view, share, loads, seats, seatOf, ask, kept};
}

test('what fits is offered, and said whether it is here; what does not fit is not', async () => {
  const {view, kept, room} = await stage();
  assert.deepEqual(view.get().models.map(({label, isHere}) => [label, isHere]), [['Big', false], [demo.label, true]]);
  assert.equal(view.get().chosen, demoHash, 'nothing has to be downloaded for the first question');
  kept.push({model: bigHash, bytes: 999});
  await room.look();
  assert.equal(view.get().models[0]?.isHere, false);
  kept[0] = {model: bigHash, bytes: 1200};
  await room.look();
  assert.equal(view.get().models[0]?.isHere, true);
});

test('a question loads the model once, and is answered here with a receipt and for nothing', async () => {
  const {ask, loads, view} = await stage();
  const {answer, receipts, code, events} = await ask(demoHash);
  assert.deepEqual([answer, receipts, code], [story, 1, undefined]);
  assert.deepEqual(events.flatMap((event) => (event.type === 'bound' ? [event.route] : [])), ['here']);
  assert.deepEqual(view.get().status, {is: 'ready', model: demoHash});
  assert.equal((await ask(demoHash)).answer, story);
  assert.deepEqual(loads, [`${demo.id} webgpu`]);
});

test('a model that is not here is never downloaded by a question, only by a click; then it answers, until it is freed', async () => {
  const {ask, loads, room, view, kept} = await stage();
  room.choose(bigHash);
  assert.equal(ownObstacle(view.get(), view.get().models[0]), 'absent');
  assert.equal((await ask(bigHash)).code, 'not-here');
  assert.deepEqual(loads, []);
  await room.get(bigHash);
  assert.equal(ownObstacle(view.get(), view.get().models[0]), undefined);
  assert.equal((await ask(bigHash)).answer, story);
  room.unload();
  assert.deepEqual(view.get().status, {is: 'off'});
  assert.equal((await ask(bigHash)).code, 'not-here');
  kept.push({model: bigHash, bytes: 1000});
  await room.look();
  assert.equal((await ask(bigHash)).answer, story);
});

test('a metered connection: nothing comes before it is agreed to', async () => {
  const {room, view} = await stage({load: async (_, {evenIfMetered}) => {
    if (!evenIfMetered) throw new NetworkError('metered');
  }});
  await room.get(bigHash);
  assert.deepEqual(view.get().status, {is: 'failed', model: bigHash, code: 'metered'});
  await room.get(bigHash, {evenIfMetered: true});
  assert.deepEqual(view.get().status, {is: 'ready', model: bigHash});
});

test('a loading shows how far it is, and ends when it is cancelled', async () => {
  const {room, view, seats} = await stage({load: (_, {signal, onProgress}) => new Promise((_resolve, reject) => {
    onProgress(0.3, 'download', {bytes: 3, total: 10, bytesPerSecond: 1, etaSeconds: 7});
    signal.addEventListener('abort', () => reject(signal.reason));
  })});
  const getting = room.get(bigHash);
  await setImmediate();
  const {status} = view.get();
  assert.ok(status.is === 'loading' && status.part === 0.3 && status.download?.total === 10);
  room.cancel();
  await getting;
  assert.deepEqual([view.get().status, seats], [{is: 'off'}, []]);
});

test('lost in mid-answer: it is loaded anew, and the reader sees no break', async () => {
  const {ask, loads, seats} = await stage();
  let lost = false;
  const {answer, code, receipts} = await ask(demoHash, {onEvent: (event) => {
    if (event.type !== 'text' || lost) return;
    lost = true;
    seats[0]?.lose('gpu-lost');
  }});
  assert.deepEqual([answer, code, receipts, loads.length], [story, undefined, 1, 2]);
});

test('lost again and again: the processor is tried, then it says so; no loading goes on for ever', async () => {
  const {ask, loads, view} = await stage({load: async () => Promise.reject(new NetworkError('gpu-lost'))});
  const {code} = await ask(demoHash);
  assert.equal(code, 'own-lost');
  assert.deepEqual([loads[0], loads.at(-1)], [`${demo.id} webgpu`, `${demo.id} wasm`]);
  assert.ok(loads.length <= 6);
  assert.deepEqual(view.get().status, {is: 'failed', model: demoHash, code: 'own-lost'});
});

test('this tab begins to share the same model in mid-answer: the answer goes on at the node that is shared', async () => {
  const {ask, share, loads, seatOf, view} = await stage();
  let begun = false;
  const shared = await seatOf(demo, () => {});
  const {answer, code} = await ask(demoHash, {onEvent: (event) => {
    if (event.type !== 'text' || begun) return;
    begun = true;
    share.patch({sharing: {entry: demo, seat: undefined}});
    // It is loading; then it serves.
    void setImmediate().then(() => share.patch({sharing: {entry: demo, seat: shared}}));
  }});
  assert.deepEqual([answer, code, loads.length], [story, undefined, 1]);
  assert.deepEqual([view.get().status, view.get().shared, view.get().chosen], [{is: 'off'}, demoHash, demoHash]);
});

test('this tab shares another model: what was loaded is freed, and a question for it says why it is not answered', async () => {
  const {ask, share, room, view, seatOf} = await stage();
  await room.get(bigHash);
  room.choose(bigHash);
  share.patch({sharing: {entry: demo, seat: await seatOf(demo, () => {})}});
  assert.deepEqual([view.get().status, view.get().chosen], [{is: 'off'}, demoHash]);
  assert.equal(ownObstacle(view.get(), view.get().models.find(({hash}) => hash === bigHash)), 'busy');
  assert.equal((await ask(bigHash)).code, 'own-busy');
  assert.equal((await ask(demoHash)).answer, story);
  share.patch({sharing: undefined});
  assert.equal(view.get().chosen, bigHash);
});

test('stopped while it loads: the question ends, the loading goes on for the next one', async () => {
  const {promise, resolve} = Promise.withResolvers<void>();
  const {ask, loads, clock, view} = await stage({load: () => promise});
  const stop = new AbortController();
  const asking = ask(demoHash, {signal: stop.signal});
  await clock.settle();
  stop.abort(new NetworkError('cancelled'));
  assert.equal((await asking).code, 'cancelled');
  assert.equal(view.get().status.is, 'loading');
  resolve();
  assert.equal((await ask(demoHash)).answer, story);
  assert.equal(loads.length, 1);
});
