/** Pictures in a conversation: made small here, asked about, kept, left out where there is no room, and never sent to a model that is blind. */
import {type Browser, expect, type Page, test} from '@playwright/test';
import {isImage, imageType} from '#protocol/image.ts';
import type {EngineJob} from '#protocol/roles/engine.ts';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {systemClock} from '../platform/clock.ts';
import {noise} from './media-files.ts';
import {expectAnswered, setStage, share} from './stage.ts';
import {twinMirror, twinNode} from './twin-node.ts';

/** What of each message arrived. */
const toldOf = (job: EngineJob): string =>
  job.task === 'image-text' ? job.messages.map(({content, images}) => `${content}: ${images.map((image) => (isImage(image) ? imageType(image) : 'broken')).join(' ') || 'none'}`).join('; ') : job.task;

async function start(browser: Browser) {
  const mirror = twinMirror();
  const stage = await setStage(browser, {MODEL_MIRROR: mirror.folder});
  return {stage, end: () => stage.end().finally(() => mirror.remove())};
}

const attach = async (page: Page, ...sizes: readonly number[]) => {
  const files = await Promise.all(sizes.map(async (width, index) => ({name: `moth ${index + 1}.png`, mimeType: 'image/png', buffer: await noise(page, {width, height: 40, type: 'image/png'})})));
  await page.getByLabel('Attach pictures, text or PDF files').setInputFiles(files);
  await expect(page.locator('attachment-list li[data-file=picture]')).toHaveCount(sizes.length);
};
const send = async (page: Page, question: string) => {
  await page.getByRole('textbox', {name: 'Message'}).fill(question);
  await page.getByRole('button', {name: 'Send'}).click();
};

test('pictures go with a question as JPEG, stay in the conversation, in later questions, after a reload and when it is written anew', async ({browser}) => {
  const {stage, end} = await start(browser);
  await twinNode(stage.relay, fakeEngine({clock: systemClock, answer: (job) => toldOf(job), items: () => [], msPerToken: 5}));
  const asker = await stage.person('/chat');
  const {page} = asker;
  await expect(page.getByRole('combobox', {name: 'Model'})).toContainText('A twin', {timeout: 15_000});
  await attach(page, 60, 50);
  await expect(page.locator('attachment-list bytes-picture img')).toHaveCount(2);
  await page.getByRole('button', {name: 'Remove moth 2.png'}).click();
  await expect(page.locator('attachment-list li')).toHaveCount(1);
  await send(page, 'What is it?');
  expect(await expectAnswered(asker)).toContain('What is it?: image/jpeg');
  await expect(page.locator('attachment-list li')).toHaveCount(0);
  await expect(page.getByRole('img', {name: 'Picture 1 of 1'})).toBeVisible();

  await page.reload();
  await expect(page.getByRole('img', {name: 'Picture 1 of 1'})).toBeVisible();
  await expect(page.getByRole('combobox', {name: 'Model'})).toContainText('A twin', {timeout: 15_000});
  await send(page, 'And its colour?');
  await expect(page.locator('article[data-status]')).toHaveCount(4);
  expect(await expectAnswered(asker)).toMatch(/What is it\?: image\/jpeg; .*: none; And its colour\?: none/);

  await page.getByRole('button', {name: 'Edit question'}).first().click();
  await page.getByRole('textbox', {name: 'Edit your question'}).fill('What is this?');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('article[data-status]')).toHaveCount(2);
  expect(await expectAnswered(asker)).toContain('What is this?: image/jpeg');
  await expect(page.getByRole('img', {name: 'Picture 1 of 1'})).toBeVisible();

  await attach(page, 40);
  await send(page, '');
  await expect(page.locator('article[data-status]')).toHaveCount(4);
  expect(await expectAnswered(asker), 'a picture alone is a question').toMatch(/What is this\?: image\/jpeg; .*; : image\/jpeg/);
  await end();
});

test('a model that sees no pictures is named before anything is sent, with one that does where there is one', async ({browser}) => {
  const {stage, end} = await start(browser);
  await share(await stage.person('/share'), /processor/i);
  const {page} = await stage.person('/chat');
  const model = page.getByRole('combobox', {name: 'Model'});
  await expect(model).toContainText('Bombyx tiny', {timeout: 15_000});
  await attach(page, 60);
  await expect(page.getByRole('button', {name: 'Send'})).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('textbox', {name: 'Message'}).fill('What is it?');
  await page.getByRole('textbox', {name: 'Message'}).press('Enter');
  await expect(page.getByText('This model cannot see pictures, and no model on offer can.')).toBeVisible();
  await twinNode(stage.relay, fakeEngine({clock: systemClock, answer: (job) => toldOf(job), items: () => [], msPerToken: 5}));
  await expect(page.getByText('This model cannot see pictures. Choose “A twin”, which can.')).toBeVisible({timeout: 15_000});
  await model.selectOption({label: await model.locator('option', {hasText: 'A twin'}).innerText()});
  await page.getByRole('button', {name: 'Send'}).click();
  await expect(page.locator('article[data-status]').last()).toContainText('What is it?: image/jpeg', {timeout: 30_000});
  await end();
});
