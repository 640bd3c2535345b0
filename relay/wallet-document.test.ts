/** The wallet's document and its manifest over a real relay: a policy of their own, and nothing of it for the rest of the app. */
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {type IncomingHttpHeaders, request as httpRequest} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {readConfig} from './config.ts';
import {silentLog} from './log.ts';
import {type RunningRelay, startRelay} from './start-relay.ts';
import {readBridges, walletPolicy} from './wallet-document.ts';

const wallets = [
  {app_name: 'one', bridge: [{type: 'sse', url: 'https://bridge.one.example/path'}, {type: 'js', key: 'one'}]},
  {app_name: 'two', bridge: [{type: 'sse', url: 'https://bridge.two.example:8443/'}, {type: 'sse', url: 'https://bridge.one.example/other'}]},
  {app_name: 'odd', bridge: ['http://plain.example', 'https://*.example', 'https://a;script-src', 'wss://socket.example', 'data:,x', 'nonsense'].map((url) => ({type: 'sse', url}))},
];

let folder = '';
let paying: RunningRelay;
let free: RunningRelay;
const environment = () => ({PORT: '0', BOMBYX_DIST: join(folder, 'dist'), BOMBYX_DATA: join(folder, 'data')});

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bombyx-wallet-'));
  mkdirSync(join(folder, 'dist/icons'), {recursive: true});
  for (const name of ['index.html', 'wallet.html', 'icons/icon-192.png', 'icons/icon-512.png']) writeFileSync(join(folder, 'dist', name), name);
  writeFileSync(join(folder, 'dist/wallets.json'), JSON.stringify(wallets));
  paying = await startRelay(readConfig({...environment(), BOMBYX_NETWORK: 'devnet', BOMBYX_TRUST_PROXY: 'on'}), {log: silentLog});
  free = await startRelay(readConfig(environment()), {log: silentLog});
});
after(async () => {
  await paying.close();
  await free.close();
  rmSync(folder, {recursive: true});
});

/** A request exactly as given: `fetch` would set a host of its own. */
const get = ({port}: RunningRelay, path: string, headers: Record<string, string> = {}): Promise<{status: number; headers: IncomingHttpHeaders; text: string}> =>
  new Promise((resolve, reject) => {
    httpRequest({host: '127.0.0.1', port, path, headers: {host: `localhost:${port}`, ...headers}}, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part)).on('end', () => resolve({status: response.statusCode ?? 0, headers: response.headers, text}));
    })
      .on('error', reject)
      .end();
  });
const directives = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(String(headers['content-security-policy']).split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]));

test('the document: inline styles, no Trusted Types, the bridges of the listed wallets and nobody else', async () => {
  const {status, headers, text} = await get(paying, '/wallet.html');
  assert.deepEqual([status, text], [200, 'wallet.html']);
  assert.deepEqual(directives(headers), {
    'default-src': "'none'",
    'script-src': `'self' 'unsafe-hashes' 'sha256-${createHash('sha256').update('').digest('base64')}'`,
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'connect-src': "'self' https://bridge.one.example https://bridge.two.example:8443",
    'frame-ancestors': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
  });
  for (const [name, value] of [['cross-origin-embedder-policy', 'require-corp'], ['cross-origin-opener-policy', 'same-origin'], ['cross-origin-resource-policy', 'same-origin']]) assert.equal(headers[name ?? ''], value);
});

test('the rest of the app is as strict as without a wallet, but may show a frame of its own', async () => {
  for (const path of ['/', '/wallet.html/', '/wallet.htm', '/%77allet.html', '//wallet.html', '/index.html']) {
    const policy = directives((await get(paying, path, {accept: 'text/html'})).headers);
    assert.equal(policy['style-src'], "'self'", path);
    assert.equal(policy['require-trusted-types-for'], "'script'", path);
    assert.deepEqual([policy['frame-src'], policy['frame-ancestors']], ["'self'", "'none'"], path);
    assert.doesNotMatch(policy['connect-src'] ?? '', /bridge/, path);
  }
});

