/** The operator's page: only the key opens it, it shows what happens at the relay, and what is done there is felt by those who share and ask. */
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {AxeBuilder} from '@axe-core/playwright';
import {expect, test} from '@playwright/test';
import {ask, comeBack, expectAnswered, type Person, setStage, share} from './stage.ts';

const soon = {timeout: 30_000};

async function enter({page}: Person, key: string): Promise<void> {
  await page.getByLabel('Operator’s key').fill(key);
  await page.getByRole('button', {name: 'Open', exact: true}).click();
}

const figure = ({page}: Person, section: string, name: string) => page.getByRole('region', {name: section}).locator('.figures div').filter({hasText: name}).locator('dd');

test('wrong key and right key; a node that shares and a job that is done are seen; keeping out, draining and a notice reach the others', async ({browser}) => {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-operator-'));
  const file = join(folder, 'key');
  const stage = await setStage(browser, {BOMBYX_OPERATOR_KEY_FILE: file});
  const operator = await stage.person('/settings');
  const {page} = operator;
  await page.getByRole('link', {name: 'For the operator'}).click();
  await expect(page.getByText('its operator can’t see them')).toBeVisible();
  await enter(operator, 'ab'.repeat(32));
  await expect(page.getByText('That is not the key of this relay’s operator.')).toBeVisible();
  await expect(page.getByLabel('Operator’s key')).toBeFocused();
  await enter(operator, readFileSync(file, 'utf8'));
  await expect(page.getByRole('heading', {name: 'Now', exact: true})).toBeVisible();
  await expect(figure(operator, 'Now', 'Computers').first()).toHaveText('0');

  const sharer = await stage.person('/share');
  await share(sharer, /processor/i);
  const asker = await stage.person('/chat');
  await ask(asker, 'What is 3 plus 4?');
  await expectAnswered(asker);
  await expect(figure(operator, 'The last 10 minutes', 'Answered')).toHaveText('1', soon);
  const node = page.locator('[data-node]');
  await expect(node).toHaveCount(1);
  await expect(node).toContainText('1 / 0');
  await page.getByRole('searchbox').fill('no such model');
  await page.getByRole('searchbox').press('Enter');
  await expect(page.getByText('None of them fits.')).toBeVisible();
  await page.getByRole('searchbox').fill('');
  await page.getByRole('searchbox').press('Enter');

  await page.getByRole('button', {name: /^Keep out [\da-f]/}).click();
  await expect(page.getByLabel('Key of a computer, or an address')).toBeFocused();
  await page.getByLabel('Reason, for yourself').fill('only a test');
  await page.getByRole('button', {name: 'Keep out', exact: true}).click();
  await expect(page.locator('[data-ban]')).toContainText('only a test');
  await expect(sharer.page.getByText('The relay keeps this computer out for a while.').first(), 'it is told').toBeVisible(soon);
  await expect(node).toHaveCount(0);
  const stranger = await stage.person('/');
  await expect(stranger.page.getByText('No computer offers a model right now.')).toBeVisible(soon);
  await page.getByRole('button', {name: /^Let .* in again$/}).click();
  await expect(page.getByText('Nobody is kept out.')).toBeVisible();

  await page.getByRole('button', {name: 'Take no new jobs'}).click();
  await page.getByRole('dialog').getByRole('button', {name: 'Take no new jobs'}).click();
  await expect(page.locator('[data-paused="true"]')).toBeVisible();
  await comeBack(asker);
  await expect(asker.page.getByText('This relay takes no new questions for now.')).toBeVisible(soon);
  await page.getByRole('button', {name: 'Take jobs again'}).click();
  await expect(page.locator('[data-paused="false"]')).toBeVisible();
  await comeBack(asker);
  await expect(asker.page.getByText('This relay takes no new questions for now.')).toBeHidden(soon);

  await page.getByLabel('One line that everybody’s app shows').fill('Back at <b>noon</b>.');
  await page.getByRole('button', {name: 'Show it'}).click();
  await expect(page.getByRole('button', {name: 'Show it'}), 'nothing new to show').toBeDisabled();
  await comeBack(asker);
  await expect(asker.page.getByText('Back at <b>noon</b>.'), 'as plain text').toBeVisible(soon);
  await asker.page.getByRole('button', {name: 'Dismiss the notice'}).click();
  await expect(asker.page.getByText('Back at')).toBeHidden();

  expect(page.url(), 'never in the address').not.toMatch(/[\da-f]{16}/);
  expect(await page.evaluate(() => sessionStorage.length + localStorage.length), 'nor kept where nobody asked for it').toBe(0);
  const {violations} = await new AxeBuilder({page}).analyze();
  expect(violations.map(({id, nodes}) => [id, nodes.map(({target}) => target)])).toEqual([]);
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({width, height: 844});
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `nothing sticks out at ${width}`).toBe(0);
  }
  await page.reload();
  await expect(page.getByLabel('Operator’s key'), 'a page that is loaded again asks anew').toBeVisible();
  rmSync(folder, {recursive: true});
  await stage.end();
});

test('kept for the tab where that is ticked; a relay without a key has no such page', async ({browser}) => {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-operator-'));
  const file = join(folder, 'key');
  const stage = await setStage(browser, {BOMBYX_OPERATOR_KEY_FILE: file});
  const operator = await stage.person('/operator');
  const {page} = operator;
  await page.getByLabel('Keep it until this tab is closed').check();
  await enter(operator, readFileSync(file, 'utf8'));
  await expect(page.getByRole('heading', {name: 'Now', exact: true})).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', {name: 'Now', exact: true})).toBeVisible();
  await page.getByRole('button', {name: 'Forget the key'}).click();
  await expect(page.getByLabel('Operator’s key')).toBeFocused();
  await page.reload();
  await expect(page.getByLabel('Operator’s key')).toBeVisible();
  rmSync(folder, {recursive: true});
  await stage.end();
  const plain = await setStage(browser);
  const other = await plain.person('/operator');
  await enter(other, 'ab'.repeat(32));
  await expect(other.page.getByText('This relay has no page for its operator.')).toBeVisible();
  await plain.end();
});
