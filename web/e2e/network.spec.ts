/** The page about the network: it says who is there without saying who, follows what happens, and says so when the relay is away. */
import {expect, test} from '@playwright/test';
import {ask, comeBack, expectAnswered, setStage, share} from './stage.ts';

test('a stranger reads how many computers offer what; it follows a computer that comes and goes, and a relay that is away', async ({browser}) => {
  const stage = await setStage(browser);
  const reader = await stage.person('/');
  const {page} = reader;
  await page.getByRole('main').getByRole('link', {name: 'The network now'}).click();
  await expect(page.getByRole('heading', {level: 1})).toBeFocused();
  await expect(page.getByText('No computer offers a model right now.')).toBeVisible();
  const sharer = await stage.person('/share');
  await share(sharer, /processor/i);
  await comeBack(reader);
  const row = page.getByRole('row', {name: /Bombyx tiny/});
  await expect(row).toContainText('1', {timeout: 15_000});
  await expect(page.getByText(/other|models of the list are offered by nobody now/)).toBeVisible();
  const person = await stage.person('/chat');
  for (let question = 0; question < 5; question += 1) {
    await ask(person, 'What is 3 plus 4?');
    await expectAnswered(person);
  }
  await comeBack(reader);
  await expect(row.getByRole('cell').last(), 'five waits are told').toContainText(/\d/, {timeout: 15_000});
  expect(await page.locator('network-page').innerText()).not.toMatch(/[\da-f]{32}/);
  await page.setViewportSize({width: 360, height: 740});
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(sideways, 'nothing sticks out of the screen').toBe(0);
  await sharer.page.close();
  await comeBack(reader);
  await expect(page.getByText('No computer offers a model right now.')).toBeVisible({timeout: 15_000});
  await stage.relay.close();
  await comeBack(reader);
  await expect(page.getByText('The relay did not answer. It is asked again by itself.')).toBeVisible({timeout: 15_000});
  await stage.restart();
  await comeBack(reader);
  await expect(page.getByText('The relay did not answer.')).toBeHidden({timeout: 15_000});
  await stage.end();
});
