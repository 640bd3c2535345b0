/** The node in its worker, at a relay of this process and on a clock that the test moves. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {createSecret} from '#protocol/identity.ts';
import type {CatalogueEntry} from '#protocol/models.ts';
import {hashOfModel} from '#protocol/models.ts';
import type {LinkKind, Transport} from '#protocol/roles/ports.ts';
import type {HubOptions} from '#protocol/roles/relay-options.ts';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {MemoryVouchers} from '#protocol/testing/memory-bank.ts';
import {TestNetwork} from '#protocol/testing/network.ts';
import {spokenVersion} from '#protocol/version.ts';
import {type NodeEvent, NodeService, type NodeServiceOptions} from './node-service.ts';

const entry: CatalogueEntry = {
  id: 'x', label: 'x', demo: true, licence: 'MIT', downloadBytes: 1, contextTokens: 512,
  manifest: {engine: 'transformers', source: 'x', dtype: 'fp32', files: [{path: 'x', bytes: 1, sha256: '00'.repeat(32)}]},
};
const story = Array.from({length: 400}, (_, index) => `word${index}`).join(' ');
const minute = 60_000;

/** A node that is told what links there are. */
async function stage(options: Partial<NodeServiceOptions> = {}, relay: Partial<HubOptions> = {}) {
  const network = new TestNetwork(new ManualClock(() => setImmediate()), relay);
  const {clock} = network;
  const opened: string[] = [];
  const open = (kind: LinkKind): Transport => {
    opened.push(kind);
    const link = network.connect();
    return {kind, frames: link.frames, send: (frame) => link.send(frame), buffered: 0, ready: () => link.ready(), close: () => link.close()};
  };
  const events: NodeEvent[] = [];
  const service = new NodeService({
    secret: await createSecret(), entry, clock, pay: undefined, vouchers: new MemoryVouchers(),
    conditions: {paused: false, hidden: false, duty: 100}, relays: [],
    openElsewhere: async (address) => assert.fail(`nobody is at ${address}`),
    loadEngine: async () => fakeEngine({clock, answer: () => story, msPerToken: 100}),
    openLink: async () => ({transport: open('websocket'), peer: ''}),
    openBetterLink: async () => ({transport: open('webrtc'), peer: 'peer'}),
    isPaired: () => false,
    expectDevice: async () => {},
    expectStranger: async () => '',
    onEvent: (event) => void events.push(event),
    ...options,
  });
  await clock.drive(service.start());
  await clock.advance(1000);
  return {network, clock, service, opened, events, link: () => events.findLast((event) => event.type === 'ready')?.link};
}

const ask = ({network}: {network: TestNetwork}, onText: () => void = () => {}) =>
  network.ask(network.client(), {text: 'x', model: hashOfModel(entry), job: {task: 'chat', messages: [{role: 'user', content: 'x'}], maxTokens: 1000}}, ({type}) => type === 'text' && onText());

test('a node on a WebSocket changes to WebRTC a minute later, and answers as before', async () => {
  const node = await stage();
  assert.equal(node.link(), 'websocket');
  await node.clock.advance(minute + 1000);
  assert.deepEqual(node.opened, ['websocket', 'webrtc']);
  assert.equal(node.link(), 'webrtc');
  assert.deepEqual(node.network.hub.census().nodes, 1);
  assert.equal((await ask(node)).answer, story);
  await node.clock.advance(60 * minute);
  assert.equal(node.opened.length, 2, 'it has what it wanted');
  node.service.stopNow();
  await node.clock.settle();
});

test('while a job runs the link stays; it changes afterwards', async () => {
  const node = await stage();
  let during = '';
  // Four hundred words, ten a second: the first look falls into them.
  const slow = node.clock.advance(40_000).then(() => ask(node, () => void (during = node.opened.join(' '))));
  const {answer, error} = await slow;
  assert.equal(error, undefined);
  assert.equal(answer, story);
  assert.equal(during, 'websocket');
  await node.clock.advance(10 * minute);
  assert.equal(node.link(), 'webrtc');
  node.service.stopNow();
  await node.clock.settle();
});

for (const [version, code] of [[spokenVersion + 1, 'outdated'], [1, 'relay-outdated']] as const) {
  test(`at a relay of version ${version} it stops with ${code}, and does not come again`, async () => {
    const node = await stage({}, {version});
    await node.clock.advance(10 * minute);
    assert.deepEqual(node.opened, ['websocket']);
    const last = node.events.at(-1);
    assert.ok(last?.type === 'stopped' && last.code === code);
  });
}

test('where there is no better link it looks again, ever more rarely, and stays', async () => {
  let looks = 0;
  const node = await stage({openBetterLink: async () => void (looks += 1) as undefined});
  await node.clock.advance(4 * minute);
  assert.equal(looks, 2);
  await node.clock.advance(60 * minute);
  assert.ok(looks > 4 && looks < 10, `${looks}`);
  assert.equal(node.link(), 'websocket');
  node.service.stopNow();
  await node.clock.settle();
});
