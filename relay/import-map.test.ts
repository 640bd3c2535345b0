/** The policy lets through the import map of the document that is served, and follows a newer build without a restart. */
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {mkdtempSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {readConfig} from './config.ts';
import {silentLog} from './log.ts';
import {type RunningRelay, startRelay} from './start-relay.ts';

const page = (map: string): string => `<!doctype html><script type="importmap">${map}</script>`;
const sourceOf = (map: string): string => `'sha256-${createHash('sha256').update(map).digest('base64')}'`;
let dist = '';
let relay: RunningRelay;
before(async () => {
  dist = mkdtempSync(join(tmpdir(), 'bombyx-map-'));
  writeFileSync(join(dist, 'index.html'), page('{"integrity":{}}'));
  writeFileSync(join(dist, 'wallet.html'), page('{"integrity":{"/w.js":"sha384-w"}}'));
  writeFileSync(join(dist, 'plain.js'), 'export {};');
  relay = await startRelay(readConfig({PORT: '0', BOMBYX_DIST: dist, BOMBYX_DATA: join(dist, 'data'), BOMBYX_NETWORK: 'devnet'}), {log: silentLog});
});
after(async () => {
  await relay.close();
  rmSync(dist, {recursive: true});
});

const get = async (path: string) => (await fetch(relay.url + path, {headers: {accept: 'text/html'}})).headers;
const scripts = (headers: Headers): string => /script-src ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? '';

test('each document lets its own import map through and no other; only documents ask for hashes', async () => {
  assert.equal(scripts(await get('/chat/some-id')), `'self' 'wasm-unsafe-eval' ${sourceOf('{"integrity":{}}')}`);
  assert.ok(scripts(await get('/wallet.html')).endsWith(sourceOf('{"integrity":{"/w.js":"sha384-w"}}')));
  assert.equal(scripts(await get('/plain.js')), "'self' 'wasm-unsafe-eval'");
  for (const path of ['/', '/chat', '/wallet.html']) assert.equal((await get(path)).get('integrity-policy'), 'blocked-destinations=(script)', path);
  assert.equal((await get('/plain.js')).get('integrity-policy'), null);
});

test('a build that replaces this one is let through too', async () => {
  writeFileSync(join(dist, 'index.html'), page('{"integrity":{"/new.js":"sha384-n"}}'));
  utimesSync(join(dist, 'index.html'), new Date(), new Date(Date.now() + 5000));
  assert.ok(scripts(await get('/')).endsWith(sourceOf('{"integrity":{"/new.js":"sha384-n"}}')));
});
