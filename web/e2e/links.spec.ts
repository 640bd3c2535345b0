/** Addresses that bring a question: it is written into the message box and never sent by itself. */
import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {expect, test} from '@playwright/test';
import {kept, setStage, share} from './stage.ts';

const manifest = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../public/manifest.webmanifest'), 'utf8')) as {
  readonly share_target: {readonly action: string; readonly method: string; readonly params: Readonly<Record<'title' | 'text' | 'url', string>>};
  readonly shortcuts: readonly {readonly name: string; readonly url: string}[];
  readonly screenshots: readonly {readonly src: string; readonly sizes: string}[];
  readonly icons: readonly {readonly src: string; readonly type: string}[];
};

test('/chat?q=hello writes hello, sends nothing, and a reload does not write it again', async ({browser}) => {
  const stage = await setStage(browser);
  await share(await stage.person('/share'), /processor/i);
  const {page} = await stage.person('/chat?q=hello');
  const box = page.getByRole('textbox', {name: 'Message'});
  await expect(box).toHaveValue('hello');
  await expect(page.getByRole('combobox', {name: 'Model'})).toContainText('Bombyx tiny', {timeout: 15_000});
  await expect(page.locator('article')).toHaveCount(0);
  expect(stage.frames.map((frame) => frame[1]), 'no request went out').not.toContain(0x22);
  expect(page.url()).toBe(`${stage.relay.url}/chat`);
  await box.fill('');
  await expect.poll(() => kept(page)).not.toContain('hello');
  await page.reload();
  await expect(box).toHaveValue('');
  await stage.end();
});

test('what the Share menu of the system gives arrives in the message box, as its manifest says', async ({browser}) => {
  const stage = await setStage(browser);
  const {action, method, params} = manifest.share_target;
  expect(method).toBe('GET');
  const given = new URLSearchParams({[params.title]: 'A page', [params.text]: 'Look at this', [params.url]: 'https://x.example/a'});
  const {page} = await stage.person(`${action}?${given}`);
  await expect(page.getByRole('textbox', {name: 'Message'})).toHaveValue('A page\n\nLook at this\n\nhttps://x.example/a');
  await expect(page.locator('article')).toHaveCount(0);
  await stage.end();
});

test('all that the manifest names is there, of the size that it says, and each shortcut leads to a page', async ({browser}) => {
  const stage = await setStage(browser);
  const {page} = await stage.person('/');
  for (const {src, sizes} of manifest.screenshots) {
    const size = await page.evaluate(async (path) => {
      const picture = new Image();
      picture.src = path;
      await picture.decode();
      return `${picture.naturalWidth}x${picture.naturalHeight}`;
    }, src);
    expect(size, src).toBe(sizes);
  }
  for (const {src, type} of manifest.icons) expect((await page.request.get(src.startsWith('/') ? stage.relay.url + src : src)).headers()['content-type'], src).toContain(type);
  for (const {name, url} of manifest.shortcuts) {
    await page.goto(stage.relay.url + url);
    await expect(page.locator('missing-page'), name).toHaveCount(0);
    await expect(page.getByRole('heading', {level: 1}).first(), name).toBeVisible();
  }
  await stage.end();
});
