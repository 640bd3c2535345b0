/** A client over two relays of different operators: whatever becomes of one, the other one goes on, and the reader sees no break. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {codeOf, NetworkError} from '../errors.ts';
import {createSecret, identityOf} from '../identity.ts';
import type {NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {RelayRecord} from '../relay-record.ts';
import type {AskEvent} from '../roles/ask.ts';
import {Bans} from '../roles/relay-bans.ts';
import {unknownPrefix} from '../roles/relay-gate.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import type {NodeOptions, TestNode} from './network.ts';
import {clientOf, openRelay} from './relays-stage.ts';

const story = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');
const there = 'https://b.example';

async function stage({options = {}, bans}: {options?: Omit<Parameters<typeof clientOf>[1], 'relays'>; bans?: Bans} = {}) {
  const clock = new ManualClock(() => setImmediate());
  const own = await openRelay(clock, {address: '', ...(bans ? {bans} : {})});
  const other = await openRelay(clock, {address: there});
  const client = clientOf(clock, {relays: [own, other], ...options});
  const nodeAt = (relay: typeof own, more: NodeOptions & {msPerToken?: number} = {}): Promise<TestNode> => relay.network.node(fakeEngine({clock, answer: () => story, ...(more.msPerToken ? {msPerToken: more.msPerToken} : {})}), more);
  const ask = (onEvent?: (event: AskEvent) => void, question = {}) => own.network.ask(client, {text: 'Tell me a story', ...question}, onEvent);
  return {clock, own, other, client, nodeAt, ask};
}

/** Does something once, when the answer has begun. */
function amid(act: () => void): (event: AskEvent) => void {
  let done = false;
  return ({type}) => {
    if (type !== 'text' || done) return;
    done = true;
    act();
  };
}
const boundTo = (events: readonly AskEvent[]) => events.flatMap((event) => (event.type === 'bound' ? [`${event.relay ?? 'own'} ${event.node.slice(0, 4)}`] : []));
const resumed = (events: readonly AskEvent[]) => events.flatMap((event) => (event.type === 'resuming' ? [event.code] : []));
const at = (relay: string, node: TestNode): string => `${relay} ${node.id.slice(0, 4)}`;

test('the directory is that of all relays, each computer once', async () => {
  const {clock, own, other, client, nodeAt} = await stage();
  const identity = await identityOf<NodeId>(await createSecret());
  const [both, here, yonder] = [await nodeAt(own, {identity}), await nodeAt(own), await nodeAt(other)];
  await nodeAt(other, {identity});
  const records = await clock.drive(client.directory());
  assert.deepEqual(records.map(({node}) => node).toSorted(), [both.id, here.id, yonder.id].toSorted());
});

test('a question goes to the relay that has a computer, and says which', async () => {
  const {other, nodeAt, ask} = await stage();
  const node = await nodeAt(other);
  const {events, answer, error} = await ask();
  assert.equal(error, undefined);
  assert.equal(answer, story);
  assert.deepEqual(boundTo(events), [at(there, node)]);
});

test('of equal relays our own answers', async () => {
  const {own, other, nodeAt, ask} = await stage();
  const [node] = [await nodeAt(own), await nodeAt(other)];
  assert.deepEqual(boundTo((await ask()).events), [at('own', node)]);
});

test('the computer of a conversation, and paired devices, are found at whichever relay they are', async () => {
  const {own, other, nodeAt, ask} = await stage();
  await nodeAt(own);
  const node = await nodeAt(other);
  assert.deepEqual(boundTo((await ask(undefined, {prefer: node.id})).events), [at(there, node)]);
  assert.deepEqual(boundTo((await ask(undefined, {only: new Set([node.id])})).events), [at(there, node)]);
});

test('our relay goes away in mid-answer: the answer goes on through the other one at once, nothing is lost or doubled', async () => {
  const {clock, own, other, nodeAt, ask} = await stage();
  const [first, second] = [await nodeAt(own), await nodeAt(other)];
  let lostAt = 0;
  let resumedAt = 0;
  const stop = amid(() => {
    lostAt = clock.now();
    own.stop();
  });
  const {events, answer, error} = await ask((event) => {
    stop(event);
    if (event.type === 'bound' && event.relay === there) resumedAt = clock.now();
  });
  assert.equal(error, undefined);
  assert.equal(answer, story);
  assert.deepEqual(boundTo(events), [at('own', first), at(there, second)]);
  assert.deepEqual(resumed(events), ['link-closed']);
  assert.ok(resumedAt - lostAt <= 200, `${resumedAt - lostAt} ms without a way`);
});

