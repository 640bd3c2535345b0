/** Sides that misuse a meeting: nobody else's job is touched, nobody else may signal, and the other side ends up no worse than over the relay. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {decodeMessage, encodeMessage} from '../codec.ts';
import {codeOf} from '../errors.ts';
import {freshHandle, type JobHandle} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Message} from '../messages.ts';
import {spokenVersion} from '../version.ts';
import type {Transport} from '../roles/ports.ts';
import {fakeEngine} from './fake-engine.ts';
import {MeetingPlace} from './meeting-place.ts';
import {answered, count, meetingStage, type MeetingStage, story} from './meeting-stage.ts';
import {memoryLink, type Tamper} from './memory-link.ts';

type Options = Omit<Parameters<typeof meetingStage>[0], 'turn'>;
const stage = (options: Options = {}) => meetingStage({turn: () => setImmediate(), ...options});
const handleIn = ({seen}: MeetingStage): JobHandle => seen.findLast(({kind}) => kind === 'match')?.handle ?? assert.fail();
const once = (act: () => void) => {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
};
/** What an honest question gets at the same network afterwards. */
async function goesOn(on: MeetingStage): Promise<void> {
  const {answer, error} = await answered(on);
  assert.deepEqual([answer === story, error], [true, undefined]);
}

test('Hub: a meeting for a job of somebody else is refused, and its node hears nothing of it', async () => {
  const on = await stage({place: new MeetingPlace()});
  const other = on.network.connect();
  const heard: Message[] = [];
  void (async () => {
    for await (const frame of other.frames) heard.push(decodeMessage(frame));
  })();
  other.send(encodeMessage('hello', {role: 'client', agent: '', version: spokenVersion}));
  const {answer, error} = await answered(on, once(() => {
    other.send(encodeMessage('meet', {peer: 'evil'}, handleIn(on)));
    other.send(encodeMessage('back', {parts: 0}, handleIn(on)));
  }));
  assert.deepEqual([answer === story, error], [true, undefined]);
  assert.deepEqual(heard.flatMap((message) => (message.kind === 'failed' ? [message.code] : [])), ['refused', 'refused']);
  assert.deepEqual(on.allowed, [['client 1', 'the node here']]);
  assert.equal(count(on.kinds(), 'met'), 1);
});

test('Hub: before the answer, twice, and back without having met: refused, duplicate, refused', async () => {
  const early = await stage();
  let isAsked = false;
  const at = early.clock.now();
  const result = await early.network.ask(early.client, {text: 'x'}, ({type}) => {
    if (type !== 'bound' || isAsked) return;
    isAsked = true;
    void early.client.link().then((link) => link.transport.send(encodeMessage('meet', {peer: 'p'}, handleIn(early))));
  });
  assert.equal(codeOf(result.error), 'refused');
  assert.ok(early.clock.now() - at < 2000);
  for (const [code, place, frame] of [
    ['duplicate', new MeetingPlace(), encodeMessage.bind(undefined, 'meet', {peer: 'again'})],
    ['refused', undefined, encodeMessage.bind(undefined, 'back', {parts: 3})],
  ] as const) {
    const on = await stage(place ? {place} : {});
    const {error} = await answered(on, () => {
      if (place && count(on.kinds(), 'moved') === 0) return;
      void on.client.link().then((link) => link.transport.send(frame(handleIn(on))));
    });
    assert.equal(codeOf(error), code);
    assert.ok(on.allowed.length <= 1);
    await on.clock.advance(20_000);
    assert.equal(on.network.hub.census().jobs, 0);
  }
});

test('Hub: what comes after the end is dropped: it crossed it, and is no mistake', async () => {
  const on = await stage({place: new MeetingPlace()});
  await goesOn(on);
  const link = await on.client.link();
  for (let times = 0; times < 40; times += 1) {
    link.transport.send(encodeMessage('meet', {peer: 'p'}, handleIn(on)));
    link.transport.send(encodeMessage('back', {parts: times}, handleIn(on)));
    on.node.link.send(encodeMessage('met', {accepted: 1, peer: 'p'}, handleIn(on)));
    on.node.link.send(encodeMessage('moved', {parts: times}, handleIn(on)));
    on.node.link.send(encodeMessage('back', {parts: times}, handleIn(on)));
  }
  await goesOn(on);
  assert.ok(link.isOpen);
  assert.deepEqual(on.allowed.map(([left]) => left), ['client 1', 'client 2']);
});

