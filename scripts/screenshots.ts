/** Takes the pictures: one computer shares, one person asks, and each screen is taken as it then is. `-- docs` takes those of the documentation too. */
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {type Browser, type BrowserContext, chromium, type Page} from '@playwright/test';
import {readConfig} from '../relay/config.ts';
import {silentLog} from '../relay/log.ts';
import {startRelay} from '../relay/start-relay.ts';
import {chromiumArgs} from './chromium-args.ts';

interface Device {
  readonly name: string;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

interface Shot {
  readonly path: string;
  /** What a person does before the picture; the page stands open. */
  prepare?(page: Page): Promise<void>;
}

const phone: Device = {name: 'phone', width: 375, height: 667, scale: 2};
const desktop: Device = {name: 'desktop', width: 1280, height: 720, scale: 1};
const root = join(import.meta.dirname, '..');
const questions = ['What is 3 plus 4?', 'Who can read my question?'] as const;

/** Asks in the open chat and waits for each answer to end. */
async function askAll(page: Page): Promise<void> {
  await page.getByRole('combobox', {name: 'Model'}).filter({hasText: 'Bombyx tiny'}).waitFor();
  for (const [index, question] of questions.entries()) {
    await page.getByRole('textbox', {name: 'Message'}).fill(question);
    await page.getByRole('button', {name: 'Send'}).click();
    await page.locator('article[data-receipt="valid"]').nth(index).waitFor({timeout: 120_000});
  }
}

async function showPairing(page: Page): Promise<void> {
  await page.getByRole('button', {name: 'Show code'}).click();
  await page.getByRole('img').first().waitFor();
}

/** Every screen by its name; a new screen is a line here. */
const screens: Readonly<Record<string, Shot>> = {
  start: {path: '/', prepare: (page) => page.getByText(/^Connected/).waitFor()},
  chat: {path: '/chat', prepare: askAll},
  tasks: {path: '/tasks'},
  share: {path: '/share', prepare: (page) => page.getByText('This device can share').waitFor()},
  'share-models': {path: '/share/models'},
  'share-jobs': {path: '/share/jobs'},
  'share-limits': {path: '/share/limits'},
  wallet: {path: '/wallet'},
  more: {path: '/more'},
  pair: {path: '/pair', prepare: showPairing},
  settings: {path: '/settings'},
  privacy: {path: '/privacy'},
  network: {path: '/network', prepare: (page) => page.getByText('Bombyx tiny').first().waitFor()},
};

async function take(context: BrowserContext, {url, shot, file}: {url: string; shot: Shot; file: string}): Promise<void> {
  const page = await context.newPage();
  await page.goto(url + shot.path);
  await page.getByRole('heading', {level: 1}).first().waitFor();
  await shot.prepare?.(page);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({path: file});
  process.stdout.write(`${file.slice(root.length + 1)}\n`);
  await page.close();
}

/** The computer that answered the questions of all the other pictures. */
async function takeSharing(sharer: Page, {device, scheme, file}: {device: Device; scheme: 'light' | 'dark'; file: string}): Promise<void> {
  await sharer.setViewportSize(device);
  await sharer.emulateMedia({colorScheme: scheme, reducedMotion: 'reduce'});
  await sharer.screenshot({path: file});
  process.stdout.write(`${file.slice(root.length + 1)}\n`);
}

const contextFor = (browser: Browser, {device: {width, height, scale}, scheme}: {device: Device; scheme: 'light' | 'dark'}): Promise<BrowserContext> =>
  browser.newContext({viewport: {width, height}, deviceScaleFactor: scale, colorScheme: scheme, reducedMotion: 'reduce'});

const {BOMBYX_BROWSER: executablePath} = process.env;
const relay = await startRelay(readConfig({PORT: '0', BOMBYX_NETWORK: 'devnet'}), {log: silentLog});
const browser = await chromium.launch({...(executablePath ? {executablePath} : {}), args: [...chromiumArgs]});
try {
  const sharer = await (await browser.newContext()).newPage();
  await sharer.goto(`${relay.url}/share`);
  await sharer.getByRole('button', {name: /processor/i}).click();
  await sharer.locator('share-page[data-status="ready"]').waitFor({timeout: 90_000});
  const {chat} = screens;
  if (!chat) throw new Error('there is no screen of the chat');
  const store = join(root, 'public/screenshots');
  mkdirSync(store, {recursive: true});
  for (const [device, file] of [[desktop, 'wide.png'], [phone, 'narrow.png']] as const) await take(await contextFor(browser, {device, scheme: 'light'}), {url: relay.url, shot: chat, file: join(store, file)});
  if (process.argv.includes('docs')) {
    const folder = join(root, 'docs/screenshots');
    mkdirSync(folder, {recursive: true});
    for (const scheme of ['light', 'dark'] as const) for (const device of [phone, desktop]) {
      const context = await contextFor(browser, {device, scheme});
      for (const [name, shot] of Object.entries(screens)) await take(context, {url: relay.url, shot, file: join(folder, `${name}-${device.name}-${scheme}.png`)});
      await context.close();
      await takeSharing(sharer, {device, scheme, file: join(folder, `sharing-${device.name}-${scheme}.png`)});
    }
  }
} finally {
  await browser.close();
  await relay.close();
}
