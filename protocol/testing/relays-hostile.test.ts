/** A chosen relay that lies: it gets nothing that our own would not get, leads nobody elsewhere, and what it spoils is told, not hidden. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {decodeMessage, encodeMessage} from '../codec.ts';
import {codeOf} from '../errors.ts';
import type {Message} from '../messages.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import type {Tamper} from './memory-link.ts';
import {clientOf, openRelay} from './relays-stage.ts';

const story = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');
const [there, unchosen] = ['https://b.example', 'https://c.example'];
const [about, directory, offer, response] = [0x0c, 0x11, 0x21, 0x23];

/** Our own relay and an evil one, which `tamper`s with what goes to the client; a node at each, where it is wanted. */
async function stage(tamper: Tamper, {ownNode = true}: {ownNode?: boolean} = {}) {
  const clock = new ManualClock(() => setImmediate());
  const own = await openRelay(clock, {address: ''});
  const evil = await openRelay(clock, {address: there, tamper});
  const third = await openRelay(clock, {address: unchosen});
  const dialled: string[] = [];
  const connect = async (address = '') => {
    dialled.push(address);
    return ([own, evil, third].find((relay) => relay.address === address) ?? assert.fail(address)).connect();
  };
  const client = clientOf(clock, {relays: [own, evil], connect});
  const engine = () => fakeEngine({clock, answer: () => story});
  const node = await evil.network.node(engine());
  if (ownNode) await own.network.node(engine());
  const ask = () => own.network.ask(client, {text: 'x', prefer: node.id});
  return {clock, own, evil, node, client, ask, dialled: () => new Set(dialled)};
}

const flip = (frame: Uint8Array): Uint8Array => frame.with(frame.length - 1, (frame.at(-1) ?? 0) ^ 1);

test('a relay of another operator sends nobody on to a relay that was not chosen', async () => {
  const redirecting: Tamper = (frame) => {
    if (frame[1] !== offer) return [frame];
    const {node, handle} = decodeMessage(frame) as Message<'offer'>;
    return [encodeMessage('redirect', {relay: unchosen, node}, handle)];
  };
  const {ask, dialled} = await stage(redirecting);
  const {answer, error} = await ask();
  assert.deepEqual([error, answer], [undefined, story], 'our own answered');
  assert.deepEqual(dialled(), new Set(['', there]));
});

for (const leaves of [false, true]) test(`what was changed on the way is told, and is not asked for elsewhere by itself${leaves ? ', also where the relay then goes away' : ''}`, async () => {
  let frames = 0;
  const {ask, own, clock, evil} = await stage((frame) => {
    if (frame[1] !== response) return [frame];
    frames += 1;
    if (frames === 5 && leaves) queueMicrotask(() => evil.stop());
    return [frames === 5 ? flip(frame) : frame];
  });
  const {error, events} = await ask();
  assert.equal(codeOf(error), 'tampered');
  assert.equal(events.filter(({type}) => type === 'bound').length, 1);
  await clock.advance(5000);
  assert.equal(own.network.hub.census().jobs, 0);
});

for (const [says, last] of [['bans us', encodeMessage('banned', {until: 1_900_000_000, code: 'flood'})], ['ends the link with a reason', encodeMessage('failed', {code: 'slow-consumer'})], ['says goodbye', encodeMessage('goodbye', {})], ['sends nonsense', new Uint8Array([1, 0xff])]] as const) {
  test(`a relay ${says} in mid-answer: the answer goes on through our own, whole`, async () => {
    let frames = 0;
    const {ask, node} = await stage((frame) => {
      if (frame[1] !== response) return [frame];
      frames += 1;
      return frames === 8 ? [frame, last] : [frame];
    });
    const {events, answer, error} = await ask();
    assert.deepEqual([error, answer], [undefined, story]);
    const bound = events.flatMap((event) => (event.type === 'bound' ? [event.relay ?? 'own'] : []));
    assert.deepEqual(bound, [there, 'own']);
    assert.ok(events.some((event) => event.type === 'resuming' && event.lost === node.id && event.kept));
    assert.ok(events.findIndex(({type}) => type === 'text') < events.findIndex(({type}) => type === 'resuming'), 'some of it came through the first');
  });
}

test('a relay that spoils offers, its directory or its own record is passed over', async () => {
  const spoiled: readonly Tamper[] = [
    (frame) => [frame[1] === offer ? flip(frame) : frame],
    (frame) => [frame[1] === directory ? encodeMessage('directory', {records: [new Uint8Array(500)]}) : frame],
    (frame) => [frame[1] === directory ? new Uint8Array([9, 9, 9]) : frame],
    (frame) => [frame[1] === about ? flip(frame) : frame],
    (frame) => (frame[1] === about ? [] : [frame]),
  ];
  for (const [at, tamper] of spoiled.entries()) {
    const {ask} = await stage(tamper);
    const {answer, error} = await ask();
    assert.deepEqual([error, answer], [undefined, story], `${at}`);
  }
});

test('a relay that shows no record is asked nothing at all, also where no other has a computer', async () => {
  const {ask, node} = await stage((frame) => (frame[1] === about ? [] : [frame]), {ownNode: false});
  assert.equal(codeOf((await ask()).error), 'no-node');
  assert.deepEqual(node.outcomes, []);
});
