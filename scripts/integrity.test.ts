/** Each script and style of a document gets its hash, and what it may import later is in the map before all of them. */
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {test} from 'node:test';
import {withIntegrity} from './integrity.ts';

const html = `<head>
    <link rel="icon" href="/icons/icon.svg">
    <script type="module" crossorigin src="/assets/index-a.js"></script>
    <link rel="modulepreload" crossorigin href="/assets/lit-b.js">
    <link rel="stylesheet" crossorigin href="/assets/index-c.css">
  </head>`;
const hash = (path: string): string => `sha384-${createHash('sha384').update(path).digest('base64')}`;

test('a document with integrity', () => {
  const made = withIntegrity(html, {scripts: ['assets/later-d.js'], read: (path) => Buffer.from(path)});
  assert.equal(made, `<head>
    <link rel="icon" href="/icons/icon.svg">
    <script type="importmap">{"integrity":{"/assets/later-d.js":"${hash('assets/later-d.js')}"}}</script>
    <script type="module" crossorigin src="/assets/index-a.js" integrity="${hash('assets/index-a.js')}"></script>
    <link rel="modulepreload" crossorigin href="/assets/lit-b.js" integrity="${hash('assets/lit-b.js')}">
    <link rel="stylesheet" crossorigin href="/assets/index-c.css" integrity="${hash('assets/index-c.css')}">
  </head>`);
});
