/** The main job: one tab shares its GPU, another asks; a sealed answer streams back with a signed receipt. */
import {expect, test} from '@playwright/test';
import {ask, details, expectAnswered, lastAnswer, setStage, share} from './stage.ts';

/** A question with an answer long enough to be stopped in the middle. */
const longQuestion = 'Count from 1 to 20.';

test('two tabs on one relay: share, ask, stream, stop, ask again; the tokens come from WebGPU', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  const worker = sharer.page.workers()[0] ?? (await sharer.page.waitForEvent('worker'));
  await worker.evaluate(() => {
    const counter = globalThis as unknown as {submits: number};
    counter.submits = 0;
    const submit = GPUQueue.prototype.submit;
    GPUQueue.prototype.submit = function counted(...args) {
      counter.submits += 1;
      return submit.apply(this, args);
    };
  });
  const submits = () => worker.evaluate(() => (globalThis as unknown as {submits: number}).submits);
  await share(sharer);
  await expect(sharer.page.getByText(/transformers\.js, WebGPU, google/)).toBeVisible();
  expect(stage.relay.hub.census().nodes).toBe(1);

  const asker = await stage.person('/chat');
  const before = await submits();
  await ask(asker, 'Hello');
  expect(await expectAnswered(asker)).toMatch(/hello/i);
  expect(await submits(), 'the GPU was given work').toBeGreaterThan(before);

  await ask(asker, longQuestion);
  await expect(lastAnswer(asker)).toContainText('2', {timeout: 30_000});
  await asker.page.getByRole('button', {name: 'Stop', exact: true}).click();
  await expect(lastAnswer(asker)).toHaveAttribute('data-status', 'stopped');
  await ask(asker, 'What is 2 plus 3?');
  expect(await expectAnswered(asker)).toContain('5');
  const text = await details(asker);
  expect(text).toMatch(/relay/i);
  await expect(sharer.page.locator('share-page')).toHaveAttribute('data-link', 'webrtc');
  await stage.end();
});

test('whoever comes second at a busy computer reads their place in line, and then the answer', async ({browser}) => {
  const stage = await setStage(browser);
  await share(await stage.person('/share'));
  const [first, second] = [await stage.person('/chat'), await stage.person('/chat')];
  await ask(first, longQuestion);
  await expect(lastAnswer(first)).toContainText('1', {timeout: 30_000});
  await ask(second, 'What is 2 plus 3?');
  await expect(second.page.getByText('You are number 1 in line')).toBeVisible();
  expect(await expectAnswered(second)).toContain('5');
  await expectAnswered(first);
  await stage.end();
});

test('the node tab dies in mid-answer: another computer completes it, and the reader sees no break', async ({browser}) => {
  const stage = await setStage(browser);
  const sharers = [await stage.person('/share'), await stage.person('/share')];
  for (const sharer of sharers) await share(sharer);
  const asker = await stage.person('/chat');
  await ask(asker, longQuestion);
  await expect(lastAnswer(asker)).toContainText('3', {timeout: 60_000});
  const working = await Promise.all(sharers.map(({page}) => page.getByText(/^Working on/).first().isVisible()));
  expect(working.filter(Boolean), 'one of the two works').toHaveLength(1);
  await sharers[working.indexOf(true)]?.page.close();
  const answer = await expectAnswered(asker);
  for (const number of ['5', '12', '19']) expect(answer).toContain(number);
  expect(await details(asker)).toMatch(/Computers, in order/);
  await stage.end();
});

test('reload keeps the history, the identity of the node and of the device', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  await share(sharer, /processor/i);
  const key = sharer.page.getByText(/^[0-9a-f]{64}$/);
  const before = await key.first().innerText();
  const asker = await stage.person('/chat');
  await ask(asker, 'Hello');
  await expectAnswered(asker);
  await asker.page.reload();
  await asker.page.getByRole('button', {name: /^Hello/}).or(asker.page.getByRole('link', {name: /^Hello/})).first().click();
  await expect(lastAnswer(asker)).toContainText(/hello/i);
  await sharer.page.reload();
  await share(sharer, /processor/i);
  expect(await key.first().innerText()).toBe(before);
  await stage.end();
});

test('nothing that passes the relay holds the question or the answer', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  await share(sharer, /processor/i);
  const asker = await stage.person('/chat');
  const question = 'What is the capital of France?';
  await ask(asker, question);
  const answer = await expectAnswered(asker);
  const words = [question, 'capital', 'France', 'Paris', ...answer.split(/\W+/).filter((word) => word.length >= 5)];
  expect(stage.frames.length).toBeGreaterThan(16);
  const all = Buffer.concat(stage.frames.map((frame) => Buffer.concat([frame, Buffer.of(0)])));
  // The names of models and engines are public: they are in the signed record.
  const own = /^(bombyx|model|tiny|demo|receipt|tokens|answer|again|copy|details)$/i;
  for (const word of words.filter((each) => !own.test(each))) expect(all.includes(word), word).toBe(false);
  await stage.end();
});
