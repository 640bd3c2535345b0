/** Every engine passes the acceptance suite over a real model in a real browser. */
import {type Browser, expect, test} from '@playwright/test';
import type {Known} from '../worker/testing/engine-subject.ts';
import type {SuiteOrder} from '../worker/testing/suite-worker.ts';
import {buildSuite, entries, runSuite} from './engine-stage.ts';

/** What the demo model says greedily, the same under every engine. */
const known: readonly Known[] = [
  {prompt: 'Hi', answer: 'Hello! How can I help you today?', tokens: 9, mark: 'Hello'},
  {prompt: 'What is the opposite of hot?', answer: 'The opposite of hot is cold.', tokens: 9, mark: 'cold'},
  {prompt: 'What is the capital of Japan?', answer: 'The capital of Japan is Tokyo.', tokens: 7, mark: 'Tokyo'},
  {prompt: 'What is 3 + 4?', answer: '3 + 4 = 7.', tokens: 7, mark: '7'},
  {prompt: 'What is the capital of France?', answer: 'The capital of France is Paris.', tokens: 7, mark: 'Paris'},
];
const wide: Known = {prompt: 'Hi', answer: '😀é you today?', tokens: 9, mark: '😀'};
const long = 'Tell me a long story about a fox.';
const unsure = 'What is the capital of Madagascar?';

test.beforeAll(buildSuite);

async function expectPassed(browser: Browser, order: Pick<SuiteOrder, 'device'>, description: RegExp): Promise<void> {
  const reports = await runSuite(browser, {...order, entries: entries(), known, wide, long, unsure});
  for (const report of reports) if (report.type === 'case') process.stdout.write(`  ${report.failure === undefined ? 'ok' : 'FAILED'} ${report.name} (${Math.round(report.ms)} ms)\n`);
  const failures = reports.flatMap((report) => (report.type === 'loaded' || report.failure === undefined ? [] : [`${report.type === 'case' ? report.name : 'the suite'}: ${report.failure}`]));
  expect(failures).toEqual([]);
  expect(reports.find((report) => report.type === 'loaded')?.description).toMatch(description);
  expect(reports.filter(({type}) => type === 'case').length).toBeGreaterThan(20);
}

test('transformers.js passes the suite of engines on the processor', async ({browser}) => {
  await expectPassed(browser, {device: 'wasm'}, /^transformers\.js, WebAssembly on the processor$/);
});

test('transformers.js passes the suite of engines on WebGPU', async ({browser}) => {
  await expectPassed(browser, {device: 'webgpu'}, /^transformers\.js, WebGPU, /);
});
