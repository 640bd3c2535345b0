/** Two relays of two operators, a page of the one, and a person who chooses the other: nothing is asked there before that, and an answer outlives its relay. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Browser, expect, type Page, test} from '@playwright/test';
import {freePort} from '../../relay/testing/programs.ts';
import {ask, details, expectAnswered, lastAnswer, setStage, share, type Stage} from './stage.ts';

const addressOf = (port: number): string => `http://localhost:${port}`;

interface Operators {
  readonly here: Stage;
  readonly there: Stage;
  /** Of the other operator's relay. */
  readonly address: string;
  /** Its data folder. */
  readonly folder: string;
  end(): Promise<void>;
}

/** Two relays that let each other's pages link to them. */
async function setOperators(browser: Browser): Promise<Operators> {
  const [a, b] = [await freePort(), await freePort()];
  const folders = [mkdtempSync(join(tmpdir(), 'relay-a-')), mkdtempSync(join(tmpdir(), 'relay-b-'))] as const;
  const open = (port: number, {other, folder, name}: {other: number; folder: string; name: string}) =>
    setStage(browser, {PORT: String(port), BOMBYX_PUBLIC_URL: addressOf(port), BOMBYX_RELAYS: addressOf(other), BOMBYX_DATA: folder, BOMBYX_RELAY_NAME: name, BOMBYX_CONTACT: 'help@b.example'});
  const here = await open(a, {other: b, folder: folders[0], name: 'Relay of Ada'});
  const there = await open(b, {other: a, folder: folders[1], name: 'Relay of Bob'});
  const end = async () => {
    await here.end();
    await there.end();
    for (const folder of folders) rmSync(folder, {recursive: true});
  };
  return {here, there, address: addressOf(b), folder: folders[1], end};
}

/** The hosts that a page opens sockets to. */
function socketHosts(page: Page): Set<string> {
  const hosts = new Set<string>();
  page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host));
  return hosts;
}

const relayRow = (page: Page, address: string) => page.locator(`li[data-relay="${address}"]`);

test('a person chooses another relay, is answered through it, and when it stops in mid-answer the answer ends whole through the own one', async ({browser}) => {
  const {here, there, address, end} = await setOperators(browser);
  const sharer = await there.person('/share');
  await share(sharer);
  const person = await here.person('/settings');
  const {page} = person;
  const hosts = socketHosts(page);
  await page.reload();
  await expect(relayRow(page, address)).toHaveAttribute('data-link', 'unused');
  await expect(page.locator('relay-list')).toContainText('Relay of Ada');
  await expect(page.locator('relay-list')).toContainText('Open');
  expect(there.relay.hub.census().clients, 'its own page alone').toBe(1);
  expect([...hosts]).toEqual([`localhost:${here.relay.port}`]);

  await page.getByRole('checkbox', {name: address.replace('http://', '')}).check();
  await expect(relayRow(page, address)).toHaveAttribute('data-link', 'open');
  await relayRow(page, address).locator('summary').click();
  await expect(relayRow(page, address)).toContainText('Relay of Bob');
  await expect(relayRow(page, address).getByRole('link', {name: 'help@b.example'})).toHaveAttribute('href', 'mailto:help@b.example');
  await expect(relayRow(page, address)).toContainText('Signature checked; the same key as at first.');

  await page.goto(`${here.relay.url}/chat`);
  await ask(person, 'What is 3 plus 4?');
  expect(await expectAnswered(person)).toContain('3 + 4 = 7');
  expect(await details(person)).toContain(`localhost:${there.relay.port}`);

  const second = await here.person('/share');
  await share(second);
  await ask(person, 'Count from 1 to 20.');
  await expect(lastAnswer(person)).toContainText('3', {timeout: 30_000});
  await there.relay.close();
  const answer = await expectAnswered(person);
  for (const number of ['1', '7', '13', '20']) expect(answer).toContain(number);
  expect(await details(person)).toContain(`localhost:${there.relay.port} → the relay of this app`);
  expect([...hosts].toSorted()).toEqual([`localhost:${here.relay.port}`, `localhost:${there.relay.port}`].toSorted());

  await page.goto(`${here.relay.url}/settings`);
  await expect(relayRow(page, address)).toContainText(/Not reached since \d/);
  await end();
});

test('a computer answers people of both relays; a relay that shows another key is used again only when its person says so', async ({browser}) => {
  const {here, there, address, folder, end} = await setOperators(browser);
  const sharer = await here.person('/settings');
  await sharer.page.getByRole('checkbox', {name: address.replace('http://', '')}).check();
  await expect(relayRow(sharer.page, address)).toHaveAttribute('data-link', 'open');
  await sharer.page.goto(`${here.relay.url}/share`);
  await expect(sharer.page.locator('share-relays')).toContainText('When you share');
  await share(sharer, /processor/i);
  await expect(sharer.page.locator('share-relays')).toContainText('People there can ask this computer');
  for (const stage of [here, there]) {
    const person = await stage.person('/chat');
    await ask(person, 'What is 3 plus 4?');
    expect(await expectAnswered(person)).toContain('3 + 4 = 7');
    await person.context.close();
  }

  rmSync(join(folder, 'relay-key'));
  await there.restart();
  await sharer.page.goto(`${here.relay.url}/settings`);
  const row = relayRow(sharer.page, address);
  await expect(row.getByRole('alert')).toContainText('This relay shows another key than before');
  expect(there.relay.hub.census().nodes).toBe(0);
  await row.getByRole('button', {name: 'Use it with the new key'}).click();
  await expect(row).toHaveAttribute('data-link', 'open');
  await expect(row.getByRole('alert')).toHaveCount(0);
  await end();
});
