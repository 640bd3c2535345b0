/** The mirror over a real relay: files with ranges, the catalogue, and what it refuses. */
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {hashOfModel, parseCatalogue} from '#protocol/models.ts';
import {readConfig} from './config.ts';
import {silentLog} from './log.ts';
import {type RunningRelay, startRelay} from './start-relay.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const weights = Buffer.from('0123456789');
const file = {path: 'onnx/model.onnx', bytes: weights.length, sha256: createHash('sha256').update(weights).digest('hex')};
const entry = (id: string, source: string, url = {}) => ({
  id, label: id, demo: false, licence: 'MIT', downloadBytes: weights.length, contextTokens: 64,
  manifest: {engine: 'transformers', source, dtype: 'fp32', files: [{...file, ...url}]},
});
const known = entry('known', `https://models.example/a/${commit}/`);
let folder = '';
let relay: RunningRelay;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bombyx-mirror-'));
  for (const path of ['dist', 'mirror/known/onnx', 'mirror/added/onnx', 'mirror/assets']) mkdirSync(join(folder, path), {recursive: true});
  writeFileSync(join(folder, 'dist/models.json'), JSON.stringify({models: [known]}));
  writeFileSync(join(folder, 'dist/index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'mirror/models.json'), JSON.stringify({models: [entry('added', 'somewhere', {url: `https://models.example/b/${commit}/c`}), entry('known', 'mirror/known')]}));
  for (const id of ['known', 'added']) writeFileSync(join(folder, `mirror/${id}/onnx/model.onnx`), weights);
  relay = await startRelay(readConfig({PORT: '0', BOMBYX_DIST: join(folder, 'dist'), MODEL_MIRROR: join(folder, 'mirror')}), {log: silentLog});
});
after(async () => {
  await relay.close();
  rmSync(folder, {recursive: true});
});

test('files of the mirror come with ranges, and must be asked for again each time', async () => {
  const part = await fetch(`${relay.url}/mirror/added/onnx/model.onnx`, {headers: {range: 'bytes=2-4'}});
  assert.deepEqual([part.status, await part.text(), part.headers.get('content-range'), part.headers.get('cache-control')], [206, '234', 'bytes 2-4/10', 'no-cache']);
  assert.match(part.headers.get('etag') ?? '', /"/);
});

test('what the mirror lacks is not there, whoever asks', async () => {
  for (const path of ['/mirror/added/missing.bin', '/mirror/', '/mirror/added', '/mirror/added/%2e%2e/%2e%2e/dist/index.html', '/mirrored/added/onnx/model.onnx']) {
    assert.equal((await fetch(relay.url + path)).status, 404, path);
  }
  assert.equal((await fetch(`${relay.url}/mirror/other`, {headers: {accept: 'text/html'}})).status, 404);
});

test('the catalogue: models of the mirror join it and come from the mirror; those that the app knows keep their hash', async () => {
  const [first, second, ...rest] = parseCatalogue(await (await fetch(`${relay.url}/models.json`)).json());
  assert.deepEqual(rest, []);
  assert.deepEqual(first, known);
  const [unchanged] = parseCatalogue({models: [known]});
  assert.equal(first && hashOfModel(first), unchanged && hashOfModel(unchanged));
  assert.deepEqual(second?.manifest, {engine: 'transformers', source: 'mirror/added', dtype: 'fp32', files: [file]});
});

test('a list that is none stops the start, and names the file', async () => {
  const broken = join(folder, 'broken');
  mkdirSync(broken);
  writeFileSync(join(broken, 'models.json'), '{"models": [{}]}');
  await assert.rejects(startRelay(readConfig({PORT: '0', BOMBYX_DIST: join(folder, 'dist'), BOMBYX_MODEL_MIRROR: broken}), {log: silentLog}), /broken\/models\.json is no list of models/);
});

test('without a mirror its addresses are not there', async () => {
  const bare = await startRelay(readConfig({PORT: '0', BOMBYX_DIST: join(folder, 'dist')}), {log: silentLog});
  assert.equal((await fetch(`${bare.url}/mirror/known/onnx/model.onnx`)).status, 404);
  await bare.close();
});
