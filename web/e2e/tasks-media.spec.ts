/** The page of tasks without any computer: files become what a job can carry, in a real browser, and it says calmly that nobody is there. */
import {expect, type Page, test} from '@playwright/test';
import {film, noise, sounding, turned} from './media-files.ts';
import {setStage} from './stage.ts';

const choose = (page: Page, task: string) => page.getByRole('radio', {name: task, exact: true}).check({force: true});
const give = (page: Page, field: string, file: {name: string; mimeType: string; buffer: Buffer}) => page.getByLabel(field).setInputFiles(file);

/** Which colour each thumbnail mostly is. */
const colours = (page: Page) => page.locator('task-film figure img').evaluateAll((images) => images.map((image) => {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!(image instanceof HTMLImageElement) || !image.complete || !context) return 'nothing';
  context.drawImage(image, 0, 0, 1, 1);
  const [red = 0, , blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return red > 180 && blue < 80 ? 'red' : blue > 180 && red < 80 ? 'blue' : `${red} and ${blue}`;
}));

test('with no computer there it says so for each task, by keyboard alone and on a phone’s width', async ({browser}) => {
  const stage = await setStage(browser);
  const {page} = await stage.person('/tasks');
  await page.setViewportSize({width: 360, height: 740});
  await expect(page.getByRole('heading', {name: 'Tasks'})).toBeVisible();
  await page.getByRole('radio', {name: 'Picture'}).focus();
  for (const task of ['image-text', 'transcription', 'video', 'embeddings', 'classify']) {
    await expect(page.locator('tasks-page')).toHaveAttribute('data-task', task);
    await expect(page.getByText('No computer offers this right now.')).toBeVisible();
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(sideways, 'nothing sticks out of the screen').toBe(0);
    await page.keyboard.press('ArrowRight');
  }
  const places = await page.getByRole('navigation').getByRole('link').evaluateAll((links) => links.map((link) => link.scrollWidth - link.clientWidth));
  expect(places, 'four places fit').toEqual([0, 0, 0, 0]);
  await stage.end();
});

test('from another page the tasks load when they are opened, and what was written is still there at the return', async ({browser}) => {
  const stage = await setStage(browser);
  const {page} = await stage.person('/chat');
  await page.getByRole('link', {name: 'Tasks'}).click();
  await expect(page.getByRole('heading', {name: 'Tasks'})).toBeFocused();
  await choose(page, 'Search texts');
  await page.getByLabel('Texts, one per line').fill('one\n\ntwo');
  await expect(page.getByText('2 texts')).toBeVisible();
  await page.getByRole('link', {name: 'Chat', exact: true}).click();
  await page.getByRole('link', {name: 'Tasks'}).click();
  await expect(page.getByLabel('Texts, one per line')).toHaveValue('one\n\ntwo');
  await stage.end();
});

