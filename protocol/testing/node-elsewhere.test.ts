/** One node at two relays of different operators: one set of slots, links that come and go by themselves, and nothing said to a relay that is another than it was. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {decodeMessage} from '../codec.ts';
import {codeOf} from '../errors.ts';
import {createSecret, identityOf} from '../identity.ts';
import type {NodeId, RelayId} from '../ids.ts';
import type {Message} from '../messages.ts';
import {freeOfCharge} from '../price.ts';
import type {AskEvent} from '../roles/ask.ts';
import {Client} from '../roles/client.ts';
import {ClientLink} from '../roles/client-link.ts';
import {Earnings} from '../roles/earnings.ts';
import {meetRelay} from '../roles/meet-relay.ts';
import {type ElsewhereState, NodeElsewhere, type OtherRelay} from '../roles/node-elsewhere.ts';
import {type JobOutcome, NodeJobs} from '../roles/node-jobs.ts';
import {sendStatus, serve} from '../roles/node.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {MemoryBank, MemoryVouchers} from './memory-bank.ts';
import {testModel} from './network.ts';
import {prices} from './paying-stage.ts';
import {clientOf, openRelay, type TestRelay} from './relays-stage.ts';

const story = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');
const there = 'https://b.example';

/** A node with one slot, linked to its own relay and, when it is told to, to the other one. */
async function stage({bank, msPerToken = 20, concurrency = 1, strangersMeet = false}: {bank?: MemoryBank; msPerToken?: number; concurrency?: number; strangersMeet?: boolean} = {}) {
  const clock = new ManualClock(() => setImmediate());
  const own = await openRelay(clock, {address: '', ...(bank ? {bank} : {})});
  const seen: Message[] = [];
  const other = await openRelay(clock, {address: there, strangersMeet, allowSignalling: () => {}, observe: (frame) => seen.push(decodeMessage(frame))});
  const identity = await identityOf<NodeId>(await createSecret());
  const model = bank ? {...testModel, prices} : testModel;
  const outcomes: JobOutcome[] = [];
  const states: ElsewhereState[] = [];
  let most = 0;
  const engine = fakeEngine({clock, answer: () => story, msPerToken, concurrency});
  const transport = own.network.connect();
  const earnings = bank && new Earnings({transport, clock, account: bank.bind(identity.id), vouchers: new MemoryVouchers(), creditLimit: 10n ** 12n, onBalance: () => {}});
  const jobs: NodeJobs = new NodeJobs({
    identity, engine, model, clock, speed: () => 0,
    earningsOf: (link) => (link === transport ? earnings : undefined),
    onChange: () => {
      most = Math.max(most, jobs.taken);
      sendStatus({transport, jobs, engine});
      elsewhere.tell();
    },
    onOutcome: (outcome) => void outcomes.push(outcome),
    expectStranger: async () => assert.fail('nobody from another relay can find it'),
  });
  const node = {identity, engine, model, jobs, clock, speeds: () => []};
  const elsewhere = new NodeElsewhere({node, connect: () => other.connect(), random: Math.random, onState: (_, state) => void states.push(state)});
  const welcome = new Promise<void>((resolve) => void serve({...node, transport, earnings, peer: '', isPaired: () => false, onWelcome: () => resolve()}, new AbortController().signal).catch(() => {}));
  await clock.drive(welcome);
  const choose = async (relays?: readonly OtherRelay[]) => {
    elsewhere.choose(relays ?? [{address: there, key: await keyOf(other, clock)}]);
    await clock.advance(1000);
  };
  return {clock, own, other, identity, jobs, elsewhere, choose, outcomes, states, seen, most: () => most, isAt: (relay: TestRelay) => relay.network.hub.census().nodes === 1};
}

async function keyOf(relay: TestRelay, clock: ManualClock): Promise<RelayId> {
  const link = await clock.drive(ClientLink.open({transport: await relay.connect(), clock}));
  const {relay: key} = await clock.drive(meetRelay(link, {clock}));
  link.close();
  return key;
}

const askAt = (relay: TestRelay, onEvent?: (event: AskEvent) => void) => relay.network.ask(relay.network.client(), {text: 'x'}, onEvent);

test('a node meets nobody who comes through another relay: it signals at its own', async () => {
  const {clock, other, choose, seen} = await stage({msPerToken: 60, strangersMeet: true});
  await choose();
  const meetings = {open: async () => ({peer: 'a-name', reach: async () => assert.fail('there is nobody'), close: () => {}})};
  const client = new Client({clock, connect: () => other.connect(), meetings, random: Math.random});
  assert.equal((await other.network.ask(client, {text: 'x'})).answer, story);
  assert.deepEqual(seen.flatMap((message) => (message.kind === 'meet' ? ['meet'] : message.kind === 'met' ? [`met ${message.accepted}`] : [])), ['meet', 'met 0']);
});

