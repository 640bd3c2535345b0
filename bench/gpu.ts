/**
 * What this machine's GPU does, in the real app: how fast it reads its memory, then each model that it can share, as the node itself measures it.
 * Models come from the relay (`MODEL_MIRROR`) or their publishers; larger ones than `GPU_BENCH_GB` (1 by default) are left out.
 */
import {type Browser, chromium, type Page} from '@playwright/test';
import type {MeasuredSpeed} from '#protocol/node-record.ts';
import {readConfig} from '../relay/config.ts';
import {silentLog} from '../relay/log.ts';
import {startRelay} from '../relay/start-relay.ts';
import {chromiumArgs, chromiumArgsWithGpu} from '../scripts/chromium-args.ts';
import type {ShareView} from '../web/state/views.ts';
import {type Figure, rounded} from './figure.ts';

/** A large model may take as long to come. */
const loadMs = 3_600_000;

/** What the share page knows. */
const viewOf = (page: Page): Promise<ShareView> =>
  page.evaluate(() => {
    const shell = document.querySelector('app-shell') as unknown as {services: {share: {view: {get(): ShareView}}}};
    return shell.services.share.view.get();
  });

async function open(url: string, args: readonly string[]): Promise<{browser: Browser; page: Page}> {
  const {BOMBYX_BROWSER: executablePath} = process.env;
  const browser = await chromium.launch({...(executablePath ? {executablePath} : {}), args: [...args], ignoreDefaultArgs: ['--enable-unsafe-swiftshader']});
  const page = await browser.newPage();
  await page.goto(`${url}/share`);
  await page.getByText(/^This device can share|can’t be used here/).first().waitFor();
  return {browser, page};
}

/** The machine's own GPU, or the software adapter where there is none. */
async function openWithGpu(url: string): Promise<{browser: Browser; page: Page}> {
  const real = await open(url, chromiumArgsWithGpu);
  const {capability} = await viewOf(real.page);
  if (capability.is === 'webgpu' && !capability.fallback) return real;
  await real.browser.close();
  process.stderr.write('gpu: no real GPU was found; going on with a software adapter\n');
  return open(url, chromiumArgs);
}

async function bandwidthOf(page: Page): Promise<number> {
  await page.getByRole('button', {name: /^Measure this GPU/}).click();
  await page.getByText(/^Reads its memory at/).waitFor({timeout: 60_000});
  const {measured} = await viewOf(page);
  if (typeof measured !== 'object') throw new Error('the GPU was not measured');
  return measured.bytesPerSecond;
}

/** Shares a model until it was measured; what the node says of it, or why it did not start. */
async function speedsOf(page: Page, id: string): Promise<{engine: string; speeds: readonly MeasuredSpeed[]} | {failure: string}> {
  await page.locator(`input[name=model][value="${id}"]`).click();
  await page.getByRole('button', {name: /^Start sharing/}).click();
  await page.locator('share-page[data-status=ready], share-page[data-status=failed]').waitFor({timeout: loadMs});
  const {status, engine, speeds} = await viewOf(page);
  if (status.is === 'failed') return {failure: `${status.code} ${status.detail}`};
  await page.getByRole('button', {name: 'Stop now'}).click();
  await page.locator('share-page[data-status=off]').waitFor();
  return {engine, speeds};
}

const gigabytes = (bytes: number): number => rounded(bytes / 1e9);

function figuresOf(model: string, {engine, speeds, bytes, bandwidth}: {engine: string; speeds: readonly MeasuredSpeed[]; bytes: number; bandwidth: number}): Figure[] {
  // What took too long to be measured is no figure.
  return speeds.filter(({decode}) => decode > 0).flatMap(({jobs, prefill, decode}): Figure[] => {
    const what = `${model}, ${jobs === 1 ? 'one job' : `${jobs} jobs at once`}, ${engine}`;
    const tokens = decode / 10;
    return [
      // A batch reads the weights once for all of its jobs: only of one job is the share of the bandwidth a share.
      {bench: 'gpu', figure: `writes: ${what}`, value: tokens, unit: 'tokens/s', ...(jobs === 1 ? {baseline: 'reading all weights once for each token', ratio: rounded((tokens * bytes) / bandwidth)} : {})},
      {bench: 'gpu', figure: `reads: ${what}`, value: prefill, unit: 'tokens/s'},
    ];
  });
}

export async function measure(): Promise<readonly Figure[]> {
  const {GPU_BENCH_GB = '1', MODEL_MIRROR} = process.env;
  const relay = await startRelay(readConfig({PORT: '0', MODEL_MIRROR}), {log: silentLog});
  const {browser, page} = await openWithGpu(relay.url);
  try {
    const bandwidth = await bandwidthOf(page);
    const {capability, choices} = await viewOf(page);
    const adapter = capability.is === 'webgpu' ? `${capability.adapter}${capability.fallback ? ' (software)' : ''}` : '';
    const figures: Figure[] = [{bench: 'gpu', figure: `reads its memory: ${adapter}`, value: gigabytes(bandwidth), unit: 'GB/s'}];
    for (const {id, label, downloadBytes, obstacle} of choices) {
      const left = obstacle ?? (downloadBytes > Number(GPU_BENCH_GB) * 1e9 ? `${gigabytes(downloadBytes)} GB are more than GPU_BENCH_GB allows` : undefined);
      const found = left === undefined ? await speedsOf(page, id) : {failure: left};
      if ('failure' in found) process.stderr.write(`gpu: ${label} was left out: ${found.failure}\n`);
      else figures.push(...figuresOf(label, {...found, bytes: downloadBytes, bandwidth}));
    }
    return figures;
  } finally {
    await browser.close();
    await relay.close();
  }
}
