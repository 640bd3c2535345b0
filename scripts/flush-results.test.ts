/** Sees that no result of a test is lost on its way to the runner: `--test-force-exit` alone loses some of most runs. */
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {pathToFileURL} from 'node:url';

const flush = pathToFileURL(join(import.meta.dirname, 'flush-results.mjs')).href;
/** A file that never ends by itself, with more results than a pipe takes at once. */
const endless = "import {test} from 'node:test'; setInterval(() => {}, 1000); for (let i = 0; i < 300; i++) test('a result with a long name ' + i, () => {});";

test('all results of files that must be ended arrive', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-flush-'));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  for (const name of ['a', 'b', 'c', 'd']) writeFileSync(join(folder, `${name}.test.mjs`), endless);
  const {NODE_TEST_CONTEXT: _, ...env} = process.env;
  const args = ['--import', flush, '--test', '--test-force-exit', '--test-concurrency=2', '--test-reporter=tap', '*.test.mjs'];
  const output = await new Promise<string>((resolve) => execFile(process.execPath, args, {cwd: folder, env, maxBuffer: 2 ** 26}, (_error, stdout) => resolve(stdout)));
  assert.match(output, /^# pass 1200$/m);
});
