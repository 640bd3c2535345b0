/** What a person allows: a break holds jobs off until it ends, and a GPU is measured before anything is downloaded. */
import {expect, test} from '@playwright/test';
import {ask, expectAnswered, setStage, share} from './stage.ts';

test('a break: no job comes in, the page says so, and the waiting one is answered when it ends', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  await share(sharer, /processor/i);
  await expect(sharer.page.getByText(/^(Writes [\d.]+ tokens\/s, reads [\d,]+ tokens\/s|Too slow to measure in a few seconds)$/), 'the loaded model was measured').toBeVisible();
  const asker = await stage.person('/chat');
  await expect(asker.page.getByRole('combobox', {name: 'Model'})).toContainText('Bombyx tiny', {timeout: 15_000});
  await sharer.page.getByRole('button', {name: 'Pause for an hour'}).click();
  await expect(sharer.page.getByText(/Paused by you/).first()).toBeVisible();
  await sharer.page.reload();
  await share(sharer, /processor/i);
  await expect(sharer.page.getByText(/Paused by you/).first(), 'a reload does not end it').toBeVisible();
  await ask(asker, 'Count from 1 to 5.');
  await expect(asker.page.getByRole('button', {name: 'Stop'})).toBeVisible();
  await sharer.page.getByRole('button', {name: 'Go on now'}).click();
  expect(await expectAnswered(asker)).toContain('5');
  await stage.end();
});

test('a GPU is measured before anything is downloaded; what can’t run here is named with its reason', async ({browser}) => {
  const stage = await setStage(browser);
  const {page} = await stage.person('/share');
  await page.getByText(/models can’t run here/).click();
  await expect(page.getByText(/Qwen3 8B: Too slow without a real GPU/)).toBeVisible();
  await page.getByRole('button', {name: /^Measure this GPU/}).click();
  await expect(page.getByText(/Reads its memory at [\d.]+ .B per second/)).toBeVisible({timeout: 60_000});
  await stage.end();
});
