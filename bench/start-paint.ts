/** How soon a stranger sees the start page, and how soon the app answers a key while a node in the same tab answers jobs. */
import {type Browser, chromium, type Page} from '@playwright/test';
import {WebSocket} from 'ws';
import {hashOfModel, parseCatalogue} from '#protocol/models.ts';
import {Client} from '#protocol/roles/client.ts';
import {systemClock} from '../relay/clock.ts';
import {readConfig} from '../relay/config.ts';
import {silentLog} from '../relay/log.ts';
import {type RunningRelay, startRelay} from '../relay/start-relay.ts';
import {webSocketTransport} from '../relay/ws-transport.ts';
import {chromiumArgs} from '../scripts/chromium-args.ts';
import {median} from './figure.ts';

const coldRuns = 7;
const words = 'how fast does this page answer me while it works';

/** In the page: what the browser measured, as its own metrics define it. */
interface Measured {
  paint?: number;
  /** The longest event of each interaction, ms, by the interaction's id. */
  readonly interactions: Record<number, number>;
}

/** Set up before the first script of the page. */
function observe(): void {
  const measured: Measured = {interactions: {}};
  Object.assign(globalThis, {measured});
  new PerformanceObserver((list) => {
    for (const {startTime} of list.getEntries()) measured.paint = startTime;
  }).observe({type: 'largest-contentful-paint', buffered: true});
  const options = {type: 'event', buffered: true, durationThreshold: 16};
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEventTiming & {interactionId?: number})[]) {
      const id = entry.interactionId ?? 0;
      if (id > 0) measured.interactions[id] = Math.max(measured.interactions[id] ?? 0, entry.duration);
    }
  }).observe(options);
}

const read = (page: Page): Promise<Measured> => page.evaluate(() => (globalThis as unknown as {readonly measured: Measured}).measured);

async function withBrowser<T>(act: (browser: Browser, relay: RunningRelay) => Promise<T>): Promise<T> {
  const {BOMBYX_BROWSER: executablePath} = process.env;
  const relay = await startRelay(readConfig({PORT: '0'}), {log: silentLog});
  const browser = await chromium.launch({...(executablePath ? {executablePath} : {}), args: [...chromiumArgs]});
  try {
    return await act(browser, relay);
  } finally {
    await browser.close();
    await relay.close();
  }
}

/** Largest contentful paint of `/` in a fresh profile, ms: the middle of several. */
export const coldPaint = (): Promise<number> =>
  withBrowser(async (browser, relay) => {
    const paints: number[] = [];
    for (let run = 0; run < coldRuns; run += 1) {
      const context = await browser.newContext({viewport: {width: 1280, height: 800}});
      const page = await context.newPage();
      await page.addInitScript(observe);
      await page.goto(relay.url);
      await page.getByText(/^Connected/).waitFor();
      // Until the first input, the browser goes on looking for a larger one; then its word is final.
      await page.mouse.click(5, 5);
      const {paint} = await read(page);
      if (paint === undefined) throw new Error('the browser measured no paint');
      paints.push(paint);
      await context.close();
    }
    return median(paints);
  });

/** Asks one question after the other until the signal aborts; gives the number of whole answers. */
async function keepAsking(relay: RunningRelay, signal: AbortSignal): Promise<number> {
  const demo = parseCatalogue(await (await fetch(`${relay.url}/models.json`)).json()).find((entry) => entry.demo);
  if (!demo) throw new Error('no demo model');
  const client = new Client({
    clock: systemClock,
    random: Math.random,
    connect: async () => {
      const socket = new WebSocket(`${relay.url.replace('http', 'ws')}/link`);
      const transport = webSocketTransport(socket);
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      return transport;
    },
  });
  let answers = 0;
  const job = {task: 'chat', messages: [{role: 'user', content: 'Tell me a long story about a fox.'}], maxTokens: 400} as const;
  try {
    while (!signal.aborted) for await (const event of client.ask({model: hashOfModel(demo), job, priceCap: 0n, signal})) answers += event.type === 'done' ? 1 : 0;
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    client.close();
  }
  return answers;
}

/** Presses keys and buttons as a person would, in every part of the app that a node runner uses. */
async function interact(page: Page): Promise<void> {
  const chat = page.getByRole('link', {name: 'Chat'}).first();
  const share = page.getByRole('link', {name: /Share/}).first();
  await chat.click();
  await page.getByRole('textbox', {name: 'Message'}).click();
  await page.keyboard.type(words, {delay: 60});
  for (let round = 0; round < 4; round += 1) {
    await share.click();
    await page.getByRole('heading', {level: 1}).first().waitFor();
    await page.getByRole('link', {name: 'Settings'}).first().click();
    await page.getByRole('radio').nth(round % 3).check();
    await chat.click();
    await page.getByRole('textbox', {name: 'Message'}).press('End');
  }
}

export interface Interactions {
  readonly count: number;
  readonly worst: number;
  /** Of all interactions, the one that 98 of 100 are at least as fast as, ms. */
  readonly p98: number;
  /** Whole answers of the node meanwhile. */
  readonly answers: number;
}

/** Interactions in a tab whose node answers jobs on the processor. Those below 16 ms are not told by the browser and count as 16. */
export const interactionsWhileSharing = (): Promise<Interactions> =>
  withBrowser(async (browser, relay) => {
    const page = await (await browser.newContext({viewport: {width: 1280, height: 800}})).newPage();
    await page.addInitScript(observe);
    await page.goto(`${relay.url}/share`);
    await page.getByRole('button', {name: /processor/i}).click();
    await page.locator('share-page[data-status="ready"]').waitFor({timeout: 60_000});
    const over = new AbortController();
    const asking = keepAsking(relay, over.signal);
    await page.getByText(/Sharing · [1-9]/).filter({visible: true}).first().waitFor({timeout: 60_000});
    const before = Object.keys((await read(page)).interactions);
    await interact(page);
    const durations = Object.entries((await read(page)).interactions).filter(([id]) => !before.includes(id)).map(([, duration]) => duration).toSorted((left, right) => left - right);
    over.abort();
    const at = (part: number) => durations[Math.min(durations.length - 1, Math.ceil(durations.length * part) - 1)] ?? 16;
    return {count: durations.length, worst: at(1), p98: at(0.98), answers: await asking};
  });
