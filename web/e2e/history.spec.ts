/** The conversations of a browser: found again, named, taken to a file and brought back, also from other apps. */
import {expect, type Page, test} from '@playwright/test';
import {chatGptExport, noConversations, openWebUiExport} from './history-files.ts';
import {ask, expectAnswered, lastAnswer, setStage, share} from './stage.ts';

const search = (page: Page) => page.getByRole('searchbox', {name: 'Search conversations'});
const goTo = (page: Page, place: string) => page.getByRole('navigation').getByRole('link', {name: place}).click();
const entry = (page: Page, title: string) => page.locator('conversation-list').getByRole('link', {name: title, exact: true});
const report = (page: Page) => page.locator('history-data').getByRole('status');

async function take(page: Page, file: string | typeof chatGptExport): Promise<void> {
  await page.locator('history-data input[type="file"]').setInputFiles(file);
}

/** Presses a button that gives a file. */
async function saved(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name}).click()]);
  return download.path();
}

test('a ChatGPT export comes with its branches; a search finds words whatever their accents and opens the message on its branch', async ({browser}) => {
  const stage = await setStage(browser);
  const {page} = await stage.person('/settings');
  await take(page, chatGptExport);
  await expect(report(page)).toContainText('Imported 2 of 3 conversations from a ChatGPT export.');
  await expect(report(page)).toContainText('1 had no messages.');
  await expect(report(page)).toContainText('1 picture or other file was not imported.');
  await take(page, chatGptExport);
  await expect(report(page)).toContainText('2 conversations were already here and stay as they are.');
  await take(page, openWebUiExport);
  await expect(report(page)).toContainText('Imported 1 conversation from an Open WebUI export.');
  await take(page, noConversations);
  await expect(report(page)).toContainText('Nothing was imported');

  await goTo(page, 'Chat');
  await expect(page.getByRole('list', {name: 'Older'}).getByRole('link')).toHaveText(['Greeting', 'Meeting', 'A long talk']);
  await entry(page, 'Meeting').click();
  await expect(page.getByRole('log')).toContainText('At the station.');
  await search(page).fill('cafe river');
  const found = page.locator('conversation-search').getByRole('link');
  await expect(found).toHaveCount(1);
  await expect(found.locator('mark')).toHaveText(['CAFÉ', 'river']);
  await found.click();
  await expect(page.getByRole('log')).toContainText('In the CAFÉ by the river.');
  await expect(page.getByRole('log')).not.toContainText('At the station.');
  await search(page).press('Escape');
  await expect(search(page)).toHaveValue('');

  await search(page).fill('needle');
  await found.press('Enter');
  await expect(page.getByRole('heading', {name: 'A long talk', level: 1})).toBeVisible();
  await expect(page.locator('chat-message').filter({hasText: 'The hidden needle'})).toBeInViewport();
  await expect(page.locator('chat-message').filter({hasText: 'The hidden needle'})).toBeFocused();
  await search(page).fill('nowhere to be found');
  await expect(page.locator('conversation-search').getByRole('status')).toContainText('Nothing found');
  await stage.end();
});

