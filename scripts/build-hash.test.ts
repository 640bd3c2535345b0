/** The hash of a build: what goes into it, and what a changed, missing or added file does to it. */
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {buildHash, builtFiles, differences, sha256} from './build-hash.ts';
import {servedFiles} from './served-files.ts';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'bombyx-hash-'));
  for (const name of ['assets', '.vite']) mkdirSync(join(folder, name));
  for (const [name, text] of [['index.html', 'page'], ['assets/b.js', 'b'], ['assets/a.js', 'a'], ['build.json', '{}'], ['.vite/manifest.json', '{}']]) writeFileSync(join(folder, name ?? ''), text ?? '');
});
after(() => rmSync(folder, {recursive: true}));

test('it is what sha256sum says of the served files, sorted by path', () => {
  const listed = execFileSync('sha256sum', ['assets/a.js', 'assets/b.js', 'index.html'], {cwd: folder, encoding: 'utf8'});
  const files = builtFiles(folder);
  assert.deepEqual(Object.keys(files), ['assets/a.js', 'assets/b.js', 'index.html']);
  assert.equal(buildHash(files), sha256(listed));
});

test('another byte, another name, one file less: another hash, and the file is named', () => {
  const files = builtFiles(folder);
  assert.deepEqual(differences(files, files), []);
  const {'index.html': _, ...less} = files;
  const changed = {...less, 'assets/a.js': sha256('other'), 'assets/c.js': sha256('c')};
  assert.notEqual(buildHash(changed), buildHash(files));
  assert.deepEqual(differences(files, changed), [{path: 'assets/a.js', is: 'changed'}, {path: 'assets/c.js', is: 'added'}, {path: 'index.html', is: 'missing'}]);
});

test('what a relay serves is looked at file by file, not asked', async () => {
  const server = createServer(({url}, response) => (url === '/assets/b.js' ? response.writeHead(404).end() : response.end(url === '/assets/a.js' ? 'other' : 'page')));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const expected = builtFiles(folder);
  const served = await servedFiles(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, Object.keys(expected));
  server.close();
  assert.deepEqual(differences(expected, served), [{path: 'assets/a.js', is: 'changed'}, {path: 'assets/b.js', is: 'missing'}]);
});
