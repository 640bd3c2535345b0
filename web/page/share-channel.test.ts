/** Tabs over a real channel and real locks: who leads, what is shown, which wishes arrive, and how the end is noticed. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {test, type TestContext} from 'node:test';
import type {NodeId} from '#protocol/ids.ts';
import {usualLimits} from '../state/limits.ts';
import type {ShareWish, ShownShare} from '../state/share-tabs.ts';
import {createShareChannel, type TabBonds} from './share-channel.ts';
import {readShareWord} from './share-words.ts';

const shown: ShownShare = {
  choice: 'a-model',
  device: 'wasm',
  asking: {paid: true, prompt: 1n, completion: 2n, own: {tiny: {prompt: 3n, completion: 4n}}},
  limits: usualLimits,
  paused: undefined,
  balance: {earned: 2n ** 70n, collected: 0n},
  status: {is: 'loading', part: 0.5, what: 'download', download: {bytes: 1, total: 2, bytesPerSecond: 0, etaSeconds: undefined}},
  idle: {reason: 'paused', until: 1_800_000_000, trouble: 'silent'},
  node: 'ab'.repeat(32) as NodeId,
  engine: 'an engine',
  speeds: [{jobs: 1, prefill: 2, decode: 3}],
  link: 'webrtc',
  jobsDone: 1,
  tokens: 2,
  tokensPerSecond: 1.5,
  log: [{handle: 'h', at: 7, tokens: 2, milliseconds: 5, outcome: 'done', task: 'chat', earned: 4n}],
  booked: 1,
};

/** A browser of this test's own; what its tabs have heard can be awaited. */
function openBrowser(context: TestContext) {
  const name = crypto.randomUUID();
  const channels: BroadcastChannel[] = [];
  context.after(() => channels.forEach((channel) => channel.close()));
  const bonds = (): TabBonds => {
    const channel = new BroadcastChannel(name);
    channels.push(channel);
    return {channel, locks: navigator.locks};
  };
  const openTab = (shows: () => ShownShare = () => shown) => {
    const heard = new EventTarget();
    const seen: (ShownShare | undefined)[] = [];
    const wishes: ShareWish[] = [];
    const tabs = createShareChannel(bonds());
    tabs.join({
      shown: shows,
      follow: (what) => {
        seen.push(what);
        heard.dispatchEvent(new Event('heard'));
      },
      grant: (wish) => {
        wishes.push(wish);
        heard.dispatchEvent(new Event('heard'));
      },
    });
    const until = async (holds: () => boolean): Promise<void> => {
      while (!holds()) await once(heard, 'heard');
    };
    const follows = () => until(() => seen.at(-1) !== undefined);
    const left = () => until(() => seen.length > 0 && seen.at(-1) === undefined);
    return {tabs, seen, wishes, until, follows, left};
  };
  return {openTab, bonds};
}

test('tabs that are open and tabs that are opened later see what the leader shows; a second one can not lead', async (context) => {
  const {openTab} = openBrowser(context);
  const [first, second] = [openTab(), openTab()];
  const release = await first.tabs.lead();
  const third = openTab();
  await Promise.all([second.follows(), third.follows()]);
  assert.deepEqual([second.seen[0], third.seen], [shown, [shown]], 'all of it came over the channel');
  await assert.rejects(second.tabs.lead(), {code: 'already-running'});
  release();
  await Promise.all([second.left(), third.left()]);
  assert.deepEqual(first.seen, []);
  context.after(await second.tabs.lead());
  await Promise.all([first.follows(), third.follows()]);
});

test('changes of one moment are told once; a tab that does not lead tells nothing', async (context) => {
  const {openTab} = openBrowser(context);
  let jobsDone = 0;
  const first = openTab(() => ({...shown, jobsDone}));
  const release = await first.tabs.lead();
  const second = openTab();
  await second.follows();
  for (jobsDone = 1; jobsDone < 9; jobsDone += 1) first.tabs.changed();
  second.tabs.changed();
  await second.until(() => second.seen.at(-1)?.jobsDone === 9);
  release();
  first.tabs.changed();
  await second.left();
  assert.deepEqual([second.seen.map((each) => each?.jobsDone), first.seen], [[0, 9, undefined], []]);
});

test('wishes reach the tab that leads, and never a later tenure', async (context) => {
  const {openTab, bonds} = openBrowser(context);
  const [first, second] = [openTab(), openTab()];
  const ear = bonds().channel;
  const overheard: unknown[] = [];
  ear.addEventListener('message', ({data}: MessageEvent<unknown>) => overheard.push(data));
  const release = await first.tabs.lead();
  await second.follows();
  second.tabs.wish({is: 'limit', limits: {duty: 30}});
  await first.until(() => first.wishes.length === 1);
  release();
  await second.left();
  second.tabs.wish({is: 'stop'});
  context.after(await first.tabs.lead());
  await second.follows();
  const old = overheard.find((word) => readShareWord(word)?.type === 'wish');
  assert.ok(old);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
  ear.postMessage(old);
  second.tabs.wish({is: 'ask', asking: {own: {tiny: {prompt: 1n, completion: 2n}}}});
  second.tabs.wish({is: 'collected', collected: 3n});
  await first.until(() => first.wishes.some(({is}) => is === 'collected'));
  assert.deepEqual(first.wishes, [{is: 'limit', limits: {duty: 30}}, {is: 'ask', asking: {own: {tiny: {prompt: 1n, completion: 2n}}}}, {is: 'collected', collected: 3n}]);
});

test('what another version of the app says is not understood, and ignored', () => {
  const said = (fields: object) => readShareWord({type: 'shown', tenure: 't', shown: {...shown, ...fields}});
  assert.deepEqual(said({}), {type: 'shown', tenure: 't', shown});
  assert.deepEqual(said({new: 1}), said({}), 'more than is known does no harm');
  for (const fields of [{status: {is: 'dreaming'}}, {status: {is: 'failed', code: 'no-such-code', detail: ''}}, {node: 'xy'}, {limits: {...usualLimits, duty: 50}}, {balance: {earned: 1, collected: 0}}, {log: undefined}]) assert.equal(said(fields), undefined);
  for (const word of [undefined, 'hello', {type: 'goodbye'}, {type: 'wish', tenure: 't', wish: {is: 'erase'}}, {type: 'wish', wish: {is: 'stop'}}, {type: 'wish', tenure: 't', wish: {is: 'limit', limits: {week: 'f'}}}, {type: 'wish', tenure: 't', wish: {is: 'ask', asking: {prompt: -1n}}}]) assert.equal(readShareWord(word), undefined);
});
