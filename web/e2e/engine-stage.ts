/** The stage of the engines: the suite's worker in a page of a relay, and the models that it loads. */
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Browser} from '@playwright/test';
import {parseCatalogue} from '#protocol/models.ts';
import {manifestFiles} from '../../models/catalogue-entry.ts';
import {ggufOfFolder} from '../../models/make-gguf.ts';
import {folderFiles} from '../../models/model-files.ts';
import {writeBroken, writeStray, writeWide} from '../../models/variants.ts';
import {buildTestWorker, runTestWorker} from '../../scripts/test-worker.ts';
import type {Variant} from '../worker/testing/engine-subject.ts';
import type {SuiteOrder, SuiteReport} from '../worker/testing/suite-worker.ts';
import {setStage} from './stage.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'test-results/engines');

/** Builds the worker and writes the models beside it. */
export async function buildSuite(): Promise<void> {
  await buildTestWorker('suite-worker.ts', folder);
  const models = join(folder, 'models');
  writeWide(join(models, 'wide'));
  writeStray(join(models, 'stray'));
  writeBroken(join(models, 'broken'));
  for (const [variant, from] of [['plain', 'tiny'], ['wide', 'wide'], ['stray', 'stray'], ['broken', 'broken']] as const) {
    mkdirSync(join(models, `gguf-${variant}`));
    writeFileSync(join(models, `gguf-${variant}/tiny.gguf`), ggufOfFolder(join(models, from)));
  }
}

/** The demo model's entries for an engine, by variant. */
export async function entriesOf(engine: 'transformers' | 'wllama'): Promise<SuiteOrder['entries']> {
  const catalogue: unknown = JSON.parse(readFileSync(join(root, 'public/models.json'), 'utf8'));
  const demo = parseCatalogue(catalogue).find(({demo: is}) => is);
  if (!demo) throw new Error('the catalogue has no demo model');
  const of = async (name: string): Promise<SuiteOrder['entries'][Variant]> => {
    const source = `models/${name}`;
    const files = await manifestFiles(await folderFiles(join(folder, source), source));
    return {...demo, manifest: engine === 'transformers' ? {engine, source, dtype: 'fp32', files} : {engine, source, files}};
  };
  const name = engine === 'transformers' ? {plain: 'tiny', prefix: ''} : {plain: 'gguf-plain', prefix: 'gguf-'};
  return {plain: await of(name.plain), wide: await of(`${name.prefix}wide`), stray: await of(`${name.prefix}stray`), broken: await of(`${name.prefix}broken`)};
}

/** Runs the suite and gives what it reported, in its order. */
export async function runSuite(browser: Browser, order: SuiteOrder): Promise<readonly SuiteReport[]> {
  const stage = await setStage(browser, {BOMBYX_DIST: folder});
  const {page} = await stage.person('/livez');
  const reports: SuiteReport[] = [];
  await runTestWorker<SuiteReport>(page, order, (report) => void reports.push(report));
  await stage.end();
  return reports;
}
