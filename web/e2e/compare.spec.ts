/** Two engines for one model: they are compared on this device, and the faster one serves. */
import {execFile} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {expect, test} from '@playwright/test';
import {ggufOfFolder} from '../../models/make-gguf.ts';
import {demoModel} from '../../models/variants.ts';
import {ask, expectAnswered, setStage, share} from './stage.ts';

const script = join(import.meta.dirname, '../../models/model-manifest.ts');
const engines: Readonly<Record<string, string>> = {'transformers.js': 'transformers.js', 'llama.cpp': 'wllama'};

test('engines are compared on this device, and the fastest one serves', async ({browser}) => {
  const mirror = mkdtempSync(join(tmpdir(), 'bombyx-mirror-'));
  try {
    mkdirSync(join(mirror, 'gguf'));
    writeFileSync(join(mirror, 'gguf/tiny.gguf'), ggufOfFolder(demoModel));
    await promisify(execFile)(process.execPath, [script, join(mirror, 'gguf'), '--into', join(mirror, 'models.json'), '--family', 'bombyx-tiny', '--label', 'Bombyx tiny (GGUF)', '--licence', 'Apache-2.0', '--context', '512']);
    const stage = await setStage(browser, {MODEL_MIRROR: mirror});
    const sharer = await stage.person('/share');
    const {page} = sharer;
    await page.getByRole('button', {name: /^Compare them/}).click();
    await expect(page.getByText(/^Measuring 1 of 3/)).toBeVisible();
    await expect(page.getByText('the fastest here')).toBeVisible({timeout: 90_000});
    const ways = await page.locator('share-setup .ways li').allInnerTexts();
    expect(ways.map((way) => way.replace(/:.*/s, ''))).toEqual(['transformers.js on the GPU', 'transformers.js on the processor', 'llama.cpp on the processor']);
    const rates = ways.map((way) => ({engine: way.replace(/ on the .*/s, ''), onProcessor: way.includes('processor'), rate: Number(/([\d.,]+) tokens/.exec(way)?.[1]?.replace(',', '') ?? 0)}));
    expect(rates.every(({rate, onProcessor}) => rate > 0 || !onProcessor), 'a software GPU may be too slow to measure').toBe(true);
    const [fastest] = rates.filter(({onProcessor}) => onProcessor).toSorted((left, right) => right.rate - left.rate);
    await page.reload();
    await expect(page.getByText('the fastest here'), 'it is remembered').toBeVisible();
    await share(sharer, /^Use the processor/);
    await expect(page.getByText(`${engines[fastest?.engine ?? '']}, WebAssembly on the processor`)).toBeVisible();
    const person = await stage.person('/chat');
    await ask(person, 'What is 3 plus 4?');
    expect(await expectAnswered(person)).toContain('3 + 4 = 7');
    await stage.end();
  } finally {
    rmSync(mirror, {recursive: true});
  }
});