test('Hub: a node can not bring a meeting about, nor answer for another one', async () => {
  const on = await stage({place: new MeetingPlace({obstacle: 'never signs in'})});
  const {answer, error} = await answered(on, once(() => {
    on.node.link.send(encodeMessage('met', {accepted: 1, peer: 'evil'}, handleIn(on)));
    on.node.link.send(encodeMessage('moved', {parts: 3}, handleIn(on)));
    on.node.link.send(encodeMessage('back', {parts: 0}, handleIn(on)));
  }));
  assert.deepEqual([answer === story, error, on.allowed], [true, undefined, []]);
  let isPending = (): void => {};
  const pending = await stage({place: new MeetingPlace(), expectStranger: async () => (isPending(), 'the node here')});
  const other = await pending.network.node(fakeEngine({clock: pending.clock, answer: () => story}));
  other.jobs.pause(true);
  isPending = () => {
    for (const kind of ['met', 'moved', 'back'] as const) other.link.send(encodeMessage(kind, kind === 'met' ? {accepted: 1, peer: 'evil'} : {parts: 1}, handleIn(pending)) as Uint8Array);
  };
  await answered(pending);
  assert.deepEqual(pending.allowed, [['client 1', 'the node here']]);
});

/** Changes messages of one kind on their way to the client. */
const changing = <K extends Message['kind']>(kind: K, change: (message: Message<K>) => Uint8Array[]): Tamper => (frame) => {
  const message = decodeMessage(frame);
  return message.kind === kind ? change(message as Message<K>) : [frame];
};

test('client: a move from a part that is not the next one, a second move, parts that come from nowhere: bad-message', async () => {
  const breaking = () => new MeetingPlace({fromNode: (_, nth) => (nth === 20 ? 'break' : 'pass')});
  const moved = (parts: number, handle: JobHandle) => encodeMessage('moved', {parts}, handle);
  const back = (parts: number, handle: JobHandle) => encodeMessage('back', {parts}, handle);
  const lies: Record<string, Tamper> = {
    'it moved earlier': changing('moved', ({parts, handle}) => [moved(parts - 1, handle)]),
    'it moved later': changing('moved', ({parts, handle}) => [moved(parts + 1, handle)]),
    'it moved twice': changing('moved', ({parts, handle}) => [moved(parts, handle), moved(parts, handle)]),
    'it comes back ahead': changing('back', ({parts, handle}) => [back(parts + 1000, handle)]),
    'it comes back twice': changing('back', ({parts, handle}) => [back(parts, handle), back(parts, handle)]),
    'it comes back from the start': changing('moved', ({parts, handle}) => [moved(parts, handle), encodeMessage('response', {part: new Uint8Array(256)}, handle)]),
  };
  for (const [name, tamper] of Object.entries(lies)) {
    const on = await stage({place: breaking(), tamper});
    const {error} = await answered(on);
    assert.equal(codeOf(error), 'bad-message', name);
    assert.equal(on.network.hub.census().jobs, 0, name);
  }
});

test('client: a node that never met says nothing of moving', async () => {
  for (const kind of ['met', 'moved', 'back'] as const) {
    const body = kind === 'met' ? {accepted: 1, peer: 'p'} : {parts: 5};
    let parts = 0;
    const on = await stage({tamper: changing('response', (message) => ((parts += 1) === 5 ? [encodeMessage(kind, body as never, message.handle)] : [encodeMessage('response', {part: message.part}, message.handle)]))});
    const {error} = await answered(on);
    assert.equal(codeOf(error), 'bad-message', kind);
  }
});

