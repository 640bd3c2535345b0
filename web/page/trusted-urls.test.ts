/** Which script addresses are trusted. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isTrustedScript} from './trusted-urls.ts';

const built = {origin: 'https://app.example', development: false};

test('the service worker and built files of this origin are trusted', () => {
  for (const url of ['/sw.js', 'https://app.example/sw.js', '/assets/worker-Ab_1-2.js', 'https://app.example/assets/w.mjs']) {
    assert.ok(isTrustedScript(url, built), url);
  }
});

test('anything else is not', () => {
  for (const url of [
    'https://evil.example/sw.js', '//evil.example/assets/a.js', 'data:text/javascript,1', 'blob:https://app.example/1', 'javascript:1',
    '/other.js', '/assets/../evil.js', '/assets/a/b.js', '/assets/%2e%2e/evil.js', '/assets/a.wasm', '/models/a.js', '', 'http://app.example/sw.js',
  ]) assert.ok(!isTrustedScript(url, built), url);
});

test('the development server may hand out sources, still only of this origin', () => {
  const development = {...built, development: true};
  assert.ok(isTrustedScript('/worker/worker.ts?worker_file&type=module', development));
  assert.ok(!isTrustedScript('https://evil.example/worker.ts', development));
});
