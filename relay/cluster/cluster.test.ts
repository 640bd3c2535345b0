/** A cluster in one process: nodes at one relay, clients at another, and all that can part them. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createSecret, identityOf} from '#protocol/identity.ts';
import type {JobHandle, ModelHash, NodeId} from '#protocol/ids.ts';
import {decodeMessage, encodeMessage} from '#protocol/codec.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import {spokenVersion} from '#protocol/version.ts';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {testModel, type TestNetwork} from '#protocol/testing/network.ts';
import {type ClusterRelay, clusterStage, type ClusterStage} from '../testing/cluster-stage.ts';
import {busMessages, type MemberId, subjects} from './bus-messages.ts';

const story = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');

const engine = ({clock}: ClusterStage, msPerToken = 10) => fakeEngine({clock, answer: () => story, msPerToken});
const networks = ({relays}: ClusterStage) => relays.map(({network}) => network) as [TestNetwork, TestNetwork, TestNetwork];

test('a client at one relay sees the nodes of all, and is answered by a node at another: frames go to its home, and cross no bus', async () => {
  const stage = clusterStage({count: 3});
  const [a, b, c] = networks(stage);
  const nodes = [await b.node(engine(stage, 50)), await c.node(engine(stage, 50))];
  await stage.meet();
  const client = stage.client();
  assert.deepEqual((await stage.clock.drive(client.directory())).map(({node}) => node).toSorted(), nodes.map(({id}) => id).toSorted());
  const published: number[] = [];
  for (const {bus} of stage.relays) {
    for (const subject of ['beat', 'node']) bus.hear(subject, (body) => published.push(body.length));
  }
  const {answer, error, events} = await a.ask(client, {text: 'once upon a time'});
  assert.deepEqual([error, answer], [undefined, story]);
  assert.equal(events.filter(({type}) => type === 'done').length, 1);
  assert.equal(a.hub.passed.client.frames, 0);
  assert.ok(b.hub.passed.client.frames + c.hub.passed.client.frames > 10);
  assert.ok(Math.max(...published) < 400, 'nothing but beats');
  await stage.clock.advance(20_000);
  assert.deepEqual(nodes.flatMap(({outcomes}) => outcomes).map(({outcome}) => outcome), ['done']);
});

test('where free answers ask for work, a client that is sent on works for the other relay too, and is answered', async () => {
  const stage = clusterStage({options: {workBits: 8}});
  const [a, b] = networks(stage);
  await b.node(engine(stage));
  await stage.meet();
  const {answer, error} = await a.ask(stage.client(), {text: 'once upon a time'});
  assert.deepEqual([error, answer], [undefined, story]);
});

test('a busy node at another relay is waited for, and taken when it is free; a node here that is free first takes the job instead', async () => {
  const stage = clusterStage();
  const [a, b] = networks(stage);
  await b.node(engine(stage, 200));
  await stage.meet();
  const [first, second] = [stage.client(), stage.client()];
  const both = await Promise.all([a.ask(first, {text: 'one'}), a.ask(second, {text: 'two'})]);
  assert.deepEqual(both.map(({error, answer}) => [error, answer]), [[undefined, story], [undefined, story]]);
  assert.ok(both.some(({events}) => events.some(({type}) => type === 'waiting')));
  await stage.meet();
  const [busy, waits] = [stage.client(), stage.client()];
  const running = a.ask(busy, {text: 'three'});
  await stage.clock.advance(3000);
  const local = await a.node(engine(stage));
  const waited = await a.ask(waits, {text: 'four'});
  assert.equal(waited.error, undefined);
  assert.equal(waited.events.find((event) => event.type === 'bound')?.node, local.id);
  assert.equal((await running).error, undefined);
});

test('no node twice: two relays that want the last slot at once get it once', async () => {
  const stage = clusterStage({count: 3});
  const [a, b, c] = networks(stage);
  const node = await c.node(engine(stage));
  await stage.meet();
  const both = await Promise.all([a.ask(stage.client(0), {text: 'one'}), b.ask(stage.client(1), {text: 'two'})]);
  assert.deepEqual(both.map(({error}) => error), [undefined, undefined]);
  await stage.clock.advance(20_000);
  assert.deepEqual(node.outcomes.map(({outcome}) => outcome), ['done', 'done']);
  await stage.meet();
  assert.deepEqual(stage.relays.map(({network}) => network.hub.census()).map(({jobs, waiting}) => [jobs, waiting]), [[0, 0], [0, 0], [0, 0]]);
});

test('a slot that is held for a client who never comes is free again', async () => {
  const stage = clusterStage();
  const [a, b] = networks(stage);
  const node = await b.node(engine(stage));
  await stage.meet();
  const wanted = {handle: '11'.repeat(16) as JobHandle, model: testModel.hash, nodes: [node.id]};
  assert.equal(b.hub.hold(wanted), node.id);
  assert.equal(b.hub.hold(wanted), undefined, 'one slot for one handle');
  assert.equal(b.hub.hold({...wanted, handle: '22'.repeat(16) as JobHandle}), undefined, 'it is held');
  assert.deepEqual(b.hub.supply().map(({idle}) => idle), [0]);
  await stage.clock.advance(12_000);
  assert.deepEqual(b.hub.supply().map(({idle}) => idle), [1]);
  const {error} = await a.ask(stage.client(), {text: 'now'});
  assert.equal(error, undefined);
});

test('the bus is cut: each relay is an island that serves on with what it has; healed, they know each other again', async () => {
  const stage = clusterStage({count: 3});
  const [a, b, c] = networks(stage);
  const [atA, atB] = [await a.node(engine(stage, 100)), await b.node(engine(stage))];
  await stage.meet();
  // A job that crossed before is not disturbed.
  const crossing = c.ask(stage.client(2), {text: 'before', only: new Set([atA.id])});
  await stage.clock.advance(1500);
  stage.buses.cut(...stage.relays.map(({bus}) => [bus]));
  await stage.clock.advance(10_000);
  assert.equal((await crossing).error, undefined);
  assert.deepEqual(stage.relays.map(({cluster}) => cluster.size), [0, 0, 0]);
  const alone = async (network: TestNetwork, home: number) => {
    const client = stage.client(home);
    const known = (await stage.clock.drive(client.directory())).map(({node}) => node);
    return {known, error: (await network.ask(client, {text: 'alone'})).error as {code?: string} | undefined};
  };
  assert.deepEqual(await alone(a, 0), {known: [atA.id], error: undefined});
  assert.deepEqual(await alone(b, 1), {known: [atB.id], error: undefined});
  const {known, error} = await alone(c, 2);
  assert.deepEqual([known, error?.code], [[], 'no-node']);
  // While they are apart a node comes and one goes.
  const late = await b.node(engine(stage));
  atB.link.close();
  stage.buses.cut();
  await stage.clock.advance(3000);
  assert.deepEqual(stage.relays.map(({cluster}) => cluster.size), [2, 2, 2]);
  const all = (await stage.clock.drive(stage.client(2).directory())).map(({node}) => node);
  assert.deepEqual(all.toSorted(), [atA.id, late.id].toSorted());
  assert.equal((await c.ask(stage.client(2), {text: 'after', only: new Set([late.id])})).error, undefined);
});

test('a node that moved to another relay has one home: the older link is closed, at once or when the bus is healed', async () => {
  const stage = clusterStage();
  const [a, b] = networks(stage);
  const identity = await identityOf<NodeId>(await createSecret());
  await stage.meet();
  const first = await a.node(engine(stage), {identity});
  await stage.clock.advance(1000);
  stage.buses.cut(...stage.relays.map(({bus}) => [bus]));
  await b.node(engine(stage), {identity});
  await stage.clock.advance(8000);
  assert.deepEqual([a.hub.census().nodes, b.hub.census().nodes], [1, 1]);
  stage.buses.cut();
  await stage.clock.advance(3000);
  await assert.rejects(first.ended, {code: 'duplicate'});
  assert.deepEqual([a.hub.census().nodes, b.hub.census().nodes], [0, 1]);
  await a.node(engine(stage), {identity});
  await stage.clock.advance(1000);
  assert.deepEqual([a.hub.census().nodes, b.hub.census().nodes], [1, 0]);
  assert.equal((await b.ask(stage.client(1), {text: 'where is it'})).error, undefined);
});

test('a relay that dies takes its part of an answer with it: the client goes on at its own, with another node', async () => {
  const stage = clusterStage();
  const [a, b] = networks(stage);
  const atB = await b.node(engine(stage, 100));
  await stage.meet();
  const client = stage.client();
  let words = 0;
  const seen: AskEvent[] = [];
  const asking = a.ask(client, {text: 'long'}, (event) => {
    seen.push(event);
    if (event.type !== 'text' || (words += 1) !== 3) return;
    stage.buses.cut(...stage.relays.map(({bus}) => [bus]));
    void b.hub.drain(0);
    void a.node(engine(stage));
  });
  const {answer, error, events} = await asking;
  assert.equal(error, undefined);
  assert.ok(answer.startsWith('word0 word1'), answer);
  assert.equal(events.filter(({type}) => type === 'bound').length, 2);
  assert.notEqual(events.findLast((event) => event.type === 'bound')?.node, atB.id);
});

test('a client goes only where its own relay may send it: another address, or a relay that it can not reach, is gone around', async () => {
  const stage = clusterStage();
  const [a, b] = networks(stage);
  const there = await b.node(engine(stage));
  await stage.meet();
  for (const may of [{known: []}, {shut: 'https://b.example'}]) {
    const {error, events} = await a.ask(stage.client(0, may), {text: 'x'});
    assert.deepEqual([(error as {code: string}).code, events.filter(({type}) => type !== 'waiting')], ['no-node', []]);
  }
  await stage.clock.advance(12_000);
  const here = await a.node(engine(stage, 100));
  await a.ask(stage.client(), {text: 'the one here is busy', only: new Set([here.id])}, () => {});
  const busy = a.ask(stage.client(), {text: 'again', only: new Set([here.id])});
  await stage.clock.advance(1500);
  const {error, events} = await a.ask(stage.client(0, {known: []}), {text: 'y'});
  assert.equal(error, undefined);
  assert.deepEqual(events.flatMap((event) => (event.type === 'bound' ? [event.node] : [])), [here.id]);
  assert.equal((await busy).error, undefined);
  assert.deepEqual(there.outcomes, []);
});

test('a relay under an address that is not of the cluster is not listened to, and what can not be read is as if it had not been said', async () => {
  const stage = clusterStage();
  const stranger = stage.buses.join();
  await stage.meet();
  stranger.publish(subjects.beat, busMessages.beat.write({relay: '77'.repeat(8) as MemberId, url: 'https://evil.example', is: 'open', changes: 0, room: []}));
  stranger.publish(subjects.beat, Uint8Array.of(1, 2, 3));
  stranger.publish(subjects.change, new Uint8Array(400));
  await stage.clock.settle();
  assert.deepEqual(stage.relays.map(({cluster}) => [cluster.size, cluster.nodes]), [[1, 0], [1, 0]]);
  for (const subject of [subjects.hold, subjects.nodes]) {
    await assert.rejects(stranger.ask(subject(stage.relays[0]?.cluster.id ?? assert.fail()), Uint8Array.of(9), 100), {code: 'offline'});
  }
});

test('whoever is kept out at one relay is kept out at the others, for as long; a stranger on the bus keeps nobody out', async () => {
  const stage = clusterStage();
  const [a, b] = networks(stage);
  await stage.meet();
  const prefix = '203.0.113.7';
  for (let times = 0; times < 5; times += 1) {
    const link = a.connect(undefined, prefix);
    link.send(Uint8Array.of(9, 9, 9));
    await stage.clock.settle();
  }
  const heardAt = async (network: TestNetwork) => {
    const link = network.connect(undefined, prefix);
    const first = await link.frames[Symbol.asyncIterator]().next();
    link.close();
    return first.done === true ? undefined : decodeMessage(first.value);
  };
  const [here, there] = [await heardAt(a), await heardAt(b)];
  assert.equal(here?.kind, 'banned');
  assert.deepEqual(there, here);
  await stage.clock.advance(5 * 60_000);
  assert.equal((await Promise.race([heardAt(b), stage.clock.advance(1000).then(() => undefined)]))?.kind, undefined);
  const stranger = stage.buses.join();
  const ban = {relay: '77'.repeat(8) as MemberId, key: '198.51.100.9', until: BigInt(stage.clock.now() + 1e9), code: 'flood'} as const;
  stranger.publish(subjects.ban, busMessages.ban.write(ban));
  await stage.clock.settle();
  const link = b.connect(undefined, ban.key);
  link.send(encodeMessage('hello', {role: 'client', agent: '', version: spokenVersion}));
  const {value} = await link.frames[Symbol.asyncIterator]().next();
  assert.equal(decodeMessage(value as Uint8Array).kind, 'welcome');
});

test('ten thousand nodes: a relay that joins late gets them in pages, and one that missed a change asks for all again', async () => {
  const stage = clusterStage();
  const [left, right] = stage.relays as [ClusterRelay, ClusterRelay];
  const model = 'ab'.repeat(32) as ModelHash;
  const count = 10_000;
  const node = (index: number) => ({id: index.toString(16).padStart(64, '0') as NodeId, record: new Uint8Array(300), models: new Set([model])});
  stage.buses.cut([left.bus], [right.bus]);
  for (let index = 1; index <= count; index += 1) left.cluster.onNode(node(index), 'came');
  stage.buses.cut();
  await stage.meet();
  assert.equal(right.cluster.nodes, count);
  assert.ok(right.cluster.have([node(count).id], model) && !right.cluster.have([node(count + 1).id], model));
  stage.buses.cut([left.bus], [right.bus]);
  left.cluster.onNode(node(7), 'left');
  left.cluster.onNode(node(count + 1), 'came');
  stage.buses.cut();
  left.cluster.onNode(node(count + 2), 'came');
  await stage.meet();
  assert.deepEqual([7, 8, count + 1, count + 2].map((index) => right.cluster.have([node(index).id], model)), [false, true, true, true]);
  assert.equal(right.cluster.nodes, count + 1);
});

test('a relay whose operator has it take no jobs is sent none; when it takes them again, what waits elsewhere goes there', async () => {
  const stage = clusterStage();
  const [a, b] = networks(stage);
  await b.node(engine(stage));
  await stage.meet();
  const there = stage.relays[1] ?? assert.fail();
  b.hub.oversight.setPaused(true);
  there.cluster.drain();
  await stage.meet();
  const said: string[] = [];
  const asking = a.ask(stage.client(), {text: 'x'}, ({type}) => said.push(type));
  await stage.clock.advance(5000);
  assert.ok(!said.includes('bound'), said.join(' '));
  b.hub.oversight.setPaused(false);
  there.cluster.resume();
  const {answer, error} = await asking;
  assert.deepEqual([error, answer], [undefined, story]);
});

test('whom the operator of one relay keeps out, the others of its cluster keep out, too', async () => {
  const stage = clusterStage();
  const [a, b] = networks(stage);
  const identity = await identityOf<NodeId>(await createSecret());
  await stage.meet();
  const here = stage.relays[0] ?? assert.fail();
  here.cluster.onBan({until: stage.clock.now() + 3_600_000, code: 'refused', reason: 'for the operator alone'}, identity.id);
  await stage.meet();
  const refused: unknown = await b.node(engine(stage), {identity}).catch((error: unknown) => error);
  assert.equal((refused as {code: string}).code, 'banned');
  assert.equal(a.hub.census().nodes, 0);
  assert.deepEqual(stage.relays[1]?.network.hub.census().nodes, 0);
});
