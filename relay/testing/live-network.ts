/** A relay over real sockets with a node and a client in this process, and the app's folder made up: for tests of what the relay shows and says. */
import {once} from 'node:events';
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import {WebSocket} from 'ws';
import {createSecret, identityOf} from '#protocol/identity.ts';
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import {hashOfModel, parseCatalogue} from '#protocol/models.ts';
import {freeOfCharge, type Prices} from '#protocol/price.ts';
import {Client} from '#protocol/roles/client.ts';
import type {Earnings} from '#protocol/roles/earnings.ts';
import type {Engine, EngineJob} from '#protocol/roles/engine.ts';
import {NodeJobs} from '#protocol/roles/node-jobs.ts';
import {sendStatus, serve} from '#protocol/roles/node.ts';
import type {Clock, Transport} from '#protocol/roles/ports.ts';
import type {Item} from '#protocol/result.ts';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {models, parrot} from '#sdk/testing/catalogue.ts';
import {systemClock} from '../clock.ts';
import {webSocketTransport} from '../ws-transport.ts';

export const parrotHash = hashOfModel(parrot);

/** A model like the parrot, for an engine that holds no answer to a grammar. */
const finches = [{...models[0], id: 'finch', label: 'Finch', manifest: {engine: 'transformers', source: 'models/finch', dtype: 'q4', files: [{path: 'finch.onnx', bytes: 1, sha256: 'cd'.repeat(32)}]}}];
export const finch = parseCatalogue({models: finches})[0] ?? assert.fail();

/** A folder like `dist`, gone after the test; with the finch in its catalogue where that is asked for. */
export function appFolder(t: TestContext, {hasFinch = false} = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-live-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>app</title>');
  writeFileSync(join(folder, 'models.json'), JSON.stringify({models: hasFinch ? [...models, ...finches] : models}));
  t.after(() => rmSync(folder, {recursive: true}));
  return folder;
}

export async function openSocket(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/link`);
  await once(socket, 'open');
  return socket;
}

const connect = async (port: number) => webSocketTransport(await openSocket(port));

interface LiveNodeOptions {
  readonly model?: ModelHash;
  readonly prices?: Prices;
  readonly engine: Engine;
  /** Where it is paid; without it its answers are free. */
  earn?(transport: Transport, node: NodeId): Earnings;
  readonly clock?: Clock;
}

export const talking = (answer: string, msPerToken = 1): Engine => fakeEngine({clock: systemClock, answer: () => answer, msPerToken});

/** An engine whose answers are items. */
export const giving = (items: (job: EngineJob) => readonly Item[]): Engine => fakeEngine({clock: systemClock, answer: () => '', items, msPerToken: 1});

/** A node that serves until its relay says goodbye; resolves when it is welcome. */
export async function liveNode(port: number, {engine, model: hash = parrotHash, prices = freeOfCharge, earn, clock = systemClock}: LiveNodeOptions): Promise<{readonly id: NodeId; readonly ended: Promise<void>}> {
  const identity = await identityOf<NodeId>(await createSecret());
  const model = {hash, name: 'a stranger\'s words', contextTokens: 512, prices};
  const transport = await connect(port);
  const earnings = earn?.(transport, identity.id);
  const jobs: NodeJobs = new NodeJobs({identity, engine, model, clock, speed: () => 0, earningsOf: () => earnings, onChange: () => sendStatus({transport, jobs, engine}), onOutcome: () => {}});
  const {promise: welcome, resolve, reject} = Promise.withResolvers<void>();
  const onWelcome = () => resolve();
  const ended = serve({transport, identity, engine, model, speeds: () => [], jobs, clock, earnings, peer: '', isPaired: () => false, onWelcome}, new AbortController().signal).catch(() => {});
  void ended.then(() => reject(new Error('the link ended before a welcome')));
  await welcome;
  return {id: identity.id, ended};
}

/** A client of the relay on this port, which may be sent on to any of `relays` (addresses on this machine). */
export const liveClient = (port: number, relays: readonly string[] = []): Client =>
  new Client({clock: systemClock, connect: (relay) => connect(relay === undefined ? port : Number(new URL(relay).port)), relays: async () => relays, random: Math.random});

/** Asks the parrot; gives the whole answer. */
export async function askParrot(client: Client, content: string, onText: (text: string) => void = () => {}): Promise<string> {
  let answer = '';
  for await (const event of client.ask({model: parrotHash, job: {task: 'chat', messages: [{role: 'user', content}]}, priceCap: 0n, signal: new AbortController().signal})) {
    if (event.type !== 'text') continue;
    answer += event.text;
    onText(event.text);
  }
  return answer;
}