test('client: parts by the thousand before the word that they move are not kept', async () => {
  let rest: Uint8Array[] = [];
  const late = changing('moved', (message) => {
    rest = [encodeMessage('moved', {parts: message.parts}, message.handle)];
    return [];
  });
  const place = new MeetingPlace();
  const channels: Transport[] = [];
  const on = await stage({place, tamper: late});
  const {jobs} = on.node;
  place.serveWith({jobs: {join: async (channel) => (channels.push(channel), jobs.join(channel))}});
  const result = await answered(on, once(() => {
    void on.clock.sleep(2000).then(() => {
      for (let flood = 0; flood < 3000; flood += 1) channels[0]?.send(encodeMessage('response', {part: new Uint8Array(256)}, handleIn(on)));
    });
  }));
  assert.equal(rest.length, 1);
  assert.equal(place.open, 0);
  assert.equal(codeOf(result.error), 'bad-message', 'its parts went on over the relay after a move that nobody heard of');
});

/** Stands between a client and its channel or link. */
const saying = (link: Transport, change: (message: Message) => readonly Uint8Array[]): Transport => ({
  ...link,
  send: (frame) => {
    for (const said of change(decodeMessage(frame))) link.send(said);
  },
});

test('node: nonsense on a channel sends the answer back to the relay, and it is whole', async () => {
  const nonsense: Record<string, (message: Message<'got'>) => Uint8Array> = {
    'more than was sent': ({handle, parts}) => encodeMessage('got', {parts: parts + 1000}, handle),
    'the same again': ({handle}) => encodeMessage('got', {parts: 1}, handle),
    'of another job': ({parts}) => encodeMessage('got', {parts}, freshHandle()),
    'another word': ({handle}) => encodeMessage('cancel', {}, handle),
    'no message': () => Uint8Array.of(1, 2, 3),
  };
  for (const [name, make] of Object.entries(nonsense)) {
    const place = new MeetingPlace();
    const {meetings} = place;
    let told = 0;
    const spoil = (channel: Transport) => saying(channel, (message) => ((told += 1) === 3 ? [make(message as Message<'got'>)] : [encodeMessage('got', {parts: (message as Message<'got'>).parts}, message.handle)]));
    Object.assign(place, {meetings: {open: async () => {
      const door = await meetings.open();
      return door && {...door, reach: async (peer: string) => spoil(await door.reach(peer))};
    }}});
    const on = await stage({place});
    const {answer, error, types} = await answered(on);
    assert.deepEqual([answer === story, error, types.includes('moved')], [true, undefined, true], name);
    assert.ok(count(on.kinds(), 'back') >= 1, name);
    assert.equal(place.open, 0, name);
  }
});

test('node: a client that wants parts which were never sent, or are long forgotten, has its job ended', async () => {
  for (const parts of [0, 100_000]) {
    const place = new MeetingPlace();
    const on = await stage({place});
    let times = 0;
    const {error} = await answered(on, () => {
      if ((times += 1) === 25) void on.client.link().then((link) => link.transport.send(encodeMessage('back', {parts}, handleIn(on))));
    });
    assert.equal(codeOf(error), 'node-lost', String(parts));
    assert.deepEqual([on.node.jobs.taken, place.open, on.network.hub.census().jobs], [0, 0, 0]);
    await goesOn(on);
  }
});

test('node: a channel of no job, of a job that waits for none, or that says nothing is closed', async () => {
  const on = await stage();
  const ends = async (frames: readonly Uint8Array[], forMs: number): Promise<boolean> => {
    const [theirs, ours] = memoryLink();
    let isOver = false;
    void on.node.jobs.join(ours).then(() => (isOver = true));
    for (const frame of frames) theirs.send(frame);
    await on.clock.advance(forMs);
    return isOver;
  };
  assert.ok(await ends([encodeMessage('got', {parts: 0}, freshHandle())], 0));
  assert.ok(await ends([encodeMessage('slot', {model: 'ab'.repeat(32) as never, bucketBytes: 1024, maxTokens: 1}, freshHandle())], 0));
  assert.ok(await ends([Uint8Array.of(9)], 0));
  assert.ok(!(await ends([], limits.stepMs - 1)));
  assert.ok(await ends([], limits.stepMs));
  let isJoined: Promise<boolean> | undefined;
  const {answer, error} = await answered(on, once(() => {
    const [theirs, ours] = memoryLink();
    theirs.send(encodeMessage('got', {parts: 1}, handleIn(on)));
    isJoined = on.node.jobs.join(ours).then(() => true);
  }));
  assert.deepEqual([answer === story, error, await isJoined, count(on.kinds(), 'moved')], [true, undefined, true, 0]);
});
