/** Personal details do not leave the browser where a person wants that: what the computer received, and what the person reads. */
import {expect, test} from '@playwright/test';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {systemClock} from '../platform/clock.ts';
import {expectAnswered, lastAnswer, setStage} from './stage.ts';
import {twinMirror, twinNode} from './twin-node.ts';

test('with the switch on, the computer receives placeholders, and the answer shows what they stand for', async ({browser}) => {
  const mirror = twinMirror();
  const stage = await setStage(browser, {MODEL_MIRROR: mirror.folder});
  const received: string[] = [];
  await twinNode(stage.relay, fakeEngine({
    clock: systemClock,
    msPerToken: 5,
    answer: (job) => {
      const contents = job.messages.map(({content}) => content);
      received.push(...contents);
      return `You wrote: ${contents.at(-1)}`;
    },
  }));
  const {page} = await stage.person('/settings');
  const send = async (question: string) => {
    await page.getByRole('textbox', {name: 'Message'}).fill(question);
    await page.getByRole('button', {name: 'Send', exact: true}).click();
    await expectAnswered({page, context: page.context()});
  };
  await page.getByRole('switch', {name: /Hide personal details/}).check();
  await page.getByLabel('Always hide these').fill('Falcon\n');
  await page.getByRole('button', {name: 'Save list'}).click();
  await page.getByRole('link', {name: 'Chat'}).first().click();
  await expect(page.getByRole('combobox', {name: 'Model'})).toContainText('A twin', {timeout: 15_000});
  await expect(page.getByText('Personal details that are recognised are hidden before sending.')).toBeVisible();

  const question = 'My name is Anna Smith, write to anna@mail.example about project Falcon';
  await send(question);
  expect(received).toEqual(['My name is [name-1], write to [email-1] about project [hidden-1]']);
  await expect(lastAnswer({page, context: page.context()})).toContainText(`You wrote: ${question}`);
  await page.getByText('3 things were hidden: show').click();
  await page.getByRole('button', {name: 'Send as is: “Falcon”'}).click();
  await expect(page.getByText('Sent as it is from the next question on')).toBeVisible();

  received.length = 0;
  await send('And Falcon, said Anna?');
  expect(received.join('\n')).not.toContain('anna@mail.example');
  expect(received.at(-1)).toBe('And Falcon, said [name-2]?');
  await expect(lastAnswer({page, context: page.context()})).toContainText('You wrote: And Falcon, said Anna?');

  await page.reload();
  await expect(page.getByText('3 things were hidden: show'), 'marks are kept').toBeVisible();
  await expect(page.locator('.question').first(), 'history keeps what was written').toHaveText(question);
  await page.getByRole('link', {name: 'Settings'}).first().click();
  await page.getByRole('button', {name: 'Hide again: “Falcon”'}).click();
  await page.getByRole('switch', {name: /Hide personal details/}).uncheck();
  await page.getByRole('link', {name: 'Chat'}).first().click();
  await expect(page.getByRole('combobox', {name: 'Model'})).toContainText('A twin', {timeout: 15_000});
  received.length = 0;
  await send('Mail me at new@mail.example');
  expect(received.at(-1)).toBe('Mail me at new@mail.example');
  await stage.end();
  mirror.remove();
});
