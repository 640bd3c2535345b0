/** The gateway's help, and its package as npm runs it. */
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {createReadStream, readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {createInterface} from 'node:readline';
import {test} from 'node:test';
import OpenAI from 'openai';
import {hashOfModel} from '#protocol/models.ts';
import {lyrebird} from '#sdk/testing/catalogue.ts';
import {ownFolder} from '../testing/gateway-stage.ts';
import {giving, liveNode, talking} from '../testing/live-network.ts';
import {openRelay} from '../testing/open-relay.ts';
import {usage} from './usage.ts';

const root = join(import.meta.dirname, '../..');
const built = join(root, 'dist-gateway/gateway.mjs');

test('the help names every command and every setting that there is', () => {
  const sources = ['config.ts', 'money-config.ts'].map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('\n');
  const settings = new Set(sources.match(/\bBOMBYX_GATEWAY_[A-Z_]*[A-Z]\b/g));
  assert.ok(settings.size >= 10);
  for (const name of settings) assert.ok(usage.includes(`${name} `), name);
  for (const command of ['key', 'pair', 'devices', 'unpair', 'deposit', 'status', 'withdraw']) assert.ok(usage.includes(`gateway ${command} `), command);
});

const ran = (program: string, args: readonly string[], env: Readonly<Record<string, string>>) => spawnSync(process.execPath, [program, ...args], {encoding: 'utf8', env});

test('from the sources and from its package: help starts nothing, an unknown command and a wrong setting are named, the key is shown', (t) => {
  for (const program of [join(root, 'relay/gateway/gateway.ts'), built]) {
    const data = join(ownFolder(t), 'data');
    assert.deepEqual([ran(program, ['--help'], {BOMBYX_GATEWAY_PORT: 'wrong'}).stdout, ran(program, ['key', '-h'], {}).status], [`${usage}\n`, 0], program);
    const unknown = ran(program, ['serve'], {BOMBYX_GATEWAY_DATA: data});
    assert.deepEqual([unknown.status, unknown.stdout, unknown.stderr.startsWith('There is no command serve.')], [2, '', true]);
    const wrong = ran(program, [], {BOMBYX_GATEWAY_PORT: 'wrong'});
    assert.equal(wrong.status, 1);
    assert.match(wrong.stderr, /BOMBYX_GATEWAY_PORT must be a whole number/);
    const key = ran(program, ['key'], {BOMBYX_GATEWAY_DATA: data});
    assert.match(key.stdout, /^sk-bombyx-[0-9a-f]{64}\n$/);
    assert.equal(ran(program, ['key'], {BOMBYX_GATEWAY_DATA: data}).stdout, key.stdout);
  }
});

test('the package needs what it names and nothing else; it answers, and decodes sound on its thread', async (t) => {
  const {dependencies} = JSON.parse(readFileSync(join(root, 'dist-gateway/package.json'), 'utf8')) as {dependencies: Readonly<Record<string, string>>};
  const files = readdirSync(dirname(built)).filter((name) => name.endsWith('.mjs'));
  const imported = files.flatMap((file) => [...readFileSync(join(dirname(built), file), 'utf8').matchAll(/^import .* from "([^"]+)";$/gm)].map(([, name = '']) => name));
  assert.ok(imported.includes('node:http'));
  assert.deepEqual(new Set(imported.filter((name) => !/^(node:|\.\/)/.test(name))), new Set(Object.keys(dependencies)));
  const relay = await openRelay(t);
  await liveNode(relay.port, {engine: talking('Good day to you')});
  await liveNode(relay.port, {engine: giving(() => [{startMs: 0, endMs: 900, text: 'a tone'}]), model: hashOfModel(lyrebird)});
  const data = join(ownFolder(t), 'data');
  const child = spawn(process.execPath, [built], {env: {BOMBYX_GATEWAY_RELAY: relay.url, BOMBYX_GATEWAY_PORT: '0', BOMBYX_GATEWAY_DATA: data}, stdio: ['ignore', 'pipe', 'ignore']});
  t.after(() => child.kill('SIGKILL'));
  let baseURL = '';
  for await (const line of createInterface({input: child.stdout})) {
    baseURL ||= /gateway is at (\S+)/.exec(line)?.[1] ?? '';
    if (line.startsWith('Relay:')) break;
  }
  const apiKey = `sk-bombyx-${readFileSync(join(data, 'bearer-key'), 'utf8').trim()}`;
  const openai = new OpenAI({baseURL, apiKey, maxRetries: 0});
  const answer = await openai.chat.completions.create({model: 'parrot', messages: [{role: 'user', content: 'hello'}]});
  assert.equal(answer.choices[0]?.message.content, 'Good day to you');
  const heard = await openai.audio.transcriptions.create({model: 'lyrebird', file: createReadStream(join(root, 'relay/testing/sounds/tone.mp3'))});
  assert.equal(heard.text, 'a tone');
});
