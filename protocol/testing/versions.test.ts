/** Two sides of different versions: each hears what it can understand, and comes to an end that a person can act on. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {concat, toHex} from '../bytes.ts';
import {decodeMessage, encodeMessage, envelopeBytes} from '../codec.ts';
import {codeOf, type ErrorCode, NetworkError} from '../errors.ts';
import {Client} from '../roles/client.ts';
import type {Transport} from '../roles/ports.ts';
import type {HubOptions} from '../roles/relay-options.ts';
import {refusalOf, spokenVersion} from '../version.ts';
import {decode, struct, text, word} from '../wire.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {memoryLink} from './memory-link.ts';
import {TestNetwork} from './network.ts';

const start = (options: Partial<HubOptions> = {}) => new TestNetwork(new ManualClock(() => setImmediate()), options);
/** As sides of version 1 wrote it. */
const oldHello = (role: 'client' | 'node') => encodeMessage('hello', {role, agent: 'bombyx/1', version: spokenVersion}).slice(0, -2);

/** Says a frame to a relay and gives the codes that it hears until the link is closed. */
async function heard(network: TestNetwork, hello: Uint8Array): Promise<readonly ErrorCode[]> {
  const link = network.connect();
  const codes: ErrorCode[] = [];
  const reading = (async () => {
    for await (const frame of link.frames) {
      const message = decodeMessage(frame);
      if (message.kind === 'failed') codes.push(message.code);
    }
  })();
  link.send(hello);
  await network.clock.drive(reading, 5000);
  return codes;
}

/** A relay of version 1, as far as it goes: it reads a hello by the schema of its time, and closes with what it makes of it. */
function oldRelay(): Transport {
  const [relayEnd, ownEnd] = memoryLink();
  const hello = struct({role: word(['client', 'node']), agent: text(64)});
  void (async () => {
    for await (const frame of relayEnd.frames) {
      try {
        decode(hello, frame.subarray(envelopeBytes));
      } catch (error) {
        relayEnd.send(encodeMessage('failed', {code: codeOf(error)}));
        relayEnd.close();
      }
    }
  })();
  return ownEnd;
}

test('Hub: a side of version 1 hears the code that version 1 stops at, one between hears outdated, a newer one that the relay is old', async () => {
  const network = start();
  assert.deepEqual([refusalOf(0), refusalOf(1), refusalOf(spokenVersion), refusalOf(spokenVersion + 1), refusalOf(65_535)], ['bad-version', 'bad-version', undefined, 'relay-outdated', 'relay-outdated']);
  for (const role of ['client', 'node'] as const) {
    assert.deepEqual(await heard(network, oldHello(role)), ['bad-version']);
    assert.deepEqual(await heard(network, encodeMessage('hello', {role, agent: '', version: spokenVersion + 1})), ['relay-outdated']);
  }
});

test('Hub: what a newer version has behind its number does not make the answer unreadable; behind our own it is no message', async () => {
  const network = start();
  const more = Uint8Array.of(1, 2, 3);
  assert.deepEqual(await heard(network, concat(encodeMessage('hello', {role: 'client', agent: '', version: spokenVersion + 7}), more)), ['relay-outdated']);
  assert.deepEqual(await heard(network, concat(encodeMessage('hello', {role: 'client', agent: '', version: spokenVersion}), more)), ['bad-message']);
});

test('Hub: being of another version keeps nobody out: it is no offence', async () => {
  const network = start();
  for (let count = 0; count < 10; count += 1) await heard(network, oldHello('client'));
  await network.node(fakeEngine({clock: network.clock, answer: () => 'yes'}));
  assert.equal((await network.ask(network.client(), {text: 'x'})).answer, 'yes');
});

test('Client, serve(): at a relay of version 1 both learn that it is the relay that is old', async () => {
  const network = start();
  const client = new Client({clock: network.clock, connect: async () => oldRelay(), random: Math.random});
  assert.equal(codeOf((await network.ask(client, {text: 'x'})).error), 'relay-outdated');
  network.connect = oldRelay;
  await assert.rejects(network.node(fakeEngine({clock: network.clock, answer: () => ''})), {code: 'relay-outdated'});
});

test('Client, serve(): at a newer relay both learn that they are old', async () => {
  const network = start({version: spokenVersion + 1});
  assert.equal(codeOf((await network.ask(network.client(), {text: 'x'})).error), 'outdated');
  await assert.rejects(network.node(fakeEngine({clock: network.clock, answer: () => ''})), {code: 'outdated'});
});

test('ClientLink: bad-message after the welcome is not taken for an old relay', async () => {
  const network = start();
  let relayEnd: Transport | undefined;
  const client = new Client({
    clock: network.clock,
    connect: async () => {
      const [theirs, ours] = memoryLink();
      relayEnd = theirs;
      void network.hub.accept(theirs);
      return ours;
    },
    random: Math.random,
  });
  const link = await network.clock.drive(client.link());
  relayEnd?.send(encodeMessage('failed', {code: 'bad-message'}));
  assert.equal(await link.ended, 'bad-message');
});

test('Hub.drain(): a hello that comes too late is told offline, which is tried again, and is no offence', async () => {
  const network = start();
  const drained = network.hub.drain(0);
  assert.deepEqual(await heard(network, encodeMessage('hello', {role: 'client', agent: '', version: spokenVersion})), ['offline']);
  await drained;
});

test('hello: its version is its last two bytes, and those before it are the same as ever', () => {
  const frame = encodeMessage('hello', {role: 'node', agent: 'a', version: spokenVersion});
  assert.equal(toHex(frame), `0101${'00'.repeat(16)}010000000161${spokenVersion.toString(16).padStart(4, '0')}`);
  const old = decodeMessage(oldHello('node'));
  assert.ok(old.kind === 'hello' && old.version === 1);
  assert.throws(() => decodeMessage(frame.slice(0, -1)), (error) => error instanceof NetworkError && error.code === 'bad-message');
});
