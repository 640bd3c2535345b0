/** The gateway over a real relay and a real node tab, asked by OpenAI's own client. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from '@playwright/test';
import OpenAI from 'openai';
import {readConfig} from '../../relay/gateway/config.ts';
import {pair} from '../../relay/gateway/pair-command.ts';
import {type RunningGateway, startGateway} from '../../relay/gateway/start-gateway.ts';
import {silentLog} from '../../relay/log.ts';
import {reachable, setStage, share, type Stage} from './stage.ts';

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bombyx-gateway-'));
});
test.afterEach(() => rmSync(folder, {recursive: true, force: true}));

const configFor = ({relay}: Stage) => readConfig({BOMBYX_GATEWAY_PORT: '0', BOMBYX_GATEWAY_RELAY: relay.url, BOMBYX_GATEWAY_DATA: folder});
const clientOf = ({url, key}: RunningGateway) => new OpenAI({baseURL: url, apiKey: key, maxRetries: 0});

/** What a relay can't know: the last usage tells who answered and on which way. */
interface Told {
  readonly bombyx: {readonly answers: readonly {readonly level: string; readonly route: string; readonly nodes: readonly string[]; readonly who_could_see: {readonly time_and_size: readonly string[]}; readonly receipts: readonly {readonly checked: boolean}[]}[]};
}

/** Asks and gives the text and what is told of it. */
async function askOnce(openai: OpenAI, model: string, content: string) {
  const stream = await openai.chat.completions.create({model, messages: [{role: 'user', content}], max_tokens: 24, temperature: 0, stream: true, stream_options: {include_usage: true}});
  let text = '';
  let told: Told | undefined;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? '';
    if (chunk.usage) told = chunk.usage as unknown as Told;
  }
  return {text, told: told?.bombyx.answers[0]};
}

test('a node tab answers OpenAI’s client; nothing that passes the relay holds the question or the answer', async ({browser}) => {
  const stage = await setStage(browser);
  const gateway = await startGateway(configFor(stage), {log: silentLog});
  const openai = clientOf(gateway);
  await share(await stage.person('/share'), /processor/i);
  const listed = await openai.models.list();
  expect(listed.data.map(({id}) => id)).toContain('bombyx-tiny');
  const question = 'What is a silkworm, if I may ask so plainly?';
  const {text, told} = await askOnce(openai, 'bombyx-tiny', question);
  expect(text.length).toBeGreaterThan(10);
  expect(told).toMatchObject({level: 'network', route: 'relayed', receipts: [{checked: true}]});
  const passed = Buffer.concat(stage.frames.map((frame) => Buffer.from(frame))).toString('latin1');
  expect(passed).not.toContain(question);
  expect(passed).not.toContain(text.trim());
  await gateway.close();
  await stage.end();
});

test('a gateway pairs with a device and asks it directly as model@mine; once removed it is told so', async ({browser}) => {
  const stage = await setStage(browser);
  const config = configFor(stage);
  const gateway = await startGateway(config, {log: silentLog});
  const openai = clientOf(gateway);
  await expect(openai.chat.completions.create({model: 'bombyx-tiny@mine', messages: [{role: 'user', content: 'x'}]})).rejects.toMatchObject({status: 403, code: 'not_paired'});
  const desk = await stage.person('/pair');
  await desk.page.getByLabel('Name of this device').fill('Desk');
  await desk.page.getByRole('button', {name: 'Show code'}).click();
  const code = await desk.page.locator('.code').innerText();
  let shown = '';
  const agreed = pair(config, code, {
    write: (text) => (shown += text),
    confirm: async () => {
      const number = await desk.page.locator('[data-comparison]').getAttribute('data-comparison');
      expect(shown.replaceAll(' ', '')).toContain(number);
      await desk.page.getByRole('button', {name: 'They are the same'}).click();
      return true;
    },
  });
  expect(await agreed).toBe(true);
  expect(shown).toContain('Paired with Desk');
  await desk.page.getByRole('link', {name: 'Share'}).first().click();
  await share(desk, /processor/i);
  await reachable(desk);
  const {text, told} = await askOnce(openai, 'bombyx-tiny@mine', 'Hello');
  expect(text).not.toBe('');
  expect(told).toMatchObject({level: 'mine', route: 'direct'});
  expect(told?.who_could_see.time_and_size, 'the relay saw that they met').not.toContain('relay');
  const together = await Promise.all(['What is 2 plus 3?', 'What is 3 plus 4?'].map((question) => askOnce(openai, 'bombyx-tiny@mine', question)));
  expect(together.map((each) => each.text), 'one slot: the second waits in line').toEqual([expect.stringContaining('5'), expect.stringContaining('7')]);
  expect(together.map((each) => each.told?.route)).toEqual(['direct', 'direct']);
  expect(stage.frames.map((frame) => frame[1]), 'no request passed the relay').not.toContain(0x22);
  await desk.page.getByRole('link', {name: 'Settings'}).first().click();
  await desk.page.getByRole('button', {name: /^Remove “Gateway on/}).click();
  await desk.page.getByRole('dialog').getByRole('button', {name: 'Remove'}).click();
  await expect(desk.page.getByText('No devices are paired.')).toBeVisible();
  // The page knows it a moment before its worker does.
  await expect.poll(() => askOnce(openai, 'bombyx-tiny@mine', 'And now?').then(() => 'answered', (error: {code: string}) => error.code)).toBe('not_paired');
  expect(stage.frames.map((frame) => frame[1]), 'nor did one as a stranger’s').not.toContain(0x22);
  await gateway.close();
  await stage.end();
});
