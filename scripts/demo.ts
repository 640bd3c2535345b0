/** `npm run demo -- "a question"`: a relay, a headless browser as the node, a client in this process: the whole network in a terminal, all of it real. */
import {WebSocket} from 'ws';
import {type Browser, chromium} from '@playwright/test';
import {codeOf, sentenceOf} from '#protocol/errors.ts';
import {hashOfModel, parseCatalogue} from '#protocol/models.ts';
import {Client} from '#protocol/roles/client.ts';
import type {Receipt} from '#protocol/receipt.ts';
import {systemClock} from '../relay/clock.ts';
import {readConfig} from '../relay/config.ts';
import {silentLog} from '../relay/log.ts';
import {type RunningRelay, startRelay} from '../relay/start-relay.ts';
import {webSocketTransport} from '../relay/ws-transport.ts';
import {chromiumArgs} from './chromium-args.ts';

const question = process.argv.slice(2).join(' ') || 'Who can read my question?';
const say = (text: string) => process.stdout.write(`${text}\n`);

/** Opens the share page in a headless browser and presses the button, as a person would. */
async function shareGpu(relay: RunningRelay, browser: Browser): Promise<string> {
  const page = await browser.newPage();
  await page.goto(`${relay.url}/share`);
  await page.getByRole('button', {name: /^Start sharing/}).click();
  await page.locator('share-page[data-status="ready"]').waitFor({timeout: 90_000});
  const engine = await page.getByText(/transformers\.js/).first().innerText();
  const link = await page.locator('share-page').getAttribute('data-link');
  if (!engine.includes('WebGPU')) throw new Error(`The node does not run on WebGPU: ${engine}`);
  return `${engine}; jobs arrive over ${link}`;
}

async function openLink(url: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/link`);
  const transport = webSocketTransport(socket);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return transport;
}

/** Asks and prints the words as they come; gives the receipt, which the client has checked. */
async function ask(relay: RunningRelay): Promise<Receipt> {
  const catalogue = parseCatalogue(await (await fetch(`${relay.url}/models.json`)).json());
  const demo = catalogue.find((entry) => entry.demo);
  if (!demo) throw new Error('There is no demo model in the catalogue.');
  const client = new Client({clock: systemClock, connect: () => openLink(relay.url), random: Math.random});
  let receipt: Receipt | undefined;
  const events = client.ask({
    model: hashOfModel(demo),
    job: {task: 'chat', messages: [{role: 'user', content: question}], maxTokens: 256},
    priceCap: 0n,
    signal: AbortSignal.timeout(180_000),
  });
  for await (const event of events) {
    if (event.type === 'bound') say(`Sealed to ${event.node.slice(0, 8)}…, route: ${event.route}.\n\n> ${question}\n`);
    else if (event.type === 'text') process.stdout.write(event.text);
    else if (event.type === 'done') receipt = event.receipt;
  }
  client.close();
  if (!receipt) throw new Error('The answer ended without a receipt.');
  return receipt;
}

function show(receipt: Receipt): void {
  say('\n\nReceipt, checked: signature, offer, model, question, answer, tokens, price.');
  for (const [name, value] of Object.entries(receipt)) {
    const text = value instanceof Uint8Array ? Buffer.from(value).toString('hex') : typeof value === 'object' ? Object.entries(value).map(([key, count]) => `${key} ${String(count)}`).join(', ') : String(value);
    say(`  ${name.padEnd(8)} ${text}`);
  }
}

const {BOMBYX_BROWSER: executablePath} = process.env;
let code = 1;
const relay = await startRelay(readConfig({PORT: '0'}), {log: silentLog});
const browser = await chromium.launch({...(executablePath ? {executablePath} : {}), args: [...chromiumArgs]});
try {
  say(`Relay: ${relay.url}`);
  say(`Node: ${await shareGpu(relay, browser)}`);
  show(await ask(relay));
  code = 0;
} catch (error) {
  process.stderr.write(`\n${sentenceOf(error)} (${codeOf(error)}: ${error instanceof Error ? error.message : String(error)})\n`);
}
await browser.close();
await relay.close();
process.exitCode = code;
