/** Starting a gateway: its settings, its key, and what it writes. */
import assert from 'node:assert/strict';
import {chmodSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import OpenAI from 'openai';
import {readConfig as readRelayConfig} from '../config.ts';
import {jsonLog, silentLog} from '../log.ts';
import {startRelay} from '../start-relay.ts';
import {ownFolder} from '../testing/gateway-stage.ts';
import {appFolder, liveNode, talking} from '../testing/live-network.ts';
import {openBearerKey} from './bearer-key.ts';
import {readConfig} from './config.ts';
import {startGateway} from './start-gateway.ts';

test('settings: on this machine alone by default; a wrong or unknown one stops the start and is named', () => {
  const config = readConfig({PATH: '/bin', BOMBYX_BROWSER: 'x'});
  assert.deepEqual([config.host, config.port, config.relay, config.level, config.origins], ['127.0.0.1', 8790, 'http://localhost:8787', 'network', []]);
  const wrong: readonly [string, string, RegExp][] = [
    ['BOMBYX_GATEWAY_PORT', 'http', /BOMBYX_GATEWAY_PORT must be a whole number/],
    ['BOMBYX_GATEWAY_RELAY', 'relay.example', /BOMBYX_GATEWAY_RELAY must be like/],
    ['BOMBYX_GATEWAY_LEVEL', 'anyone', /BOMBYX_GATEWAY_LEVEL must be network or mine/],
    ['BOMBYX_GATEWAY_ORIGINS', '*', /BOMBYX_GATEWAY_ORIGINS must be/],
    ['BOMBYX_GATEWAY_REALY', 'x', /BOMBYX_GATEWAY_REALY is not a setting of the gateway/],
  ];
  for (const [key, value, reason] of wrong) assert.throws(() => readConfig({[key]: value}), reason);
});

test('the key is random, for its owner alone, the same at the next start, and never taken from a file that others read', (t) => {
  const folder = ownFolder(t);
  const path = join(folder, 'key');
  const key = openBearerKey(path);
  assert.match(key, /^sk-bombyx-[0-9a-f]{64}$/);
  assert.notEqual(key, openBearerKey(join(folder, 'another')));
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(openBearerKey(path), key);
  chmodSync(path, 0o640);
  assert.throws(() => openBearerKey(path), /can be read by others/);
  chmodSync(path, 0o600);
  writeFileSync(path, 'half a key');
  assert.throws(() => openBearerKey(path), /holds no key/);
});

test('what a gateway writes and keeps holds no word of what was asked or answered, and no key', async (t) => {
  const relay = await startRelay(readRelayConfig({PORT: '0', BOMBYX_WEBRTC: 'off', BOMBYX_DIST: appFolder(t)}), {log: silentLog});
  t.after(() => relay.close());
  await liveNode(relay.port, {engine: talking('an answer about mulberries')});
  let lines = '';
  const data = join(ownFolder(t), 'data');
  const gateway = await startGateway(readConfig({BOMBYX_GATEWAY_PORT: '0', BOMBYX_GATEWAY_RELAY: relay.url, BOMBYX_GATEWAY_DATA: data}), {log: jsonLog((line) => (lines += line))});
  const openai = new OpenAI({baseURL: gateway.url, apiKey: gateway.key, maxRetries: 0});
  await openai.chat.completions.create({model: 'parrot', messages: [{role: 'user', content: 'a question about silk'}]});
  await assert.rejects(openai.chat.completions.create({model: 'a-secret-project', messages: [{role: 'user', content: 'x'}]}));
  await assert.rejects(openai.get('/files?secret=in-the-query'));
  await gateway.close();
  const written = lines.trim().split('\n').map((line) => JSON.parse(line) as {event: string; route: string; status: number});
  assert.deepEqual(written.map(({event, route, status}) => [event, route, status]), [['answered', '/v1/chat/completions', 200], ['answered', '/v1/chat/completions', 404], ['answered', 'other', 404]]);
  const kept = readdirSync(data).map((name) => readFileSync(join(data, name), 'utf8')).join('\n');
  for (const word of ['mulberries', 'silk', 'a-secret-project', 'in-the-query']) assert.doesNotMatch(lines + kept, new RegExp(word));
  assert.ok(!lines.includes(gateway.key.slice(10)));
});

test('a port that is taken is an error, and nothing stays open', async (t) => {
  const first = await startGateway(readConfig({BOMBYX_GATEWAY_PORT: '0', BOMBYX_GATEWAY_DATA: join(ownFolder(t), 'data')}), {log: silentLog});
  t.after(() => first.close());
  const {port} = new URL(first.url);
  await assert.rejects(startGateway(readConfig({BOMBYX_GATEWAY_PORT: port, BOMBYX_GATEWAY_DATA: join(ownFolder(t), 'data')}), {log: silentLog}), /EADDRINUSE/);
});
