/** Both buses, under one suite; and what only a server that comes and goes can show. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Queue} from '#protocol/queue.ts';
import type {Log} from '../log.ts';
import {busSuite} from '../testing/bus-suite.ts';
import {memoryBuses} from '../testing/memory-bus.ts';
import {startNats} from '../testing/nats-server.ts';
import {without} from '../testing/programs.ts';
import {natsBus} from './nats-bus.ts';

const skip = without('nats-server');

/** Tells of each time that the bus came up or went down. */
function tellingLog(): {log: Log; next(): Promise<string | undefined>} {
  const events = new Queue<string>();
  return {log: (_, event) => events.push(event), next: () => events.next()};
}

async function upBus(servers: string, options: {cluster?: string; token?: string} = {}) {
  const {log, next} = tellingLog();
  const bus = natsBus({servers, token: options.token, cluster: options.cluster ?? 'test', log});
  assert.equal(await next(), 'bus-up');
  return {bus, next};
}

busSuite('memoryBuses()', async () => {
  const buses = memoryBuses();
  return {join: async () => buses.join(), end: async () => {}};
});

busSuite('natsBus()', async () => {
  const server = await startNats();
  return {join: async () => (await upBus(server.url)).bus, end: () => server.process.stop()};
}, {skip});

test('natsBus(): clusters of other names do not meet, and a wrong token is let in nowhere', {skip}, async () => {
  const token = 'a-token-of-forty-letters-for-this-test..';
  const server = await startNats({token});
  const [left, right] = [await upBus(server.url, {token, cluster: 'left'}), await upBus(server.url, {token, cluster: 'right'})];
  right.bus.answer('echo', (body) => body);
  await right.bus.ask('nobody', new Uint8Array(), 2000).catch(() => {});
  await assert.rejects(left.bus.ask('echo', new Uint8Array(), 2000), {code: 'offline'});
  const {log, next} = tellingLog();
  const stranger = natsBus({servers: server.url, token: 'wrong', cluster: 'left', log});
  assert.equal(await next(), 'bus-refused');
  assert.equal(stranger.isUp, false);
  for (const bus of [left.bus, right.bus, stranger]) await bus.close();
  await server.process.stop();
});

test('natsBus(): a server that is not there yet, and one that comes back, is found; what was said meanwhile is lost and not late', {skip}, async () => {
  const first = await startNats();
  const port = Number(new URL(first.url).port);
  const [one, other] = [await upBus(first.url), await upBus(first.url)];
  const heard = new Queue<string>();
  other.bus.hear('news', (body) => heard.push(new TextDecoder().decode(body)));
  await first.process.stop();
  assert.deepEqual([await one.next(), await other.next()], ['bus-down', 'bus-down']);
  one.bus.publish('news', new TextEncoder().encode('lost'));
  await assert.rejects(one.bus.ask('echo', new Uint8Array(), 10_000), {code: 'offline'});
  const {log, next} = tellingLog();
  const late = natsBus({servers: first.url, token: undefined, cluster: 'test', log});
  assert.equal(await next(), 'bus-away');
  const second = await startNats({port});
  assert.deepEqual([await one.next(), await other.next(), await next()], ['bus-up', 'bus-up', 'bus-up']);
  await other.bus.ask('nobody', new Uint8Array(), 2000).catch(() => {});
  one.bus.publish('news', new TextEncoder().encode('fresh'));
  assert.equal(await heard.next(), 'fresh');
  for (const bus of [one.bus, other.bus, late]) await bus.close();
  await second.process.stop();
});

test('natsBus(): one that never found its server can be closed', {skip}, async () => {
  const server = await startNats();
  await server.process.stop();
  const {log, next} = tellingLog();
  const bus = natsBus({servers: server.url, token: undefined, cluster: 'test', log});
  assert.equal(await next(), 'bus-away');
  await bus.close();
  assert.equal(bus.isUp, false);
});
