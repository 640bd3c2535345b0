/** Job set-up against the bare HPKE library on the same job, in Node.js and in Chromium: what our binding, padding and key care cost. */
import {join} from 'node:path';
import {chromium} from '@playwright/test';
import {build} from 'vite';
import {readConfig} from '../relay/config.ts';
import {silentLog} from '../relay/log.ts';
import {startRelay} from '../relay/start-relay.ts';
import {chromiumArgs} from '../scripts/chromium-args.ts';
import {type Figure, median, rounded} from './figure.ts';
import {sealRounds} from './seal-rounds.ts';

const rounds = 150;

type Times = Awaited<ReturnType<typeof sealRounds>>;

/** Runs the same rounds in a page of a relay: Web Crypto needs a secure context. */
async function inChromium(): Promise<Times> {
  const {BOMBYX_BROWSER: executablePath} = process.env;
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {write: false, target: 'es2024', lib: {entry: join(import.meta.dirname, 'seal-rounds.ts'), formats: ['iife'], name: 'sealBench'}},
  });
  const [bundle] = Array.isArray(built) ? built : [];
  const code = bundle?.output[0].code;
  if (code === undefined) throw new Error('the bundle is empty');
  const relay = await startRelay(readConfig({PORT: '0'}), {log: silentLog});
  const browser = await chromium.launch({...(executablePath ? {executablePath} : {}), args: [...chromiumArgs]});
  try {
    const page = await browser.newPage();
    await page.goto(`${relay.url}/livez`);
    return (await page.evaluate(`${code}; sealBench.sealRounds(${rounds})`)) as Times;
  } finally {
    await browser.close();
    await relay.close();
  }
}

function figure(where: string, {ours, bare}: Times): Figure {
  const value = median(ours);
  return {bench: 'seal', figure: `job set-up, client + node, ${where}`, value: rounded(value), unit: 'ms', baseline: 'bare @hpke/core, same job', ratio: rounded(median(bare) / value), target: '>=0.9'};
}

export async function measure(): Promise<readonly Figure[]> {
  return [figure('Node.js', await sealRounds(rounds)), figure('Chromium', await inChromium())];
}
