/** The rooms of the page for sharing: its tabs, the schedule, what jobs brought, and what this browser keeps. */
import {readFile} from 'node:fs/promises';
import {expect, type Page, test} from '@playwright/test';
import {connectDemoWallet, setMoneyStage} from './money-stage.ts';
import {ask, expectAnswered, setStage, share} from './stage.ts';

const tab = (page: Page, name: string) => page.getByRole('navigation', {name: 'Parts of this page'}).getByRole('link', {name});

test('tabs by keyboard; the schedule by keyboard pauses the node and says when it goes on', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  const {page} = sharer;
  await share(sharer, /processor/i);
  await tab(page, 'Overview').focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/share\/limits$/);
  await expect(tab(page, 'Schedule & limits')).toHaveAttribute('aria-current', 'page');
  await expect(tab(page, 'Schedule & limits'), 'focus stays where the person is').toBeFocused();

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
  await tab(page, 'Schedule & limits').click();
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

/** What a button hands out as a file. */
async function fileOf(page: Page, button: string): Promise<string> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', {name: button}).click();
  return readFile(await (await coming).path(), 'utf8');
}

test('a job is in the bars, the table and the files, also after a reload and in another tab', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  await share(sharer, /processor/i);
  const other = await sharer.context.newPage();
  await other.goto(`${stage.relay.url}/share/jobs`);
  await expect(other.getByText('Nothing in this time yet.')).toBeVisible();
  const asker = await stage.person('/chat');
  await ask(asker, 'Count from 1 to 5.');
  await expectAnswered(asker);
  await tab(sharer.page, 'Jobs').click();
  await expect(sharer.page.getByText(/^1 job · /), 'it is in the book').toBeVisible();
  await sharer.page.reload();
  for (const page of [sharer.page, other]) {
    await expect(page.getByRole('img', {name: /^Bars: jobs done, Today/})).toBeVisible();
    await expect(page.getByText('Earned 0 TON'), 'free answers count as 0').toBeVisible();
    await page.getByText('The same as a table').click();
    await expect(page.getByRole('region', {name: 'The same as a table'}).getByRole('row')).toHaveCount(2);
    await expect(page.getByRole('region', {name: 'Table of jobs'}).getByRole('row', {name: /chat .* free Done signed/})).toHaveCount(1);
    await page.getByRole('button', {name: '30 days'}).click();
    await expect(page.getByRole('img', {name: /^Bars: jobs done, 30 days/})).toBeVisible();
  }
  const days = (await fileOf(other, 'Save as CSV')).trim().split('\r\n');
  expect([days.length, days[0], days.at(-1)?.split(',').slice(1, 4)]).toEqual([31, 'when,earned_TON,jobs,not_finished,tokens,working_seconds,waiting_seconds', ['0', '1', '0']]);
  expect(await fileOf(other, 'Save jobs as CSV')).toMatch(/^when,job,type,tokens,milliseconds,earned_TON,outcome\r\n[^,]+,\w+,chat,\d+,\d+,0,done\r\n$/);
  await expect(other.getByText('After five minutes of sharing, this page says what an hour brings here')).toBeVisible();
  await stage.end();
});

test('models: demand by the relay’s count, the room that there is, and the promise to keep it', async ({browser}) => {
  const stage = await setStage(browser);
  const {page} = await stage.person('/share/models');
  const tiny = page.getByRole('article', {name: /Bombyx tiny/});
  await expect(tiny.getByText('Demand: none seen')).toBeVisible();
  await expect(tiny.getByText(/Fewer than five jobs in the last ten minutes · 0 computers offer it/)).toBeVisible();
  await expect(page.getByRole('meter', {name: 'Storage used'})).toBeVisible();
  await expect(page.getByText('May be cleared by the browser')).toBeVisible();
  await page.getByRole('button', {name: 'Ask the browser to keep it'}).click();
  await expect(page.getByText(/^(Kept: the browser|May be cleared .* The browser did not agree)/)).toBeVisible();
  await stage.end();
});

