/** `npm test [-- unit | e2e]`: installs and builds what is missing, then runs the unit tests and the browser journeys; the last line counts both. */
import {readFileSync, rmSync} from 'node:fs';
import {stripVTControlCharacters} from 'node:util';
import {ensureBrowser, ensureBuild, ensureDependencies, ensurePackages, ensureServers, inProject, run, runtime} from './ensure.mjs';

const folders = ['protocol', 'sdk', 'contracts', 'relay', 'web', 'sw', 'scripts', 'bench', 'models'];
const [half, ...rest] = process.argv.slice(2);
if (half !== undefined && half !== 'unit' && half !== 'e2e') {
  process.stderr.write(`npm test: '${half}' is neither unit nor e2e. What follows one of these goes to its runner: npm test -- unit protocol/seal.test.ts\n`);
  process.exit(2);
}

async function unit() {
  let output = '';
  const patterns = folders.map((folder) => `${folder}/**/*.test.ts`);
  const args = ['--test', '--test-timeout=120000', '--test-concurrency=2', '--test-reporter=spec', ...(rest.length > 0 ? rest : patterns)];
  const code = await run(runtime, args, {onOutput: (text) => (output += text)});
  const plain = stripVTControlCharacters(output);
  const count = (word) => Number([...plain.matchAll(new RegExp(`^\\u2139 ${word} (\\d+)$`, 'gm'))].at(-1)?.[1] ?? 0);
  return {code, passed: count('pass'), failed: count('fail') + count('cancelled')};
}

async function journeys(browser) {
  const report = inProject('test-results/journeys.json');
  rmSync(report, {force: true});
  const code = await run(runtime, [inProject('node_modules/@playwright/test/cli.js'), 'test', ...(half === 'e2e' ? rest : [])], {env: {BOMBYX_BROWSER: browser}});
  try {
    const {stats} = JSON.parse(readFileSync(report, 'utf8'));
    return {code, passed: stats.expected, failed: stats.unexpected + stats.flaky};
  } catch {
    return {code: code || 1, passed: 0, failed: 0};
  }
}

await ensureDependencies();
await ensureServers();
await ensurePackages();
/** A half that ended badly without naming a test counts as one failure, so that the last line never looks well when the run is not. */
const counted = (result) => ({...result, failed: result.failed || (result.code === 0 && result.passed > 0 ? 0 : 1)});
const results = [];
if (half !== 'e2e') results.push(counted(await unit()));
if (half !== 'unit') {
  const browser = await ensureBrowser();
  await ensureBuild();
  results.push(counted(await journeys(browser)));
}
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exitCode = results.every(({code, failed}) => code === 0 && failed === 0) ? 0 : 1;
