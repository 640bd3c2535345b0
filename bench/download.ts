/** Downloads in Chromium: a verified one against `fetch` into a file, the same bytes in the same run, both into the browser's private file system. */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {chromium, type Worker} from '@playwright/test';
import {chunkBytes} from '#protocol/models.ts';
import {readConfig} from '../relay/config.ts';
import {silentLog} from '../relay/log.ts';
import {startRelay} from '../relay/start-relay.ts';
import {chromiumArgs} from '../scripts/chromium-args.ts';
import {type RandomModel, randomModel} from '../web/worker/testing/random-model.ts';
import {engineUrl} from './browser-run.ts';
import {type Figure, median, rounded} from './figure.ts';

const rounds = 5;
const fileBytes = chunkBytes * 12;

export async function measure(): Promise<readonly Figure[]> {
  const model = randomModel({'a.onnx': fileBytes, 'b.onnx': fileBytes + 1, 'c.onnx': fileBytes + 2, 'd.onnx': fileBytes + 3});
  const mirror = mkdtempSync(join(tmpdir(), 'bombyx-bench-'));
  mkdirSync(join(mirror, 'noise'));
  for (const [path, bytes] of model.files) writeFileSync(join(mirror, 'noise', path), bytes);
  const {BOMBYX_BROWSER: executablePath} = process.env;
  const relay = await startRelay(readConfig({PORT: '0', MODEL_MIRROR: mirror}), {log: silentLog});
  const browser = await chromium.launch({...(executablePath ? {executablePath} : {}), args: [...chromiumArgs]});
  try {
    const page = await browser.newPage();
    const [worker] = await Promise.all([page.waitForEvent('worker'), page.goto(`${relay.url}/share`)]);
    return await compare(page.workers()[0] ?? worker, model);
  } finally {
    await browser.close();
    await relay.close();
    rmSync(mirror, {recursive: true, force: true});
  }
}

async function compare(worker: Worker, model: RandomModel): Promise<readonly Figure[]> {
  const paths = [...model.files.keys()];
  // Once for nothing: code is compiled, the server has read the files.
  await verified(worker, model);
  const ratios: number[] = [];
  const speeds: number[] = [];
  const again: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const plainMs = await plain(worker, paths);
    const {freshMs, keptMs} = await verified(worker, model);
    ratios.push(plainMs / freshMs);
    speeds.push(model.bytes / freshMs / 1000);
    again.push(model.bytes / keptMs / 1000);
  }
  return [
    {bench: 'download', figure: 'verified download, 200 MB in Chromium', value: rounded(median(speeds)), unit: 'MB/s', baseline: 'fetch to a file', ratio: rounded(median(ratios)), target: '>=0.8'},
    {bench: 'download', figure: 'checking a kept model before it loads', value: rounded(median(again)), unit: 'MB/s'},
  ];
}

/** What file handles have in workers; a worker is not the realm that this file is checked in. */
interface InWorkers {
  createSyncAccessHandle(): Promise<{write(bytes: Uint8Array, options: {at: number}): number; flush(): void; close(): void}>;
}

/** Milliseconds for all files at once, straight to the disk. */
const plain = (worker: Worker, paths: readonly string[]): Promise<number> =>
  worker.evaluate(async (all) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('plain', {create: true});
    const start = performance.now();
    await Promise.all(
      all.map(async (path) => {
        const access = await ((await folder.getFileHandle(path, {create: true})) as unknown as InWorkers).createSyncAccessHandle();
        const response = await fetch(`/mirror/noise/${path}`, {cache: 'no-store'});
        const reader = response.body?.getReader();
        let at = 0;
        for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) at += access.write(part.value, {at});
        access.flush();
        access.close();
      }),
    );
    const milliseconds = performance.now() - start;
    await root.removeEntry('plain', {recursive: true});
    return milliseconds;
  }, paths);

/** Milliseconds until the engine has all files: of a model that is not there, then of the same once it is. Noise is no model, so it goes no further. */
const verified = (worker: Worker, {entry}: RandomModel): Promise<{freshMs: number; keptMs: number}> =>
  worker.evaluate(
    async ([url, model]) => {
      type Built = {transformersEngine(entry: object, options: object): Promise<unknown>};
      const built = (await import(url)) as Built;
      const load = async (): Promise<number> => {
        const start = performance.now();
        let filesMs = Number.NaN;
        const onProgress = (_part: number, what: string) => {
          if (what === 'prepare') filesMs = performance.now() - start;
        };
        await built.transformersEngine(model, {device: 'wasm', signal: new AbortController().signal, onProgress}).catch(() => {});
        return filesMs;
      };
      const root = await navigator.storage.getDirectory();
      const freshMs = await load();
      const keptMs = await load();
      await root.removeEntry('models', {recursive: true});
      return {freshMs, keptMs};
    },
    [engineUrl(), {...entry, manifest: {...entry.manifest, source: 'mirror/noise'}}] as const,
  );
