/** Sharing in several tabs of one browser: one leads, the others show what it shows and pass on what a person wants. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {NetworkError} from '#protocol/errors.ts';
import type {NodeId} from '#protocol/ids.ts';
import {parseCatalogue} from '#protocol/models.ts';
import {shareAcrossTabs} from './share-follow.ts';
import type {ShareTab, ShareTabs} from './share-tabs.ts';
import {createShare, type ShareDevice, type ShareEvent} from './share.ts';

const catalogue = parseCatalogue(JSON.parse(readFileSync(new URL('../../public/models.json', import.meta.url), 'utf8')));
const node = 'ab'.repeat(32) as NodeId;
const done: ShareEvent = {type: 'outcome', outcome: {handle: 'h', outcome: 'done', tokens: 10, milliseconds: 500, task: 'chat', earned: 0n}};

/** The tabs of one browser, in memory: what leads is shown to all others at once. */
class MemoryBrowser {
  readonly #tabs: ShareTab[] = [];
  #leader: ShareTab | undefined;

  open(): {readonly tabs: ShareTabs; lead(): () => void} {
    let self: ShareTab | undefined;
    const others = () => this.#tabs.filter((tab) => tab !== self);
    const changed = () => {
      if (self === undefined || this.#leader !== self) return;
      for (const tab of others()) tab.follow(self.shown());
    };
    return {
      tabs: {
        join: (tab) => {
          self = tab;
          this.#tabs.push(tab);
          if (this.#leader) tab.follow(this.#leader.shown());
        },
        changed,
        wish: (wish) => this.#leader?.grant(wish),
      },
      lead: () => {
        if (this.#leader) throw new NetworkError('already-running');
        this.#leader = self;
        changed();
        return () => {
          this.#leader = undefined;
          for (const tab of others()) tab.follow(undefined);
        };
      },
    };
  }
}

function openTab(browser: MemoryBrowser, device: Partial<ShareDevice> = {}) {
  const calls: string[] = [];
  const kept: unknown[] = [];
  const earned: bigint[] = [];
  const {tabs, lead} = browser.open();
  let tell: (event: ShareEvent) => void = () => {};
  let end = () => {};
  const stopped = () => {
    end();
    tell({type: 'stopped', code: undefined, detail: ''});
  };
  const own = createShare(
    {
      setConditions: async ({paused, duty}) => void calls.push(`paused ${paused} duty ${duty}`),
      probe: async () => ({is: 'none', why: 'unknown-browser', detail: ''}),
      measure: async () => Promise.reject(new NetworkError('no-webgpu')),
      speedOf: async () => [],
      start: async (_, onEvent) => {
        end = lead();
        tell = onEvent;
        calls.push('start');
        return node;
      },
      finish: async () => void calls.push('finish'),
      stopNow: async () => {
        calls.push('stop');
        stopped();
      },
      ...device,
    },
    {catalogue, chosen: {asking: undefined, limits: undefined, speeds: undefined}, keep: async (_, value) => void kept.push(value), now: () => 7, onEarned: (sum) => earned.push(sum)},
  );
  const share = shareAcrossTabs(own, {tabs, noteCollected: async (collected) => void calls.push(`collected ${collected}`)});
  const shows = () => share.view.get();
  return {share, shows, calls, kept, earned, tell: (event: ShareEvent) => tell(event), crash: () => end()};
}

function twoTabs() {
  const browser = new MemoryBrowser();
  return {browser, first: openTab(browser), second: openTab(browser)};
}

test('what the leader does is shown in tabs that were open before and in tabs that are opened later', async () => {
  const {browser, first, second} = twoTabs();
  await first.share.ask({paid: true});
  await first.share.start('wasm');
  assert.equal(second.shows().status.is, 'loading');
  first.tell({type: 'ready', engine: 'an engine', link: 'webrtc'});
  first.tell({type: 'running', jobs: 1});
  first.tell(done);
  first.tell({type: 'balance', earned: 5n, collected: 2n});
  const third = openTab(browser);
  for (const tab of [second, third]) {
    assert.deepEqual(tab.shows(), {...first.shows(), elsewhere: true, capability: tab.shows().capability, choices: tab.shows().choices});
    assert.deepEqual([tab.shows().jobsDone, tab.shows().log.length, tab.shows().asking.paid, tab.shows().node], [1, 1, true, node]);
    assert.equal(tab.earned.at(-1), 5n, 'the wallet of that tab hears of it too');
  }
  assert.equal(first.shows().elsewhere, false);
});

test('a start beside a leader does nothing', async () => {
  const {first, second} = twoTabs();
  await first.share.start('wasm');
  await second.share.start('wasm');
  assert.deepEqual([second.calls.includes('start'), second.shows().elsewhere, second.shows().status.is], [false, true, 'loading']);
});

test('finish, stop and what was collected reach the leader, and only it', async () => {
  const {first, second} = twoTabs();
  await first.share.start('wasm');
  first.tell({type: 'ready', engine: '', link: 'memory'});
  await second.share.noteCollected(9n);
  await second.share.finish();
  assert.deepEqual([first.shows().status.is, second.shows().status.is], ['finishing', 'finishing']);
  await second.share.stopNow();
  assert.deepEqual([first.shows().status, second.shows().status, second.shows().elsewhere, second.shows().link], [{is: 'off'}, {is: 'off'}, false, undefined]);
  assert.deepEqual(first.calls.filter((call) => !call.startsWith('paused')), ['start', 'collected 9', 'finish', 'stop']);
  assert.deepEqual(second.calls.filter((call) => !call.startsWith('paused')), []);
});

test('limits that a follower changes are the leader’s, are kept once, and stay when the leader is gone', async () => {
  const {first, second} = twoTabs();
  await first.share.start('wasm');
  await second.share.limit({breakUntil: 8, duty: 30});
  for (const tab of [first, second]) assert.deepEqual([tab.shows().paused, tab.shows().limits.duty], ['break', 30]);
  assert.equal(first.calls.at(-1), 'paused true duty 30');
  assert.deepEqual([first.kept.length, second.kept.length], [1, 0]);
  first.crash();
  assert.deepEqual([second.shows().status.is, second.shows().limits.duty, second.shows().paused], ['off', 30, 'break']);
  assert.equal(second.calls.at(-1), 'paused true duty 30', 'a node that this tab starts now keeps them');
});

test('prices that a follower changes are the leader’s, and count from its next start', async () => {
  const {first, second} = twoTabs();
  await first.share.start('wasm');
  await second.share.ask({own: {tiny: {prompt: 1n, completion: 2n}}});
  for (const tab of [first, second]) assert.deepEqual(tab.shows().asking.own, {tiny: {prompt: 1n, completion: 2n}});
  assert.deepEqual([first.kept.length, second.kept.length], [1, 0]);
});

test('a follower believes the leader about a pause, not its own look at the device', async () => {
  const {first, second} = twoTabs();
  await first.share.start('wasm');
  first.share.setSurroundings({onBattery: true, metered: false, hidden: true});
  second.share.setSurroundings({onBattery: false, metered: false, hidden: false});
  assert.deepEqual([first.shows().paused, second.shows().paused], ['battery', 'battery']);
});

test('the leader is gone without a word: the others are off, keep what was counted, and one of them may start', async () => {
  const {browser, first, second} = twoTabs();
  const third = openTab(browser);
  await first.share.start('wasm');
  first.tell(done);
  first.crash();
  assert.deepEqual([second.shows().status.is, third.shows().status.is, second.calls.includes('start')], ['off', 'off', false], 'no one takes over by itself');
  await second.share.start('wasm');
  second.tell({type: 'ready', engine: '', link: 'memory'});
  assert.deepEqual([second.shows().elsewhere, third.shows().elsewhere, third.shows().status.is, third.shows().jobsDone], [false, true, 'ready', 1]);
});

test('two tabs are started at once: the second one follows the first, without an error', async () => {
  const browser = new MemoryBrowser();
  const first = openTab(browser);
  const second = openTab(browser, {
    start: async () => {
      await first.share.start('wasm');
      assert.equal(second.shows().elsewhere, false, 'its own start is still under way');
      throw new NetworkError('already-running');
    },
  });
  await second.share.start('wasm');
  assert.deepEqual([second.shows().elsewhere, second.shows().status.is], [true, 'loading']);
});

test('a wish that fails in the leader breaks nothing in the tab that passed it on', async () => {
  const browser = new MemoryBrowser();
  const first = openTab(browser, {finish: async () => Promise.reject(new NetworkError('internal'))});
  const second = openTab(browser);
  await first.share.start('wasm');
  await second.share.finish();
  assert.equal(second.shows().status.is, 'finishing');
});
