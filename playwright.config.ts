/** Browser journeys: real Chromium with real WebGPU (SwiftShader), relays that the tests start themselves. */
import {defineConfig} from '@playwright/test';
import {chromiumArgs} from './scripts/chromium-args.ts';

const {BOMBYX_BROWSER: executablePath} = process.env;

export default defineConfig({
  testDir: 'web/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/files',
  timeout: 300_000,
  // On two busy cores a page may take its time; what is asserted is that it comes, never how fast.
  expect: {timeout: 10_000},
  workers: 1,
  retries: 0,
  reporter: [['list'], ['json', {outputFile: 'test-results/journeys.json'}]],
  use: {headless: true, launchOptions: {...(executablePath ? {executablePath} : {}), args: [...chromiumArgs]}},
});
