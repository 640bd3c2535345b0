/** Files with a question: text and PDF are read in the browser, sent with it, and stay in the history; what is no text is refused with a reason. */
import {expect, test} from '@playwright/test';
import {pdfOf} from './pdf-file.ts';
import {expectAnswered, setStage, share} from './stage.ts';

const fileOf = (name: string, content: string | Buffer, mimeType = 'text/plain') => ({name, mimeType, buffer: Buffer.from(content)});

test('a text file and a PDF go with the question, are folded away in the transcript, and are there after a reload', async ({browser}) => {
  const stage = await setStage(browser);
  await share(await stage.person('/share'), /processor/i);
  const asker = await stage.person('/chat');
  const {page} = asker;
  await expect(page.getByRole('combobox', {name: 'Model'})).toContainText('Bombyx tiny', {timeout: 15_000});
  const input = page.getByLabel('Attach pictures, text or PDF files');
  await input.setInputFiles([fileOf('note.md', 'What is\n```\n3 plus 4?\n```'), fileOf('page.pdf', pdfOf(['Moths fly by night', 'and sleep by day']), 'application/pdf')]);
  const items = page.locator('attachment-list li');
  await expect(items).toHaveCount(2);
  await expect(items.nth(1)).toHaveAttribute('data-file', 'text', {timeout: 30_000});
  await expect(items.nth(0)).toContainText('bytes of text');
  const before = stage.frames.length;
  await page.getByRole('textbox', {name: 'Message'}).fill('What is 3 plus 4?');
  expect(stage.frames.slice(before).every((frame) => frame.length < 1000), 'nothing leaves before Send').toBe(true);
  await page.getByRole('button', {name: 'Send'}).click();
  await expect(items).toHaveCount(0);
  await expectAnswered(asker);
  const shown = async () => {
    const question = page.locator('attached-question');
    await expect(question).toContainText('What is 3 plus 4?');
    await expect(page.getByText('Moths fly by night')).toBeHidden();
    await question.locator('summary').nth(1).click();
    await expect(question.locator('pre').nth(1)).toHaveText('Moths fly by night\n\nand sleep by day');
    await expect(question.locator('pre').nth(0)).toHaveText('What is\n```\n3 plus 4?\n```', {useInnerText: false});
    await expect(question.locator('summary').nth(0)).toContainText('note.md');
  };
  await shown();
  await page.reload();
  await page.getByRole('link', {name: /What is 3 plus 4/}).first().click();
  await shown();
  await stage.end();
});

test('broken pictures, sounds, programs, empty and broken PDFs are refused with a reason; long files are cut and say so; a fifth is one too many', async ({browser}) => {
  const stage = await setStage(browser);
  const {page} = await stage.person('/chat');
  const input = page.getByLabel('Attach pictures, text or PDF files');
  await input.setInputFiles([
    fileOf('moth.png', Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'image/png'),
    fileOf('program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0x02, 0x01, 0x00]), 'application/octet-stream'),
    fileOf('scan.pdf', pdfOf(['', '']), 'application/pdf'),
    fileOf('torn.pdf', 'no PDF at all', 'application/pdf'),
  ]);
  await expect(page.locator('attachment-list li[data-file=problem]')).toHaveCount(4, {timeout: 30_000});
  await input.setInputFiles([fileOf('song.mp3', Buffer.from('ID3'), 'audio/mpeg')]);
  for (const reason of ['This picture could not be read', 'have a page of their own', 'This file is not text', 'A scanned PDF holds pictures only', 'This PDF could not be read']) await expect(page.getByText(reason)).toBeVisible({timeout: 30_000});
  await expect(page.locator('attachment-list').getByRole('link', {name: 'Open Tasks'})).toBeVisible();
  await expect(page.getByRole('button', {name: 'Send'})).toHaveAttribute('aria-disabled', 'true');
  for (const name of ['moth.png', 'song.mp3', 'program', 'scan.pdf', 'torn.pdf']) await page.getByRole('button', {name: `Remove ${name}`}).click();
  await expect(page.locator('attachment-list li')).toHaveCount(0);
  await input.setInputFiles([fileOf('long.txt', 'word '.repeat(20_000)), fileOf('long.pdf', pdfOf(Array.from({length: 210}, (_, index) => `page ${index}`)), 'application/pdf')]);
  await expect(page.getByText('Only the first 60 kB of 100 kB are sent.')).toBeVisible();
  await expect(page.getByText('Only the first 200 pages of 210 are sent.')).toBeVisible({timeout: 60_000});
  await input.setInputFiles(['a', 'b', 'c'].map((name) => fileOf(`${name}.txt`, name)));
  await expect(page.getByText('At most four files go with a message.')).toBeVisible();
  await stage.end();
});