test('the other relay goes away in mid-answer: ours takes over', async () => {
  const {own, other, nodeAt, ask} = await stage();
  const first = await nodeAt(other);
  const {events, answer} = await ask(amid(() => {
    void nodeAt(own);
    other.stop();
  }));
  assert.equal(answer, story);
  assert.equal(boundTo(events)[0], at(there, first));
  assert.equal(boundTo(events).length, 2);
});

test('both go away in mid-answer: it goes on at the one that is there again first', async () => {
  const {clock, own, other, nodeAt, ask} = await stage();
  await nodeAt(own);
  const {events, answer, error} = await ask(amid(() => {
    own.stop();
    other.stop();
    void clock.sleep(5000).then(async () => {
      other.start();
      await nodeAt(other);
    });
  }));
  assert.equal(error, undefined);
  assert.equal(answer, story);
  assert.deepEqual(boundTo(events).map((bound) => bound.split(' ')[0]), ['own', there]);
});

test('a computer that is at both relays is not to blame for one that went away: it may end the answer at the other, and again', async () => {
  const {clock, own, other, nodeAt, ask} = await stage();
  const identity = await identityOf<NodeId>(await createSecret());
  await nodeAt(own, {identity});
  await nodeAt(other, {identity});
  let stopped = 0;
  const {events, answer, error} = await ask(({type}) => {
    if (type !== 'text') return;
    stopped += 1;
    if (stopped === 1) own.stop();
    if (stopped !== 3) return;
    other.stop();
    void clock.sleep(3000).then(async () => {
      other.start();
      await nodeAt(other, {identity});
    });
  });
  assert.equal(error, undefined);
  assert.equal(answer, story);
  assert.deepEqual(boundTo(events).map((bound) => bound.split(' ')[0]), ['own', there, there]);
});

test('a relay falls silent in mid-answer, its link open: the other one is found within seconds', async () => {
  const {clock, own, other, nodeAt, ask} = await stage();
  await nodeAt(own);
  const second = await nodeAt(other);
  let silentAt = 0;
  const {events, answer, error} = await ask(amid(() => {
    silentAt = clock.now();
    own.fallSilent();
  }));
  assert.equal(error, undefined);
  assert.equal(answer, story);
  assert.equal(boundTo(events).at(-1), at(there, second));
  assert.deepEqual(resumed(events), ['stalled']);
  assert.ok(clock.now() - silentAt < 15_000, `${clock.now() - silentAt} ms`);
});

test('a relay that can not be reached is passed over, and nobody waits for it again', async () => {
  const {clock, own, other, nodeAt, ask} = await stage();
  await nodeAt(other);
  own.fallSilent();
  const began = clock.now();
  assert.equal((await ask()).answer, story);
  const first = clock.now() - began;
  assert.equal((await ask()).answer, story);
  const second = clock.now() - began - first;
  assert.ok(first - second >= 900 && first - second < 2000, `${first} ms, then ${second} ms`);
});

test('a relay that is there again is used again, without a question having waited for it', async () => {
  const {clock, own, other, nodeAt, ask, client} = await stage();
  await nodeAt(other);
  own.stop();
  assert.equal((await ask()).answer, story);
  own.start();
  const node = await nodeAt(own);
  await clock.advance(61_000);
  await clock.drive(client.directory());
  await clock.advance(1000);
  assert.deepEqual(boundTo((await ask()).events), [at('own', node)]);
});

test('a relay that says busy is passed over before anything was sent', async () => {
  const {clock, own, other, nodeAt, ask, client} = await stage();
  await nodeAt(own);
  const node = await nodeAt(other);
  await clock.drive(client.directory());
  const running = own.network.ask(own.network.client(), {text: 'x'}, amid(() => void own.network.hub.drain(60_000)));
  await clock.advance(500);
  const {events, answer, error} = await ask();
  assert.equal(error, undefined);
  assert.equal(answer, story);
  assert.deepEqual(boundTo(events), [at(there, node)]);
  assert.deepEqual(resumed(events), []);
  assert.equal((await running).answer, story);
});

test('a relay goes away while a question waits there: the other one answers it', async () => {
  const {clock, own, other, nodeAt, ask} = await stage();
  await nodeAt(own, {msPerToken: 2000});
  void own.network.ask(own.network.client(), {text: 'x'});
  await clock.advance(1000);
  const node = await nodeAt(other);
  const {events, answer, error} = await ask((event) => {
    if (event.type === 'waiting') own.stop();
  });
  assert.equal(error, undefined);
  assert.equal(answer, story);
  assert.deepEqual(boundTo(events), [at(there, node)]);
  assert.deepEqual(resumed(events), []);
});