test('a node serves clients of both relays', async () => {
  const {clock, own, other, choose, isAt, outcomes, states} = await stage();
  assert.equal(other.dials, 0);
  await choose();
  assert.deepEqual(states.map(({is}) => is), ['connecting', 'open']);
  assert.ok(isAt(own) && isAt(other));
  assert.equal((await askAt(other)).answer, story);
  assert.equal((await askAt(own)).answer, story);
  await clock.advance(5000);
  assert.deepEqual(outcomes.map(({outcome}) => outcome), ['done', 'done']);
});

test('one slot never takes two jobs, whichever relays they come from; who waits is served when it is free', async () => {
  const {clock, own, other, choose, most, outcomes} = await stage();
  await choose();
  const asked = Array.from({length: 6}, (_, index) => askAt(index % 2 === 0 ? own : other));
  for (const {answer, error} of await Promise.all(asked)) assert.deepEqual([error, answer], [undefined, story]);
  await clock.advance(5000);
  assert.equal(most(), 1);
  assert.equal(outcomes.length, 6);
});

test('the other relay hears at once that the slot is taken, and that it is free', async () => {
  const {clock, own, other, choose} = await stage();
  await choose();
  const idle = () => other.network.hub.supply()[0]?.idle;
  assert.equal(idle(), 1);
  let during: number | undefined;
  await askAt(own, ({type}) => {
    if (type === 'text') during ??= idle();
  });
  assert.equal(during, 0);
  await clock.advance(5000);
  assert.equal(idle(), 1);
});

test('a link that ends is opened again with growing waits, and disturbs no other', async () => {
  const {clock, own, other, choose, isAt, states} = await stage({msPerToken: 1000});
  await choose();
  const running = askAt(own, ({type}) => {
    if (type === 'bound') other.stop();
  });
  assert.equal((await running).answer, story);
  const lost = states.flatMap((state) => (state.is === 'lost' ? [state] : []));
  assert.ok(lost.length >= 4 && lost.length <= 12, `${lost.length} tries in a minute`);
  assert.equal(new Set(lost.map(({since}) => since)).size, 1, 'it says since when');
  other.start();
  await clock.advance(16_000);
  assert.equal(states.at(-1)?.is, 'open');
  assert.ok(isAt(other));
  assert.equal((await askAt(other)).answer, story);
});

test('a relay that never answers is given up and tried again', async () => {
  const {clock, other, choose, states} = await stage();
  const key = await keyOf(other, clock);
  other.fallSilent();
  await choose([{address: there, key}]);
  await clock.advance(60_000);
  assert.ok(other.dials >= 3, `${other.dials} dials`);
  assert.deepEqual(new Set(states.map(({is}) => is)), new Set(['connecting', 'lost']));
});

test('a relay with another key than before is told nothing, not even which node this is, and is not tried again', async () => {
  const {clock, other, choose, isAt, states} = await stage();
  await choose([{address: there, key: 'ab'.repeat(32) as RelayId}]);
  assert.deepEqual(states.at(-1), {is: 'left', code: 'relay-changed'});
  await clock.advance(120_000);
  assert.equal(other.dials, 1);
  assert.equal(isAt(other), false);
  await choose();
  assert.ok(isAt(other), 'the person agreed to the key');
});

test('a relay that is chosen no more: what runs ends well, nothing new comes, then the link goes', async () => {
  const {clock, other, choose, isAt, outcomes} = await stage({concurrency: 2});
  await choose();
  let second: ReturnType<typeof askAt> | undefined;
  const {answer} = await askAt(other, ({type}) => {
    if (type !== 'text' || second) return;
    void choose([]);
    second = clock.sleep(200).then(() => askAt(other));
  });
  assert.equal(answer, story);
  assert.equal(codeOf((await second)?.error), 'no-node', 'it waited, and the computer went');
  assert.equal(outcomes.length, 1);
  await clock.advance(5000);
  assert.equal(isAt(other), false);
  assert.equal(codeOf((await askAt(other)).error), 'no-node');
});

test('a node that stops has left every relay', async () => {
  const {clock, other, elsewhere, choose, isAt} = await stage();
  await choose();
  elsewhere.close();
  await clock.advance(120_000);
  assert.equal(isAt(other), false);
  assert.equal(other.dials, 2);
});

test('with a price at its own relay, what comes from another operator is free, and says so', async () => {
  const {clock, own, other, choose} = await stage({bank: await MemoryBank.open()});
  await choose();
  const client = clientOf(clock, {relays: [other], chosen: () => [], connect: () => other.connect()});
  const [yonder] = await clock.drive(client.directory());
  assert.deepEqual(yonder?.models[0]?.prices, freeOfCharge);
  const {events, answer} = await askAt(other);
  assert.equal(answer, story);
  assert.deepEqual(events.flatMap((event) => (event.type === 'done' ? [event.receipt.price] : [])), [0n]);
  assert.equal(codeOf((await askAt(own)).error), 'no-node', 'here it asks a price, and this client pays none');
});
