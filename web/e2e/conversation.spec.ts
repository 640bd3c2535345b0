/** A conversation as a person lives in it: versions, edits, drafts, instructions, temporary ones, keys alone, and what a screen reader hears. */
import {type Browser, expect, type Page, test} from '@playwright/test';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {systemClock} from '../platform/clock.ts';
import {kept, setStage} from './stage.ts';
import {twinMirror, twinNode} from './twin-node.ts';

const articles = (page: Page) => page.locator('article[data-status]');
const last = (page: Page) => articles(page).last();
const box = (page: Page) => page.getByRole('textbox', {name: 'Message'});

/** A node that counts its answers and says what it was told; what it is asked to do slowly comes word by word. */
const twin = (name: string, msPerToken = 5) => {
  let count = 0;
  return fakeEngine({
    clock: systemClock,
    msPerToken,
    answer: ({messages}) => {
      const system = messages.find(({role}) => role === 'system')?.content;
      const asked = messages.filter(({role}) => role === 'user').map(({content}) => content);
      // The same job may be looked at twice; a continued one is none of these tests'.
      count += 1;
      return `${name}${count} heard ${asked.join(' + ')}.${system === undefined ? '' : ` Told: ${system}`} One two three four five six.`;
    },
  });
};

async function start(browser: Browser, {nodes = ['A'], msPerToken = 5}: {readonly nodes?: readonly string[]; readonly msPerToken?: number} = {}) {
  const mirror = twinMirror();
  const stage = await setStage(browser, {MODEL_MIRROR: mirror.folder});
  for (const name of nodes) await twinNode(stage.relay, twin(name, msPerToken));
  const {page, context} = await stage.person('/chat');
  await expect(page.getByRole('combobox', {name: 'Model'})).toContainText('A twin', {timeout: 15_000});
  return {page, context, stage, end: () => stage.end().finally(() => mirror.remove())};
}

async function answered(page: Page, text: RegExp | string): Promise<void> {
  await expect(last(page)).toHaveAttribute('data-status', 'done', {timeout: 60_000});
  await expect(last(page)).toContainText(text);
}

async function ask(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await page.getByRole('button', {name: 'Send'}).click();
}

test('ask, ask again, switch versions, edit a question and an answer, delete and undo; a reload shows the same branch and draft', async ({browser}) => {
  const {page, end} = await start(browser);
  await ask(page, 'apples');
  await answered(page, 'A1 heard apples.');
  await page.getByRole('button', {name: 'Ask again'}).click();
  await answered(page, 'A2 heard apples.');
  await expect(last(page).getByText('2/2')).toBeVisible();
  await ask(page, 'pears');
  await answered(page, 'A3 heard apples + pears.');

  const first = articles(page).nth(1);
  const previous = first.getByRole('button', {name: 'Previous version, 2 of 2 is shown'});
  await previous.click();
  await expect(first).toContainText('A1 heard apples.');
  await expect(articles(page)).toHaveCount(2);
  await expect(first.getByRole('button', {name: 'Previous version, 1 of 2 is shown'}), 'the focus stays').toBeFocused();
  await first.getByRole('button', {name: 'Next version'}).click();
  await expect(articles(page), 'what followed is there again').toHaveCount(4);

  await articles(page).nth(2).getByRole('button', {name: 'Edit question'}).click();
  const edit = page.getByRole('textbox', {name: 'Edit your question'});
  await expect(edit).toBeFocused();
  await edit.fill('plums');
  await page.keyboard.press('Escape');
  await expect(articles(page).nth(2)).toContainText('pears');
  await expect(articles(page).nth(2).getByRole('button', {name: 'Edit question'})).toBeFocused();
  await page.keyboard.press('Enter');
  await edit.fill('plums');
  await page.keyboard.press('Control+Enter');
  await answered(page, 'A4 heard apples + plums.');
  await expect(box(page)).toBeFocused();

  await last(page).getByRole('button', {name: 'More for this answer'}).click();
  await page.getByRole('button', {name: 'Edit this answer'}).click();
  await page.getByRole('textbox', {name: 'Edit this answer'}).fill('My own words.');
  await page.getByRole('button', {name: 'Keep', exact: true}).click();
  await expect(last(page)).toContainText('Edited by you. No computer said this');
  await expect(last(page)).not.toHaveAttribute('data-receipt');

  await articles(page).nth(2).getByRole('button', {name: 'Delete question'}).click();
  await expect(articles(page), 'its other version is shown').toHaveCount(4);
  await expect(last(page)).toContainText('A3 heard apples + pears.');
  await page.getByRole('button', {name: 'Undo'}).click();
  await expect(last(page)).toContainText('My own words.');

  await box(page).fill('half a thou');
  await expect.poll(() => kept(page)).toContain('half a thou');
  await page.reload();
  await expect(last(page)).toContainText('My own words.');
  await expect(box(page)).toHaveValue('half a thou');
  await expect(articles(page)).toHaveCount(4);
  await box(page).fill('');
  await expect.poll(() => kept(page)).not.toContain('half a thou');
  await page.getByRole('heading', {level: 2, name: 'Conversation', exact: true}).waitFor({state: 'attached'});
  expect(await page.getByRole('heading', {level: 3}).allTextContents()).toEqual(['You', 'Answer', 'You', 'Answer']);
  await end();
});

