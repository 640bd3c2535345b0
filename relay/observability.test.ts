/** What a whole relay shows and says of itself: metrics to those who may, the network's numbers to all, and a log without anybody in it. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {chmodSync, writeFileSync} from 'node:fs';
import {request as httpRequest} from 'node:http';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {WebSocket} from 'ws';
import type {ModelHash} from '#protocol/ids.ts';
import {encodeMessage} from '#protocol/codec.ts';
import {spokenVersion} from '#protocol/version.ts';
import {readConfig} from './config.ts';
import {jsonLog, silentLog} from './log.ts';
import {startRelay} from './start-relay.ts';
import {appFolder, askParrot, liveClient, liveNode, openSocket, parrotHash, talking} from './testing/live-network.ts';

async function stage(t: TestContext, {environment = {}, log = silentLog}: {environment?: Record<string, string>; log?: ReturnType<typeof jsonLog>} = {}) {
  const dist = appFolder(t);
  const relay = await startRelay(readConfig({PORT: '0', BOMBYX_DIST: dist, ...environment}), {log});
  t.after(() => relay.close());
  /** A request exactly as given, its Host included. */
  const ask = (path: string, headers: Record<string, string> = {}): Promise<{status: number; type: string; text: string}> =>
    new Promise((resolve, reject) => {
      httpRequest({host: '127.0.0.1', port: relay.port, path, headers: {host: 'localhost', ...headers}}, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.on('end', () => resolve({status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text}));
      })
        .on('error', reject)
        .end();
    });
  return {relay, dist, ask};
}

const valueIn = (text: string, series: string): number => Number(text.split('\n').find((line) => line.startsWith(`${series} `))?.slice(series.length + 1));

test('/metrics after an answer and some nonsense: jobs, links, frames, refusals; no identity, address or model among the labels', async (t) => {
  const {relay, ask} = await stage(t);
  const node = await liveNode(relay.port, {engine: talking('Hello from the parrot')});
  const client = liveClient(relay.port);
  assert.equal(await askParrot(client, 'hi'), 'Hello from the parrot');
  const socket = await openSocket(relay.port);
  socket.send(Buffer.from('garbage'));
  await once(socket, 'close');
  const {status, type, text} = await ask('/metrics');
  assert.deepEqual([status, type], [200, 'text/plain; version=0.0.4; charset=utf-8']);
  const value = (series: string) => valueIn(text, series);
  assert.deepEqual([value('bombyx_jobs_asked_total'), value('bombyx_jobs_matched_total'), value('bombyx_offer_seconds_count'), value('bombyx_first_frame_seconds_count')], [1, 1, 1, 1]);
  assert.deepEqual([value('bombyx_links_opened_total{kind="websocket"}'), value('bombyx_links{role="node",kind="websocket"}'), value('bombyx_links{role="client",kind="websocket"}')], [3, 1, 1]);
  assert.equal(value('bombyx_forwarded_frames_total{to="node"}'), 1);
  assert.ok(value('bombyx_forwarded_frames_total{to="client"}') >= 3 && value('bombyx_forwarded_bytes_total{to="client"}') > 512);
  assert.equal(value('bombyx_refusals_total{code="bad-message"}'), 1);
  assert.ok(value('bombyx_memory_resident_bytes') > 1e6 && value('bombyx_event_loop_delay_seconds{quantile="0.99"}') >= 0);
  for (const secret of [node.id, parrotHash, 'parrot', 'a stranger', '127.0.0.1']) assert.ok(!text.includes(secret), secret);
  client.close();
});

test('/metrics is for this machine; for whoever comes through a proxy, or under a public name, it does not exist', async (t) => {
  const {ask} = await stage(t, {environment: {BOMBYX_ALLOWED_HOSTS: 'relay.example'}});
  assert.equal((await ask('/metrics', {host: '127.0.0.1:1234'})).status, 200);
  const nothing = await ask('/api/nothing');
  for (const headers of [{host: 'relay.example'}, {'x-forwarded-for': '127.0.0.1'}, {'forwarded': 'for=127.0.0.1'}, {'via': '1.1 x'}, {'authorization': 'Bearer x', 'host': 'relay.example'}] as Record<string, string>[]) {
    assert.deepEqual(await ask('/metrics', headers), nothing, JSON.stringify(headers));
  }
});

test('with a token, whoever has it may read the metrics; a wrong one may not, from nowhere', async (t) => {
  const token = 'cafe'.repeat(16);
  const file = join(appFolder(t), 'token');
  writeFileSync(file, `${token}\n`, {mode: 0o600});
  const {ask} = await stage(t, {environment: {BOMBYX_ALLOWED_HOSTS: 'relay.example', BOMBYX_METRICS_TOKEN_FILE: file}});
  const bearing = async (text: string, host = 'relay.example') => (await ask('/metrics', {host, authorization: `Bearer ${text}`})).status;
  assert.equal(await bearing(token), 200);
  assert.deepEqual([await bearing(`${token}0`), await bearing(token.slice(1)), await bearing('')], [404, 404, 404]);
  assert.equal(await bearing('wrong', 'localhost'), 404);
  assert.equal((await ask('/metrics')).status, 200, 'and this machine, without one');
});

