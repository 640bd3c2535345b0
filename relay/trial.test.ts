/** Free answers at a whole relay, over real sockets: addresses are told apart as the limits say, and never written down. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {WebSocket} from 'ws';
import {codeOf} from '#protocol/errors.ts';
import {createSecret, identityOf} from '#protocol/identity.ts';
import type {DeviceId} from '#protocol/ids.ts';
import {Client} from '#protocol/roles/client.ts';
import type {Transport} from '#protocol/roles/ports.ts';
import {testModel} from '#protocol/testing/network.ts';
import {prices} from '#protocol/testing/paying-stage.ts';
import {systemClock as clock} from './clock.ts';
import {readConfig} from './config.ts';
import {silentLog} from './log.ts';
import {type RunningRelay, startRelay} from './start-relay.ts';
import {joinPaidNode} from './testing/paid-node.ts';
import {webSocketTransport} from './ws-transport.ts';

async function linkFrom(address: string, {port}: RunningRelay): Promise<Transport> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/link`, {headers: {'x-forwarded-for': address}});
  await once(socket, 'open');
  return webSocketTransport(socket);
}

/** A paid node of another address; gives what ends it. */
const joinNode = async (relay: RunningRelay): Promise<() => Promise<void>> => joinPaidNode(relay, {transport: await linkFrom('192.0.2.1', relay), model: {...testModel, prices}});

async function ask(relay: RunningRelay, {address, device}: {address: string; device?: DeviceId}) {
  const identity = await identityOf<DeviceId>(await createSecret());
  const client = new Client({clock, connect: () => linkFrom(address, relay), trial: device ? {...identity, id: device} : identity, random: Math.random});
  try {
    let answer = '';
    const job = {task: 'chat', messages: [{role: 'user', content: 'tell me'}]} as const;
    for await (const event of client.ask({model: testModel.hash, job, priceCap: 10n ** 12n, signal: new AbortController().signal})) if (event.type === 'text') answer += event.text;
    return {said: answer, device: identity.id};
  } catch (error) {
    return {said: codeOf(error), device: identity.id};
  } finally {
    client.close();
  }
}

test('each address has its own free answers, a household of IPv6 counts as one; the files name devices and no address', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'bombyx-trial-'));
  const relay = await startRelay(readConfig({PORT: '0', BOMBYX_DATA: data, BOMBYX_NETWORK: 'devnet', BOMBYX_TRUST_PROXY: 'on', BOMBYX_TRIAL: '2', BOMBYX_TRIAL_PER_ADDRESS: '1'}), {log: silentLog});
  const leave = await joinNode(relay);
  t.after(async () => {
    await leave();
    await relay.close();
    rmSync(data, {recursive: true});
  });
  const first = await ask(relay, {address: '203.0.113.7'});
  const said = [first.said];
  for (const address of ['203.0.113.7', '2001:db8:0:100::1', '2001:db8:0:1ff::9', '2001:db8:0:200::1']) said.push((await ask(relay, {address})).said);
  assert.deepEqual(said, ['for free', 'trial-over', 'for free', 'trial-over', 'for free']);
  assert.equal((await ask(relay, {address: '198.51.100.1', device: first.device})).said, 'refused', 'a device needs its own key');
  const files = readdirSync(data, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile());
  const written = files.map(({parentPath, name}) => readFileSync(join(parentPath, name), 'latin1')).join('');
  assert.ok(written.includes(first.device));
  for (const address of ['203.0.113', '2001:db8', '192.0.2']) assert.ok(!written.includes(address), address);
});