test('a picture becomes a JPEG within its bounds, upright; what is none is refused in words', async ({browser}) => {
  const stage = await setStage(browser);
  const {page} = await stage.person('/tasks');
  await give(page, 'Choose a picture', {name: 'noise.png', mimeType: 'image/png', buffer: await noise(page, {width: 1600, height: 1200, type: 'image/png'})});
  const size = page.getByText(/× \d+ pixels, \d+ kB/);
  await expect(size).toBeVisible();
  const [, width = 0, height = 0, kilobytes = 0] = (/(\d+) × (\d+) pixels, (\d+) kB/.exec(await size.innerText()) ?? []).map(Number);
  expect(kilobytes).toBeLessThanOrEqual(154);
  expect(kilobytes, 'as good as fits').toBeGreaterThan(75);
  expect(Math.max(width, height)).toBeLessThanOrEqual(768);
  expect(Math.abs(width / height - 4 / 3)).toBeLessThan(0.02);
  await expect(page.getByRole('img', {name: 'The picture that is sent'})).toBeVisible();
  const jpeg = await noise(page, {width: 40, height: 20, type: 'image/jpeg'});
  await give(page, 'Choose a picture', {name: 'turned.jpg', mimeType: 'image/jpeg', buffer: turned(jpeg)});
  await expect(page.getByText('20 × 40 pixels')).toBeVisible();
  await give(page, 'Choose a picture', {name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture')});
  await expect(page.getByRole('alert')).toHaveText('notes.txt: This picture or sound could not be read. Nothing was computed; try another file.');
  await stage.end();
});

test('a sound is cut where it is silent and coded; what has no sound is refused', async ({browser}) => {
  const stage = await setStage(browser);
  const {page} = await stage.person('/tasks');
  await choose(page, 'Speech');
  await give(page, 'Choose a sound or a film', {name: 'talk.wav', mimeType: 'audio/wav', buffer: sounding(72, 27)});
  await expect(page.getByText('3 pieces, 1:12 min, 576 kB')).toBeVisible({timeout: 30_000});
  await expect(page.getByText('Goes in 3 jobs, one after the other.')).toBeVisible();
  await page.getByRole('button', {name: 'Remove talk.wav'}).click();
  await expect(page.getByText('3 pieces')).toHaveCount(0);
  await give(page, 'Choose a sound or a film', {name: 'short.wav', mimeType: 'audio/wav', buffer: sounding(2, 9)});
  await expect(page.getByText('1 piece, 0:02 min, 16 kB')).toBeVisible();
  await give(page, 'Choose a sound or a film', {name: 'x.wav', mimeType: 'audio/wav', buffer: Buffer.from('no sound')});
  await expect(page.getByRole('alert')).toContainText('could not be read');
  await stage.end();
});

test('a film gives frames in the order of its times, as many as are chosen; its sound is none', async ({browser}) => {
  const stage = await setStage(browser);
  const {page} = await stage.person('/tasks');
  await choose(page, 'Film');
  await page.getByRole('radio', {name: '4', exact: true}).check();
  const recorded = {name: 'colours.webm', mimeType: 'video/webm', buffer: await film(page)};
  await give(page, 'Choose a film', recorded);
  await expect.poll(() => colours(page), {timeout: 30_000}).toEqual(['red', 'red', 'blue', 'blue']);
  await page.getByRole('radio', {name: '8', exact: true}).check();
  await expect.poll(async () => (await colours(page)).join(' '), {timeout: 30_000}).toMatch(/^(red ?){4}(blue ?){4}$/);
  const times = await page.locator('task-film figure').evaluateAll((figures) => figures.map((figure) => Number(figure instanceof HTMLElement && figure.dataset['at'])));
  expect(times, 'in their order').toEqual(times.toSorted((left, right) => left - right));
  await give(page, 'Choose a film', {name: 'x.webm', mimeType: 'video/webm', buffer: Buffer.from('no film')});
  await expect(page.getByRole('alert')).toContainText('could not be read');
  await give(page, 'Choose a film', {name: 'talk.wav', mimeType: 'audio/wav', buffer: sounding(2, 1)});
  await expect(page.getByRole('alert')).toContainText('talk.wav: This picture or sound could not be read.');
  await choose(page, 'Speech');
  await give(page, 'Choose a sound or a film', recorded);
  await expect(page.getByRole('alert')).toContainText('could not be read');
  await stage.end();
});

test('files are dropped and pasted too; one that would take too much memory is refused before it is read', async ({browser}) => {
  const stage = await setStage(browser);
  const {page} = await stage.person('/tasks');
  const bring = (how: 'drop' | 'paste', {megabytes}: {megabytes: number}) => page.evaluate(async (given) => {
    const deepest = (root: Document | ShadowRoot): Element | undefined => root.querySelector('.drop') ?? [...root.querySelectorAll('*')].flatMap((each) => (each.shadowRoot && deepest(each.shadowRoot)) ?? [])[0];
    const data = new DataTransfer();
    const canvas = new OffscreenCanvas(30, 20);
    canvas.getContext('2d')?.fillRect(0, 0, 30, 20);
    const parts = given.megabytes > 0 ? Array.from({length: given.megabytes}, () => new Uint8Array(1_000_000)) : [await canvas.convertToBlob()];
    data.items.add(new File(parts, `${given.how}.file`, {type: 'image/png'}));
    if (given.how === 'paste') dispatchEvent(new ClipboardEvent('paste', {clipboardData: data}));
    else deepest(document)?.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
  }, {how, megabytes});
  await expect(page.getByText('Choose a picture')).toBeVisible();
  await bring('drop', {megabytes: 0});
  await expect(page.getByText('drop.file')).toBeVisible();
  await expect(page.getByText('30 × 20 pixels')).toBeVisible();
  await bring('paste', {megabytes: 0});
  await expect(page.getByText('paste.file')).toBeVisible();
  await choose(page, 'Speech');
  await expect(page.getByText('Choose a sound')).toBeVisible();
  await bring('drop', {megabytes: 201});
  await expect(page.getByRole('alert')).toContainText('drop.file: This picture or sound could not be read.');
  await stage.end();
});
