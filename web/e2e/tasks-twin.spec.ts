/** Each task from the page to a node and back, with twins of models: what is sent arrives, what comes is shown, checked and told. */
import {type Browser, expect, type Page, test} from '@playwright/test';
import {decodeAudio} from '#protocol/audio.ts';
import {imageType} from '#protocol/image.ts';
import type {Item} from '#protocol/result.ts';
import type {Engine, EngineJob} from '#protocol/roles/engine.ts';
import {fakeEngine, type FakeEngineOptions} from '#protocol/testing/fake-engine.ts';
import {systemClock} from '../platform/clock.ts';
import {film, noise, sounding} from './media-files.ts';
import {setStage} from './stage.ts';
import {twinMirror, twinNode} from './twin-node.ts';

const choose = (page: Page, task: string) => page.getByRole('radio', {name: task, exact: true}).check({force: true});
const result = (page: Page) => page.locator('task-result article');

async function expectDone(page: Page): Promise<string> {
  await expect(result(page)).toHaveAttribute('data-status', 'done', {timeout: 60_000});
  await expect(result(page)).toHaveAttribute('data-receipt', 'valid');
  return result(page).innerText();
}

/** How long a piece of sound is, and whether there is any. */
function hear(audio: Uint8Array): string {
  const samples = decodeAudio(audio);
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return `${(samples.length / 16_000).toFixed(1)} seconds, ${loudest > 0.2 ? 'loud' : 'silent'}`;
}

/** What the twin finds, out of what really arrived. */
function itemsOf(job: EngineJob): readonly Item[] {
  if (job.task === 'transcription') return [{startMs: 0, endMs: 900, text: hear(job.audio)}, {startMs: 900, endMs: 1800, text: job.language ?? 'any language'}];
  // How often each letter occurs: texts with the same words are alike.
  if (job.task === 'embeddings') return job.inputs.map((input) => ({vector: Float32Array.from({length: 26}, (_, index) => input.toLowerCase().split(String.fromCharCode(97 + index)).length - 1)}));
  if (job.task === 'classify') return job.labels.map((label, index) => ({label, score: 9000 - index * 4000}));
  if (job.task !== 'video') return [];
  if (job.ask === 'summary') return [{startMs: 0, endMs: 1, text: `${job.frames.length} frames`, score: 0}];
  return job.frames.map(({atMs, image}, index) => ({startMs: atMs, endMs: atMs, text: job.ask === 'search' ? '' : `${imageType(image)} ${index}`, score: job.ask === 'search' ? 1000 + index * 2000 : 0}));
}

const twin = (options: Partial<FakeEngineOptions> = {}) => fakeEngine({
  clock: systemClock,
  answer: (job) => ('images' in (job.messages[0] ?? {}) ? `A picture. You asked: ${job.messages[0]?.content || 'nothing'}` : 'words'),
  items: itemsOf,
  msPerToken: 5,
  ...options,
});

/** A person on the page of tasks of a relay that knows the twin. */
async function start(browser: Browser) {
  const mirror = twinMirror();
  const stage = await setStage(browser, {MODEL_MIRROR: mirror.folder});
  const {page} = await stage.person('/tasks');
  return {stage, page, end: () => stage.end().finally(() => mirror.remove())};
}

test('picture, texts and labels: asked, answered, with a receipt; nobody is needed twice', async ({browser}) => {
  const {stage, page, end} = await start(browser);
  await expect(page.getByText('No computer offers this right now.')).toBeVisible();
  await twinNode(stage.relay, twin());
  await expect(page.getByRole('combobox', {name: 'Model'}), 'it appears by itself').toContainText('A twin', {timeout: 15_000});
  await page.getByRole('button', {name: 'Ask', exact: true}).press('Enter');
  await expect(page.getByText('Choose a picture first.')).toBeVisible();
  await page.getByLabel('Choose a picture').setInputFiles({name: 'noise.png', mimeType: 'image/png', buffer: await noise(page, {width: 60, height: 40, type: 'image/png'})});
  await page.getByRole('textbox', {name: 'Question'}).fill('What is it?');
  await page.getByRole('button', {name: 'Ask', exact: true}).click();
  expect(await expectDone(page)).toContain('A picture. You asked: What is it?');
  await expect(page.getByRole('status').filter({hasText: 'Answer: A picture.'}), 'a screen reader hears it').toHaveCount(1);
  await result(page).getByText('Details').click();
  await expect(result(page).getByText('You, and the owner of the one computer that answered.')).toBeVisible();

  await choose(page, 'Search texts');
  await page.getByLabel('Texts, one per line').fill(['zzz zzz', 'a cat and a dog', ...Array.from({length: 38}, (_, index) => `xyz ${index}`)].join('\n'));
  await page.getByRole('textbox', {name: 'Question'}).fill('dog and cat');
  await expect(page.getByText('Goes in 2 jobs, one after the other.')).toBeVisible();
  await page.getByRole('button', {name: 'Compare'}).click();
  expect(await expectDone(page)).toMatch(/The closest first\s+a cat and a dog/);
  await expect(result(page)).toHaveAttribute('data-jobs', '2/2');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', {name: 'Download vectors (.json)'}).click();
  expect((await saving).suggestedFilename()).toBe('vectors.json');

  await choose(page, 'Sort');
  await page.getByRole('textbox', {name: 'Text', exact: true}).fill('It rains.');
  await page.getByLabel('Labels, one per line').fill('weather\nsport');
  await page.getByRole('button', {name: 'Sort it'}).click();
  expect(await expectDone(page)).toMatch(/weather\s+90%\s+sport\s+50%/);
  await choose(page, 'Picture');
  await expect(result(page), 'the last result of each task stays').toContainText('A picture.');
  await end();
});

