/** The relay is started anew while somebody reads an answer: the page goes on by itself, and the answer is whole. */
import {expect, test} from '@playwright/test';
import {ask, details, expectAnswered, lastAnswer, setStage, share} from './stage.ts';

test('an answer goes on after the relay was started anew, and the page asks again by itself', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  await share(sharer);
  const person = await stage.person('/chat');
  await ask(person, 'Count from 1 to 20.');
  await expect(lastAnswer(person)).toContainText('3', {timeout: 30_000});
  await stage.restart();
  const answer = await expectAnswered(person);
  for (const number of ['1', '7', '13', '20']) expect(answer).toContain(number);
  expect(await details(person)).toContain('The relay only carried it sealed');
  await expect(sharer.page.locator('share-page')).toHaveAttribute('data-status', 'ready');
  await ask(person, 'What is 3 plus 4?');
  expect(await expectAnswered(person)).toContain('3 + 4 = 7');
  await stage.end();
});
