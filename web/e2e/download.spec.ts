/** A download in a real browser: the tab is killed in the middle, a byte is damaged on the disk, and the model heals. */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {type BrowserContext, expect, type Page, test} from '@playwright/test';
import {chunkBytes, hashOfModel} from '#protocol/models.ts';
import {randomModel} from '../worker/testing/random-model.ts';
import {setStage} from './stage.ts';

/** For machines with much else to do. */
const slow = {timeout: 60_000};

/** 21 MB in seven pieces. Noise is no model: each load fails, once all of it is there. */
const model = randomModel({'config.json': 500, 'onnx/a.onnx': chunkBytes * 3, 'onnx/b.onnx': chunkBytes * 2 + 77});
const entry = {...model.entry, manifest: {...model.entry.manifest, source: 'mirror/noise'}};
const pieces = entry.manifest.files.flatMap(({path, bytes, sha256, chunks}) =>
  (chunks ?? [sha256]).map((sum, index) => ({path, sum, start: index * chunkBytes, bytes: Math.min(chunkBytes, bytes - index * chunkBytes)})),
);
const kept = {folder: hashOfModel(entry), pieces};

/** Which pieces on the disk are right; the page looks by itself. */
const rightPieces = (page: Page): Promise<string[]> =>
  page.evaluate(async ({folder, pieces: all}) => {
    const right: string[] = [];
    const models = await (await navigator.storage.getDirectory()).getDirectoryHandle('models').catch(() => undefined);
    const files = await models?.getDirectoryHandle(folder).catch(() => undefined);
    for (const {path, start, bytes, sum} of all) {
      const file = await (await files?.getFileHandle(path.replaceAll('/', '+')).catch(() => undefined))?.getFile();
      const part = await file?.slice(start, start + bytes).arrayBuffer();
      const digest = part && new Uint8Array(await crypto.subtle.digest('SHA-256', part));
      if (digest && [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') === sum) right.push(`${path} ${start}`);
    }
    return right;
  }, kept);

/** Changes one byte of a kept file. */
const damage = (page: Page, {path, at}: {path: string; at: number}): Promise<void> =>
  page.evaluate(async ({folder, name, position}) => {
    const models = await (await navigator.storage.getDirectory()).getDirectoryHandle('models');
    const handle = await (await models.getDirectoryHandle(folder)).getFileHandle(name);
    const byte = new Uint8Array(await (await handle.getFile()).slice(position, position + 1).arrayBuffer());
    const writer = await handle.createWritable({keepExistingData: true});
    await writer.write({type: 'write', position, data: byte.map((value) => value ^ 1)});
    await writer.close();
  }, {folder: kept.folder, name: path.replaceAll('/', '+'), position: at});

/** Every piece that the app asks for; those of held files never come. */
async function watch(context: BrowserContext, held: ReadonlySet<string>): Promise<string[]> {
  const asked: string[] = [];
  await context.route('**/mirror/noise/**', async (route) => {
    const path = new URL(route.request().url()).pathname.slice('/mirror/noise/'.length);
    const [first, last] = /^bytes=(\d+)-(\d+)$/.exec(route.request().headers()['range'] ?? 'bytes=0-0')?.slice(1).map(Number) ?? [0, 0];
    const these = pieces.filter((piece) => piece.path === path && piece.start >= (first ?? 0) && piece.start <= (last ?? 0)).map(({start}) => `${path} ${start}`);
    asked.push(...these);
    if (!held.has(path)) await route.continue();
  });
  return asked;
}

async function startNoise(page: Page): Promise<void> {
  await page.getByRole('radio', {name: /Noise/}).check();
  await page.getByRole('button', {name: /processor/i}).click();
}

/** All came, and then it turned out to be noise. */
async function expectNoise(page: Page): Promise<void> {
  await expect(page.locator('share-page')).toHaveAttribute('data-status', 'failed', slow);
  await expect(page.getByText(/load-failed/)).toBeAttached();
  expect(await rightPieces(page)).toHaveLength(pieces.length);
}

let mirror = '';
test.beforeAll(() => {
  mirror = mkdtempSync(join(tmpdir(), 'bombyx-mirror-'));
  for (const [path, bytes] of model.files) {
    const file = join(mirror, 'noise', path);
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, bytes);
  }
  writeFileSync(join(mirror, 'models.json'), JSON.stringify({models: [entry]}));
});
test.afterAll(() => rmSync(mirror, {recursive: true, force: true}));

test('killed in the middle it goes on where it was; a damaged byte costs one chunk; another tab is waited for; it can be deleted', async ({browser}) => {
  const stage = await setStage(browser, {MODEL_MIRROR: mirror});
  const {page: looker, context} = await stage.person('/settings');
  const held = new Set(['onnx/b.onnx']);
  const asked = await watch(context, held);
  const first = await context.newPage();
  await first.goto(`${stage.relay.url}/share`);
  await startNoise(first);
  await expect.poll(() => rightPieces(looker), slow).toHaveLength(4);
  await first.close();

  held.clear();
  const before = await rightPieces(looker);
  asked.length = 0;
  const second = await context.newPage();
  await second.goto(`${stage.relay.url}/share`);
  await startNoise(second);
  await expectNoise(second);
  expect(asked.toSorted()).toEqual(pieces.map(({path, start}) => `${path} ${start}`).filter((piece) => !before.includes(piece)).toSorted());

  await damage(looker, {path: 'onnx/a.onnx', at: chunkBytes + 1000});
  asked.length = 0;
  await startNoise(second);
  await expect.poll(() => asked, slow).toEqual([`onnx/a.onnx ${chunkBytes}`]);
  await expectNoise(second);
  expect(asked).toHaveLength(1);

  await damage(looker, {path: 'onnx/b.onnx', at: 5});
  asked.length = 0;
  const letGo = await looker.evaluateHandle((name) => new Promise<() => void>((taken) => void navigator.locks.request(name, () => new Promise<void>((done) => taken(done)))), `bombyx-model-${kept.folder}`);
  await startNoise(second);
  await expect.poll(() => looker.evaluate(async () => ((await navigator.locks.query()).pending ?? []).flatMap(({name}) => (name?.startsWith('bombyx-model') ? [name] : []))), slow).toEqual([`bombyx-model-${kept.folder}`]);
  expect(asked).toEqual([]);
  await letGo.evaluate((release) => release());
  await expectNoise(second);
  expect(asked).toEqual(['onnx/b.onnx 0']);

  await looker.reload();
  await looker.getByRole('button', {name: 'Delete “Noise”'}).click();
  await looker.getByRole('dialog').getByRole('button', {name: 'Delete'}).click();
  await expect(looker.getByRole('button', {name: 'Delete “Noise”'})).toHaveCount(0);
  expect(await rightPieces(looker)).toEqual([]);
  await stage.end();
});

test('no room in the middle: it says so and shows what could go; what was right is kept, and it goes on when there is room', async ({browser}) => {
  const stage = await setStage(browser, {MODEL_MIRROR: mirror});
  const {page, context} = await stage.person('/share');
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', {origin: stage.relay.url, quotaSize: chunkBytes * 3 + 2_000_000});
  await startNoise(page);
  await expect(page.getByText(/storage-full/)).toBeAttached(slow);
  await expect(page.getByRole('link', {name: 'Models in this browser'})).toBeVisible();
  const right = await rightPieces(page);
  expect(right.length).toBeGreaterThan(0);
  await devtools.send('Storage.overrideQuotaForOrigin', {origin: stage.relay.url});
  const asked = await watch(context, new Set());
  await startNoise(page);
  await expectNoise(page);
  expect(asked.filter((piece) => right.includes(piece))).toEqual([]);
  await stage.end();
});
