/** Questions that stay on this device: answered by its own engine with a receipt, with nothing leaving, with no network, and beside sharing. */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {expect, type Locator, type Page, test} from '@playwright/test';
import {chunkBytes} from '#protocol/models.ts';
import {randomModel} from '../worker/testing/random-model.ts';
import {ask, details, expectAnswered, lastAnswer, type Person, setStage, share} from './stage.ts';

/** Of the frames that come to a relay. */
const kindOf = {pong: 0x08, match: 0x12} as const;
const levels = ({page}: Person): Locator => page.getByRole('combobox', {name: 'Who answers'});
const panel = ({page}: Person): Locator => page.getByRole('region', {name: 'Model on this device'});

/** Waits until the service worker keeps the app, and loads the page through it. */
async function install(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.reload();
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
}

async function askHere(person: Person, question: string): Promise<string> {
  await levels(person).selectOption({label: 'This device'});
  await ask(person, question);
  return expectAnswered(person);
}

test('a fresh browser asks itself: an answer with a receipt, and while it is asked nothing leaves, not even a look at who is there', async ({browser}) => {
  const stage = await setStage(browser);
  const person = await stage.person('/chat');
  await person.page.waitForLoadState('networkidle');
  const requests: string[] = [];
  person.page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  expect(await askHere(person, 'What is 2 plus 3?')).toContain('5');
  expect(requests.filter((path) => !/^\/(assets|models|icons)\//.test(path)), 'engine and demo model come with the app').toEqual([]);
  const told = await details(person);
  expect(told).toContain('nobody else saw it');
  expect(told).toContain('it did not leave this browser');
  await expect(person.page.getByText('Nobody else sees it.').first()).toBeVisible();
  requests.length = 0;
  const before = stage.frames.length;
  await ask(person, 'What is 3 plus 4?');
  expect(await expectAnswered(person)).toContain('7');
  expect(requests).toEqual([]);
  expect(stage.frames.slice(before).map((frame) => frame[1]).filter((kind) => kind !== kindOf.pong)).toEqual([]);
  await stage.end();
});

test('once installed it answers without a network', async ({browser}) => {
  const stage = await setStage(browser);
  const person = await stage.person('/chat');
  await install(person.page);
  await askHere(person, 'What is 2 plus 3?');
  await person.context.setOffline(true);
  await person.page.reload();
  await person.page.getByRole('link', {name: /^What is 2 plus 3/}).or(person.page.getByRole('button', {name: /^What is 2 plus 3/})).first().click();
  await expect(levels(person)).toHaveValue('device');
  await ask(person, 'What is 3 plus 4?');
  expect(await expectAnswered(person)).toContain('7');
  await stage.end();
});

test('a conversation that never leaves: the network can not be chosen for it, also after a reload, though a computer is there', async ({browser}) => {
  const stage = await setStage(browser);
  await share(await stage.person('/share'), /processor/i);
  const person = await stage.person('/chat');
  const isKept = person.page.getByRole('switch', {name: 'Never leave my devices'});
  const network = levels(person).locator('option[value=network]');
  await isKept.check();
  await expect(levels(person)).toHaveValue('device');
  await expect(network).toBeDisabled();
  await ask(person, 'What is 2 plus 3?');
  await expectAnswered(person);
  await person.page.reload();
  await expect(isKept).toBeChecked();
  await expect(network).toBeDisabled();
  await expect(levels(person)).toHaveValue('device');
  await person.page.getByRole('button', {name: 'Ask again'}).click();
  await expect(lastAnswer(person)).toHaveAttribute('data-status', 'streaming');
  await expectAnswered(person);
  expect(stage.frames.filter((frame) => frame[1] === kindOf.match), 'nothing was ever asked of it').toEqual([]);
  await stage.end();
});

test('sharing and asking oneself: the shared model answers here too, and others are answered meanwhile; afterwards it is loaded for this device', async ({browser}) => {
  const stage = await setStage(browser);
  const person = await stage.person('/share');
  await share(person, /processor/i);
  await person.page.getByRole('link', {name: 'Chat'}).click();
  await levels(person).selectOption({label: 'This device'});
  await expect(panel(person)).toContainText('it answers here too');
  expect(person.page.workers()).toHaveLength(1);
  const stranger = await stage.person('/chat');
  await ask(stranger, 'Count from 1 to 20.');
  await expect(lastAnswer(stranger)).toContainText('3', {timeout: 60_000});
  await ask(person, 'What is 2 plus 3?');
  expect(await expectAnswered(stranger)).toContain('20');
  expect(await expectAnswered(person)).toContain('5');
  expect(person.page.workers(), 'no second engine').toHaveLength(1);
  await person.page.getByRole('link', {name: /Share/}).first().click();
  await person.page.getByRole('button', {name: /Stop now/}).click();
  await expect(person.page.locator('share-page')).toHaveAttribute('data-status', 'off');
  await person.page.getByRole('link', {name: 'Chat'}).click();
  await ask(person, 'What is 3 plus 4?');
  expect(await expectAnswered(person)).toContain('7');
  await expect(panel(person)).toContainText('is loaded on this device');
  expect(person.page.workers()).toHaveLength(2);
  await panel(person).getByRole('button', {name: 'Free its memory'}).click();
  await expect.poll(() => person.page.workers().length).toBe(1);
  await stage.end();
});

test('nobody is there: this device is offered instead, and answers', async ({browser}) => {
  const stage = await setStage(browser);
  const person = await stage.person('/chat');
  await expect(person.page.getByText('No computer offers a model right now.', {exact: false})).toBeVisible();
  await person.page.getByRole('log').getByRole('button', {name: 'Use this device instead'}).click();
  await expect(levels(person)).toHaveValue('device');
  await ask(person, 'What is 2 plus 3?');
  expect(await expectAnswered(person)).toContain('5');
  await stage.end();
});

test('a model that is not here: nothing of it comes before the click, which names its size; it can be cancelled', async ({browser}) => {
  const mirror = mkdtempSync(join(tmpdir(), 'bombyx-mirror-'));
  const noise = randomModel({'config.json': 500, 'onnx/a.onnx': chunkBytes * 3});
  for (const [path, bytes] of noise.files) {
    const file = join(mirror, 'noise', path);
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, bytes);
  }
  writeFileSync(join(mirror, 'models.json'), JSON.stringify({models: [{...noise.entry, manifest: {...noise.entry.manifest, source: 'mirror/noise'}}]}));
  const stage = await setStage(browser, {MODEL_MIRROR: mirror});
  try {
    const person = await stage.person('/chat');
    const asked: string[] = [];
    await person.context.route('**/mirror/noise/**', (route) => void asked.push(route.request().url()));
    await levels(person).selectOption({label: 'This device'});
    await person.page.getByRole('combobox', {name: 'Model'}).selectOption({label: 'Noise · download 13 MB'});
    await person.page.getByRole('textbox', {name: 'Message'}).fill('Hello');
    await person.page.keyboard.press('Enter');
    await expect(person.page.getByText('Not sent: get the model to this device first.', {exact: false})).toBeVisible();
    expect(asked).toEqual([]);
    await panel(person).getByRole('button', {name: 'Get Noise (13 MB) to this device'}).click();
    await expect(panel(person).getByRole('progressbar')).toBeVisible();
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    await panel(person).getByRole('button', {name: 'Cancel'}).click();
    await expect(panel(person).getByRole('button', {name: /^Get Noise/})).toBeVisible();
    await expect.poll(() => person.page.workers().length, {message: 'what loaded it is gone'}).toBe(1);
    await stage.end();
  } finally {
    rmSync(mirror, {recursive: true, force: true});
  }
});
