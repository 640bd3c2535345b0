/** What npm makes of this repository for whoever gives it the address: the gateway and the library, built, with what servers need and nothing of the browser. */
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {usage} from '../relay/gateway/usage.ts';

const root = join(import.meta.dirname, '..');
interface Package {
  readonly files: readonly string[];
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}
const read = (path: string): Package => JSON.parse(readFileSync(join(root, path), 'utf8'));
const own = read('package.json');

test('its files run and are found without the sources', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-package-'));
  t.after(() => rmSync(folder, {recursive: true}));
  const installed = join(folder, 'node_modules/bombyx');
  for (const file of ['package.json', ...own.files]) cpSync(join(root, file), join(installed, file), {recursive: true});
  for (const name of Object.keys(read('dist-gateway/package.json').dependencies)) symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  const {stdout, stderr, status} = spawnSync(process.execPath, [join(installed, own.bin['bombyx-gateway'] ?? ''), '--help'], {encoding: 'utf8', env: {}});
  assert.deepEqual({stdout, stderr, status}, {stdout: `${usage}\n`, stderr: '', status: 0});
  const script = "const {openBombyx} = await import('bombyx/sdk'); const {close} = openBombyx({relay: 'http://127.0.0.1:9'}); process.stdout.write(typeof close);";
  assert.equal(spawnSync(process.execPath, ['--input-type=module', '-e', script], {cwd: folder, encoding: 'utf8', env: {}}).stdout, 'function');
});

test('what the built gateway imports comes with it, in the same version', () => {
  const {dependencies} = read('dist-gateway/package.json');
  assert.ok(Object.keys(dependencies).length > 0);
  for (const [name, version] of Object.entries(dependencies)) assert.equal(own.dependencies[name], version, name);
});

/** Packages that the sources of servers, of the library and below them import. */
function importedByServers(): ReadonlySet<string> {
  const names = new Set<string>();
  // The contracts' compiler and their mutants are tools.
  const sources = globSync('{relay,contracts,protocol,sdk}/**/*.ts', {cwd: root}).filter((path) => !/\.test\.ts$|\/(testing|examples|\.types)\/|^contracts\/(compile|mutants)\.ts$/.test(path));
  for (const path of sources) {
    for (const [, name = ''] of readFileSync(join(root, path), 'utf8').matchAll(/(?:\bfrom |\bimport\()'((?:@[\w.-]+\/)?[\w-][\w.-]*)(?:\/[^']*)?'/g)) names.add(name);
  }
  return names;
}

test('dependencies are what servers import, no more and no less: what only the app’s build or a test needs is a tool', () => {
  assert.deepEqual(Object.keys(own.dependencies), [...importedByServers()].toSorted());
});
