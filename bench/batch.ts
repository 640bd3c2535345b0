/** What a batch gains: tokens per second of four jobs at once against one, llama.cpp on the processor in Chromium. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {chromium} from '@playwright/test';
import type {EntryOf} from '#protocol/models.ts';
import {manifestFiles} from '../models/catalogue-entry.ts';
import {ggufOfFolder, noiseGguf} from '../models/make-gguf.ts';
import {folderFiles} from '../models/model-files.ts';
import {demoModel} from '../models/variants.ts';
import {readConfig} from '../relay/config.ts';
import {silentLog} from '../relay/log.ts';
import {startRelay} from '../relay/start-relay.ts';
import {chromiumArgs} from '../scripts/chromium-args.ts';
import {buildTestWorker, runTestWorker} from '../scripts/test-worker.ts';
import type {BatchOrder, BatchReport} from '../web/worker/testing/batch-worker.ts';
import {type Figure, median, rounded} from './figure.ts';

const folder = join(import.meta.dirname, '../test-results/batch');
const source = 'models/gguf';

/** All have long answers, so that the batch stays full to its end. */
const prompts = ['Tell me a long story about a fox.', 'Tell me a long story about a bear.', 'Tell me a long story about a cat.', 'Tell me a long story about a dog.'];

interface Run {
  readonly model: string;
  gguf(): Buffer;
  readonly maxTokens: number;
  readonly rounds: number;
}
const runs: readonly Run[] = [
  // So small that messages between threads take as long as its numbers.
  {model: 'demo model', gguf: () => ggufOfFolder(demoModel), maxTokens: 96, rounds: 15},
  // As of a real model, most of a step is reading weights and multiplying.
  {model: '26 million random weights', gguf: () => noiseGguf({hidden_size: 512, intermediate_size: 1536, num_hidden_layers: 8, num_attention_heads: 16}), maxTokens: 32, rounds: 9},
];

async function orderOf({gguf, maxTokens, rounds}: Run): Promise<BatchOrder> {
  mkdirSync(join(folder, source), {recursive: true});
  writeFileSync(join(folder, source, 'model.gguf'), gguf());
  const entry: EntryOf<'wllama'> = {
    id: 'batch',
    label: 'batch',
    demo: true,
    licence: 'Apache-2.0',
    downloadBytes: 0,
    contextTokens: 512,
    manifest: {engine: 'wllama', source, files: await manifestFiles(await folderFiles(join(folder, source), source))},
  };
  return {entry, url: `/${source}/model.gguf`, prompts, maxTokens, rounds};
}

async function roundsOf(run: Run): Promise<Extract<BatchReport, {type: 'round'}>[]> {
  const {BOMBYX_BROWSER: executablePath} = process.env;
  const relay = await startRelay(readConfig({PORT: '0', BOMBYX_DIST: folder}), {log: silentLog});
  const browser = await chromium.launch({...(executablePath ? {executablePath} : {}), args: [...chromiumArgs]});
  const found: Extract<BatchReport, {type: 'round'}>[] = [];
  try {
    const page = await browser.newPage();
    await page.goto(`${relay.url}/livez`);
    let failure: string | undefined;
    await runTestWorker<BatchReport>(page, await orderOf(run), (report) => {
      if (report.type === 'round') found.push(report);
      else failure = report.failure;
    });
    if (failure !== undefined) throw new Error(`the batch failed: ${failure}`);
    return found;
  } finally {
    await browser.close();
    await relay.close();
  }
}

export async function measure(): Promise<readonly Figure[]> {
  await buildTestWorker('batch-worker.ts', folder);
  const figures: Figure[] = [];
  for (const run of runs) {
    const measured = await roundsOf(run);
    const value = median(measured.map(({together}) => together));
    const ratio = rounded(median(measured.map(({alone, together}) => together / alone)));
    figures.push({bench: 'batch', figure: `tokens per second of 4 jobs at once, ${run.model} in llama.cpp on the processor`, value: rounded(value), unit: 'tokens/s', baseline: '1 job alone', ratio, target: '>=1.5'});
  }
  return figures;
}
