/** The app in three languages: the browser's at first, changed at any time without loading the page again, and no wider than a phone in any of them. */
import {type Browser, expect, type Page, test} from '@playwright/test';
import {setMoneyStage} from './money-stage.ts';
import {ask, expectAnswered, type Person, setStage, share, type Stage} from './stage.ts';

/** A person whose browser asks for a language. */
async function speaker(stage: Stage, {browser, path, locale}: {browser: Browser; path: string; locale: string}): Promise<Page> {
  const context = await browser.newContext({locale});
  const page = await context.newPage();
  await page.goto(stage.relay.url + path);
  return page;
}

const chosen = (page: Page, name: string) => page.getByRole('radio', {name, exact: true});
/** By the app's own links: the page is never loaded again. */
const goTo = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', {name, exact: true}).click();

test('a browser that asks for Russian gets it at once, on every page, in the title and for screen readers', async ({browser}) => {
  const stage = await setStage(browser);
  const page = await speaker(stage, {browser, path: '/', locale: 'ru-RU'});
  await expect(page.getByRole('heading', {level: 1})).toHaveText('ИИ на компьютерах, которыми делятся люди');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
  await expect(page).toHaveTitle('Главная · Bombyx');
  await page.getByRole('button', {name: 'Задать вопрос'}).click();
  await expect(page.getByRole('textbox', {name: 'Сообщение'})).toBeVisible();
  await expect(page.getByText('Компьютер, который отвечает, видит этот текст.')).toBeVisible();
  await goTo(page, 'Делиться GPU');
  await expect(page.getByRole('heading', {level: 1})).toHaveText('Поделиться моим GPU');
  await expect(page.getByText('Остановить можно в любой момент.')).toBeVisible();
  await expect(page).toHaveTitle('Поделиться моим GPU · Bombyx');
  await page.context().close();
  await stage.end();
});

test('English costs no byte of the others; a language none of ours is English', async ({browser}) => {
  const stage = await setStage(browser);
  const context = await browser.newContext({locale: 'de-DE'});
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${stage.relay.url}/settings`);
  await expect(page.getByRole('heading', {level: 1})).toHaveText('Settings');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  expect(asked.filter((path) => /russian|spanish/.test(path))).toEqual([]);
  await chosen(page, 'Русский').check();
  await expect(page.getByRole('heading', {level: 1})).toHaveText('Настройки');
  expect(asked.filter((path) => /russian|spanish/.test(path))).toEqual([expect.stringMatching(/^\/assets\/russian-/)]);
  await context.close();
  await stage.end();
});

test('a change in Settings: at once, with the node running, the focus kept and what was written kept; it survives a reload', async ({browser}) => {
  const stage = await setStage(browser);
  const person = await stage.person('/share');
  await share(person, /processor/i);
  const {page} = person;
  const node = await page.locator('share-page').getByText(/WebAssembly on the processor/).textContent();
  await goTo(page, 'Settings');
  await page.getByRole('switch', {name: /^Hide personal details/}).check();
  await page.getByRole('textbox', {name: 'Always hide these'}).fill('Kitchen');
  await page.evaluate(() => Object.assign(window, {notReloaded: true}));
  await chosen(page, 'Español').check();
  await expect(page.getByRole('heading', {level: 1})).toHaveText('Ajustes');
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(page).toHaveTitle('● Ajustes · Bombyx');
  await expect(chosen(page, 'Español')).toBeFocused();
  await expect(page.getByRole('textbox', {name: 'Ocultar siempre esto'})).toHaveValue('Kitchen');
  await goTo(page, 'Compartir GPU');
  await expect(page.locator('share-page')).toHaveAttribute('data-status', 'ready');
  await expect(page.getByText(node?.replace('on the processor', 'en el procesador') ?? '?')).toBeVisible();
  const asker = await stage.person('/chat');
  await ask(asker, 'What is 3 plus 4?');
  expect(await expectAnswered(asker)).toContain('3 + 4 = 7');
  await expect(page.getByRole('button', {name: /Compartiendo · 1 tarea/}).first()).toBeVisible();
  expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true);
  await page.reload();
  await expect(page.getByRole('heading', {level: 1})).toHaveText('Compartir mi GPU');
  await goTo(page, 'Ajustes');
  await expect(chosen(page, 'Español')).toBeChecked();
  await chosen(page, 'Como el navegador').check();
  await expect(page.getByRole('heading', {level: 1})).toHaveText('Settings');
  await stage.end();
});

test('a language that does not arrive changes nothing and says so', async ({browser}) => {
  const stage = await setStage(browser);
  const {page} = await stage.person('/settings');
  await page.route('**/assets/spanish-*', (route) => route.abort());
  await chosen(page, 'Español').click();
  await expect(page.getByText('The relay cannot be reached.', {exact: false})).toBeVisible();
  await expect(page.getByRole('heading', {level: 1})).toHaveText('Settings');
  await expect(chosen(page, 'Like the browser')).toBeChecked();
  await stage.end();
});

test('the wallet’s own document speaks the language of the page, also after a change', async ({browser}) => {
  const stage = await setMoneyStage(browser);
  const page = await speaker(stage, {browser, path: '/wallet', locale: 'ru-RU'});
  const inside = page.frameLocator('dialog.wallet iframe');
  await page.getByRole('button', {name: 'Подключить кошелёк'}).click();
  await expect(inside.getByRole('heading', {name: 'Подключить демокошелёк к этому сайту?'})).toBeVisible({timeout: 20_000});
  await inside.getByRole('button', {name: 'Отклонить'}).click();
  await expect(page.locator('dialog.wallet')).toBeHidden();
  await goTo(page, 'Настройки');
  await chosen(page, 'Español').check();
  await goTo(page, 'Cartera');
  await page.getByRole('button', {name: 'Conectar una cartera'}).click();
  await expect(page.getByRole('dialog', {name: 'Cartera'})).toBeVisible();
  await inside.getByRole('button', {name: 'Conectar', exact: true}).click({timeout: 20_000});
  await expect(page.getByRole('button', {name: 'Conseguir 20 monedas de prueba'})).toBeVisible();
  await page.setViewportSize({width: 360, height: 740});
  expect(await sideways({page})).toBe(0);
  await page.context().close();
  await stage.end();
});

/** How far the page, or its scrolling middle, sticks out sideways; 0 where it fits. */
const sideways = ({page}: Pick<Person, 'page'>) =>
  page.evaluate(() => {
    const main = document.querySelector('app-shell')?.shadowRoot?.querySelector('main');
    return Math.max(...[document.documentElement, main].map((element) => (element ? element.scrollWidth - element.clientWidth : 0)));
  });

const routes = ['/', '/chat', '/tasks', '/share', '/wallet', '/settings', '/privacy', '/network', '/nowhere'];

for (const locale of ['en-US', 'ru-RU', 'es-ES']) {
  test(`${locale}: no page is wider than a small phone`, async ({browser}) => {
    const stage = await setStage(browser);
    const page = await speaker(stage, {browser, path: '/', locale});
    await page.setViewportSize({width: 360, height: 740});
    for (const path of routes) {
      await page.goto(stage.relay.url + path);
      await expect(page.getByRole('heading', {level: 1}).first()).toBeAttached();
      expect(await sideways({page}), path).toBe(0);
    }
    await page.context().close();
    await stage.end();
  });
}
