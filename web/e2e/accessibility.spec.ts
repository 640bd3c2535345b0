/** Every screen in every theme and language, looked at by axe: names, roles, contrast, order of headings, and what else a machine can see. */
import {AxeBuilder} from '@axe-core/playwright';
import {expect, type Page, test} from '@playwright/test';
import {ask, details, expectAnswered, setStage, share} from './stage.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const routes = ['/', '/chat', '/tasks', '/share', '/share/models', '/share/jobs', '/share/limits', '/wallet', '/more', '/settings', '/pair', '/privacy', '/network', '/operator', '/nowhere'];
const themes = ['light', 'dark'] as const;

/** What axe finds on the page as it is, in the theme: the rule, where, and what is wrong. */
async function findings(page: Page, theme: (typeof themes)[number]): Promise<readonly string[]> {
  await page.emulateMedia({colorScheme: theme, reducedMotion: 'reduce'});
  const {violations} = await new AxeBuilder({page}).withTags(rules).analyze();
  return violations.flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) => `${theme} ${new URL(page.url()).pathname}: ${id} at ${target.flat().join(' > ')}: ${failureSummary}`));
}

for (const locale of ['en-US', 'ru-RU', 'es-ES']) {
  test(`axe finds nothing on any route in light and dark: ${locale}`, async ({browser}) => {
    const stage = await setStage(browser);
    const {page} = await stage.person('/', {locale});
    const found: string[] = [];
    for (const path of routes) {
      await page.goto(stage.relay.url + path);
      await expect(page.locator('main h1')).toBeVisible();
      for (const theme of themes) found.push(...(await findings(page, theme)));
    }
    expect(found).toEqual([]);
    await stage.end();
  });
}

test('axe finds nothing while a computer shares and an answer with its details is shown, on a phone too', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  await share(sharer, /processor/i);
  const asker = await stage.person('/chat');
  await ask(asker, 'Hello');
  await expectAnswered(asker);
  await details(asker);
  const found: string[] = [];
  for (const {page} of [sharer, asker]) {
    for (const viewport of [{width: 1280, height: 800}, {width: 390, height: 844}]) {
      await page.setViewportSize(viewport);
      for (const theme of themes) found.push(...(await findings(page, theme)));
    }
  }
  expect(found).toEqual([]);
  await asker.page.getByRole('button', {name: 'About the models'}).click();
  await expect(asker.page.getByRole('dialog')).toBeVisible();
  expect(await findings(asker.page, 'dark')).toEqual([]);
  await asker.page.keyboard.press('Escape');
  await asker.page.getByRole('button', {name: /^Instructions/}).click();
  await expect(asker.page.getByRole('dialog')).toBeVisible();
  expect(await findings(asker.page, 'light')).toEqual([]);
  await asker.page.keyboard.press('Escape');
  await asker.page.evaluate(() => document.querySelector('app-shell')?.shadowRoot?.querySelector('main')?.append(document.createElement('button')));
  expect(await findings(asker.page, 'light'), 'a button without a name is found, inside an element too').toEqual([expect.stringContaining('button-name')]);
  await stage.end();
});
