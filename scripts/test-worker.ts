/** Builds a worker that is not shipped as the app's is built, and runs it in a page of a relay: the real policy, isolation and origin. */
import {join} from 'node:path';
import type {Page} from '@playwright/test';
import {build} from 'vite';
import {wllamaThread} from './wllama-thread.ts';

const root = join(import.meta.dirname, '..');

/** Builds `entry`, a file of `web/worker/testing/`, into a folder of its own, with the app's public files beside it. A relay serves it as `BOMBYX_DIST`; `dist/` never sees it. */
export async function buildTestWorker(entry: string, folder: string): Promise<void> {
  await build({
    configFile: false,
    root: join(root, 'web'),
    publicDir: join(root, 'public'),
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2024',
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: {input: join(root, 'web/worker/testing', entry), output: {entryFileNames: 'assets/test-worker.js'}},
    },
    worker: {format: 'es', plugins: () => [wllamaThread()]},
  });
}

/** What a test's worker posts; the last is of type `end`. */
interface Report {
  readonly type: string;
}

interface TrustedPage {
  readonly trustedTypes: {createPolicy(name: string, rules: object): {createScriptURL(url: string): string}};
  report(given: unknown): Promise<void>;
}

/** Sends one order to the built worker and hands on what it reports, until it has ended. */
export async function runTestWorker<R extends Report>(page: Page, order: object, onReport: (report: R) => void): Promise<void> {
  await page.exposeFunction('report', onReport);
  await page.evaluate(async (asked) => {
    const here = window as unknown as TrustedPage;
    const policy = here.trustedTypes.createPolicy('bombyx', {createScriptURL: (url: string) => url});
    const worker = new Worker(policy.createScriptURL('/assets/test-worker.js'), {type: 'module'});
    await new Promise<void>((resolve, reject) => {
      worker.addEventListener('error', (event) => reject(new Error(`the worker does not start: ${event.message}`)));
      worker.addEventListener('message', ({data}: MessageEvent<Report>) => void here.report(data).then(() => data.type === 'end' && resolve()));
      worker.postMessage(asked, []);
    });
    worker.terminate();
  }, order);
}
