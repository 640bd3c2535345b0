/** Every task, for real: a relay serves a model, a tab shares it, another person's file is made ready, sealed, computed on, and the result shown with a receipt that was checked. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Browser, expect, type Page, test} from '@playwright/test';
import {sayDigits} from '../../models/circuits/speech.ts';
import {type Circuit, circuitEntries} from './circuit-stage.ts';
import {film, wavOf} from './media-files.ts';
import {pngOf} from './png.ts';
import {setStage, share, type Stage} from './stage.ts';

let mirror = '';

test.beforeAll(async () => {
  mirror = mkdtempSync(join(tmpdir(), 'bombyx-circuits-'));
  writeFileSync(join(mirror, 'models.json'), JSON.stringify({models: Object.values(await circuitEntries({folder: mirror, source: 'mirror'}))}));
});
test.afterAll(() => rmSync(mirror, {recursive: true}));

/** A tab that shares one of the models, until it is closed. */
async function sharing(stage: Stage, model: Circuit): Promise<{close(): Promise<void>}> {
  const sharer = await stage.person('/share');
  await sharer.page.getByRole('radio', {name: `Test ${model}`}).click();
  await share(sharer, /^Use the processor/);
  return sharer.context;
}

const result = (page: Page) => page.locator('task-result article');

async function done(page: Page, button: string): Promise<string> {
  await page.getByRole('button', {name: button, exact: true}).click();
  await expect(result(page)).toHaveAttribute('data-status', 'done', {timeout: 60_000});
  await expect(result(page)).toHaveAttribute('data-receipt', 'valid');
  return result(page).innerText();
}

async function begin(browser: Browser, {task, model}: {task: string; model: Circuit}) {
  const stage = await setStage(browser, {MODEL_MIRROR: mirror});
  const {page} = await stage.person('/tasks');
  await page.getByRole('radio', {name: task, exact: true}).check({force: true});
  await sharing(stage, model);
  await expect(page.getByRole('combobox', {name: 'Model'})).toContainText(`Test ${model}`, {timeout: 15_000});
  return {stage, page};
}

const blue = {name: 'blue.png', mimeType: 'image/png', buffer: Buffer.from(pngOf([20, 20, 230], [900, 600]))};

test('a picture is described, and asked about', async ({browser}) => {
  const {stage, page} = await begin(browser, {task: 'Picture', model: 'pictures'});
  await page.getByLabel('Choose a picture').setInputFiles(blue);
  expect(await done(page, 'Ask')).toContain('a blue picture');
  await page.getByRole('textbox', {name: 'Question'}).fill('Say yes if you see it.');
  await page.getByRole('button', {name: 'Ask', exact: true}).click();
  await expect(result(page)).toContainText('yes', {timeout: 30_000});
  await expect(result(page)).toHaveAttribute('data-receipt', 'valid');
  await stage.end();
});

test('speech is written down with its times', async ({browser}) => {
  const {stage, page} = await begin(browser, {task: 'Speech', model: 'speech'});
  // Forty seconds: two pieces, the second one cut where it is quiet.
  await page.getByLabel('Choose a sound or a film').setInputFiles({name: 'digits.wav', mimeType: 'audio/wav', buffer: wavOf(sayDigits('12 9                       08 3 4          '), 16_000)});
  const text = await done(page, 'Write it down');
  for (const said of ['one two', 'nine', 'zero eight']) expect(text).toContain(said);
  await expect(result(page)).toHaveAttribute('data-jobs', '2/2');
  await stage.end();
});

