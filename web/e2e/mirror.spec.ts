/** An operator's own model, from its file to an answer: its manifest is made, a relay serves it, a node runs it with llama.cpp, and several people are answered at once. */
import {execFile} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {expect, test} from '@playwright/test';
import {ggufOfFolder} from '../../models/make-gguf.ts';
import {demoModel} from '../../models/variants.ts';
import {details, expectAnswered, setStage, share} from './stage.ts';

const script = join(import.meta.dirname, '../../models/model-manifest.ts');

test('a GGUF file of one’s own: manifest, mirror, four slots, answers', async ({browser}) => {
  const mirror = mkdtempSync(join(tmpdir(), 'bombyx-mirror-'));
  try {
    mkdirSync(join(mirror, 'own'));
    writeFileSync(join(mirror, 'own/tiny.gguf'), ggufOfFolder(demoModel));
    await promisify(execFile)(process.execPath, [script, join(mirror, 'own'), '--into', join(mirror, 'models.json'), '--label', 'My own model', '--licence', 'Apache-2.0', '--context', '512']);
    const stage = await setStage(browser, {MODEL_MIRROR: mirror});
    const sharer = await stage.person('/share');
    await sharer.page.getByRole('button', {name: /^Measure this GPU/}).click();
    await expect(sharer.page.getByText(/about [\d.,]+ tokens\/s here/), 'what to expect of it on this GPU').toBeVisible({timeout: 60_000});
    await sharer.page.getByRole('radio', {name: /My own model/}).click();
    await share(sharer, /^Use the processor/);
    await expect(sharer.page.getByText('wllama, WebAssembly on the processor')).toBeVisible();
    await expect(sharer.page.getByText(/^4 jobs at once: /), 'measured with one, two and four').toBeVisible();
    const people = await Promise.all([stage.person('/chat'), stage.person('/chat'), stage.person('/chat')]);
    for (const {page} of people) {
      await expect(page.getByRole('combobox', {name: 'Model'})).toContainText('My own model', {timeout: 15_000});
      await page.getByRole('textbox', {name: 'Message'}).fill('Count from 1 to 20.');
    }
    await Promise.all(people.map(({page}) => page.getByRole('button', {name: 'Send'}).click()));
    for (const person of people) {
      const answer = await expectAnswered(person);
      for (const number of ['1', '7', '13', '20']) expect(answer).toContain(number);
    }
    const [first] = people;
    expect(first && (await details(first))).toContain('My own model');
    await stage.end();
  } finally {
    rmSync(mirror, {recursive: true});
  }
});
