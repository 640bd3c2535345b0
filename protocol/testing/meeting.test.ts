/** An answer that moves to a channel through TURN and back: whole, once, and never later than over the relay, wherever the channel breaks. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {decodeMessage} from '../codec.ts';
import {codeOf} from '../errors.ts';
import {limits} from '../limits.ts';
import type {Kind} from '../messages.ts';
import type {AskEvent} from '../roles/ask.ts';
import {fakeEngine} from './fake-engine.ts';
import {MeetingPlace, type PlaceOptions} from './meeting-place.ts';
import {answered, count, meetingStage, question, story} from './meeting-stage.ts';
import type {Tamper} from './memory-link.ts';
import {testModel} from './network.ts';
import {askPaid, costOf, payingStage, words} from './paying-stage.ts';

const stage = (place?: MeetingPlace, options: Omit<Parameters<typeof meetingStage>[0], 'turn' | 'place'> = {}) => meetingStage({turn: () => setImmediate(), ...(place ? {place} : {}), ...options});

function assertWhole({answer, error, types}: Awaited<ReturnType<typeof answered>>, how: string): void {
  assert.equal(error, undefined, how);
  assert.equal(answer === story, true, `${how}: ${answer.length} of ${story.length}`);
  assert.equal(types.filter((type) => type === 'bound').length, 1, `${how}: at one node`);
  assert.equal(types.at(-1), 'done', how);
}

test('the answer moves in its midst: the relay sees no frame after that, and the receipt is valid', async () => {
  const place = new MeetingPlace();
  const on = await stage(place);
  const result = await answered(on);
  assertWhole(result, 'moved');
  assert.equal(count(on.kinds(), 'moved'), 1);
  assert.ok(result.types.includes('moved'));
  assert.deepEqual(on.allowed, [['client 1', 'the node here']]);
  const after = on.kinds().slice(on.kinds().indexOf('moved'));
  assert.deepEqual([...new Set(after)].toSorted(), ['moved', 'ping', 'pong', 'released', 'status'].filter((kind) => after.includes(kind as Kind)));
  const relayed = count(on.kinds(), 'response');
  const moved = place.passed.filter(({message}) => message.kind === 'response').length;
  assert.ok(relayed >= 17 && moved > 40, `${relayed} and ${moved}`);
  assert.equal(relayed + moved, 1 + 64, 'a nonce and a power of two, padding too, so that nobody sees where it ended');
  assert.equal(place.open, 0);
  assert.deepEqual(on.network.hub.census(), {nodes: 1, clients: 1, jobs: 0, waiting: 0});
  assert.deepEqual(on.node.outcomes.map(({outcome}) => outcome), ['done']);
  assertWhole(await answered(on), 'the next question');
});

/** What may happen to a channel at each of its frames. */
const mishaps: readonly {readonly name: string; readonly mostMs: number; place(at: number): PlaceOptions}[] = [
  {name: 'it breaks under the node', mostMs: 200, place: (at) => ({fromNode: (_, nth) => (nth === at ? 'break' : 'pass')})},
  {name: 'it breaks under the client', mostMs: 200, place: (at) => ({fromClient: (_, nth) => (nth === at ? 'break' : 'pass')})},
  {name: 'it is silent for good', mostMs: 2 * limits.laneSilentMs + 200, place: (at) => ({fromNode: (_, nth) => (nth >= at ? 'drop' : 'pass'), fromClient: (_, nth) => (nth >= at ? 'drop' : 'pass')})},
  {name: 'the node is not heard', mostMs: limits.laneSilentMs + 200, place: (at) => ({fromNode: (_, nth) => (nth >= at ? 'drop' : 'pass')})},
  {name: 'the client is not heard', mostMs: 2 * limits.laneSilentMs + 200, place: (at) => ({fromClient: (_, nth) => (nth >= at ? 'drop' : 'pass')})},
];
for (const {name, mostMs, place: options} of mishaps) {
  test(`wherever a channel fails, the answer is whole: ${name}`, async () => {
    const plain = await answered(await stage());
    for (let at = 1; at <= 52; at += 1) {
      const place = new MeetingPlace(options(at));
      const on = await stage(place);
      const result = await answered(on);
      assertWhole(result, `${name} at ${at}`);
      assert.ok(result.took <= plain.took + mostMs, `${name} at ${at}: ${result.took} ms, over the relay ${plain.took}`);
      assert.equal(place.open, 0, `${name} at ${at}`);
      assert.equal(on.network.hub.census().jobs, 0, `${name} at ${at}`);
      on.end();
    }
  });
}