test('a film: its frames are described, summed up, and searched', async ({browser}) => {
  const {stage, page} = await begin(browser, {task: 'Film', model: 'pictures'});
  await page.getByRole('radio', {name: '4', exact: true}).check();
  await page.getByLabel('Choose a film').setInputFiles({name: 'colours.webm', mimeType: 'video/webm', buffer: await film(page)});
  await expect(page.getByText(/^4 frames out of/)).toBeVisible({timeout: 30_000});
  expect(await done(page, 'Look at it')).toMatch(/a red picture.*a red picture.*a blue picture.*a blue picture/s);
  await page.getByRole('radio', {name: 'Sum up the film'}).check();
  await page.getByRole('button', {name: 'Look at it'}).click();
  await expect(result(page)).toContainText('a red and blue picture', {timeout: 30_000});

  await sharing(stage, 'colours');
  await expect(page.getByRole('combobox', {name: 'Model'})).toContainText('Test colours', {timeout: 15_000});
  await page.getByRole('combobox', {name: 'Model'}).selectOption({label: 'Test colours · 1 computer'});
  await page.getByRole('radio', {name: 'Find something'}).check();
  await page.getByRole('textbox', {name: 'Where is …?'}).fill('something blue');
  await page.getByRole('button', {name: 'Look at it'}).click();
  await expect(result(page)).toHaveAttribute('data-items', '4', {timeout: 30_000});
  await expect(result(page)).toHaveAttribute('data-receipt', 'valid');
  const scores = await result(page).locator('li').evaluateAll((items) => items.map((item) => [Number(item.getAttribute('data-at')), Number(item.getAttribute('data-score'))]));
  const [best, second, third] = scores;
  expect([best, second].every((frame) => (frame?.[0] ?? 0) > 1000), 'the blue frames are the later ones').toBe(true);
  expect(second?.[1]).toBeGreaterThan(9000);
  expect(third?.[1]).toBeLessThan(5000);
  await stage.end();
});

test('texts are searched by meaning, and a text is sorted', async ({browser}) => {
  const {stage, page} = await begin(browser, {task: 'Search texts', model: 'topics'});
  await page.getByLabel('Texts, one per line').fill('rain and snow\nthe train to the airport\na horse and a cow\nmy salary and my wallet');
  await page.getByRole('textbox', {name: 'Question'}).fill('what does a sheep eat');
  expect(await done(page, 'Compare')).toMatch(/The closest first\s+a horse and a cow/);
  await page.getByRole('radio', {name: 'Sort', exact: true}).check({force: true});
  await page.getByRole('textbox', {name: 'Text', exact: true}).fill('cheese and bread for dinner');
  await page.getByLabel('Labels, one per line').fill('weather\nfruit\nmoney');
  expect(await done(page, 'Sort it')).toMatch(/fruit\s+(9\d|100)%/);
  await stage.end();
});

test('a picture is sorted by one’s own labels, a text by those of the model', async ({browser}) => {
  const {stage, page} = await begin(browser, {task: 'Sort', model: 'colours'});
  await page.getByRole('radio', {name: 'A picture'}).check();
  await page.getByLabel('Choose a picture').setInputFiles(blue);
  await page.getByLabel('Labels, one per line').fill('red\nblue\ngreen');
  expect(await done(page, 'Sort it')).toMatch(/blue\s+\d+%\s+/);

  await sharing(stage, 'mood');
  await expect(page.getByRole('combobox', {name: 'Model'})).toContainText('Test mood', {timeout: 15_000});
  await page.getByRole('combobox', {name: 'Model'}).selectOption({label: 'Test mood · 1 computer'});
  await page.getByRole('radio', {name: 'A text'}).check();
  await page.getByRole('textbox', {name: 'Text', exact: true}).fill('What a great and beautiful day, I love it');
  await page.getByLabel('Labels, one per line').fill('');
  await page.getByRole('button', {name: 'Sort it'}).click();
  await expect(result(page)).toContainText(/positive\s*\d+%/, {timeout: 30_000});
  await expect(result(page)).toHaveAttribute('data-receipt', 'valid');
  await stage.end();
});

test('what a model can not do is said, and costs nothing', async ({browser}) => {
  const {stage, page} = await begin(browser, {task: 'Film', model: 'colours'});
  await page.getByRole('radio', {name: '4', exact: true}).check();
  await page.getByLabel('Choose a film').setInputFiles({name: 'colours.webm', mimeType: 'video/webm', buffer: await film(page)});
  await expect(page.getByText(/^4 frames out of/)).toBeVisible({timeout: 30_000});
  await page.getByRole('button', {name: 'Look at it'}).click();
  await expect(result(page)).toHaveAttribute('data-status', 'failed', {timeout: 30_000});
  await expect(result(page)).toContainText('This model can not do that. Nothing was computed; choose another model.');
  await stage.end();
});
