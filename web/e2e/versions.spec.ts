/** Page and relay of different versions: each says which side has to be updated, and the page can fetch its newest version by itself. */
import {appendFileSync, cpSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {expect, test} from '@playwright/test';
import {spokenVersion} from '../../protocol/version.ts';
import {setStage, share} from './stage.ts';

test('a page that is older than its relay says so, fetches the new version past its own cache, and is connected again', async ({browser}) => {
  const dist = mkdtempSync(join(tmpdir(), 'bombyx-dist-'));
  cpSync(resolve(import.meta.dirname, '../../dist'), dist, {recursive: true});
  const stage = await setStage(browser, {BOMBYX_DIST: dist});
  try {
    const {page} = await stage.person('/chat');
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await page.reload();
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    await stage.restart(spokenVersion + 1);
    await expect(page.getByText('This page is older than the relay')).toBeVisible({timeout: 30_000});
    await expect(page.getByText('This page and the relay are of different versions: see above.')).toBeVisible();
    // The operator publishes the version that belongs to the relay.
    appendFileSync(join(dist, 'sw.js'), '\n// the next version\n');
    await stage.restart();
    await page.evaluate(() => navigator.serviceWorker.addEventListener('controllerchange', () => sessionStorage.setItem('taken over', 'yes')));
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', {name: 'Update now'}).click()]);
    expect(await page.evaluate(() => sessionStorage.getItem('taken over')), 'the new version serves the page').toBe('yes');
    await expect(page.getByText('No computer offers a model right now.')).toBeVisible({timeout: 15_000});
    await expect(page.getByText('This page is older than the relay')).toHaveCount(0);
    await stage.end();
  } finally {
    rmSync(dist, {recursive: true, force: true});
  }
});

test('a page that is newer than its relay says that the operator has to update it; sharing stops and says the same', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  await share(sharer, /processor/i);
  await stage.restart(1);
  await expect(sharer.page.locator('share-page')).toHaveAttribute('data-status', 'failed', {timeout: 30_000});
  await expect(sharer.page.getByRole('alert')).toContainText('This relay is older than the page.');
  await expect(sharer.page.getByText('Its operator has to update it; your history works.')).toBeVisible({timeout: 30_000});
  await stage.end();
});