test('another computer answers where the person asks for one; the same one where it is asked for again', async ({browser}) => {
  const {page, end} = await start(browser, {nodes: ['A', 'B']});
  await ask(page, 'who');
  await answered(page, /[AB]1 heard who/);
  const name = (await last(page).innerText()).includes('A1') ? 'A' : 'B';
  const other = name === 'A' ? 'B' : 'A';
  const more = async (item: string) => {
    await last(page).getByRole('button', {name: 'More for this answer'}).click();
    await page.getByRole('button', {name: item}).click();
  };
  await more('Another computer');
  await answered(page, `${other}1 heard who`);
  await more('Same computer again');
  await answered(page, `${other}2 heard who`);
  await more('Another computer');
  await expect(last(page), 'both have answered').toHaveAttribute('data-status', 'failed', {timeout: 30_000});
  await page.getByRole('button', {name: 'Try again'}).click();
  await answered(page, /[AB]\d heard who/);
  await expect(last(page).getByText('4/4'), 'nothing came of the failed one: it is no version').toBeVisible();
  await end();
});

test('a temporary conversation leaves nothing in the browser', async ({browser}) => {
  const {page, end} = await start(browser);
  await page.getByRole('button', {name: 'Temporary'}).click();
  await expect(page.getByText('Temporary: nothing of this conversation is kept')).toBeVisible();
  await box(page).fill('a draft of oranges');
  await box(page).fill('quinces');
  await page.getByRole('button', {name: 'Send'}).click();
  await answered(page, 'A1 heard quinces.');
  await box(page).fill('a draft of lemons');
  // A kept one afterwards shows that the store is written at all.
  await page.getByRole('complementary').getByRole('button', {name: 'New conversation'}).click();
  await expect(articles(page)).toHaveCount(0);
  await expect(box(page)).toHaveValue('');
  await ask(page, 'cherries');
  await answered(page, 'A2 heard cherries.');
  await expect.poll(() => kept(page)).toContain('A2 heard cherries.');
  const all = await kept(page);
  for (const word of ['quinces', 'oranges', 'lemons']) expect(all, word).not.toContain(word);
  await expect(page.getByRole('complementary').getByRole('link')).toHaveCount(1);

  await ask(page, '/temp');
  await expect(page.getByText('Temporary: nothing of this conversation is kept')).toBeVisible();
  await expect(articles(page)).toHaveCount(0);
  await ask(page, 'medlars');
  await answered(page, 'A3 heard medlars.');
  await page.reload();
  await expect(page.getByText('That conversation is not in this browser.')).toBeVisible();
  expect(await kept(page)).not.toContain('medlars');
  await end();
});

test('by keys alone: ask, chords, stop, edit the last question; and all of them switched off', async ({browser}) => {
  const {page, context, end} = await start(browser, {msPerToken: 300});
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.keyboard.press('Control+Shift+O');
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('first');
  await page.keyboard.press('Control+Enter');
  await expect(last(page)).toContainText('A1', {timeout: 30_000});
  await page.keyboard.press('Escape');
  await expect(last(page)).toHaveAttribute('data-status', 'stopped');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('textbox', {name: 'Edit your question'})).toBeFocused();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('second');
  await page.keyboard.press('Control+Enter');
  await answered(page, 'heard second.');
  await expect(box(page)).toBeFocused();

  await page.keyboard.press('Control+/');
  await expect(page.getByRole('dialog', {name: 'Keyboard shortcuts'})).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', {name: 'Keyboard shortcuts'})).toBeHidden();
  await expect(box(page), 'the focus comes back').toBeFocused();
  await page.keyboard.press('Control+Shift+S');
  await expect(page.getByRole('complementary')).toBeHidden();
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('complementary')).toBeVisible();
  expect(await page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const root = at?.getRootNode();
    return root instanceof ShadowRoot ? root.host.localName : undefined;
  }), 'in the list').toBe('conversation-list');
  await page.keyboard.press('Control+Shift+;');
  await expect(page.getByText('There is no code block in this conversation.')).toBeVisible();

  await page.keyboard.press('Control+.');
  await expect(page.getByRole('heading', {level: 1, name: 'Settings'})).toBeFocused();
  const toggle = page.getByRole('checkbox', {name: 'Keyboard shortcuts'});
  await toggle.focus();
  await page.keyboard.press('Space');
  await expect(toggle).not.toBeChecked();
  await page.keyboard.press('Control+Shift+O');
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+/');
  await expect(page.getByRole('heading', {level: 1, name: 'Settings'})).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Space');
  await expect(toggle).toBeChecked();
  await page.keyboard.press('Control+Shift+O');
  await expect(box(page), 'from any page').toBeFocused();
  await expect(articles(page)).toHaveCount(0);
  await end();
});