test('a fresh profile: the GPU is checked, and within 30 seconds there is a job with a receipt', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  const {page} = sharer;
  await expect(page.getByRole('button', {name: 'Start sharing'})).toHaveAttribute('aria-disabled', 'false');
  const pressed = Date.now();
  await share(sharer);
  await expect(page.getByText(/^[\d.]+ .B per second, correct$/)).toBeVisible();
  await page.getByRole('button', {name: 'Send yourself a test question'}).click();
  await expect(page.getByText(/^Your own test question was answered in [\d.]+ s, receipt checked\.$/)).toBeVisible({timeout: 30_000});
  expect(Date.now() - pressed).toBeLessThan(30_000);
  await expect(page.getByText(/^Your first job: [\d.]+ s, receipt signed, free\.$/)).toBeVisible();
  await expect(page.getByRole('region', {name: 'Today'}).getByText(/1 job/)).toBeVisible();
  await stage.end();
});

test('sharing starts with the app where that is chosen, says so, and can be told not to', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share/limits');
  const {page} = sharer;
  await page.getByRole('checkbox', {name: 'Start when I open this app'}).check();
  await tab(page, 'Overview').click();
  await share(sharer, /processor/i);
  await page.reload();
  await expect(page.locator('share-page')).toHaveAttribute('data-status', 'ready', {timeout: 60_000});
  await expect(page.getByText('Sharing starts when you open this app.')).toBeVisible();
  await page.getByRole('button', {name: 'Don’t start by itself'}).click();
  await expect(page.getByText('Sharing starts when you open this app.')).toBeHidden();
  await page.reload();
  await expect(page.getByRole('button', {name: 'Start sharing'})).toHaveAttribute('aria-disabled', 'false');
  await expect(page.locator('share-page')).toHaveAttribute('data-status', 'off');
  await stage.end();
});

test('switches for what this browser does not have are not there', async ({browser}) => {
  const stage = await setStage(browser);
  const {page, context} = await stage.person('/privacy');
  await context.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'wakeLock');
    Reflect.deleteProperty(Navigator.prototype, 'setAppBadge');
    Reflect.deleteProperty(globalThis, 'Notification');
  });
  await page.goto(`${stage.relay.url}/share/limits`);
  const switches = page.getByRole('region', {name: 'On this device'});
  await expect(switches.getByRole('checkbox')).toHaveCount(1);
  await expect(switches.getByRole('checkbox', {name: 'Start when I open this app'})).toBeVisible();
  const whole = await stage.person('/share/limits');
  await expect(whole.page.getByRole('checkbox', {name: 'Keep the screen awake while sharing'})).toBeVisible();
  await stage.end();
});

test('what others ask for a model is beside what this computer asks; a price of its own is kept, and one far above is said to be', async ({browser}) => {
  const stage = await setMoneyStage(browser);
  const cheap = await stage.person('/share');
  await cheap.page.getByText('For TON').click();
  await connectDemoWallet(cheap);
  await cheap.page.getByLabel(/^Price of a million tokens read/).fill('0');
  await cheap.page.getByLabel(/^Price of a million tokens written/).fill('4');
  await share(cheap, /processor/i);
  const {page} = await stage.person('/share');
  await page.getByText('For TON').click();
  await tab(page, 'Models').click();
  const tiny = page.getByRole('article', {name: /Bombyx tiny/});
  await expect(tiny.getByText('Read 0 TON · Written 4 TON')).toBeVisible({timeout: 15_000});
  await expect(tiny.getByText('Read 0.05 TON · Written 0.2 TON')).toBeVisible();
  await tiny.getByText('A price of its own for this model').click();
  await tiny.getByRole('textbox', {name: /written/}).fill('9');
  await expect(tiny.getByText('Yours is far above what others ask')).toBeVisible();
  await expect(tiny.getByText('A changed price counts from the next start.')).toBeVisible();
  await page.reload();
  await expect(tiny.getByText('Read 0.05 TON · Written 9 TON')).toBeVisible();
  await tab(page, 'Overview').click();
  await expect(page.getByText('This model has a price of its own: Read 0.05 TON · Written 9 TON.')).toBeVisible();
  await stage.end();
});
