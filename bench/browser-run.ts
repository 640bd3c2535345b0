/** A relay, a headless browser that shares on the processor or the GPU, and a way to run the engine in that same tab without the network. */
import {type Browser, chromium, type Page} from '@playwright/test';
import {WebSocket} from 'ws';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import OpenAI from 'openai';
import {type CatalogueEntry, hashOfModel, parseCatalogue} from '#protocol/models.ts';
import type {ModelHash} from '#protocol/ids.ts';
import {Client} from '#protocol/roles/client.ts';
import {systemClock} from '../relay/clock.ts';
import {readConfig} from '../relay/config.ts';
import {readConfig as readGatewayConfig} from '../relay/gateway/config.ts';
import {startGateway} from '../relay/gateway/start-gateway.ts';
import {silentLog} from '../relay/log.ts';
import {startRelay} from '../relay/start-relay.ts';
import {webSocketTransport} from '../relay/ws-transport.ts';
import {chromiumArgs} from '../scripts/chromium-args.ts';

export interface Timing {
  readonly firstMs: number;
  readonly totalMs: number;
  readonly tokens: number;
}

export interface BrowserRun {
  /** Asks through client, relay and node. */
  throughNetwork(question: string, maxTokens: number): Promise<Timing>;
  /** The same by OpenAI's own client through a gateway. */
  throughGateway(question: string, maxTokens: number): Promise<Timing>;
  /** The same question to the same engine, called directly in the node's worker. */
  direct(question: string, maxTokens: number): Promise<Timing>;
  close(): Promise<void>;
}

/** `wasm` is the processor; `webgpu` is software here unless the machine has a GPU, and as slow as a real model is on a real one. */
export type Device = 'wasm' | 'webgpu';

export async function startBrowserRun(device: Device): Promise<BrowserRun> {
  const {BOMBYX_BROWSER: executablePath} = process.env;
  const relay = await startRelay(readConfig({PORT: '0'}), {log: silentLog});
  const browser: Browser = await chromium.launch({...(executablePath ? {executablePath} : {}), args: [...chromiumArgs]});
  const page = await browser.newPage();
  await page.goto(`${relay.url}/share`);
  await page.getByRole('button', {name: device === 'wasm' ? /processor/i : 'Start sharing'}).click();
  await page.locator('share-page[data-status="ready"]').waitFor({timeout: 60_000});
  const catalogue = parseCatalogue(await (await fetch(`${relay.url}/models.json`)).json());
  const demo = catalogue.find((entry) => entry.demo);
  if (!demo) throw new Error('no demo model');
  const model = hashOfModel(demo);
  const client = new Client({
    clock: systemClock,
    random: Math.random,
    connect: async () => {
      const socket = new WebSocket(`${relay.url.replace('http', 'ws')}/link`);
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      return webSocketTransport(socket);
    },
  });
  const gateway = await openGateway(relay.url, demo.id);
  return {
    throughGateway: gateway.throughGateway,
    throughNetwork: (question, maxTokens) => ask(client, {model, question, maxTokens}),
    direct: (question, maxTokens) => runDirect(page, {entry: demo, device, question, maxTokens}),
    close: async () => {
      client.close();
      await gateway.close();
      await browser.close();
      await relay.close();
    },
  };
}

async function ask(client: Client, {model, question, maxTokens}: {model: ModelHash; question: string; maxTokens: number}): Promise<Timing> {
  const start = performance.now();
  let firstMs = 0;
  let lastMs = 0;
  let tokens = 0;
  const job = {task: 'chat', messages: [{role: 'user', content: question}], maxTokens} as const;
  for await (const event of client.ask({model, job, priceCap: 0n, signal: AbortSignal.timeout(120_000)})) {
    if (event.type !== 'text') continue;
    firstMs ||= performance.now() - start;
    lastMs = performance.now() - start;
    tokens += event.tokens;
  }
  return {firstMs, totalMs: lastMs, tokens};
}

/** A gateway in this process, and OpenAI's client that asks it. */
async function openGateway(relay: string, model: string): Promise<Pick<BrowserRun, 'throughGateway' | 'close'>> {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-bench-'));
  const gateway = await startGateway(readGatewayConfig({BOMBYX_GATEWAY_PORT: '0', BOMBYX_GATEWAY_RELAY: relay, BOMBYX_GATEWAY_DATA: folder}), {log: silentLog});
  const openai = new OpenAI({baseURL: gateway.url, apiKey: gateway.key, maxRetries: 0});
  const throughGateway: BrowserRun['throughGateway'] = async (question, maxTokens) => {
    const start = performance.now();
    let firstMs = 0;
    let lastMs = 0;
    let tokens = 0;
    const stream = await openai.chat.completions.create({model, messages: [{role: 'user', content: question}], max_tokens: maxTokens, temperature: 0, stream: true, stream_options: {include_usage: true}});
    for await (const chunk of stream) {
      tokens = chunk.usage?.completion_tokens ?? tokens;
      if (!chunk.choices[0]?.delta.content) continue;
      firstMs ||= performance.now() - start;
      lastMs = performance.now() - start;
    }
    return {firstMs, totalMs: lastMs, tokens};
  };
  return {
    throughGateway,
    close: async () => {
      await gateway.close();
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

/** Loads the built engine a second time in the node's own worker and calls it without the network. */
async function runDirect(page: Page, {entry, device, question, maxTokens}: {entry: CatalogueEntry; device: Device; question: string; maxTokens: number}): Promise<Timing> {
  const [worker] = page.workers();
  if (!worker) throw new Error('no worker');
  return worker.evaluate(
    async ([url, model, on, content, most]) => {
      type Face = {generate(job: object, signal: AbortSignal): AsyncIterable<{type: string; tokens?: number}>};
      const here = globalThis as unknown as {benchEngine?: Face};
      const built = (await import(url)) as {transformersEngine(entry: object, options: object): Promise<Face>};
      here.benchEngine ??= await built.transformersEngine(model, {device: on, signal: new AbortController().signal, onProgress: () => {}});
      const job = {task: 'chat', handle: '', messages: [{role: 'user', content}], maxTokens: most, temperature: 0, topP: 1, seed: undefined, stop: [], format: undefined};
      const start = performance.now();
      let firstMs = 0;
      let tokens = 0;
      for await (const event of here.benchEngine.generate(job, new AbortController().signal)) {
        if (event.type !== 'text') continue;
        firstMs ||= performance.now() - start;
        tokens += event.tokens ?? 0;
      }
      return {firstMs, totalMs: performance.now() - start, tokens};
    },
    [engineUrl(), entry, device, question, maxTokens] as const,
  );
}

/** The address of the built engine over transformers.js. */
export function engineUrl(): string {
  const file = readdirSync(join(import.meta.dirname, '../dist/assets')).find((name) => name.startsWith('engine-transformers-'));
  if (file === undefined) throw new Error('no built engine: run npm run build');
  return `/assets/${file}`;
}