test('a conversation is named, pinned and exported; all are exported, erased and imported, and are what they were', async ({browser}) => {
  const stage = await setStage(browser);
  const {page} = await stage.person('/settings');
  await take(page, chatGptExport);
  await expect(report(page)).toContainText('Imported 2 of 3');
  await goTo(page, 'Chat');
  const options = page.getByRole('dialog', {name: 'Conversation'});
  await entry(page, 'A long talk').hover();
  await page.getByRole('button', {name: 'Options for “A long talk”'}).click();
  await options.getByRole('textbox', {name: 'Name'}).fill('About nothing');
  await options.getByRole('button', {name: 'Save name'}).click();
  await expect(entry(page, 'About nothing')).toBeVisible();
  await page.getByRole('button', {name: 'Options for “About nothing”'}).click();
  await options.getByRole('button', {name: 'Pin to the top'}).click();
  await expect(page.getByRole('list', {name: 'Pinned'}).getByRole('link')).toHaveText(['About nothing']);
  await entry(page, 'Meeting').click();
  await page.locator('header').getByRole('button', {name: 'Options for “Meeting”'}).click();
  const markdown = await saved(page, 'Export as Markdown');

  const conversations = () => page.evaluate(async () => {
    const opened = indexedDB.open('bombyx');
    const database = await new Promise<IDBDatabase>((resolve) => (opened.onsuccess = () => resolve(opened.result)));
    const all = database.transaction('conversations').objectStore('conversations').getAll();
    const kept = await new Promise<unknown[]>((resolve) => (all.onsuccess = () => resolve(all.result as unknown[])));
    database.close();
    return kept;
  });
  const before = await conversations();
  expect(before).toHaveLength(2);
  await goTo(page, 'Settings');
  const json = await saved(page, 'Export all as JSON');
  await page.getByRole('button', {name: 'Delete all conversations'}).click();
  await page.getByRole('dialog').getByRole('button', {name: 'Delete all'}).click();
  await expect(page.getByText('There are none in this browser yet.')).toBeVisible();
  expect(await conversations()).toEqual([]);
  await take(page, json);
  await expect(report(page)).toContainText('Imported 2 conversations from a Bombyx file.');
  expect(await conversations()).toEqual(before);

  await page.getByRole('button', {name: 'Erase everything'}).click();
  await page.getByRole('dialog').getByRole('button', {name: 'Erase everything'}).click();
  await expect(page).toHaveURL(/\/$/);
  await goTo(page, 'Settings');
  await take(page, markdown);
  await expect(report(page)).toContainText('Imported 1 conversation from a Markdown file.');
  await goTo(page, 'Chat');
  await entry(page, 'Meeting').click();
  await expect(page.getByRole('log')).toContainText('At the station.');
  await page.reload();
  await expect(page.getByRole('log')).toContainText('At the station.');
  await stage.end();
});

test('the details say who could see this answer and give a report without its words; the sheet says what is known of the models', async ({browser}) => {
  const stage = await setStage(browser);
  await share(await stage.person('/share'), /processor/i);
  const asker = await stage.person('/chat');
  const {page, context} = asker;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await ask(asker, 'What is 2 plus 3?');
  expect(await expectAnswered(asker)).toContain('5');
  await lastAnswer(asker).locator('summary').click();
  const who = lastAnswer(asker).getByRole('table', {name: 'Who could see this'});
  await expect(who.getByRole('row', {name: /^The computer that answered/})).toContainText('Yes. It must, to run the model');
  await expect(who.getByRole('row', {name: /^Who runs the relay/})).toContainText('No. It was sealed');
  await expect(who.getByRole('row', {name: /^Your network provider/})).toContainText('Only that you use the relay');
  await lastAnswer(asker).getByRole('button', {name: 'Copy report'}).click();
  await expect(page.getByText('Copied')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^Bombyx · .* · done\n/);
  expect(copied).toMatch(/\([0-9a-f]{64}\)/);
  expect(copied).not.toContain('plus');
  expect(copied).not.toContain('2 plus 3');

  await page.getByRole('button', {name: 'About the models'}).click();
  const sheet = page.getByRole('dialog', {name: 'Models on offer'});
  const model = sheet.getByRole('listitem').filter({hasText: 'demo model'});
  await expect(model).toContainText('1 computer');
  await expect(model).toContainText(/median of 1 answer/);
  await expect(model).toContainText('free');
  await expect(model).toContainText('Apache-2.0');
  await expect(model.getByRole('button', {name: /^Chosen: “Bombyx tiny/})).toHaveAttribute('aria-pressed', 'true');
  await sheet.getByRole('combobox', {name: 'Sort by'}).selectOption('Size');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(page.getByRole('button', {name: 'About the models'})).toBeFocused();
  await expect(page.getByRole('combobox', {name: 'Model'})).toContainText('Bombyx tiny');
  await stage.end();
});
