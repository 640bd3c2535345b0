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
  await share(helper, /processor/i);
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

test('the thread of the node is stuck: another thread takes over, and answers', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  await sharer.page.clock.install();
  await share(sharer);
  const [stuck] = sharer.page.workers();
  await stuck?.evaluate(() => void setTimeout(() => {
    for (;;);
  }));
  const status = sharer.page.locator('share-page');
  await expect(async () => {
    await sharer.page.clock.fastForward(20_000);
    await expect(status).toHaveAttribute('data-status', 'recovering', {timeout: 300});
  }).toPass({timeout: 60_000});
  await sharer.page.clock.fastForward(20_000);
  await expect(status).toHaveAttribute('data-status', 'ready', {timeout: 60_000});
  await expect.poll(() => sharer.page.workers().includes(stuck as Worker), {message: 'the stuck thread was ended'}).toBe(false);
  expect(sharer.page.workers()).toHaveLength(1);
  const asker = await stage.person('/chat');
  await ask(asker, 'Count from 1 to 5.');
  expect(await expectAnswered(asker)).toContain('5');
  await stage.end();
});
