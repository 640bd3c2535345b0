/** A new version while a job runs: agreed to, it lets the job end, the node leave and only then takes over. */
import {appendFileSync, cpSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {type Browser, expect, type Page, test} from '@playwright/test';
import {ask, expectAnswered, lastAnswer, setStage, share, type Stage} from './stage.ts';

const longQuestion = 'Count from 1 to 20.';

/** Waits until the service worker keeps the app, and loads the page through it. */
async function install(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.reload();
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
}

const waits = (page: Page) => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting != null);

/** A relay whose app can be replaced by a newer one. */
async function withNextVersion(browser: Browser, act: (stage: Stage, publish: (page: Page) => Promise<void>) => Promise<void>): Promise<void> {
  const dist = mkdtempSync(join(tmpdir(), 'bombyx-dist-'));
  cpSync(resolve(import.meta.dirname, '../../dist'), dist, {recursive: true});
  const stage = await setStage(browser, {BOMBYX_DIST: dist});
  try {
    await act(stage, async (page) => {
      appendFileSync(join(dist, 'sw.js'), '\n// the next version\n');
      await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
    });
    await stage.end();
  } finally {
    rmSync(dist, {recursive: true, force: true});
  }
}

test('agreed to in the tab that answers: the asker gets the whole answer with its receipt, then the version changes', async ({browser}) => {
  await withNextVersion(browser, async (stage, publish) => {
    const sharer = await stage.person('/share');
    await install(sharer.page);
    await share(sharer);
    const asker = await stage.person('/chat');
    await ask(asker, longQuestion);
    await expect(lastAnswer(asker)).toContainText(/\w+ \w+/, {timeout: 60_000});
    await publish(sharer.page);
    await expect(sharer.page.getByText('Update ready. It installs after the current job.')).toBeVisible();
    await expect(lastAnswer(asker), 'the job still runs').not.toHaveAttribute('data-status', 'done');
    const loaded = sharer.page.waitForEvent('load');
    await sharer.page.getByRole('button', {name: 'Update after this job'}).click();
    await expect(sharer.page.getByText('The update installs when the current job has ended.')).toBeVisible();
    expect(await waits(sharer.page), 'the new version waits while the job runs').toBe(true);
    await expectAnswered(asker);
    await loaded;
    expect(await waits(sharer.page), 'it runs').toBe(false);
    await expect.poll(() => stage.relay.hub.census().nodes, {message: 'the node has left'}).toBe(0);
  });
});

test('agreed to in another tab of that browser: the tab that answers ends its job first, too', async ({browser}) => {
  await withNextVersion(browser, async (stage, publish) => {
    const sharer = await stage.person('/share');
    await install(sharer.page);
    await share(sharer);
    const other = await sharer.context.newPage();
    await other.goto(`${stage.relay.url}/settings`);
    const asker = await stage.person('/chat');
    await ask(asker, longQuestion);
    await expect(lastAnswer(asker)).toContainText(/\w+ \w+/, {timeout: 60_000});
    await publish(other);
    const loaded = other.waitForEvent('load');
    await other.getByRole('button', {name: 'Update after this job'}).click();
    expect(await waits(other), 'the new version waits while the job runs').toBe(true);
    await expectAnswered(asker);
    await loaded;
    expect(await waits(other), 'it runs').toBe(false);
    await expect(sharer.page.locator('share-page')).toHaveAttribute('data-status', 'off');
  });
});

test('what was typed and is kept nowhere is not lost to an update without a question', async ({browser}) => {
  await withNextVersion(browser, async (stage, publish) => {
    const {page} = await stage.person('/chat');
    await install(page);
    // What is typed elsewhere is still there after the update.
    await page.getByRole('button', {name: 'Temporary'}).click();
    await page.getByRole('textbox', {name: 'Message'}).fill('half a thought');
    await publish(page);
    await page.getByRole('button', {name: 'Update now'}).click();
    await page.getByRole('button', {name: 'Keep writing'}).click();
    await expect(page.getByRole('textbox', {name: 'Message'})).toHaveValue('half a thought');
    expect(await waits(page), 'it still waits').toBe(true);
  });
});