/** A twin that goes no further after so many items until it may. */
function haltingTwin(items: number): {readonly engine: Engine; goOn(): void} {
  const inner = twin();
  const gate = Promise.withResolvers<void>();
  let told = 0;
  const engine: Engine = {
    ...inner,
    async *generate(job, signal) {
      for await (const event of inner.generate(job, signal)) {
        yield event;
        told += event.type === 'item' ? 1 : 0;
        if (told === items) await gate.promise;
      }
    },
  };
  return {engine, goOn: () => gate.resolve()};
}

test('speech: pieces in their order with the times of the whole; a computer is lost in the midst of one, and nothing is told twice', async ({browser}) => {
  const {stage, page, end} = await start(browser);
  const halting = haltingTwin(3);
  const lost = await twinNode(stage.relay, halting.engine);
  await choose(page, 'Speech');
  await page.getByLabel('Choose a sound or a film').setInputFiles({name: 'talk.wav', mimeType: 'audio/wav', buffer: sounding(72, 27)});
  await page.getByRole('combobox', {name: 'Language'}).selectOption('German');
  await expect(page.getByText('3 pieces, 1:12 min')).toBeVisible({timeout: 30_000});
  await expect(page.getByRole('combobox', {name: 'Model'})).toContainText('A twin', {timeout: 15_000});
  await page.getByRole('button', {name: 'Write it down'}).click();
  await expect(result(page)).toHaveAttribute('data-items', '3', {timeout: 30_000});
  await expect(result(page)).toHaveAttribute('data-jobs', '1/3');
  await twinNode(stage.relay, twin());
  lost.lose();
  halting.goOn();
  const text = await expectDone(page);
  await expect(result(page)).toHaveAttribute('data-items', '6');
  expect(text).toMatch(/0:00\s+2[78]\.\d seconds, loud\s+0:00\s+de\s+0:27\s/);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', {name: 'Download .srt'}).click();
  expect((await saving).suggestedFilename()).toBe('speech.srt');
  await result(page).getByText('Details').click();
  await expect(result(page).getByText('the owners of the 2 computers that worked on it')).toBeVisible();
  await end();
});

test('a film: a caption for each frame, a summary of all, and what is searched for, the best first', async ({browser}) => {
  const {stage, page, end} = await start(browser);
  await twinNode(stage.relay, twin());
  await choose(page, 'Film');
  await page.getByRole('radio', {name: '4', exact: true}).check();
  await page.getByLabel('Choose a film').setInputFiles({name: 'colours.webm', mimeType: 'video/webm', buffer: await film(page)});
  await expect(page.getByText(/^4 frames out of 0:0\d min$/)).toBeVisible({timeout: 30_000});
  await expect(page.getByRole('combobox', {name: 'Model'})).toContainText('A twin', {timeout: 15_000});
  await page.getByRole('button', {name: 'Look at it'}).click();
  expect(await expectDone(page)).toMatch(/image\/jpeg 0.*image\/jpeg 1.*image\/jpeg 2.*image\/jpeg 3/s);
  await page.getByRole('radio', {name: 'Sum up the film'}).check();
  await page.getByRole('button', {name: 'Look at it'}).click();
  await expect(result(page)).toHaveAttribute('data-items', '1');
  expect(await expectDone(page)).toContain('4 frames');
  await page.getByRole('radio', {name: 'Find something'}).check();
  await page.getByRole('textbox', {name: 'Where is …?'}).fill('blue');
  await page.getByRole('button', {name: 'Look at it'}).click();
  await expect(result(page)).toHaveAttribute('data-items', '4');
  expect(await expectDone(page)).toMatch(/The best matches first.* 70%.* 50%.* 30%.* 10%/s);
  await end();
});

test('stop ends it at once and keeps what had come; another task can be asked', async ({browser}) => {
  const {stage, page, end} = await start(browser);
  await twinNode(stage.relay, twin({msPerToken: 600}));
  await choose(page, 'Sort');
  await expect(page.getByRole('combobox', {name: 'Model'})).toContainText('A twin', {timeout: 15_000});
  await page.getByRole('textbox', {name: 'Text', exact: true}).fill('It rains.');
  await page.getByLabel('Labels, one per line').fill(Array.from({length: 3}, (_, index) => `label ${index}`).join('\n'));
  await page.getByRole('button', {name: 'Sort it'}).click();
  await expect(page.locator('tasks-page')).not.toHaveAttribute('data-stage', 'idle');
  await choose(page, 'Picture');
  await expect(page.getByText('“Sort” is still being worked on.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('tasks-page')).toHaveAttribute('data-stage', 'idle');
  await choose(page, 'Sort');
  await expect(result(page)).toHaveAttribute('data-status', 'stopped');
  await end();
});
