/** The rooms of the page for sharing: its tabs, the schedule, what jobs brought, and what this browser keeps. */
import {expect, type Page, test} from '@playwright/test';
import {setStage, share} from './stage.ts';

const tab = (page: Page, name: string) => page.getByRole('navigation', {name: 'Parts of this page'}).getByRole('link', {name});

test('tabs by keyboard; the schedule by keyboard pauses the node and says when it goes on', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  const {page} = sharer;
  await share(sharer);
  await tab(page, 'Overview').focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/share\/limits$/);
  await expect(tab(page, 'Schedule and limits')).toHaveAttribute('aria-current', 'page');
  await expect(tab(page, 'Schedule and limits'), 'focus stays where the person is').toBeFocused();

  const grid = page.getByRole('grid', {name: 'Hours of the week in which this computer shares'});
  const hour = (name: string) => grid.getByRole('gridcell', {name});
  await expect(grid.getByRole('gridcell', {selected: true})).toHaveCount(7 * 24);
  await hour('Monday 00:00–01:00').focus();
  await page.keyboard.press('Space');
  await expect(hour('Monday 00:00–01:00: rests')).toHaveAttribute('aria-selected', 'false');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(grid.getByRole('gridcell', {selected: false}), 'a rectangle is painted').toHaveCount(4);
  await expect(hour('Tuesday 01:00–02:00: rests')).toBeFocused();
  await expect(page.getByText('Monday to Tuesday: 02:00–24:00')).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(grid.getByRole('columnheader', {name: '01:00–02:00, all days'})).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(grid.getByRole('gridcell', {selected: false}), 'an hour of which some are closed is opened on all days').toHaveCount(2);

  await grid.getByRole('columnheader', {name: 'All hours'}).click();
  await expect(grid.getByRole('gridcell', {selected: true})).toHaveCount(7 * 24);
  await grid.getByRole('columnheader', {name: 'All hours'}).click();
  await expect(page.getByText('No hour is chosen, so no jobs come.')).toBeVisible();
  await tab(page, 'Overview').click();
  await expect(page.getByText(/Paused: outside the hours that you set/).first()).toBeVisible();
  await expect.poll(() => stage.relay.hub.supply().filter(({idle}) => idle > 0).length, {message: 'the relay sends it nothing'}).toBe(0);

  await page.reload();
  await tab(page, 'Schedule and limits').click();
  await expect(page.getByText('Every day: not at all')).toBeVisible();
  await page.getByRole('button', {name: 'Weekends'}).click();
  await expect(page.getByText('Saturday to Sunday: all day')).toBeVisible();
  await expect(page.getByRole('button', {name: 'Weekends'})).toHaveAttribute('aria-pressed', 'true');
  await stage.end();
});

test('the schedule is drawn with a mouse, and fits a phone', async ({browser}) => {
  const stage = await setStage(browser);
  const {page} = await stage.person('/share/limits');
  const hour = (name: string) => page.getByRole('gridcell', {name});
  await hour('Monday 09:00–10:00').hover();
  await page.mouse.down();
  await hour('Wednesday 11:00–12:00').hover();
  await page.mouse.up();
  await expect(page.getByText('Monday to Wednesday: 00:00–09:00, 12:00–24:00')).toBeVisible();
  await page.setViewportSize({width: 320, height: 640});
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  const box = await hour('Friday 20:00–21:00').boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0), 'a target of 24 pixels').toBeGreaterThanOrEqual(24);
  await hour('Friday 20:00–21:00').focus();
  await page.keyboard.press('ArrowDown');
  await expect(hour('Friday 21:00–22:00'), 'arrows follow what is seen').toBeFocused();
  await stage.end();
});
