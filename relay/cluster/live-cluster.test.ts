/** Three real relays in processes of their own, a real NATS server, real sockets: the bus is cut, a relay is killed, and nobody's answer is lost. */
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setImmediate} from 'node:timers/promises';
import {test, type TestContext} from 'node:test';
import {codeOf} from '#protocol/errors.ts';
import {type Wire, wireTo} from '../testing/cut-bus.ts';
import {askParrot, liveClient, liveNode, talking} from '../testing/live-network.ts';
import {startNats} from '../testing/nats-server.ts';
import {freePort, without} from '../testing/programs.ts';
import {type RelayProcess, startProcess} from '../testing/relay-process.ts';

const skip = without('nats-server');
const story = Array.from({length: 120}, (_, index) => `word${index}`).join(' ');

/** A folder of its own, gone after the test. */
function dataFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-cluster-'));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

interface LiveRelay extends RelayProcess {
  readonly port: number;
  readonly wire: Wire;
}

async function startCluster(t: TestContext): Promise<[LiveRelay, LiveRelay, LiveRelay]> {
  const nats = await startNats();
  const ports = [await freePort(), await freePort(), await freePort()];
  const urls = ports.map((port) => `http://localhost:${port}`);
  const relays: LiveRelay[] = [];
  for (const [index, port] of ports.entries()) {
    const wire = await wireTo(Number(new URL(nats.url).port));
    const process = startProcess(t, {PORT: String(port), BOMBYX_PUBLIC_URL: urls[index] ?? '', BOMBYX_CLUSTER_RELAYS: urls.join(','), BOMBYX_BUS: `nats://127.0.0.1:${wire.port}`});
    await process.says('started');
    relays.push({...process, port, wire});
  }
  t.after(async () => {
    for (const {child, exited, wire} of relays) {
      child.kill('SIGKILL');
      await exited;
      await wire.close();
    }
    await nats.process.stop();
  });
  for (const {says} of relays) {
    await says('relay-joined');
    await says('relay-joined');
  }
  return relays as [LiveRelay, LiveRelay, LiveRelay];
}

/** Asks a relay for one of its numbers until it is this. */
async function until({port}: LiveRelay, metric: string, value: number): Promise<void> {
  for (;;) {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    if (Number(new RegExp(`^${metric} (\\d+)$`, 'm').exec(text)?.[1]) === value) return;
    await setImmediate();
  }
}

const clientOf = (home: LiveRelay, all: readonly LiveRelay[]) => liveClient(home.port, all.map(({port}) => `http://localhost:${port}`));

test('three relays: a node at one answers clients of all; the bus is cut, and healed; a relay is killed in mid-answer', {skip, timeout: 90_000}, async (t) => {
  const all = await startCluster(t);
  const [a, b, c] = all;
  await liveNode(b.port, {engine: talking(story)});
  await Promise.all([until(a, 'bombyx_cluster_nodes', 1), until(c, 'bombyx_cluster_nodes', 1)]);
  const clients = all.map((home) => clientOf(home, all));
  for (const client of clients) assert.equal(await askParrot(client, 'a story'), story);

  // Packets between b and the bus are dropped while an answer crosses: the answer ends, and what is asked later stays on each island.
  const begun = Promise.withResolvers<void>();
  await liveNode(c.port, {engine: talking(story, 20)});
  await until(a, 'bombyx_cluster_nodes', 2);
  const running = askParrot(clientOf(b, all), 'slowly', () => begun.resolve());
  await begun.promise;
  b.wire.freeze();
  assert.equal((await b.says('bus-down'))['level'], 'warn');
  assert.equal(await running, story);
  await Promise.all([a.says('relay-lost'), c.says('relay-lost'), b.says('relay-lost'), b.says('relay-lost')]);
  await until(a, 'bombyx_cluster_nodes', 1);
  for (const home of all) assert.equal(await askParrot(clientOf(home, all), 'on an island'), story);
  b.wire.heal();
  await b.says('bus-up');
  await Promise.all([a.says('relay-joined'), c.says('relay-joined'), b.says('relay-joined'), b.says('relay-joined')]);
  await until(a, 'bombyx_cluster_nodes', 2);

  // c is killed while its node answers a client of a: the answer goes on at b.
  const parts: string[] = [];
  const killed = Promise.withResolvers<void>();
  const client = clientOf(a, all);
  const onText = (text: string) => {
    parts.push(text);
    if (parts.length !== 3) return;
    c.child.kill('SIGKILL');
    killed.resolve();
  };
  const answers = Array.from({length: 2}, () => askParrot(client, 'twice', onText));
  await killed.promise;
  for (const answer of answers) assert.ok((await answer).startsWith('word0 word1'), 'whole, or gone on with');
  await Promise.all([a.says('relay-lost'), b.says('relay-lost')]);
  await until(a, 'bombyx_cluster_nodes', 1);
});

