/** Several tabs of one browser: one shares, all of them show it and can stop it, and when it is gone another one may start. */
import {expect, type Page, test} from '@playwright/test';
import {ask, expectAnswered, type Person, setStage, share} from './stage.ts';

const onProcessor = /^Use the processor/;
const runsElsewhere = 'Sharing runs in another tab of this browser. It goes on only while that tab is open.';

const openTab = async ({page, context}: Person): Promise<Person> => {
  const tab = await context.newPage();
  await tab.goto(page.url());
  return {page: tab, context};
};

const expectStatus = (page: Page, status: string) => expect(page.locator('share-page')).toHaveAttribute('data-status', status, {timeout: 15_000});

const counts = async ({page}: Person) => [await page.locator('.figures').innerText(), await page.locator('job-log').innerText()];

/** Shows what the tab shows that shares, and offers no start of its own. */
async function expectFollows({page}: Person, {jobsDone}: {readonly jobsDone: string}): Promise<void> {
  await expectStatus(page, 'ready');
  await expect(page.getByText(runsElsewhere)).toBeVisible();
  await expect(page.getByRole('button', {name: 'Finish, then stop'})).toBeVisible();
  await expect(page.getByRole('button', {name: onProcessor})).toBeHidden();
  await expect(page.locator('status-chip .chip').last()).toContainText(`Sharing · ${jobsDone}`);
  await expect(page).toHaveTitle(/^Share my GPU/);
}

test('one tab shares, tabs opened before and after it show the same; limits and stops work from each', async ({browser}) => {
  const stage = await setStage(browser);
  const before = await stage.person('/share');
  const sharer = await openTab(before);
  await share(sharer, onProcessor);
  const after = await openTab(before);
  for (const tab of [before, after]) await expectFollows(tab, {jobsDone: '0 jobs'});
  for (const {page} of [sharer, before, after]) await expect(page.getByText('Ready. Nobody asks for this model now').first(), 'as the relay says').toBeVisible();
  await expect(sharer.page.getByText(runsElsewhere)).toBeHidden();
  await expect(sharer.page).toHaveTitle(/^●/);

  const asker = await stage.person('/chat');
  await ask(asker, 'Count from 1 to 5.');
  await expectAnswered(asker);
  for (const tab of [before, after]) await expectFollows(tab, {jobsDone: '1 job'});
  for (const tab of [before, after]) expect(await counts(tab), 'figures and log are the same').toEqual(await counts(sharer));

  await before.page.getByRole('button', {name: 'Pause for an hour'}).click();
  for (const {page} of [sharer, before, after]) await expect(page.getByText(/Paused by you/).first()).toBeVisible();
  await after.page.getByRole('button', {name: 'Go on now'}).click();
  for (const {page} of [sharer, before, after]) await expect(page.getByText(/Paused by you/)).toHaveCount(0);
  for (const {page} of [sharer, before, after]) await page.getByRole('link', {name: 'Schedule & limits'}).click();
  await after.page.getByRole('radio', {name: '60 % of the time'}).check();
  for (const {page} of [sharer, before, after]) await expect(page.getByRole('radio', {name: '60 % of the time'})).toBeChecked();

  await before.page.getByRole('link', {name: 'Overview'}).click();
  await before.page.getByRole('button', {name: 'Stop now'}).click();
  for (const {page} of [sharer, before, after]) await expectStatus(page, 'off');
  await expect.poll(() => stage.relay.hub.census().nodes).toBe(0);
  await before.page.getByRole('link', {name: 'Schedule & limits'}).click();
  await before.page.reload();
  await expect(before.page.getByRole('radio', {name: '60 % of the time'}), 'the limit was kept').toBeChecked();
  await stage.end();
});

test('the tab that shares is closed, or crashes: the others are off at once, and one of them can start', async ({browser}) => {
  const stage = await setStage(browser);
  const first = await stage.person('/share');
  const second = await openTab(first);
  const third = await openTab(first);
  await share(first, onProcessor);
  await expectFollows(second, {jobsDone: '0 jobs'});
  await first.page.close();
  await expectStatus(second.page, 'off');
  await expect(second.page.getByText(runsElsewhere)).toBeHidden();
  await share(second, onProcessor);
  await expectFollows(third, {jobsDone: '0 jobs'});

  const crashed = second.page.waitForEvent('crash');
  await second.page.goto('chrome://crash').catch(() => {});
  await crashed;
  await expectStatus(third.page, 'off');
  await share(third, onProcessor);
  await expect.poll(() => stage.relay.hub.census().nodes).toBe(1);
  await stage.end();
});