test('after a minute in the line of one relay the other one is asked; the next question goes there at once', async () => {
  const {clock, own, other, nodeAt, ask} = await stage();
  await nodeAt(own, {msPerToken: 2000});
  void own.network.ask(own.network.client(), {text: 'x'});
  await clock.advance(1000);
  const began = clock.now();
  const node = await nodeAt(other);
  const {events, answer} = await ask();
  assert.equal(answer, story);
  assert.deepEqual(boundTo(events), [at(there, node)]);
  assert.ok(clock.now() - began >= limits.queueMs);
  const before = clock.now();
  assert.deepEqual(boundTo((await ask()).events), [at(there, node)]);
  assert.ok(clock.now() - before < limits.queueMs / 2, `${clock.now() - before} ms`);
});

test('whoever is told of a long wait leaves the line for a relay that has not told of one; the computer of a conversation is waited for', async () => {
  const {clock, own, other, nodeAt, ask} = await stage();
  const busy = await nodeAt(own, {msPerToken: 300});
  // The relay has to have seen how long answers take before it can tell.
  for (let asked = 0; asked < 5; asked += 1) {
    await own.network.ask(own.network.client(), {text: 'x'});
    await clock.advance(20_000);
  }
  for (let asked = 0; asked < 2; asked += 1) void own.network.ask(own.network.client(), {text: 'x'});
  await clock.advance(1000);
  const node = await nodeAt(other);
  const began = clock.now();
  const {events, answer} = await ask();
  const told = events.flatMap((event) => (event.type === 'waiting' ? [event.etaMs] : []))[0] ?? 0;
  assert.ok(told >= 10_000, `${told} ms were told`);
  assert.equal(answer, story);
  assert.deepEqual(boundTo(events), [at(there, node)]);
  assert.ok(clock.now() - began < 5000, `${clock.now() - began} ms`);
  await clock.advance(100);
  const patient = await ask(undefined, {prefer: busy.id});
  assert.deepEqual(boundTo(patient.events), [at('own', busy)]);
});

test('whoever is kept out of one relay is answered through the other', async () => {
  const bans = new Bans();
  const {clock, other, nodeAt, ask} = await stage({bans});
  bans.name(new Map([[unknownPrefix, {until: clock.now() + 60_000, code: 'refused'}]]));
  const node = await nodeAt(other);
  const {events, answer, error} = await ask();
  assert.equal(error, undefined);
  assert.equal(answer, story);
  assert.deepEqual(boundTo(events), [at(there, node)]);
});

test('where no relay has a computer the reason is what it was with one relay', async () => {
  const {ask, own, other} = await stage();
  assert.equal(codeOf((await ask()).error), 'no-node');
  own.stop();
  assert.equal(codeOf((await ask()).error), 'no-node');
  other.stop();
  assert.equal(codeOf((await ask()).error), 'offline');
});

test('whoever stops is not asked elsewhere', async () => {
  const {own, other, nodeAt, ask} = await stage();
  await nodeAt(own);
  const node = await nodeAt(other);
  const stop = new AbortController();
  const {error} = await ask(amid(() => stop.abort(new NetworkError('cancelled'))), {signal: stop.signal});
  assert.equal(codeOf(error), 'cancelled');
  assert.deepEqual(node.outcomes, []);
});

test('a relay whose key is another than before is asked nothing, and is met anew when the person says so', async () => {
  const met: RelayRecord[] = [];
  let pinned = 'another key';
  const onRecord = (relay: string, record: RelayRecord) => {
    if (relay === '') return;
    met.push(record);
    if (record.relay !== pinned) throw new NetworkError('relay-changed', 'not the key that was pinned');
  };
  const {clock, other, nodeAt, ask, client} = await stage({options: {onRecord}});
  const node = await nodeAt(other);
  assert.equal(codeOf((await ask()).error), 'no-node');
  assert.equal(node.jobs.taken, 0);
  assert.equal(other.network.hub.census().clients, 0);
  pinned = met[0]?.relay ?? assert.fail();
  client.leave(there);
  await clock.advance(1000);
  assert.equal((await ask()).answer, story);
});

test('a relay that is not chosen is never linked to', async () => {
  const {own, other, nodeAt, ask, client} = await stage({options: {chosen: () => []}});
  await nodeAt(own);
  await nodeAt(other);
  await ask();
  await own.network.clock.drive(client.directory());
  assert.equal(other.dials, 0);
});
