/** `npm run test:webllm -- MODEL_FOLDER [--gpu]`: the acceptance suite over the real WebLLM with a model of your own, in a real browser. */
import {resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {type Browser, chromium} from '@playwright/test';
import type {EntryOf} from '#protocol/models.ts';
import type {WebLlmOrder, WebLlmReport} from '../web/worker/testing/webllm-worker.ts';
import {chromiumArgs, chromiumArgsWithGpu} from './chromium-args.ts';
import {entryOfFolder, FolderError} from './webllm-folder.ts';
import {buildWorker, serveModel} from './webllm-server.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

/** What ends the test with a sentence instead of a stack. */
class Refusal extends Error {}

type GpuReport = Extract<WebLlmReport, {type: 'gpu'}>['gpu'];

async function launch(args: readonly string[]): Promise<Browser> {
  const {BOMBYX_BROWSER: executablePath} = process.env;
  return chromium.launch({...(executablePath ? {executablePath} : {}), args: [...args], ignoreDefaultArgs: ['--enable-unsafe-swiftshader']});
}

/** Runs one order in a worker of a fresh page; a request to another host fails the run. */
async function order(browser: Browser, {url, asked, hear}: {url: string; asked: WebLlmOrder; hear(report: WebLlmReport): void}): Promise<void> {
  const page = await browser.newPage();
  const strangers: string[] = [];
  page.context().on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('blob:')) strangers.push(request.url());
  });
  await page.goto(url);
  const {promise, resolve: end, reject} = Promise.withResolvers<void>();
  page.on('crash', () => reject(new Refusal('The page crashed: most often the memory of this machine or its GPU is too small for the model.')));
  await page.exposeFunction('report', (report: WebLlmReport) => (report.type === 'end' && report.failure === undefined ? end() : report.type === 'end' ? reject(new Refusal(report.failure)) : hear(report)));
  const running = page.evaluate(async (given) => {
    const {report} = window as unknown as {report(said: unknown): Promise<void>};
    const worker = new Worker('/assets/test-worker.js', {type: 'module'});
    worker.addEventListener('error', (event) => void report({type: 'end', failure: `the worker failed: ${event.message}`}));
    worker.addEventListener('message', ({data}: MessageEvent<unknown>) => void report(data));
    worker.postMessage(given, []);
  }, asked);
  await Promise.all([promise, running]);
  await page.close();
  if (strangers.length > 0) throw new Refusal(`WebLLM asked another host: ${strangers.join(', ')}`);
}

async function probe(browser: Browser, url: string): Promise<GpuReport | undefined> {
  let found: GpuReport | undefined;
  await order(browser, {url, asked: {is: 'probe'}, hear: (report) => report.type === 'gpu' && (found = report.gpu)});
  return found;
}

/** A browser on a real GPU where there is one, else on the software adapter, unless a GPU was asked for. */
async function browserWithGpu(url: string, mustBeReal: boolean): Promise<{browser: Browser; real: boolean}> {
  const browser = await launch(chromiumArgsWithGpu);
  const gpu = await probe(browser, url);
  if (gpu?.is === 'webgpu' && !gpu.fallback) {
    say(`GPU: ${gpu.adapter}; shader-f16: ${gpu.f16 ? 'yes' : 'no'}; largest buffer ${Math.round(gpu.maxBufferBytes / 2 ** 20)} MiB`);
    return {browser, real: true};
  }
  await browser.close();
  const why = gpu?.is === 'none' ? `the browser shows ${gpu.symptom} ${gpu.detail}`.trim() : 'The browser offers only a software adapter.';
  if (mustBeReal) throw new Refusal(`No real GPU: ${why}`);
  const software = await launch(chromiumArgs);
  const adapter = await probe(software, url);
  if (adapter?.is !== 'webgpu') throw new Refusal(`No WebGPU adapter, not even in software: ${adapter?.symptom ?? 'the probe said nothing'}`);
  say(`No real GPU (${why})\nGoing on with ${adapter.adapter} in software: expect minutes to load and many seconds per token.`);
  return {browser: software, real: false};
}

function show(report: WebLlmReport): void {
  if (report.type === 'loading') process.stdout.write(process.stdout.isTTY ? `\r\u001b[K${Math.round(report.part * 100)} % ${report.what.slice(0, 100)}` : '');
  else if (report.type === 'loaded') say(`\nloaded in ${(report.ms / 1000).toFixed(1)} s: ${report.description}`);
  else if (report.type === 'known') say(`  it says: ${JSON.stringify(report.known.prompt)} -> ${JSON.stringify(report.known.answer)} (${report.known.tokens} tokens)`);
  else if (report.type === 'speed') say(`  ${report.tokensPerSecond.toFixed(1)} tokens/s (${report.what})`);
  else if (report.type === 'skipped') say(`  skipped ${report.name}: ${report.why}`);
  else if (report.type === 'case') say(`  ${report.failure === undefined ? 'ok' : 'FAILED'} ${report.name} (${Math.round(report.ms)} ms)${report.failure === undefined ? '' : `\n    ${report.failure}`}`);
}

async function runSuite(entry: EntryOf<'webllm'>, {folder, gpu}: {folder: string; gpu: boolean}): Promise<number> {
  await buildWorker();
  const server = await serveModel(entry, folder);
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
  let browser: Browser | undefined;
  let passed = 0;
  let failed = 0;
  try {
    const found = await browserWithGpu(url, gpu);
    ({browser} = found);
    const hear = (report: WebLlmReport) => {
      show(report);
      if (report.type !== 'case') return;
      if (report.failure === undefined) passed += 1;
      else failed += 1;
    };
    await order(browser, {url, asked: {is: 'suite', entry, hangsMs: found.real ? 180_000 : 3_600_000}, hear});
  } finally {
    await browser?.close();
    server.close();
  }
  say(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

async function main(): Promise<number> {
  const {values, positionals} = parseArgs({options: {gpu: {type: 'boolean', default: false}}, allowPositionals: true});
  const [given, ...more] = positionals;
  if (given === undefined || more.length > 0) throw new Refusal('Name one folder with a model: npm run test:webllm -- MODEL_FOLDER [--gpu]');
  const folder = resolve(given);
  say(`reading ${folder}`);
  const entry = await entryOfFolder(folder);
  say(`${entry.label}: ${entry.manifest.files.length} files, ${Math.round(entry.downloadBytes / 1e6)} MB, context ${entry.contextTokens}, needs ${entry.manifest.features.join(', ') || 'no special feature'}`);
  return runSuite(entry, {folder, gpu: values.gpu});
}

process.exitCode = await main().catch((error: unknown) => {
  if (!(error instanceof Refusal || error instanceof FolderError)) throw error;
  process.stderr.write(`\ntest:webllm: ${error.message}\n`);
  return 2;
});