test('where all answers are free there is no wallet: the strict policy everywhere, no manifest', async () => {
  assert.equal(directives((await get(free, '/wallet.html')).headers)['style-src'], "'self'");
  assert.equal((await get(free, '/tonconnect-manifest.json')).status, 404);
  assert.equal((await get(free, '/tonconnect-manifest.json', {origin: 'https://wallet.example'})).status, 403);
  assert.equal((await get(free, '/icons/icon-192.png')).headers['cross-origin-resource-policy'], 'same-origin');
});

test('the manifest: for any page that asks, under a name of ours only, with the origin that visitors see', async () => {
  const {port} = paying;
  const manifest = async (headers: Record<string, string>) => {
    const answer = await get(paying, '/tonconnect-manifest.json', headers);
    assert.deepEqual([answer.status, answer.headers['access-control-allow-origin'], answer.headers['cross-origin-resource-policy']], [200, '*', 'cross-origin']);
    return JSON.parse(answer.text) as unknown;
  };
  const as = (origin: string) => ({url: origin, name: 'Bombyx', iconUrl: `${origin}/icons/icon-192.png`});
  assert.deepEqual(await manifest({origin: 'https://wallet.example'}), as(`http://localhost:${port}`));
  assert.deepEqual(await manifest({'x-forwarded-proto': 'https', host: 'localhost'}), as('https://localhost'));
  assert.deepEqual(await manifest({'x-forwarded-proto': 'javascript'}), as(`http://localhost:${port}`));
  assert.equal((await get(paying, '/tonconnect-manifest.json', {host: 'evil.example'})).status, 403);
  assert.equal((await get(paying, '/tonconnect-manifest.json?x', {host: 'evil.example', origin: 'https://wallet.example'})).status, 403);
});

test('the icon in the manifest may be shown anywhere; nothing else answers another page', async () => {
  const icon = await get(paying, '/icons/icon-192.png', {origin: 'https://wallet.example'});
  assert.deepEqual([icon.status, icon.headers['cross-origin-resource-policy'], icon.headers['access-control-allow-origin']], [200, 'cross-origin', '*']);
  for (const path of ['/', '/wallet.html', '/wallets.json', '/api/relay', '/icons/icon-512.png']) {
    const answer = await get(paying, path, {origin: 'https://wallet.example'});
    assert.deepEqual([answer.status, answer.headers['access-control-allow-origin']], [403, undefined], path);
  }
});

test('without a proxy to trust, nobody says https for us', async () => {
  const plain = await startRelay(readConfig({...environment(), BOMBYX_DATA: join(folder, 'other'), BOMBYX_NETWORK: 'devnet'}), {log: silentLog});
  const {text} = await get(plain, '/tonconnect-manifest.json', {'x-forwarded-proto': 'https'});
  await plain.close();
  assert.match(text, new RegExp(`"url":"http://localhost:${plain.port}"`));
});

test('walletPolicy(): beside the bridges, the chain where it is not this relay', () => {
  assert.match(walletPolicy({scripts: [], bridges: ['https://bridge.example'], endpoint: 'https://testnet.toncenter.com'}), /connect-src 'self' https:\/\/bridge\.example https:\/\/testnet\.toncenter\.com;/);
  assert.match(walletPolicy({scripts: [], bridges: [], endpoint: undefined}), /connect-src 'self';/);
});

test('readBridges(): no list is no bridge; what is no list stops the start with the reason', async () => {
  assert.deepEqual(await readBridges(join(folder, 'nowhere')), []);
  for (const text of ['{', '{}', '[{"bridge": "x"}]']) {
    writeFileSync(join(folder, 'wallets.json'), text);
    await assert.rejects(readBridges(folder), /wallets\.json is not a list of wallets.*npm run build/, text);
  }
});
