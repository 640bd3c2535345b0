/** The relays of a person: off until chosen, pinned at the first meeting, and left alone under another key until the person agrees. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {RelayId} from '#protocol/ids.ts';
import type {RelayRecord} from '#protocol/relay-record.ts';
import type {OtherRelay} from '#protocol/roles/node-elsewhere.ts';
import {createRelays} from './relays.ts';

const [b, c] = ['https://b.example', 'https://c.example'];
const key = (digit: string) => digit.repeat(64) as RelayId;
const record = (relay: RelayId): RelayRecord => ({relay, issued: 1, expires: 2, name: 'B', address: b, contact: '', feePermille: 50, freeAnswers: 0, linksPerAddress: 64, jobsPerLink: 16, waitSeconds: 60});

async function stage(saved?: unknown) {
  const settings = new Map<string, unknown>(saved === undefined ? [] : [['relays', saved]]);
  const did: string[] = [];
  let shares: readonly OtherRelay[] = [];
  const kept = {setting: async (name: string) => settings.get(name), putSetting: async (name: string, value: unknown) => void settings.set(name, structuredClone(value))};
  const relays = await createRelays({kept, connect: (address) => void did.push(`connect ${address}`), leave: (address) => void did.push(`leave ${address}`), onUsed: (used) => void (shares = used)});
  return {relays, did, settings, shares: () => shares, other: (address: string) => relays.view.get().others.find((relay) => relay.address === address)};
}

test('relays that ours names are shown and not used', async () => {
  const {relays, did, other} = await stage();
  relays.setKnown([b, c]);
  assert.deepEqual(relays.view.get().others.map(({address, chosen, link}) => [address, chosen, link.is]), [[b, false, 'unused'], [c, false, 'unused']]);
  assert.deepEqual(relays.used(), []);
  assert.deepEqual(did, []);
  relays.setNews(b, {is: 'open'});
  relays.meet(b, record(key('1')));
  assert.deepEqual([other(b)?.link.is, other(b)?.record], ['unused', undefined], 'one that is not chosen has nothing to say');
});

test('a chosen relay is linked at once, pinned when it was met, and then shared through; the next start knows it', async () => {
  const {relays, did, settings, shares, other} = await stage();
  relays.setKnown([b, c]);
  await relays.choose(b, true);
  assert.deepEqual([did, relays.used(), shares()], [[`connect ${b}`], [b], []]);
  relays.meet(b, record(key('1')));
  relays.setNews(b, {is: 'open'});
  assert.deepEqual([other(b)?.record?.name, other(b)?.link.is, shares()], ['B', 'open', [{address: b, key: key('1')}]]);
  const again = await stage(settings.get('relays'));
  assert.deepEqual([again.relays.used(), again.shares()], [[b], [{address: b, key: key('1')}]]);
});

test('another key than before: not used, not shared through, until the person agrees', async () => {
  const {relays, did, shares, other} = await stage([{address: b, chosen: true, key: key('1')}]);
  relays.setKnown([b]);
  assert.throws(() => relays.meet(b, record(key('2'))), {code: 'relay-changed'});
  assert.deepEqual([relays.used(), shares(), other(b)?.changedTo, other(b)?.key], [[], [], key('2'), key('1')]);
  await relays.trust(b);
  assert.deepEqual(did, [`leave ${b}`, `connect ${b}`]);
  assert.deepEqual([relays.used(), shares(), other(b)?.changedTo], [[b], [{address: b, key: key('2')}], undefined]);
  relays.meet(b, record(key('2')));
  assert.throws(() => relays.meet(b, record(key('1'))), {code: 'relay-changed'}, 'the old one is another key now');
});

test('a relay that is chosen no more is left, and keeps its pin', async () => {
  const {relays, did, settings, shares, other} = await stage([{address: b, chosen: true, key: key('1')}]);
  relays.setKnown([b]);
  relays.setSharing(b, {is: 'open'});
  await relays.choose(b, false);
  assert.deepEqual([did, relays.used(), shares(), other(b)?.sharing], [[`leave ${b}`], [], [], undefined]);
  await relays.choose(b, true);
  assert.throws(() => relays.meet(b, record(key('2'))), {code: 'relay-changed'});
  assert.deepEqual(settings.get('relays'), [{address: b, chosen: true, key: key('1')}]);
});

test('a relay that ours names no more is left, and its pin waits', async () => {
  const {relays, did, settings} = await stage([{address: b, chosen: true, key: key('1')}]);
  assert.deepEqual(relays.used(), [b], 'until ours was asked');
  relays.setKnown([c]);
  assert.deepEqual([did, relays.used()], [[`leave ${b}`], []]);
  await relays.choose(c, true);
  relays.setKnown([b, c]);
  assert.deepEqual(relays.used(), [b, c]);
  assert.throws(() => relays.meet(b, record(key('2'))), {code: 'relay-changed'});
  assert.deepEqual((settings.get('relays') as {address: string}[]).map(({address}) => address), [c, b]);
});

test('our own relay says who it is and is never pinned: its page is its word', async () => {
  const {relays} = await stage();
  relays.meet('', record(key('1')));
  relays.meet('', record(key('2')));
  assert.equal(relays.view.get().own.record?.relay, key('2'));
  relays.setNews('', {is: 'lost', code: 'offline', since: 5});
  assert.deepEqual(relays.view.get().own.link, {is: 'lost', code: 'offline', since: 5});
});

test('our own relay under another address is not used a second time, whichever is met first', async () => {
  const {relays, shares} = await stage();
  relays.setKnown([b, c]);
  await relays.choose(b, true);
  relays.meet(b, record(key('1')));
  assert.deepEqual(relays.used(), [b]);
  relays.meet('', record(key('1')));
  assert.deepEqual([relays.used(), shares()], [[], []]);
  await relays.choose(c, true);
  relays.meet(c, record(key('1')));
  assert.deepEqual([relays.used(), shares()], [[], []]);
});

test('what was kept and makes no sense is left out', async () => {
  const saved = [null, 5, {address: 7, chosen: true}, {address: '', chosen: true}, {address: b, chosen: 'yes'}, {address: c, chosen: true, key: 'x'}];
  assert.deepEqual((await stage(saved)).relays.used(), [c]);
  assert.deepEqual((await stage('nonsense')).relays.used(), []);
});