test('a screen reader hears each finished answer once; what is typed meanwhile waits, and goes out by itself', async ({browser}) => {
  const {page, end} = await start(browser, {msPerToken: 400});
  const said: string[] = [];
  await page.exposeFunction('heard', (words: string) => said.push(words));
  await page.evaluate(() => {
    const region = document.querySelector('app-shell')?.shadowRoot?.querySelector('chat-page')?.shadowRoot?.querySelector('chat-announcer')?.shadowRoot?.querySelector('[aria-live]');
    if (!region) throw new Error('no live region');
    const {heard} = globalThis as unknown as {heard(words: string): void};
    new MutationObserver(() => heard(region.textContent ?? '')).observe(region, {childList: true, characterData: true, subtree: true});
  });
  await ask(page, 'one');
  await expect(last(page)).toContainText('A1', {timeout: 30_000});
  await box(page).fill('two');
  await box(page).press('Enter');
  await expect(page.getByText('Sent after this answer: two')).toBeVisible();
  await page.getByRole('button', {name: 'Take back'}).click();
  await expect(box(page)).toHaveValue('two');
  await page.getByRole('button', {name: 'Ask next'}).click();
  await expect(box(page)).toHaveValue('');
  await answered(page, 'A2 heard one + two.');
  await expect(page.getByText('Sent after this answer')).toHaveCount(0);
  const finished = said.filter((words) => words.startsWith('Answer: '));
  expect(finished.map((words) => words.slice(0, 20))).toEqual(['Answer: A1 heard one', 'Answer: A2 heard one']);
  expect(said.filter((words) => words === 'Answering…')).toHaveLength(2);
  expect(said).toHaveLength(4);

  await ask(page, 'three');
  await expect(last(page)).toContainText('A3', {timeout: 30_000});
  await box(page).fill('four');
  await box(page).press('Enter');
  await page.getByRole('button', {name: 'Stop', exact: true}).click();
  await expect(last(page)).toHaveAttribute('data-status', 'stopped');
  await expect(box(page), 'after a stop nothing goes out by itself').toHaveValue('four');
  await end();
});

test('instructions: checked, told to the computer, kept as a preset, and what new conversations begin with', async ({browser}) => {
  const {page, end} = await start(browser);
  const dialog = page.getByRole('dialog', {name: 'Instructions and parameters'});
  await page.getByRole('button', {name: 'Instructions and parameters'}).click();
  await expect(dialog.getByRole('textbox', {name: 'Instructions for the model'})).toBeFocused();
  await page.keyboard.type('Be a parrot.');
  await dialog.getByText('Parameters', {exact: true}).click();
  await dialog.getByRole('textbox', {name: 'Temperature'}).fill('3');
  await dialog.getByRole('button', {name: 'Save', exact: true}).click();
  await expect(dialog.getByText('Not saved: a number from 0 to 2')).toBeVisible();
  await expect(dialog.getByRole('textbox', {name: 'Temperature'})).toBeFocused();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('0.5');
  await expect(dialog.getByText('Not saved')).toHaveCount(0);
  await dialog.getByRole('textbox', {name: 'Most tokens of an answer'}).fill('7');
  await dialog.getByRole('textbox', {name: 'Name of a preset'}).fill('Parrot');
  await dialog.getByRole('button', {name: 'Save as preset'}).click();
  await expect(dialog.getByText('“Parrot” is saved.')).toBeVisible();
  await dialog.getByRole('checkbox', {name: 'Use these for new conversations too'}).check();
  await dialog.getByRole('button', {name: 'Save', exact: true}).click();
  await expect(dialog).toBeHidden();
  await ask(page, 'hi');
  await answered(page, 'A1 heard hi. Told: Be a parrot.');
  await expect(last(page), 'seven tokens, no more').not.toContainText('One');

  await page.reload();
  await answered(page, 'A1 heard hi.');
  await page.getByRole('complementary').getByRole('button', {name: 'New conversation'}).click();
  await ask(page, 'hello');
  await answered(page, 'Told: Be a parrot.');
  await page.getByRole('button', {name: 'Instructions and parameters'}).click();
  await dialog.getByRole('button', {name: 'Clear all'}).click();
  await dialog.getByRole('button', {name: 'Save', exact: true}).click();
  await ask(page, 'again');
  await expect(last(page)).toContainText('heard hello + again. One', {timeout: 30_000});
  await page.getByRole('button', {name: 'Instructions and parameters'}).click();
  await dialog.getByRole('combobox', {name: 'Saved preset'}).selectOption('Parrot');
  await dialog.getByRole('button', {name: 'Load'}).click();
  await expect(dialog.getByRole('textbox', {name: 'Instructions for the model'})).toHaveValue('Be a parrot.');
  await dialog.getByRole('button', {name: 'Delete preset'}).click();
  await expect(dialog.getByText('“Parrot” is deleted.')).toBeVisible();
  await expect(dialog.getByRole('combobox', {name: 'Saved preset'})).toBeDisabled();
  await end();
});
