/** The relay goes away in the midst of everything: answers go on where they were once it is there again. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {codeOf, NetworkError} from '../errors.ts';
import {createSecret, identityOf} from '../identity.ts';
import type {NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {AskEvent} from '../roles/ask.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {TestNetwork} from './network.ts';

const story = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');

/** A network of one node, which comes back `backAfterMs` after the relay does; undefined: never. */
async function stage(backAfterMs: number | undefined) {
  const network = new TestNetwork(new ManualClock(() => setImmediate()));
  const {clock} = network;
  const identity = await identityOf<NodeId>(await createSecret());
  const engine = () => fakeEngine({clock, answer: () => story});
  await network.node(engine(), {identity});
  const restart = (): void => {
    network.restart();
    if (backAfterMs !== undefined) void clock.sleep(backAfterMs).then(() => network.node(engine(), {identity}));
  };
  return {network, clock, restart, client: network.client()};
}

const resumedIn = (events: readonly AskEvent[]): string[] => events.flatMap((event) => (event.type === 'resuming' ? [event.code] : []));

test('an answer goes on, with the same computer, when relay and computer are there again; the reader sees no break', async () => {
  const {network, restart, client} = await stage(3000);
  let gone = false;
  const {events, answer, error} = await network.ask(client, {text: 'Tell me a story'}, ({type}) => {
    if (type !== 'text' || gone) return;
    gone = true;
    restart();
  });
  assert.equal(error, undefined);
  assert.equal(answer, story);
  assert.deepEqual(resumedIn(events), ['link-closed']);
  assert.equal(new Set(events.flatMap((event) => (event.type === 'bound' ? [event.node] : []))).size, 1);
});

test('a question that is asked in the moment in which the link ends is answered once the relay is there again', async () => {
  const {network, restart, client, clock} = await stage(3000);
  await clock.drive(client.directory());
  restart();
  const {answer, error} = await network.ask(client, {text: 'x'});
  assert.equal(error, undefined);
  assert.equal(answer, story);
});

test('a question that waited for a free computer waits on', async () => {
  const {network, restart, client} = await stage(3000);
  let busy: Promise<unknown> = Promise.resolve();
  await new Promise<void>((resolve) => {
    busy = network.ask(network.client(), {text: 'a'}, ({type}) => type === 'bound' && resolve()).catch(() => undefined);
  });
  let gone = false;
  const {answer, error} = await network.ask(client, {text: 'b'}, ({type}) => {
    if (type !== 'waiting' || gone) return;
    gone = true;
    restart();
  });
  assert.equal(gone, true);
  assert.equal(error, undefined);
  assert.equal(answer, story);
  await busy;
});

test('a computer that does not come back within a minute ends the waiting with the reason; what had come was told', async () => {
  const {network, clock, restart, client} = await stage(undefined);
  const began = clock.now();
  let gone = false;
  const {answer, error} = await network.ask(client, {text: 'x'}, ({type}) => {
    if (type !== 'text' || gone) return;
    gone = true;
    restart();
  });
  assert.equal(codeOf(error), 'link-closed');
  assert.ok(answer !== '' && story.startsWith(answer));
  const waited = clock.now() - began;
  assert.ok(waited >= limits.relayReturnMs && waited < limits.relayReturnMs + 15_000, `${waited} ms`);
});

test('whoever stops meanwhile has stopped at once', async () => {
  const {network, restart, client} = await stage(undefined);
  const stop = new AbortController();
  const {error} = await network.ask(client, {text: 'x', signal: stop.signal}, ({type}) => {
    if (type === 'text') restart();
    if (type === 'resuming') stop.abort(new NetworkError('cancelled'));
  });
  assert.equal(codeOf(error), 'cancelled');
});
