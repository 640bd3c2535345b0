/** Each kind of request and where its answer comes from. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sourceOf, surplus, type Asked} from './policy.ts';

const origin = 'https://app.example';
const asked = (path: string, fields: Partial<Asked> = {}): Asked =>
  ({method: 'GET', mode: 'cors', cache: 'default', ranged: false, url: new URL(path, origin), origin, ...fields});
const from = (path: string, fields: Partial<Asked> = {}): string => sourceOf(asked(path, fields)).from;

test('every address of the app is the shell', () => {
  for (const path of ['/', '/chat', '/chat/a1', '/share?from=x', '/settings']) assert.equal(from(path, {mode: 'navigate'}), 'shell', path);
});

test('the relay is never answered from here', () => {
  for (const path of ['/link', '/signal/peer', '/api/models', '/livez']) {
    assert.equal(from(path), 'network', path);
    assert.equal(from(path, {mode: 'navigate'}), 'network', path);
  }
  assert.equal(from('/linked', {mode: 'navigate'}), 'shell');
});

test('a mirrored model is never kept here; the catalogue is what the relay says now', () => {
  for (const path of ['/mirror/noise/a.bin', '/mirror/noise/onnx/model.onnx']) for (const ranged of [true, false]) assert.equal(from(path, {ranged}), 'network', path);
  assert.equal(from('/models.json'), 'catalogue');
  assert.equal(from('/models.json', {cache: 'reload'}), 'catalogue');
  assert.equal(from('/models.json', {mode: 'navigate'}), 'network');
});

test('the wallet: its document, its lists and the devnet come from the relay; the page of the app is the shell', () => {
  for (const path of ['/wallet.html', '/wallets.json', '/wallets-devnet.json', '/tonconnect-manifest.json', '/devnet/api/v3/message', '/devnet']) {
    assert.equal(from(path), 'network', path);
    assert.equal(from(path, {mode: 'navigate'}), 'network', path);
  }
  assert.equal(from('/wallet', {mode: 'navigate'}), 'shell');
  assert.equal(from('/wallet/deposit', {mode: 'navigate'}), 'shell');
});

test('hashed files and models come from their caches', () => {
  assert.deepEqual(sourceOf(asked('/assets/engine-1a2b.wasm')), {from: 'cache', bin: 'assets', fresh: false});
  assert.deepEqual(sourceOf(asked('/models/tiny/weights.onnx')), {from: 'cache', bin: 'models', fresh: false});
});

test('who asks for a fresh copy gets one: a wrong hash can heal', () => {
  for (const cache of ['reload', 'no-store', 'no-cache']) {
    assert.deepEqual(sourceOf(asked('/models/tiny/weights.onnx', {cache})), {from: 'cache', bin: 'models', fresh: true}, cache);
  }
});

test('parts of files, other methods, other origins and other files are left alone', () => {
  assert.equal(from('/models/tiny/weights.onnx', {ranged: true}), 'network');
  assert.equal(from('/assets/a.js', {method: 'POST'}), 'network');
  assert.equal(from('https://elsewhere.example/assets/a.js'), 'network');
  assert.equal(from('/sw.js'), 'network');
  assert.equal(from('/icons/icon.svg', {mode: 'navigate'}), 'network');
});

test('the oldest entries go first', () => {
  assert.deepEqual(surplus(['a', 'b', 'c'], 2), ['a']);
  assert.deepEqual(surplus(['a'], 2), []);
});
