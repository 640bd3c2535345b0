/** The app once it is installed: it opens without a network, and a new version waits until the person agrees. */
import {appendFileSync, cpSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {expect, type Page, test} from '@playwright/test';
import {ask, expectAnswered, lastAnswer, setStage, share} from './stage.ts';

/** Waits until the service worker keeps the app, and loads the page through it. */
async function install(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.reload();
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
}

test('without a network the app opens, says so, and shows the history', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  await share(sharer, /processor/i);
  const asker = await stage.person('/chat');
  await install(asker.page);
  await ask(asker, 'Hello');
  await expectAnswered(asker);
  await asker.context.setOffline(true);
  await asker.page.reload();
  await asker.page.getByRole('link', {name: /^Hello/}).or(asker.page.getByRole('button', {name: /^Hello/})).first().click();
  await expect(lastAnswer(asker)).toContainText(/hello/i);
  await asker.page.getByRole('textbox', {name: 'Message'}).fill('Is anybody there?');
  await asker.page.getByRole('textbox', {name: 'Message'}).press('Enter');
  await expect(asker.page.getByText('Not sent: the relay can’t be reached. Your text is kept.')).toBeVisible();
  await expect(asker.page.getByRole('textbox', {name: 'Message'})).toHaveValue('Is anybody there?');
  await asker.page.getByRole('link', {name: /start page/}).click();
  await expect(asker.page.getByText('The relay can’t be reached right now.')).toBeVisible();
  await stage.end();
});

test('the policy of the installed app follows the settings of its relay, without a new version', async ({browser}) => {
  const environment: Record<string, string> = {};
  const stage = await setStage(browser, environment);
  const {page} = await stage.person('/settings');
  await install(page);
  const policy = async () => (await page.reload())?.headers()['content-security-policy'] ?? '';
  expect(await policy()).not.toContain('relay.example.org');
  environment['BOMBYX_RELAYS'] = 'https://relay.example.org';
  await stage.restart();
  await expect.poll(policy).toContain('wss://relay.example.org');
  await expect(page.getByRole('button', {name: 'Update now'})).toHaveCount(0);
  await expect(page.getByRole('checkbox', {name: 'relay.example.org'})).not.toBeChecked();
  await stage.end();
});

test('a new version is offered, not imposed; agreeing loads it', async ({browser}) => {
  const dist = mkdtempSync(join(tmpdir(), 'bombyx-dist-'));
  cpSync(resolve(import.meta.dirname, '../../dist'), dist, {recursive: true});
  const stage = await setStage(browser, {BOMBYX_DIST: dist});
  try {
    const {page} = await stage.person('/settings');
    await install(page);
    await expect(page.getByRole('button', {name: 'Update now'})).toHaveCount(0);
    appendFileSync(join(dist, 'sw.js'), '\n// the next version\n');
    await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
    await expect(page.getByText('Update ready. It installs when you say so.')).toBeVisible();
    const waits = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting != null);
    expect(await waits(), 'it waits').toBe(true);
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', {name: 'Update now'}).click()]);
    await expect(page.getByRole('heading', {name: 'Settings'})).toBeVisible();
    expect(await waits(), 'it runs').toBe(false);
    await stage.end();
  } finally {
    rmSync(dist, {recursive: true, force: true});
  }
});
