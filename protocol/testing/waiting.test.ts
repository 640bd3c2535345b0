/** What happens in a whole network when computers are few: people are told how long, refused when it is hopeless, and sent past computers that are silent. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {codeOf, NetworkError} from '../errors.ts';
import {limits} from '../limits.ts';
import type {AskEvent} from '../roles/ask.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {TestNetwork} from './network.ts';

const story = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');
/** Sixty words at this pace fill 64 frames, and are padded to 128. */
const slowMs = 150;
const slotKind = 0x20;

function start(): TestNetwork {
  const network = new TestNetwork(new ManualClock(() => setImmediate()));
  network.sweepEachSecond();
  return network;
}

/** Answers one after the other, each to its last frame, so that the relay knows how long they take. */
async function practise(network: TestNetwork, count: number): Promise<void> {
  const client = network.client();
  for (let done = 0; done < count; done += 1) {
    assert.equal((await network.ask(client, {text: 'x'})).error, undefined);
    await network.clock.advance(20_000);
  }
}

const waitsIn = (events: readonly AskEvent[]) => events.filter((event) => event.type === 'waiting');

test('who has to wait is told how long, as soon as the relay has seen how long answers take', async () => {
  const network = start();
  const node = await network.node(fakeEngine({clock: network.clock, answer: () => story, msPerToken: slowMs}));
  const pair = () => Promise.all([network.ask(network.client(), {text: 'a'}), network.ask(network.client(), {text: 'b'})]);
  const early = (await pair()).flatMap(({events}) => waitsIn(events));
  assert.deepEqual(early, [{type: 'waiting', position: 1, etaMs: 0}], 'nothing is known yet');
  await network.clock.advance(20_000);
  await practise(network, 5);
  const asked = network.clock.now();
  let bound = asked;
  const onEvent = ({type}: AskEvent) => {
    if (type === 'bound') bound = network.clock.now();
  };
  const results = await Promise.all([network.ask(network.client(), {text: 'a'}, onEvent), network.ask(network.client(), {text: 'b'}, onEvent)]);
  const [told] = results.flatMap(({events}) => waitsIn(events));
  assert.ok(told && told.position === 1);
  assert.ok(Math.abs(told.etaMs - (bound - asked)) < 1000, `${told.etaMs} ms were estimated, it took ${bound - asked} ms`);
  assert.equal(node.outcomes.filter(({outcome}) => outcome === 'failed').length, 0);
});

test('who waits hears again where it stands as the line moves, never sooner than after two seconds, and the last word is the truest', async () => {
  const network = start();
  await network.node(fakeEngine({clock: network.clock, answer: () => 'short'}));
  await practise(network, 5);
  const told: {at: number; position: number; etaMs: number}[] = [];
  const onEvent = (event: AskEvent) => void (event.type === 'waiting' && told.push({...event, at: network.clock.now()}));
  const before = Array.from({length: 12}, () => network.ask(network.client(), {text: 'x'}));
  await network.clock.advance(300);
  await network.ask(network.client(), {text: 'last'}, (event) => {
    onEvent(event);
    if (event.type === 'bound') told.push({at: network.clock.now(), position: 0, etaMs: 0});
  });
  await Promise.all(before);
  const positions = told.map(({position}) => position);
  assert.equal(positions[0], 12);
  assert.deepEqual(positions, positions.toSorted((left, right) => right - left), 'it only ever comes nearer');
  assert.ok(positions.length >= 6 && (positions.at(-2) ?? 9) <= 2, positions.join(' '));
  const bound = told.at(-1)?.at ?? 0;
  for (const [index, {at, etaMs, position}] of told.slice(0, -1).entries()) {
    assert.ok(index === 0 || at - (told[index - 1]?.at ?? 0) >= 2000, `${index}`);
    assert.ok(Math.abs(etaMs - (bound - at)) < 3000, `place ${position}: ${etaMs} ms were estimated, it took ${bound - at} ms`);
  }
});

