/** The stage of every journey: a real relay on a free port, real browser contexts, and ears for what must never happen. */
import {type Browser, type BrowserContext, type BrowserContextOptions, expect, type Page} from '@playwright/test';
import {readConfig} from '../../relay/config.ts';
import {silentLog} from '../../relay/log.ts';
import {type RunningRelay, startRelay} from '../../relay/start-relay.ts';

export interface Stage {
  readonly relay: RunningRelay;
  /** Ends the relay at once, with all its links and what it knew in memory, and starts it again at the same address; as one that speaks `version` where that is given. */
  restart(version?: number): Promise<void>;
  /** Every frame that came to the relay. */
  readonly frames: readonly Uint8Array[];
  /** A person with a browser of their own, on a page of the app; in another browser, or with another language or screen, where that is said. */
  person(path: string, other?: Browser | BrowserContextOptions): Promise<Person>;
  /** Ends everything and asserts that no page broke its policy, threw, or asked another host. */
  end(): Promise<void>;
}

export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
}

export async function setStage(browser: Browser, environment: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const frames: Uint8Array[] = [];
  const start = (port: string, version?: number) => startRelay(readConfig({PORT: port, ...environment}), {log: silentLog, observe: (frame) => frames.push(frame), ...(version ? {version} : {})});
  let relay = await start('0');
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];
  const listen = (page: Page) => {
    page.on('request', (request) => {
      const {protocol, host} = new URL(request.url());
      if (protocol.startsWith('http') && host !== `localhost:${relay.port}`) complaints.push(`asked ${host}`);
    });
    page.on('console', (message) => {
      if (/content security policy|trusted ?(type|script)/i.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(`threw ${error.message}`));
  };
  return {
    get relay() {
      return relay;
    },
    restart: async (version) => {
      const {port} = relay;
      await relay.close();
      relay = await start(String(port), version);
    },
    frames,
    person: async (path, other = {}) => {
      const context = await ('newContext' in other ? other.newContext() : browser.newContext(other));
      contexts.push(context);
      context.on('page', listen);
      const page = await context.newPage();
      await page.goto(relay.url + path);
      return {page, context};
    },
    end: async () => {
      for (const context of contexts) await context.close();
      await relay.close();
      expect(complaints).toEqual([]);
    },
  };
}

/** Presses Start and waits until jobs can come. */
export async function share({page}: Person, button: RegExp = /^Start sharing/): Promise<void> {
  await page.getByRole('button', {name: button}).click();
  await expect(page.locator('share-page')).toHaveAttribute('data-status', /ready|failed/, {timeout: 60_000});
  await expect(page.locator('share-page')).toHaveAttribute('data-status', 'ready', {timeout: 1000});
}

/** Waits until others can dial this computer: on a busy machine it may have made do with a WebSocket, and changes after a minute. */
export const reachable = ({page}: Person) => expect(page.locator('share-page')).toHaveAttribute('data-link', 'webrtc', {timeout: 100_000});

/** A person who comes back to a page sees what its relay says now. */
export const comeBack = ({page}: Pick<Person, 'page'>) => page.evaluate(() => dispatchEvent(new Event('focus')));

/** Types a question and sends it. */
export async function ask({page}: Person, question: string): Promise<void> {
  await expect(page.getByRole('combobox', {name: 'Model'})).toContainText('Bombyx tiny', {timeout: 15_000});
  await page.getByRole('textbox', {name: 'Message'}).fill(question);
  await page.getByRole('button', {name: 'Send'}).click();
}

/** The last answer on the page. */
export const lastAnswer = ({page}: Person) => page.locator('article[data-status]').last();

/** Waits for the end of the last answer: whole, with a receipt that was checked. */
export async function expectAnswered(person: Person): Promise<string> {
  await expect(lastAnswer(person)).toHaveAttribute('data-status', 'done', {timeout: 200_000});
  await expect(lastAnswer(person)).toHaveAttribute('data-receipt', 'valid');
  return lastAnswer(person).innerText();
}

/** Opens the details of the last answer and gives their text. */
export async function details(person: Person): Promise<string> {
  const answer = lastAnswer(person);
  await answer.locator('summary').click();
  return answer.locator('answer-card .card').innerText();
}

/** Presses Tab until the focus is on what is named. */
export async function tabTo({page}: Person, name: RegExp): Promise<void> {
  const focused = () =>
    page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return `${element?.getAttribute('aria-label') ?? ''} ${element?.textContent ?? ''}`.trim();
    });
  for (let presses = 0; presses < 80 && !name.test(await focused()); presses += 1) await page.keyboard.press('Tab');
  expect(await focused()).toMatch(name);
}

/** Everything that the browser keeps of this app, as one text. */
export const kept = (page: Page): Promise<string> => page.evaluate(async () => {
  const open = indexedDB.open('bombyx');
  const database = await new Promise<IDBDatabase>((resolve, reject) => Object.assign(open, {onsuccess: () => resolve(open.result), onerror: () => reject(open.error)}));
  const values = await Promise.all([...database.objectStoreNames].map((name) => new Promise((resolve, reject) => {
    const all = database.transaction(name).objectStore(name).getAll();
    Object.assign(all, {onsuccess: () => resolve(all.result), onerror: () => reject(all.error)});
  })));
  database.close();
  return JSON.stringify(values, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) + JSON.stringify({...localStorage, ...sessionStorage});
});
