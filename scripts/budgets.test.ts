/** A build that is too heavy fails, and the words say which part. */
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {budgetsOf} from './budgets.ts';

const root = join(import.meta.dirname, '..');

/** A small build, each of its files of so many bytes that gzip can't make fewer. */
function built(sizes: Readonly<Record<string, number>>): string {
  const dist = mkdtempSync(join(tmpdir(), 'bombyx-budget-'));
  mkdirSync(join(dist, '.vite'));
  const manifest = {
    'index.html': {file: 'first.js', imports: ['_shared.js'], dynamicImports: ['main.ts', 'app/chat-page.ts', 'app/new-page.ts']},
    '_shared.js': {file: 'shared.js'},
    'main.ts': {file: 'main.js', imports: ['_shared.js']},
    'app/chat-page.ts': {file: 'chat.js', imports: ['_shared.js'], css: ['chat.css']},
    'app/new-page.ts': {file: 'new.js', imports: ['_shared.js']},
    'wallet.html': {file: 'wallet.js'},
  };
  writeFileSync(join(dist, '.vite/manifest.json'), JSON.stringify(manifest));
  for (const name of ['bombyx.js', 'first.js', 'shared.js', 'main.js', 'chat.js', 'chat.css', 'new.js', 'wallet.js', 'sw.js']) writeFileSync(join(dist, name), randomBytes(sizes[name] ?? 1000));
  return dist;
}

function judged(sizes: Readonly<Record<string, number>>): {readonly code: number | null; readonly failed: readonly string[]} {
  const dist = built(sizes);
  try {
    const {status, stdout} = spawnSync(process.execPath, ['node_modules/size-limit/bin.js', '--json'], {cwd: root, encoding: 'utf8', env: {...process.env, BOMBYX_DIST: dist, BOMBYX_DIST_SDK: dist}});
    const results = JSON.parse(stdout) as readonly {readonly name: string; readonly passed: boolean}[];
    return {code: status, failed: results.filter(({passed}) => !passed).map(({name}) => name)};
  } finally {
    rmSync(dist, {recursive: true});
  }
}

test('within its budgets a build passes; each part that is too heavy fails it by name', () => {
  assert.deepEqual(judged({}), {code: 0, failed: []});
  assert.deepEqual(judged({'bombyx.js': 92_100}), {code: 1, failed: ['the library, in whichever page takes it']});
  assert.deepEqual(judged({'sw.js': 8100}), {code: 1, failed: ['the service worker']});
  assert.deepEqual(judged({'new.js': 60_500}), {code: 1, failed: ['app/new-page.ts beside what has started']});
  assert.deepEqual(judged({'main.js': 40_000, 'chat.css': 50_000}), {code: 1, failed: ['/chat before a question can be typed']});
  assert.deepEqual(judged({'first.js': 66_000}), {code: 1, failed: ['/ before it is seen']});
});

test('what two pages share and the start has loaded weighs nothing on a page', () => {
  const dist = built({});
  const [page] = budgetsOf(dist).filter(({name}) => name.startsWith('app/new-page.ts'));
  rmSync(dist, {recursive: true});
  assert.deepEqual(page?.path, [join(dist, 'new.js')]);
});
