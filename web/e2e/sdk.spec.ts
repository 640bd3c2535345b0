/** The library in a page of another site: the example as it stands, served by a server of its own, against a real relay and a node in this process. */
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {expect, type Page, test} from '@playwright/test';
import {readConfig} from '../../relay/config.ts';
import {silentLog} from '../../relay/log.ts';
import {type RunningRelay, startRelay} from '../../relay/start-relay.ts';
import {stuckEngine} from '../../relay/testing/stuck-engine.ts';
import {twinMirror, twinNode} from './twin-node.ts';

const root = join(import.meta.dirname, '../..');
const site: Readonly<Record<string, readonly [string, string]>> = {
  '/': ['text/html', 'sdk/examples/browser.html'],
  '/browser.js': ['text/javascript', 'sdk/examples/browser.js'],
  '/bombyx.js': ['text/javascript', 'dist-sdk/bombyx.js'],
};

let mirror: ReturnType<typeof twinMirror>;
let server: Server;
let origin = '';
test.beforeEach(async () => {
  mirror = twinMirror();
  server = createServer(({url = ''}, response) => {
    const [type, path] = site[url] ?? [];
    response.writeHead(path === undefined ? 404 : 200, type === undefined ? {} : {'content-type': type}).end(path === undefined ? '' : readFileSync(join(root, path)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.afterEach(() => {
  server.close();
  server.closeAllConnections();
  mirror.remove();
});

const openRelay = (environment: Readonly<Record<string, string>>): Promise<RunningRelay> => startRelay(readConfig({PORT: '0', BOMBYX_WEBRTC: 'off', MODEL_MIRROR: mirror.folder, ...environment}), {log: silentLog});

/** Opens the page; gives where it went, beside its own site. */
async function openPage(page: Page): Promise<readonly string[]> {
  const asked: string[] = [];
  const note = (url: string) => {
    const {host, pathname, protocol} = new URL(url);
    if (protocol !== 'data:' && `http://${host}` !== origin) asked.push(host + pathname);
  };
  page.on('request', (request) => note(request.url()));
  page.on('websocket', (socket) => note(socket.url()));
  page.on('pageerror', (error) => asked.push(`threw ${error.message}`));
  await page.goto(origin);
  return asked;
}

async function ask(page: Page, relay: RunningRelay): Promise<void> {
  await page.getByLabel('Relay').fill(relay.url);
  await page.getByRole('button', {name: 'Ask'}).click();
}

test('a page of another site asks through a relay that lets it in, sees the answer as it comes, and asks nobody else', async ({page}) => {
  const relay = await openRelay({BOMBYX_CLIENT_ORIGINS: origin});
  const {engine, release} = stuckEngine(['A moth'], [' that spins', ' silk.']);
  await twinNode(relay, engine);
  const asked = await openPage(page);
  await ask(page, relay);
  await expect(page.locator('blockquote')).toHaveText('A moth');
  release();
  await expect(page.locator('blockquote')).toHaveText('A moth that spins silk.');
  await expect(page.getByRole('status')).toHaveText(/^Answered by computer [\da-f]{8}\.$/);
  const here = `localhost:${relay.port}`;
  expect([...new Set(asked)].toSorted()).toEqual([`${here}/link`, `${here}/models.json`]);
  await relay.close();
});

test('its Stop button ends the node\'s work', async ({page}) => {
  const relay = await openRelay({BOMBYX_CLIENT_ORIGINS: origin});
  const {engine, cancelled} = stuckEngine(['A moth']);
  await twinNode(relay, engine);
  await openPage(page);
  await ask(page, relay);
  await expect(page.locator('blockquote')).toHaveText('A moth');
  await page.getByRole('button', {name: 'Stop'}).click();
  await expect(page.getByRole('status')).toHaveText('Stopped.');
  await cancelled;
  await relay.close();
});

test('a relay that does not name the site lets nothing be read, and the page says what to do', async ({page}) => {
  const relay = await openRelay({BOMBYX_CLIENT_ORIGINS: 'https://other.example'});
  await twinNode(relay, stuckEngine(['A moth']).engine);
  await openPage(page);
  await ask(page, relay);
  await expect(page.getByRole('status')).toHaveText(`The relay ${relay.url} can not be reached from this page. Nothing was sent. Either its address is wrong, or it does not let in pages of ${origin}: its operator has to name that in BOMBYX_CLIENT_ORIGINS.`);
  await expect(page.locator('blockquote')).toBeEmpty();
  expect(relay.links.websocket, 'the node\'s alone').toBe(1);
  await relay.close();
});