test('a channel that is never there costs the answer no time, and is given up after five seconds', async () => {
  const plain = await answered(await stage());
  for (const obstacle of ['never signs in', 'fails to sign in', 'never opens', 'fails to open'] as const) {
    const on = await stage(new MeetingPlace({obstacle}));
    const result = await answered(on);
    assertWhole(result, obstacle);
    assert.equal(result.took, plain.took, obstacle);
    assert.equal(count(on.kinds(), 'moved'), 0, obstacle);
    assert.ok(!result.types.includes('moved'));
  }
});

test('a relay without TURN, and a node that meets nobody: the answer stays with the relay', async () => {
  const without = await stage(new MeetingPlace(), {strangersMeet: false});
  assertWhole(await answered(without), 'no TURN');
  assert.deepEqual(without.allowed, []);
  const shy = await stage(new MeetingPlace(), {expectStranger: async () => ''});
  assertWhole(await answered(shy), 'a shy node');
  assert.deepEqual(shy.allowed, []);
  assert.equal(count(shy.kinds(), 'met'), 1);
  assert.equal(count([...without.kinds(), ...shy.kinds()], 'moved'), 0);
});

test('a node that marks a move and says nothing more is stalled, as one is that falls silent on the relay', async () => {
  let hasMoved = false;
  const mute: Tamper = (frame) => {
    const {kind} = decodeMessage(frame);
    hasMoved ||= kind === 'moved';
    return hasMoved && (kind === 'back' || kind === 'response' || kind === 'released') ? [] : [frame];
  };
  const on = await stage(new MeetingPlace({fromNode: () => 'drop'}), {tamper: mute});
  const start = on.clock.now();
  const {error, types, events} = await answered(on);
  assert.equal(codeOf(error), 'stalled');
  assert.equal(count(on.kinds(), 'moved'), 1);
  assert.ok(!types.includes('moved'), 'nothing came through TURN');
  const firstSeconds = 2200;
  assert.ok(on.clock.now() - start - 10_000 <= firstSeconds + limits.laneSilentMs + limits.stallMs, 'the channel and then the relay had their time');
  assert.ok(events.some(({type}) => type === 'text'));
});

test('a client that never says what came is not sent more than a lane holds', async () => {
  const place = new MeetingPlace({fromClient: (_, nth) => (nth === 1 ? 'pass' : 'drop')});
  const on = await stage(place);
  const long = Array.from({length: 900}, (_, index) => `word${index}`).join(' ');
  const slow = await on.network.node(fakeEngine({clock: on.clock, answer: () => long}), {expectStranger: place.expectStranger});
  on.node.jobs.pause(true);
  place.serveWith(slow);
  const {answer, error} = await on.network.ask(on.client, {text: 'x', job: {...question, maxTokens: 1000}});
  assert.deepEqual([answer === long, error], [true, undefined]);
  assert.equal(place.passed.filter(({by}) => by === 'node').length, limits.laneParts);
  assert.ok(count(on.kinds(), 'back') >= 1);
});

test('the relay holds nothing against a node whose answer it no longer sees, and ends it in its time all the same', async () => {
  const place = new MeetingPlace();
  const on = await stage(place);
  const endless = await on.network.node(fakeEngine({clock: on.clock, answer: () => Array.from({length: 8000}, () => 'word').join(' '), msPerToken: 150}), {expectStranger: place.expectStranger});
  on.node.jobs.pause(true);
  place.serveWith(endless);
  let [movedAt, lastAt] = [0, 0];
  const hear = ({type}: AskEvent) => {
    if (type === 'moved') movedAt = on.clock.now();
    if (type === 'text') lastAt = on.clock.now();
  };
  const ask = async () => {
    for await (const event of on.client.ask({model: testModel.hash, job: {...question, maxTokens: 8000}, priceCap: 0n, signal: new AbortController().signal})) hear(event);
  };
  const error = await on.clock.drive(ask().catch((thrown: unknown) => thrown), 20 * 60_000);
  assert.ok(movedAt > 0 && lastAt - movedAt > 14 * 60_000, `${lastAt - movedAt} ms over the channel`);
  assert.equal(codeOf(error), 'overran');
  await on.clock.advance(20_000);
  assert.equal(place.open, 0);
  assert.deepEqual([on.network.hub.census().jobs, endless.jobs.taken], [0, 0]);
});

