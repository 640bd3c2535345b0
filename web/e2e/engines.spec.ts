/** Every engine passes the acceptance suite over a real model in a real browser. */
import {type Browser, expect, test} from '@playwright/test';
import type {Known} from '../worker/testing/engine-subject.ts';
import type {SuiteOrder} from '../worker/testing/suite-worker.ts';
import {buildSuite, entriesOf, runSuite} from './engine-stage.ts';

/** What the demo model says greedily, the same under every engine. */
const known: readonly Known[] = [
  {prompt: 'Hi', answer: 'Hello! How can I help you today?', tokens: 9, mark: 'Hello'},
  {prompt: 'What is the opposite of hot?', answer: 'The opposite of hot is cold.', tokens: 9, mark: 'cold'},
  {prompt: 'What is the capital of Japan?', answer: 'The capital of Japan is Tokyo.', tokens: 7, mark: 'Tokyo'},
  {prompt: 'What is 3 + 4?', answer: '3 + 4 = 7.', tokens: 7, mark: '7'},
  {prompt: 'What is the capital of France?', answer: 'The capital of France is Paris.', tokens: 7, mark: 'Paris'},
];
const wide: Known = {prompt: 'Hi', answer: '😀é you today?', tokens: 9, mark: '😀'};
const long: Known = {
  prompt: 'Tell me a long story about a fox.',
  answer: 'Once upon a time there was a fox named Mira who lived in the forest. Mira had a good life, but one thing was missing: a real',
  tokens: 32,
  mark: 'fox',
};
const unsure = 'What is the capital of Madagascar?';

test.beforeAll(buildSuite);

async function expectPassed(browser: Browser, {engine, device}: {engine: 'transformers' | 'wllama'; device: SuiteOrder['device']}, description: RegExp): Promise<void> {
  const reports = await runSuite(browser, {device, entries: await entriesOf(engine), known, wide, long, unsure});
  for (const report of reports) if (report.type === 'case') process.stdout.write(`  ${report.failure === undefined ? 'ok' : 'FAILED'} ${report.name} (${Math.round(report.ms)} ms)\n`);
  const failures = reports.flatMap((report) => (report.type === 'loaded' || report.failure === undefined ? [] : [`${report.type === 'case' ? report.name : 'the suite'}: ${report.failure}`]));
  expect(failures).toEqual([]);
  expect(reports.find((report) => report.type === 'loaded')?.description).toMatch(description);
  expect(reports.filter(({type}) => type === 'case').length).toBeGreaterThan(20);
}

test('transformers.js passes the suite of engines on the processor', async ({browser}) => {
  await expectPassed(browser, {engine: 'transformers', device: 'wasm'}, /^transformers\.js, WebAssembly on the processor$/);
});

test('transformers.js passes the suite of engines on WebGPU', async ({browser}) => {
  await expectPassed(browser, {engine: 'transformers', device: 'webgpu'}, /^transformers\.js, WebGPU, /);
});

test('wllama passes the suite of engines on the processor, four jobs in a batch, and says what transformers.js says', async ({browser}) => {
  await expectPassed(browser, {engine: 'wllama', device: 'wasm'}, /^wllama, WebAssembly on the processor$/);
});

test('wllama says so where the GPU lacks what it needs, instead of taking the processor', async ({browser}) => {
  const reports = await runSuite(browser, {device: 'webgpu', entries: await entriesOf('wllama'), known, wide, long, unsure});
  expect(reports).toEqual([{type: 'end', failure: expect.stringMatching(/^no-webgpu: .* has no 16-bit floats/)}]);
});
