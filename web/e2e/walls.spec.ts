/** The hard walls: no route breaks its policy or asks another host, and what is planted (a script, markup, a changed or unlisted file) does not run. */
import {appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {expect, type Page, test} from '@playwright/test';
import {readConfig} from '../../relay/config.ts';
import {silentLog} from '../../relay/log.ts';
import {startRelay} from '../../relay/start-relay.ts';
import {buildHash, builtFiles, differences} from '../../scripts/build-hash.ts';
import {servedFiles} from '../../scripts/served-files.ts';
import {plainPaths} from '../app/routes.ts';

const built = resolve(import.meta.dirname, '../../dist');
const documents = [...plainPaths, '/chat/some-id', '/no-such-page', '/wallet.html'];

let dist = '';
let relay: Awaited<ReturnType<typeof startRelay>>;
test.beforeEach(async () => {
  dist = mkdtempSync(join(tmpdir(), 'bombyx-walls-'));
  cpSync(built, dist, {recursive: true});
  relay = await startRelay(readConfig({PORT: '0', BOMBYX_NETWORK: 'devnet', BOMBYX_DIST: dist, BOMBYX_DATA: join(dist, 'data')}), {log: silentLog});
});
test.afterEach(async () => {
  await relay.close();
  rmSync(dist, {recursive: true, force: true});
});

/** What the page was refused since it was opened. */
const violations = (page: Page) => page.evaluate(() => (globalThis as unknown as {readonly violations: readonly string[]}).violations);

/** Collects violations from before the first script of each document. */
const listen = (page: Page) =>
  page.addInitScript(() => {
    const heard: string[] = [];
    (globalThis as unknown as {violations: readonly string[]}).violations = heard;
    document.addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI, sample, disposition}) => heard.push(`${disposition} ${effectiveDirective} ${blockedURI} ${sample}`));
  });

const open = async (page: Page, path: string) => {
  const answer = await page.goto(relay.url + path);
  if (path !== '/wallet.html') await expect(page.getByRole('heading', {level: 1}).first(), path).toBeVisible();
  return answer;
};

test('every route: its documents are under the policies, none is broken, and no other host is asked before a click', async ({page}) => {
  await listen(page);
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    const {protocol, host} = new URL(request.url());
    if (/^(http|ws)/.test(protocol) && host !== `localhost:${relay.port}`) asked.push(request.url());
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== `localhost:${relay.port}`) asked.push(socket.url());
  });
  page.on('console', (message) => {
    if (/polic|trusted|integrity|digest/i.test(message.text())) complaints.push(message.text());
  });
  for (const path of documents) {
    const headers = (await open(page, path))?.headers() ?? {};
    await page.waitForLoadState('networkidle');
    expect(headers['integrity-policy'], path).toBe('blocked-destinations=(script)');
    expect(headers['content-security-policy'], path).toMatch(/default-src 'none'/);
    expect(headers['content-security-policy-report-only'], path).toBeUndefined();
    expect([headers['cross-origin-opener-policy'], headers['cross-origin-embedder-policy']], path).toEqual(['same-origin', 'require-corp']);
    expect(await violations(page), path).toEqual([]);
  }
  expect(asked).toEqual([]);
  expect(complaints).toEqual([]);
});

test('a planted inline script and planted markup do not run, and the page says that they were refused', async ({page}) => {
  await listen(page);
  await open(page, '/chat');
  const outcome = await page.evaluate(() => {
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- what runs in the page can't reach out of itself
    const attempt = (work: () => void): string => {
      try {
        work();
        return 'done';
      } catch (error) {
        return String(error);
      }
    };
    const script = document.createElement('script');
    return {
      text: attempt(() => (script.textContent = 'globalThis.planted = true;')),
      // Words put into a script as a node are no longer trusted either.
      inline: attempt(() => script.append('globalThis.planted = true;')),
      inserted: attempt(() => document.body.append(script)),
      markup: attempt(() => (document.body.innerHTML = '<img src=x>')),
      ran: 'planted' in globalThis,
      images: document.querySelectorAll('body > img').length,
    };
  });
  expect(outcome.text).toMatch(/TypeError.*TrustedScript/);
  expect(outcome.markup).toMatch(/TypeError.*TrustedHTML/);
  expect([outcome.ran, outcome.images]).toEqual([false, 0]);
  await expect.poll(async () => (await violations(page)).map((violation) => violation.split(' ').slice(0, 2).join(' '))).toEqual(expect.arrayContaining(['enforce require-trusted-types-for']));
});

test('an inline script in the document that is served does not run either', async ({page}) => {
  const document = join(dist, 'index.html');
  writeFileSync(document, readFileSync(document, 'utf8').replace('</head>', '<script>globalThis.planted = true;</script></head>'));
  await listen(page);
  await open(page, '/');
  expect(await page.evaluate(() => 'planted' in globalThis)).toBe(false);
  expect(await violations(page)).toEqual([expect.stringMatching(/^enforce script-src-elem inline/)]);
});

test('a changed file of the app does not run: at once, or when its page is opened', async ({page}) => {
  const chat = readdirSync(join(dist, 'assets')).find((file) => /^chat-page-.*\.js$/.test(file)) ?? '';
  appendFileSync(join(dist, 'assets', chat), '\nglobalThis.planted = true;\n');
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  await open(page, '/');
  await page.getByRole('button', {name: 'Ask something'}).click();
  await expect(page.getByText('This page did not load.')).toBeVisible();
  expect(await page.evaluate(() => 'planted' in globalThis)).toBe(false);
  expect(complaints.join('\n')).toMatch(/valid digest/);
});

test('a file that the document does not list is not imported, though it is on this host', async ({page}) => {
  writeFileSync(join(dist, 'assets/planted-1.js'), 'globalThis.planted = true; export {};');
  await open(page, '/settings');
  const outcome = await page.evaluate(() => import('/assets/planted-1.js' as string).then(() => 'loaded', () => 'refused'));
  expect([outcome, await page.evaluate(() => 'planted' in globalThis)]).toEqual(['refused', false]);
});

test('the page about the app shows the hash of the build, and the check finds the one file that a relay changed', async ({page}) => {
  const files = builtFiles(built);
  await open(page, '/settings');
  await expect(page.locator('build-facts code')).toHaveText(buildHash(files));
  await expect(page.locator('build-facts code')).toHaveAttribute('data-build', 'served');
  expect(differences(files, await servedFiles(relay.url, Object.keys(files)))).toEqual([]);
  appendFileSync(join(dist, 'manifest.webmanifest'), '\n');
  expect(differences(files, await servedFiles(relay.url, Object.keys(files)))).toEqual([{path: 'manifest.webmanifest', is: 'changed'}]);
});
