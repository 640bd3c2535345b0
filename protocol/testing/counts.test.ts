/** What the hub counts over a whole network: each job once, however it ends, and no time taken for what did not happen. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {codeOf, NetworkError} from '../errors.ts';
import type {JobHandle} from '../ids.ts';
import {encodeMessage} from '../codec.ts';
import type {HubCount} from '../roles/relay-watch.ts';
import {spokenVersion} from '../version.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {testModel, TestNetwork} from './network.ts';

const stage = () => {
  const counts: HubCount[] = [];
  const network = new TestNetwork(new ManualClock(setImmediate), {onCount: (count) => counts.push(count)});
  const engine = (failAfter?: number) => fakeEngine({clock: network.clock, answer: () => 'one two three four five six seven eight nine ten', ...(failAfter === undefined ? {} : {failAfter})});
  const of = <K extends HubCount['is']>(is: K) => counts.filter((count): count is HubCount & {is: K} => count.is === is);
  return {network, engine, counts, of};
};

test('an answered job: asked, matched, offered, answering, ended, in this order and once each; frames are counted both ways', async () => {
  const {network, engine, counts} = stage();
  await network.node(engine());
  const {error} = await network.ask(network.client(), {text: 'x'});
  assert.equal(error, undefined);
  await network.clock.advance(5000);
  assert.deepEqual(counts.map(({is}) => is), ['asked', 'matched', 'offered', 'answering', 'ended']);
  assert.deepEqual(counts.at(-1), {is: 'ended', outcome: 'released'});
  const {client, node} = network.hub.passed;
  assert.deepEqual([node.frames, client.frames >= 18], [1, true], 'one request; offer, nonce, 16 frames, released');
  assert.ok(node.bytes > 1024 && client.bytes > 16 * 256);
});

test('an engine that fails says so inside what is sealed, so the relay counts no failure; one that nobody serves it does count', async () => {
  const {network, engine, of} = stage();
  await network.node(engine(2));
  const {error} = await network.ask(network.client(), {text: 'x'});
  assert.equal(codeOf(error), 'engine-failed');
  await network.clock.advance(5000);
  assert.ok(of('ended').every(({outcome}) => outcome !== 'failed'));
  const link = network.connect();
  link.send(encodeMessage('hello', {role: 'client', agent: 'test', version: spokenVersion}));
  link.send(encodeMessage('match', {model: testModel.hash, nodes: [], bucketBytes: 1024, maxTokens: 8, priceCap: 0n, payment: 'free', work: undefined}, 'cd'.repeat(16) as JobHandle));
  await network.clock.advance(1000);
  assert.deepEqual(of('ended').at(-1), {is: 'ended', outcome: 'failed', code: 'no-node'});
  assert.equal(of('refused').at(-1)?.code, 'no-node');
});

test('a job that is stopped, and one whose client leaves, end as cancelled; a lost node is a failure', async () => {
  const {network, engine, of} = stage();
  const node = await network.node(engine());
  const stop = new AbortController();
  const stopped = await network.ask(network.client(), {text: 'x', signal: stop.signal}, ({type}) => {
    if (type === 'text') stop.abort(new NetworkError('cancelled'));
  });
  assert.equal(codeOf(stopped.error), 'cancelled');
  await network.clock.advance(5000);
  assert.deepEqual(of('ended').at(-1), {is: 'ended', outcome: 'cancelled'});
  const leaving = network.client();
  await network.ask(leaving, {text: 'x'}, ({type}) => {
    if (type === 'text') leaving.close();
  });
  await network.clock.advance(20_000);
  assert.ok(of('ended').slice(1).some(({outcome}) => outcome === 'cancelled'));
  await network.ask(network.client(), {text: 'x'}, ({type}) => {
    if (type === 'text') node.link.close();
  });
  await network.clock.advance(20_000);
  assert.ok(of('ended').some((count) => count.outcome === 'failed' && count.code === 'node-lost'));
  assert.deepEqual(network.hub.census().jobs, 0);
  assert.equal(of('asked').length, of('ended').length, 'whatever was asked has ended');
});

test('links by role and kind, and what is offered, without saying whose it is', async () => {
  const {network, engine} = stage();
  await network.node(engine());
  network.connect();
  assert.deepEqual(network.hub.links(), {stranger: {websocket: 0, webrtc: 0, memory: 1}, client: {websocket: 0, webrtc: 0, memory: 0}, node: {websocket: 0, webrtc: 0, memory: 1}});
  const [offer, ...more] = network.hub.supply();
  assert.deepEqual([more.length, offer?.idle, offer?.models.map(({model}) => model)], [0, 1, [testModel.hash]]);
});
