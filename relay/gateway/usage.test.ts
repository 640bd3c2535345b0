/** The gateway's help, and its package as npm runs it. */
import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {test} from 'node:test';
import OpenAI from 'openai';
import {ownFolder} from '../testing/gateway-stage.ts';
import {liveNode, talking} from '../testing/live-network.ts';
import {openRelay} from '../testing/open-relay.ts';
import {usageFor} from './usage.ts';

const root = join(import.meta.dirname, '../..');
const built = join(root, 'dist-gateway/gateway.mjs');

test('usageFor(): help where it is asked for, with every setting that there is', () => {
  assert.equal(usageFor([]), undefined);
  assert.equal(usageFor(['key']), undefined);
  const help = usageFor(['--help']) ?? assert.fail();
  assert.equal(usageFor(['key', '-h']), help);
  const settings = new Set(readFileSync(join(import.meta.dirname, 'config.ts'), 'utf8').match(/\bBOMBYX_GATEWAY_[A-Z_]*[A-Z]\b/g));
  assert.ok(settings.size >= 8);
  for (const name of settings) assert.ok(help.includes(`${name} `), name);
});

test('the gateway prints its help and starts nothing, from the sources and from its package', () => {
  for (const program of [join(root, 'relay/gateway/gateway.ts'), built]) {
    const printed = execFileSync(process.execPath, [program, '--help'], {encoding: 'utf8', env: {BOMBYX_GATEWAY_PORT: 'wrong'}});
    assert.equal(printed, usageFor(['--help']), program);
  }
});

test('the package is one file that needs what it names and nothing else, and answers', async (t) => {
  const {dependencies} = JSON.parse(readFileSync(join(root, 'dist-gateway/package.json'), 'utf8')) as {dependencies: Readonly<Record<string, string>>};
  const imported = [...readFileSync(built, 'utf8').matchAll(/^import .* from "([^"]+)";$/gm)].map(([, name = '']) => name);
  assert.ok(imported.includes('node:http'));
  assert.deepEqual(imported.filter((name) => !name.startsWith('node:')).toSorted(), Object.keys(dependencies).toSorted());
  const relay = await openRelay(t);
  await liveNode(relay.port, {engine: talking('Good day to you')});
  const data = join(ownFolder(t), 'data');
  const child = spawn(process.execPath, [built], {env: {BOMBYX_GATEWAY_RELAY: relay.url, BOMBYX_GATEWAY_PORT: '0', BOMBYX_GATEWAY_DATA: data}, stdio: ['ignore', 'pipe', 'ignore']});
  t.after(() => child.kill('SIGKILL'));
  let baseURL = '';
  for await (const line of createInterface({input: child.stdout})) {
    baseURL ||= /gateway is at (\S+)/.exec(line)?.[1] ?? '';
    if (line.startsWith('Relay:')) break;
  }
  const apiKey = `sk-bombyx-${readFileSync(join(data, 'bearer-key'), 'utf8').trim()}`;
  const answer = await new OpenAI({baseURL, apiKey, maxRetries: 0}).chat.completions.create({model: 'parrot', messages: [{role: 'user', content: 'hello'}]});
  assert.equal(answer.choices[0]?.message.content, 'Good day to you');
});
