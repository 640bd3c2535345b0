import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {lockFolder} from './folder-lock.ts';

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  t.after(() => rmSync(folder, {recursive: true}));
  return join(folder, 'data');
}

/** Another process that holds the lock until it is killed. */
async function holder(folder: string) {
  const source = `import {lockFolder} from ${JSON.stringify(new URL('folder-lock.ts', import.meta.url).href)}; globalThis.unlock = lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {stdio: ['ignore', 'pipe', 'inherit']});
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  assert.equal(said.toString().trim(), 'held');
  return child;
}

test('one holder at a time, in this process too; freed, the folder is anybody\'s', (t) => {
  const folder = folderOf(t);
  const unlock = lockFolder(folder);
  assert.equal(statSync(join(folder, 'lock')).mode & 0o77, 0);
  assert.throws(() => lockFolder(folder), /The relay did not start: another one uses .*data. Stop that one, or name another folder with BOMBYX_DATA/);
  unlock();
  lockFolder(folder)();
});

test('a second process is refused; kill -9 of the first frees the folder at once', async (t) => {
  const folder = folderOf(t);
  for (let round = 0; round < 3; round += 1) {
    const child = await holder(folder);
    assert.throws(() => lockFolder(folder), /another one uses/);
    child.kill('SIGKILL');
    await once(child, 'exit');
    lockFolder(folder)();
  }
});
