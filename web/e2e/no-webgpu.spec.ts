/** A browser without WebGPU: the share page explains, asking works, and the processor can be shared instead. */
import {chromium, expect, test} from '@playwright/test';
import {chromiumArgsWithoutWebGpu} from '../../scripts/chromium-args.ts';
import {ask, expectAnswered, setStage, share} from './stage.ts';

test('no WebGPU: the reason and the fix are shown, the processor is offered, asking works', async ({browser}) => {
  const {BOMBYX_BROWSER: executablePath} = process.env;
  const plain = await chromium.launch({...(executablePath ? {executablePath} : {}), args: [...chromiumArgsWithoutWebGpu]});
  try {
    const stage = await setStage(browser);
    const person = await stage.person('/share', plain);
    await expect(person.page.getByText(/switched off for this graphics driver|found no GPU/)).toBeVisible();
    await expect(person.page.getByText(/chrome:\/\/flags|graphics acceleration/)).toBeVisible();
    await share(person, /processor/i);
    await expect(person.page.getByText(/WebAssembly on the processor/)).toBeVisible();
    const asker = await stage.person('/chat', plain);
    await ask(asker, 'Hello');
    expect(await expectAnswered(asker)).toMatch(/hello/i);
    await stage.end();
  } finally {
    await plain.close();
  }
});