test('a token that others can read, that is short or not there stops the start', async (t) => {
  const dist = appFolder(t);
  const file = join(dist, 'token');
  const start = () => startRelay(readConfig({PORT: '0', BOMBYX_DIST: dist, BOMBYX_METRICS_TOKEN_FILE: file}), {log: silentLog});
  await assert.rejects(start, /token can not be read. Nothing was started/);
  writeFileSync(file, 'short', {mode: 0o600});
  await assert.rejects(start, /token holds no token: .* at least 32 .* openssl rand -hex 32/);
  writeFileSync(file, 'cafe'.repeat(16));
  for (const mode of [0o640, 0o604]) {
    chmodSync(file, mode);
    await assert.rejects(start, /token can be read by others. Nothing was started; run: chmod 600/);
  }
});

test('/api/network: nodes by model of the catalogue, prices, free and idle ones; strangers\' models are only counted', async (t) => {
  const {relay, ask} = await stage(t);
  assert.equal((await ask('/api/network', {host: 'evil.example'})).status, 403);
  const prices = {prompt: 5n, cached: 1n, completion: 2n ** 60n, reasoning: 0n};
  const nodes = [await liveNode(relay.port, {engine: talking('x')}), await liveNode(relay.port, {engine: talking('x'), prices}), await liveNode(relay.port, {engine: talking('x'), model: 'ee'.repeat(32) as ModelHash})];
  const {text} = await ask('/api/network');
  const told = JSON.parse(text) as Record<string, unknown>;
  const range = (price: bigint) => ({lowest: String(price), median: String(price)});
  const [offered, ...others] = told['models'] as readonly {readonly nodes: number}[];
  assert.deepEqual(offered, {id: 'parrot', hash: parrotHash, nodes: 2, idle: 2, free: 1, prices: {prompt: range(5n), completion: range(2n ** 60n)}, waitMs: null, asked: 0});
  assert.deepEqual(others.map(({nodes: count}) => count), [0, 0], 'nobody offers the others');
  assert.deepEqual([told['nodes'], told['idle'], told['otherModels']], [3, 3, {nodes: 1, idle: 1}]);
  for (const secret of [...nodes.map(({id}) => id), 'ee'.repeat(32), 'stranger', '127.0.0.1']) assert.ok(!text.includes(secret), secret);
});

test('the log of a whole session: events and numbers; no query string, no address, no content, no identity', async (t) => {
  const lines: string[] = [];
  const dist = appFolder(t);
  const relay = await startRelay(readConfig({PORT: '0', BOMBYX_DIST: dist}), {log: jsonLog((line) => lines.push(line))});
  const node = await liveNode(relay.port, {engine: talking('SECRET-ANSWER is what I say')});
  const client = liveClient(relay.port);
  await askParrot(client, 'SECRET-QUESTION');
  const bad = await openSocket(relay.port);
  bad.send(encodeMessage('hello', {role: 'client', agent: 'SECRET-AGENT', version: spokenVersion}));
  bad.send(Buffer.from('SECRET-GARBAGE that is longer than an envelope'));
  await once(bad, 'close');
  for (const path of ['/nowhere?q=SECRET-QUERY', '/api/relay?q=SECRET-QUERY', '/mirror/SECRET-PATH?q=SECRET-QUERY', '/%?SECRET-QUERY', '/metrics?SECRET-QUERY']) {
    await (await fetch(relay.url + path)).arrayBuffer();
    await (await fetch(relay.url + path, {method: 'POST', body: 'SECRET-BODY', headers: {'x-forwarded-for': '203.0.113.7'}})).arrayBuffer();
  }
  for (const path of ['/signal/peerjs?id=SECRET-ID&token=SECRET-TOKEN&key=SECRET-KEY', '/elsewhere?SECRET-QUERY']) {
    const socket = new WebSocket(`ws://127.0.0.1:${relay.port}${path}`, {headers: {'x-forwarded-for': '203.0.113.7'}});
    socket.on('error', () => {});
    await once(socket, 'unexpected-response');
  }
  const {peer, token} = (await (await fetch(`${relay.url}/api/ticket`, {method: 'POST'})).json()) as {peer: string; token: string};
  const signal = new WebSocket(`ws://127.0.0.1:${relay.port}/signal/peerjs?key=bombyx&id=${peer}&token=${token}`);
  await once(signal, 'message');
  signal.send(JSON.stringify({type: 'OFFER', dst: 'relay', payload: {sdp: {type: 'offer', sdp: 'SECRET-SDP'}, connectionId: 'SECRET-CONNECTION'}}));
  signal.close();
  await once(signal, 'close');
  client.close();
  await relay.close();
  const events = lines.map((line) => JSON.parse(line) as {time: string; level: string; event: string});
  for (const {event} of events) assert.match(event, /^[a-z]+(-[a-z]+)*$/);
  assert.deepEqual(events.map(({event}) => event), ['started', 'webrtc-signal-refused', 'drain-begun', 'drain-ended', 'stopped']);
  const all = lines.join('');
  for (const secret of ['SECRET', '?', '127.0.0.1', '203.0.113.7', '::1', 'localhost', peer, token, node.id, parrotHash, dist]) assert.ok(!all.includes(secret), secret);
});