test('a paid answer that moves, and one whose channel breaks, cost what their receipts say; sums and vouchers stay with the relay', async () => {
  for (const fails of [undefined, 'break', 'drop'] as const) {
    const place = new MeetingPlace({fromNode: (_, nth) => (fails && nth >= 15 ? fails : 'pass')});
    const {network, client, charged, seen} = await payingStage(setImmediate, {place, answer: words(500)});
    const {events, error, answer} = await askPaid(network, client);
    assert.deepEqual([answer === words(500), error], [true, undefined]);
    await network.clock.advance(10_000);
    assert.equal(charged(), costOf(events));
    assert.ok(events.some(({type}) => type === 'moved'));
    const moved = seen.findIndex(({kind}) => kind === 'moved');
    assert.ok(seen.slice(moved).filter(({kind}) => kind === 'due' || kind === 'grant').length > 4);
    assert.deepEqual(place.passed.filter(({message}) => message.kind !== 'response' && message.kind !== 'got'), []);
  }
});

/** All that the relay sees of an answer of so many words, with its times: frames of the same length are padded to the same count. */
async function courseOf(length: number, options: PlaceOptions) {
  const place = new MeetingPlace(options);
  const on = await stage(place);
  on.node.jobs.pause(true);
  const other = await on.network.node(fakeEngine({clock: on.clock, answer: () => words(length)}), {expectStranger: place.expectStranger});
  place.serveWith(other);
  const start = on.clock.now();
  const course: string[] = [];
  on.onSeen((message) => message.kind !== 'status' && message.kind !== 'pong' && course.push(`${on.clock.now() - start} ${message.kind} ${'parts' in message ? message.parts : ''}`));
  const {answer, error} = await answered(on);
  assert.deepEqual([answer, error], [words(length), undefined]);
  on.end();
  return course;
}

test('the relay can not tell where an answer ended in its padding: neither by whether and when it moves, nor by what follows', async () => {
  for (const [shorter, longer] of [[5, 70], [95, 150], [100, 145], [170, 300]] as const) {
    const fates: PlaceOptions[] = [{}, {fromNode: (_, nth) => (nth > 4 ? 'drop' : 'pass')}, {fromNode: (_, nth) => (nth === 9 ? 'break' : 'pass')}, {obstacle: 'never opens'}, {obstacle: 'never signs in'}];
    for (const options of fates) {
      const courses = [await courseOf(shorter, options), await courseOf(longer, options)] as const;
      assert.ok(courses[0].length > 20);
      assert.deepEqual(courses[0], courses[1], `${shorter} and ${longer} words, ${JSON.stringify(options)}`);
    }
  }
});

test('the next question to the only node cuts the padding on the channel, too', async () => {
  const place = new MeetingPlace();
  const on = await stage(place);
  on.node.jobs.pause(true);
  const other = await on.network.node(fakeEngine({clock: on.clock, answer: () => words(90)}), {expectStranger: place.expectStranger});
  place.serveWith(other);
  const job = {...question, messages: [{role: 'user' as const, content: 'x'}]};
  const first = await on.network.ask(on.client, {text: 'x', job});
  assert.equal(place.open, 1, 'its padding still comes');
  const asked = on.clock.now();
  let boundAt = 0;
  const second = await on.network.ask(on.client, {text: 'x', job, prefer: other.id}, ({type}) => {
    if (type === 'bound') boundAt = on.clock.now();
  });
  assert.deepEqual([first.answer, first.error, second.answer, second.error], [words(90), undefined, words(90), undefined]);
  assert.ok(boundAt - asked <= 200, `${boundAt - asked} ms`);
  assert.equal(count(on.kinds(), 'back'), 0);
  await on.clock.advance(10_000);
  assert.equal(place.open, 0);
});
