/** The stage of the engines: a build of the suite's worker that is not shipped, its models beside it, and a relay that serves both with the real headers. */
import {mkdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Browser} from '@playwright/test';
import {build} from 'vite';
import {type EntryOf, type ManifestOf, parseCatalogue} from '#protocol/models.ts';
import {filesBelow} from '../../models/manifest-files.ts';
import {demoModel, writeBroken, writeWide} from '../../models/variants.ts';
import type {Variant} from '../worker/testing/engine-subject.ts';
import type {SuiteOrder, SuiteReport} from '../worker/testing/suite-worker.ts';
import {setStage} from './stage.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'test-results/engines');

/**
 * Vite builds the worker as it builds the app's, into a folder of its own that only this relay serves: same policy, same isolation, same origin.
 * `dist/` never sees it.
 */
export async function buildSuite(): Promise<void> {
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
      rolldownOptions: {input: join(root, 'web/worker/testing/suite-worker.ts'), output: {entryFileNames: 'assets/suite-worker.js'}},
    },
    worker: {format: 'es'},
  });
  mkdirSync(join(folder, 'models'), {recursive: true});
  writeWide(join(folder, 'models/wide'));
  writeBroken(join(folder, 'models/broken'));
}

/** The demo model's entries for transformers.js, by variant. */
export function entries(): Readonly<Record<Variant, EntryOf<'transformers'>>> {
  const catalogue: unknown = JSON.parse(readFileSync(join(root, 'public/models.json'), 'utf8'));
  const demo = parseCatalogue(catalogue).find((entry): entry is EntryOf<'transformers'> => entry.demo && entry.manifest.engine === 'transformers');
  if (!demo) throw new Error('the catalogue has no demo model');
  const of = (source: string, below: string): EntryOf<'transformers'> => {
    const manifest: ManifestOf<'transformers'> = {...demo.manifest, source, files: filesBelow(below)};
    return {...demo, manifest};
  };
  return {plain: of(demo.manifest.source, demoModel), wide: of('models/wide', join(folder, 'models/wide')), broken: of('models/broken', join(folder, 'models/broken'))};
}

/** Runs the suite in a worker of a page and gives what it reported, in its order. */
export async function runSuite(browser: Browser, order: SuiteOrder): Promise<readonly SuiteReport[]> {
  const stage = await setStage(browser, {BOMBYX_DIST: folder});
  const {page} = await stage.person('/livez');
  const reports: SuiteReport[] = [];
  await page.exposeFunction('report', (report: SuiteReport) => void reports.push(report));
  await page.evaluate(async (asked) => {
    const {report} = window as unknown as {report(given: unknown): Promise<void>};
    const policy = (window as unknown as {trustedTypes: {createPolicy(name: string, rules: object): {createScriptURL(url: string): string}}}).trustedTypes.createPolicy('bombyx', {createScriptURL: (url: string) => url});
    const worker = new Worker(policy.createScriptURL('/assets/suite-worker.js'), {type: 'module'});
    await new Promise<void>((resolve, reject) => {
      worker.addEventListener('error', (event) => reject(new Error(`the worker does not start: ${event.message}`)));
      worker.addEventListener('message', ({data}: MessageEvent<{type: string}>) => void report(data).then(() => data.type === 'end' && resolve()));
      worker.postMessage(asked, []);
    });
    worker.terminate();
  }, order);
  await stage.end();
  return reports;
}
