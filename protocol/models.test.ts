/** Tests of the catalogue, also the one that ships. */
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {hashOfModel, parseCatalogue, urlOf} from './models.ts';

const folder = join(import.meta.dirname, '../public');
const shipped = () => parseCatalogue(JSON.parse(readFileSync(join(folder, 'models.json'), 'utf8')));

test('the bundled model is what the catalogue says, byte for byte, and at most 8 MB', () => {
  const demo = shipped().find((entry) => entry.demo);
  assert.ok(demo?.manifest.engine === 'transformers');
  const {manifest} = demo;
  for (const file of manifest.files) {
    const bytes = readFileSync(join(folder, manifest.source, file.path));
    assert.equal(createHash('sha256').update(bytes).digest('hex'), file.sha256, file.path);
    assert.equal(bytes.length, file.bytes);
  }
  assert.ok(manifest.files.reduce((sum, file) => sum + file.bytes, 0) <= 8_000_000);
});

test('hashOfModel(): depends on every byte of the manifest and not on the order of its keys', () => {
  const [entry] = shipped();
  assert.ok(entry?.manifest.engine === 'transformers');
  const {manifest} = entry;
  const turned = Object.fromEntries(Object.entries(manifest).toReversed()) as typeof manifest;
  assert.equal(hashOfModel({manifest: turned}), hashOfModel(entry));
  const [first, ...others] = manifest.files;
  assert.ok(first);
  const changed = {...manifest, files: [{...first, sha256: '0'.repeat(64)}, ...others]};
  assert.notEqual(hashOfModel({manifest: changed}), hashOfModel(entry));
});

test('parseCatalogue(): names the first wrong field', () => {
  assert.throws(() => parseCatalogue({models: []}), {code: 'bad-message'});
  const json = JSON.parse(readFileSync(join(folder, 'models.json'), 'utf8')) as {models: {manifest: object}[]};
  Object.assign(json.models[0]?.manifest ?? {}, {source: '../etc'});
  assert.throws(() => parseCatalogue(json), /models\.0\.manifest\.source/);
});

test('sources of models are a folder of the app or an address that a commit pins; chunks cover the whole file', () => {
  const commit = 'ab'.repeat(20);
  const entry = (manifest: object) => ({models: [{id: 'x', label: 'x', demo: false, licence: 'MIT', downloadBytes: 1, contextTokens: 512, manifest}]});
  const gguf = {path: 'x.gguf', bytes: 9_000_000, sha256: '0'.repeat(64), chunks: Array.from({length: 3}, () => '1'.repeat(64))};
  const manifest = (fields: object = {}, file: object = {}) => entry({engine: 'wllama', source: `https://models.example/org/x/resolve/${commit}/`, files: [{...gguf, ...file}], ...fields});
  const [model] = parseCatalogue(manifest());
  assert.ok(model?.manifest.engine === 'wllama');
  assert.equal(urlOf(model.manifest, gguf, 'https://app.example'), `https://models.example/org/x/resolve/${commit}/x.gguf`);
  assert.equal(urlOf({source: 'models/x'}, gguf, 'https://app.example'), 'https://app.example/models/x/x.gguf');
  assert.equal(urlOf({source: 'models/x'}, {...gguf, url: `https://cdn.example/${commit}/y.gguf`}, ''), `https://cdn.example/${commit}/y.gguf`);
  const bad = [
    manifest({source: 'https://models.example/org/x/resolve/main/'}),
    manifest({source: `http://models.example/${commit}/`}),
    manifest({source: `https://models.example/${commit}/x`}),
    manifest({source: `https://models.example/${commit}/?x=/`}),
    manifest({}, {chunks: gguf.chunks.slice(1)}),
    manifest({}, {bytes: 0}),
    manifest({}, {path: '../x'}),
    manifest({files: []}),
  ];
  for (const catalogue of bad) assert.throws(() => parseCatalogue(catalogue), {code: 'bad-message'}, JSON.stringify(catalogue).slice(0, 200));
});