test('a wait that is hopeless is refused at once with busy; nobody else is disturbed', async () => {
  const network = start();
  await network.node(fakeEngine({clock: network.clock, answer: () => story, msPerToken: slowMs}));
  await practise(network, 5);
  const others = Array.from({length: 12}, () => network.ask(network.client(), {text: 'x'}));
  await network.clock.advance(500);
  const waiting = network.hub.census().waiting;
  const asked = network.clock.now();
  const {error, events} = await network.ask(network.client(), {text: 'late'});
  assert.equal(codeOf(error), 'busy');
  assert.deepEqual(waitsIn(events), []);
  assert.ok(network.clock.now() - asked < 1000);
  assert.ok(waiting >= 8);
  const ended = await Promise.all(others);
  assert.ok(ended.filter((other) => other.answer === story).length >= limits.queueMs / 15_000);
  assert.equal(network.hub.census().waiting, 0);
});

test('one client with many questions delays another by one answer, not by all', async () => {
  const network = start();
  await network.node(fakeEngine({clock: network.clock, answer: () => 'short'}));
  const crowd = network.client();
  await network.clock.drive(crowd.directory());
  const many = Array.from({length: 10}, () => network.ask(crowd, {text: 'x'}).then(() => 'many'));
  await network.clock.advance(500);
  const order: string[] = [];
  const note = (name: string) => void order.push(name);
  await Promise.all([...many.map((work) => work.then(note)), network.ask(network.client(), {text: 'y'}).then(() => note('one'))]);
  assert.ok(order.indexOf('one') <= 2, order.join(' '));
});

test('a computer that takes slots and is silent is passed over after two, and tried again later', async () => {
  const network = start();
  let isDeaf = true;
  let slots = 0;
  const hears = (frame: Uint8Array) => {
    if (frame[1] !== slotKind) return [frame];
    slots += 1;
    return isDeaf ? [] : [frame];
  };
  const deaf = await network.node(fakeEngine({clock: network.clock, answer: () => 'I hear'}), {tamper: hears});
  await network.node(fakeEngine({clock: network.clock, answer: () => 'yes'}));
  await practise(network, 12);
  assert.ok(slots >= 2 && slots <= 6, `${slots} slots in four minutes`);
  isDeaf = false;
  await practise(network, 40);
  assert.ok(deaf.outcomes.some(({outcome}) => outcome === 'done'));
});

test('an engine that fails for one client alone keeps its place: others are still sent to it', async () => {
  const network = start();
  const node = await network.node(fakeEngine({clock: network.clock, answer: ({messages}) => (messages[0]?.content === 'poison' ? story : 'yes'), failAfter: 5}));
  const hostile = network.client();
  for (let count = 0; count < 6; count += 1) assert.equal(codeOf((await network.ask(hostile, {text: 'poison'})).error), 'engine-failed');
  const {answer, events} = await network.ask(network.client(), {text: 'x'});
  assert.deepEqual([answer, waitsIn(events)], ['yes', []]);
  assert.equal(node.outcomes.filter(({outcome}) => outcome === 'failed' || outcome === 'cancelled').length, 6);
});

test('a client that asks more at once than the relay allows waits for room itself: all are answered, and who gives up holds nobody up', async () => {
  const network = start();
  const nodes = limits.maxJobsPerClient + 4;
  for (let count = 0; count < nodes; count += 1) await network.node(fakeEngine({clock: network.clock, answer: () => story, msPerToken: 1}));
  const client = network.client();
  const leaving = new AbortController();
  const many = Array.from({length: nodes}, (_, index) => network.ask(client, {text: `question ${index}`, ...(index === nodes - 2 ? {signal: leaving.signal} : {})}));
  await network.clock.advance(200);
  leaving.abort(new NetworkError('cancelled'));
  const ended = await Promise.all(many);
  assert.deepEqual(ended.map(({answer}) => answer === story), ended.map((_, index) => index !== nodes - 2));
  assert.equal(codeOf(ended[nodes - 2]?.error), 'cancelled');
});
