/** Runs what a file of measurements exports in a page of a relay: Web Crypto needs a secure context. */
import {join} from 'node:path';
import {chromium} from '@playwright/test';
import {build} from 'vite';
import {readConfig} from '../relay/config.ts';
import {silentLog} from '../relay/log.ts';
import {startRelay} from '../relay/start-relay.ts';
import {chromiumArgs} from '../scripts/chromium-args.ts';

/** @param call an expression in which `bench` is what the file exports */
export async function inChromium<T>(file: string, call: string): Promise<T> {
  const {BOMBYX_BROWSER: executablePath} = process.env;
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {write: false, target: 'es2024', lib: {entry: join(import.meta.dirname, file), formats: ['iife'], name: 'bench'}},
  });
  const [bundle] = Array.isArray(built) ? built : [];
  const code = bundle?.output[0].code;
  if (code === undefined) throw new Error('the bundle is empty');
  const relay = await startRelay(readConfig({PORT: '0'}), {log: silentLog});
  const browser = await chromium.launch({...(executablePath ? {executablePath} : {}), args: [...chromiumArgs]});
  try {
    const page = await browser.newPage();
    await page.goto(`${relay.url}/livez`);
    return (await page.evaluate(`${code}; ${call}`)) as T;
  } finally {
    await browser.close();
    await relay.close();
  }
}
