/** What a person without a pointer does beside asking: share and stop, connect a wallet and deposit, change the language, pair. */
import {expect, test} from '@playwright/test';
import {getTestCoins, newestOrder, setMoneyStage} from './money-stage.ts';
import {setStage, tabTo} from './stage.ts';

test('by keyboard alone: a computer is shared, seen from another page, and stopped there', async ({browser}) => {
  const stage = await setStage(browser);
  const person = await stage.person('/');
  const {page} = person;
  await tabTo(person, /^Share my GPU$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', {level: 1})).toBeFocused();
  await tabTo(person, /processor/i);
  await page.keyboard.press('Enter');
  await expect(page.locator('share-page')).toHaveAttribute('data-status', 'ready', {timeout: 60_000});
  await tabTo(person, /^Settings$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', {level: 1, name: 'Settings'})).toBeFocused();
  await tabTo(person, /Sharing · /);
  await page.keyboard.press('Enter');
  await tabTo(person, /^Stop now/);
  await page.keyboard.press('Enter');
  await expect.poll(() => stage.relay.hub.census().nodes).toBe(0);
  await stage.end();
});

test('by keyboard alone: a wallet is connected and coins are deposited', async ({browser}) => {
  const stage = await setMoneyStage(browser);
  const person = await stage.person('/wallet');
  const {page} = person;
  const inside = page.frameLocator('dialog.wallet iframe');
  await tabTo(person, /^Connect a wallet$/);
  await page.keyboard.press('Enter');
  await expect(inside.getByRole('button', {name: 'Connect', exact: true})).toBeVisible({timeout: 20_000});
  for (let presses = 0; presses < 12 && !(await inside.getByRole('button', {name: 'Connect', exact: true}).evaluate((button) => button.matches(':focus'))); presses += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('dialog.wallet')).toBeHidden();
  await getTestCoins(person);
  await tabTo(person, /^Deposit/);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await expect(inside.getByRole('button', {name: 'Approve', exact: true})).toBeVisible({timeout: 20_000});
  for (let presses = 0; presses < 12 && !(await inside.getByRole('button', {name: 'Approve', exact: true}).evaluate((button) => button.matches(':focus'))); presses += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(newestOrder(person)).toHaveAttribute('data-state', 'confirmed', {timeout: 20_000});
  await stage.end();
});

test('by keyboard alone: the language is changed, and the focus stays where it was', async ({browser}) => {
  const stage = await setStage(browser);
  const {page} = await stage.person('/settings');
  await page.getByRole('radio', {name: 'English'}).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
  await expect(page.getByRole('radio', {name: 'Русский'})).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('radio', {name: 'English'})).toBeFocused();
  await stage.end();
});
