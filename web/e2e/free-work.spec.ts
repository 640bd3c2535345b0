/** A relay that asks for work before free answers: the page does it without standing still, says so where it takes long, and can be stopped. */
import {expect, test} from '@playwright/test';
import {decodeMessage} from '../../protocol/codec.ts';
import {isSolution} from '../../protocol/work.ts';
import {ask, expectAnswered, lastAnswer, setStage, share} from './stage.ts';

test('a little work is done in passing, and the page goes on drawing meanwhile', async ({browser}) => {
  const stage = await setStage(browser, {BOMBYX_FREE_WORK_BITS: '18'});
  const sharer = await stage.person('/share');
  await share(sharer, /processor/i);
  const person = await stage.person('/chat');
  const longest = person.page.evaluate(async () => {
    let most = 0;
    for (let last = performance.now(), until = last + 4000; last < until; ) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(() => resolve(performance.now())));
      most = Math.max(most, now - last);
      last = now;
    }
    return most;
  });
  await ask(person, 'What is 3 plus 4?');
  expect(await expectAnswered(person)).toContain('3 + 4 = 7');
  expect(await longest, 'ms between two frames').toBeLessThan(1000);
  const asked = stage.frames.map((frame) => decodeMessage(frame)).find((message) => message.kind === 'match');
  expect(asked?.kind === 'match' && asked.work !== undefined).toBe(true);
  expect(asked?.kind === 'match' && isSolution({bits: 18, nonce: new Uint8Array(32), handle: asked.handle}, asked.work ?? 0n), 'it is of this link alone').toBe(false);
  await stage.end();
});

test('where it takes longer the page says what it does, and stopping ends it', async ({browser}) => {
  const stage = await setStage(browser, {BOMBYX_FREE_WORK_BITS: '24'});
  const sharer = await stage.person('/share');
  await share(sharer, /processor/i);
  const person = await stage.person('/chat');
  const working = person.page.getByText('Working for a free answer');
  // A lucky number may be found within a second: then another question.
  for (let tries = 0; tries < 5; tries += 1) {
    await ask(person, 'Hello');
    await expect(working.or(lastAnswer(person).and(person.page.locator('[data-status="done"]')))).toBeVisible({timeout: 60_000});
    if (await working.isVisible()) break;
  }
  await expect(working).toBeVisible();
  await person.page.getByRole('button', {name: 'Stop', exact: true}).click();
  await expect(lastAnswer(person)).toHaveAttribute('data-status', 'stopped');
  await expect(working).toHaveCount(0);
  await stage.end();
});