test('a relay that is told to stop says so to the others; its clients are not sent to it any more', {skip, timeout: 60_000}, async (t) => {
  const all = await startCluster(t);
  const [a, b] = all;
  const node = await liveNode(b.port, {engine: talking(story, 20)});
  await until(a, 'bombyx_cluster_nodes', 1);
  const begun = Promise.withResolvers<void>();
  const running = askParrot(clientOf(a, all), 'a story', () => begun.resolve());
  await begun.promise;
  b.child.kill('SIGTERM');
  await b.says('drain-begun');
  await assert.rejects(askParrot(clientOf(a, all), 'too late'), (error) => ['busy', 'no-node'].includes(codeOf(error)));
  assert.equal(await running, story);
  await node.ended;
  assert.deepEqual(await b.exited, [0, null]);
  await a.says('relay-lost');
});

test('a relay whose books are elsewhere waits for them, tells pages the same terms, and has them settled there; stopped while it waits, it ends', {skip, timeout: 60_000}, async (t) => {
  const nats = await startNats();
  t.after(() => nats.process.stop());
  const [near, far] = [await freePort(), await freePort()];
  const urls = [near, far].map((port) => `http://localhost:${port}`);
  const shared = {BOMBYX_CLUSTER_RELAYS: urls.join(','), BOMBYX_BUS: nats.url};
  const elsewhere = {...shared, PORT: String(far), BOMBYX_PUBLIC_URL: urls[1] ?? '', BOMBYX_NETWORK: 'cluster'};
  const stopped = startProcess(t, elsewhere);
  await stopped.says('books-away');
  stopped.child.kill('SIGTERM');
  assert.deepEqual(await stopped.exited, [1, null]);
  const second = startProcess(t, elsewhere);
  await second.says('books-away');
  const first = startProcess(t, {...shared, PORT: String(near), BOMBYX_PUBLIC_URL: urls[0] ?? '', BOMBYX_NETWORK: 'devnet', BOMBYX_DATA: dataFolder(t)});
  await Promise.all([first.says('started'), second.says('started')]);
  const [here, there] = await Promise.all([near, far].map(async (port) => ((await (await fetch(`http://localhost:${port}/api/relay`)).json()) as {money: Record<string, unknown>}).money));
  assert.deepEqual({...there, endpoint: '', trial: 0}, {...here, endpoint: '', trial: 0});
  assert.deepEqual([there?.['endpoint'], there?.['name'], there?.['trial']], [`${urls[0]}/devnet`, 'devnet', 0]);
  assert.equal((await fetch(`http://localhost:${far}/api/settle`, {method: 'POST'})).status, 200);
  first.child.kill('SIGKILL');
  await first.exited;
  const refused = await fetch(`http://localhost:${far}/api/settle`, {method: 'POST'});
  assert.deepEqual([refused.status, ((await refused.json()) as {code: string}).code], [503, 'books-away']);
  second.child.kill('SIGTERM');
  assert.deepEqual(await second.exited, [0, null]);
});
