/** A node that loses its GPU, its engine or its thread: it starts again by itself, and who asked sees no break. */
import {expect, test, type Worker} from '@playwright/test';
import {ask, expectAnswered, lastAnswer, type Person, setStage, share} from './stage.ts';

/** Keeps every device that the worker's engine takes, so that a test can destroy one. */
async function keepDevices({page}: Person): Promise<Worker> {
  const worker = page.workers()[0] ?? (await page.waitForEvent('worker'));
  await worker.evaluate(() => {
    const kept: GPUDevice[] = [];
    const {requestDevice} = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function keeping(...args) {
      const device = await requestDevice.apply(this, args);
      kept.push(device);
      return device;
    };
    Object.assign(globalThis, {kept});
  });
  return worker;
}

test('the GPU is lost in mid-answer: the answer is completed, and the node comes back on a fresh device', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  const worker = await keepDevices(sharer);
  await share(sharer);
  const asker = await stage.person('/chat');
  const helper = await stage.person('/share');
  await ask(asker, 'Count from 1 to 20.');
  await expect(lastAnswer(asker)).toContainText('3', {timeout: 60_000});
  await share(helper);
  await worker.evaluate(() => (globalThis as unknown as {kept: GPUDevice[]}).kept.forEach((device) => device.destroy()));
  await expect(sharer.page.locator('share-page')).toHaveAttribute('data-status', 'recovering', {timeout: 20_000});
  await expect(sharer.page.getByText(/Starting again by itself. The GPU was reset/).first()).toBeVisible();
  const answer = await expectAnswered(asker);
  for (const number of ['5', '12', '19']) expect(answer).toContain(number);
  await expect(sharer.page.locator('share-page')).toHaveAttribute('data-status', 'ready', {timeout: 60_000});
  expect(sharer.page.workers(), 'the old worker is gone').toHaveLength(1);
  await expect.poll(() => stage.relay.hub.census().nodes).toBe(2);
  await stage.end();
});
