/** The examples for Node.js run as they stand, in processes of their own, against a real relay and node. The page's is a browser journey: web/e2e/sdk.spec.ts. */
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {test} from 'node:test';
import {promisify} from 'node:util';
import {gatewayStage} from '../relay/testing/gateway-stage.ts';
import {liveNode, talking} from '../relay/testing/live-network.ts';

const run = async (name: string, env: Readonly<Record<string, string>>): Promise<string> =>
  (await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'examples', name)], {env: {PATH: process.env['PATH'] ?? '', ...env}})).stdout;

test('each example ends by itself, with what the node said: whole and as it comes', async (t) => {
  const {relay} = await gatewayStage(t);
  const node = await liveNode(relay.port, {engine: talking('Good day to you')});
  const said = (more: string) => `whole: Good day to you\n${more}\nstream: Good day to you\n`;
  assert.equal(await run('node.mjs', {BOMBYX_RELAY: relay.url}), said(`node: ${node.id}`));
  assert.equal(await run('vercel-ai.mjs', {BOMBYX_RELAY: relay.url}), said('tokens: 4'));
  assert.equal(await run('langchain.mjs', {BOMBYX_RELAY: relay.url, MODEL: 'parrot'}), said('tokens: 4'));
});

test('the same program asks through a gateway', async (t) => {
  const {relay, gateway} = await gatewayStage(t);
  const node = await liveNode(relay.port, {engine: talking('Good day to you')});
  assert.equal(await run('node.mjs', {OPENAI_BASE_URL: gateway.url, OPENAI_API_KEY: gateway.key}), `whole: Good day to you\nnode: ${node.id}\nstream: Good day to you\n`);
});
