/** The first steps of a stranger: with the keyboard alone on a phone's width, and when the app can't start. */
import {expect, test} from '@playwright/test';
import {expectAnswered, setStage, share, tabTo} from './stage.ts';

test('by keyboard alone, on a phone: from the start page to an answer', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  await share(sharer, /processor/i);
  const person = await stage.person('/');
  await person.page.setViewportSize({width: 360, height: 740});
  await expect(person.page.getByText(/^Connected\. One model is on offer/)).toBeVisible();
  await tabTo(person, /^Ask something$/);
  await person.page.keyboard.press('Enter');
  await expect(person.page.getByRole('textbox', {name: 'Message'})).toBeVisible();
  await tabTo(person, /^Message/);
  await person.page.keyboard.type('What is 3 plus 4?');
  await person.page.keyboard.press('Enter');
  expect(await expectAnswered(person)).toContain('3 + 4 = 7');
  const sideways = await person.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(sideways, 'nothing sticks out of the screen').toBe(0);
  await stage.end();
});

test('the app can not start: it says why, and starts when the reason is gone', async ({browser}) => {
  const stage = await setStage(browser);
  const {page} = await stage.person('/');
  await page.route('**/models.json', (route) => route.abort());
  await page.reload();
  await expect(page.getByRole('alert')).toContainText(/could not start.*list of models did not arrive/s);
  await page.unroute('**/models.json');
  await page.reload();
  await expect(page.getByRole('button', {name: 'Ask something'})).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await stage.end();
});
