/** Two devices of one person: paired by a link and a look at both screens, asked directly, and parted again. */
import {expect, test} from '@playwright/test';
import {ask, details, expectAnswered, lastAnswer, type Person, reachable, setStage, share} from './stage.ts';

/** Shows a code at one device; gives the link of its QR code, read from the text beside it. */
async function showCode({page}: Person): Promise<string> {
  await page.getByRole('button', {name: 'Show code'}).click();
  const code = await page.locator('.code').innerText();
  await expect(page.getByRole('img', {name: `QR code with the link for pairing. The code to type instead is ${code}.`})).toBeVisible();
  await page.getByText('The link as text').click();
  const link = await page.locator('code.link').innerText();
  expect(link).toContain(`/pair#${code}.`);
  return link;
}

const numberOf = async ({page}: Person) => page.locator('[data-comparison]').getAttribute('data-comparison');

/** Both people look at both screens and agree. */
async function agree(host: Person, guest: Person): Promise<void> {
  await expect(host.page.locator('[data-comparison]')).toBeVisible();
  await expect(guest.page.locator('[data-comparison]')).toBeVisible();
  expect(await numberOf(host)).toBe(await numberOf(guest));
  await host.page.getByRole('button', {name: 'They are the same'}).click();
  await expect(host.page.getByRole('status').filter({hasText: 'agrees too'})).toBeVisible();
  await guest.page.getByRole('button', {name: 'They are the same'}).click();
  for (const {page} of [host, guest]) await expect(page.getByRole('heading', {name: /is paired/})).toBeVisible();
}

test('a scanned link pairs both devices; one asks the other directly, until it is removed', async ({browser}) => {
  const stage = await setStage(browser);
  const desk = await stage.person('/pair');
  await desk.page.getByLabel('Name of this device').fill('Desk');
  const link = await showCode(desk);
  const asked: string[] = [];
  const phone = await stage.person('/settings');
  phone.page.on('request', (request) => asked.push(request.url()));
  await phone.page.goto(link);
  await expect(phone.page.getByRole('heading', {name: 'Pair with the device that shows this code?'})).toBeVisible();
  expect(new URL(phone.page.url()).hash, 'the secret leaves the address bar at once').toBe('');
  expect(stage.frames.some((frame) => frame[1] === 0x39), 'nothing is sent before a click').toBe(false);
  await phone.page.getByLabel('Name of this device').fill('Phone');
  await phone.page.getByRole('button', {name: 'Go on'}).click();
  await expect(phone.page.getByRole('heading', {name: 'Pair with “Desk”?'})).toBeVisible();
  await expect(desk.page.getByRole('heading', {name: 'Pair with “Phone”?'})).toBeVisible();
  await agree(desk, phone);
  const secret = link.split('#')[1]?.split('.')[0] ?? '';
  expect(asked.filter((url) => url.includes(secret) && !url.includes('#')), 'no request carries it').toEqual([]);

  await desk.page.getByRole('link', {name: 'Share'}).first().click();
  await share(desk, /processor/i);
  await reachable(desk);
  await phone.page.getByRole('button', {name: 'Ask it now'}).click();
  await expect(phone.page.getByRole('combobox', {name: 'Who answers'})).toHaveValue('mine');
  await ask(phone, 'Hello');
  await expectAnswered(phone);
  expect(await details(phone)).toMatch(/device to device|direct/i);

  await desk.page.getByRole('link', {name: 'Settings'}).first().click();
  await expect(desk.page.getByText(/Paired .*last used/)).toBeVisible();
  await desk.page.getByRole('button', {name: 'Remove “Phone”'}).click();
  await desk.page.getByRole('dialog').getByRole('button', {name: 'Remove'}).click();
  await expect(desk.page.getByText('No devices are paired.')).toBeVisible();
  await ask(phone, 'And now?');
  await expect(lastAnswer(phone)).toHaveAttribute('data-status', 'failed', {timeout: 20_000});
  await expect(lastAnswer(phone)).toContainText('not paired with this one, or no longer');
  // The channel that was open is gone; a new one is refused too, and the relay does not carry the question as a stranger's.
  await ask(phone, 'And again?');
  await expect(lastAnswer(phone)).toHaveAttribute('data-status', 'failed', {timeout: 20_000});
  await expect(lastAnswer(phone)).toContainText('not paired with this one, or no longer');
  expect(stage.frames.map((frame) => frame[1]), 'no request passed the relay').not.toContain(0x22);
  await stage.end();
});

test('a code is typed; devices are renamed; a link that was changed, and one that was used, pair nothing', async ({browser}) => {
  const stage = await setStage(browser);
  const desk = await stage.person('/pair');
  const link = await showCode(desk);
  const phone = await stage.person('/pair');
  const changed = link.replace(/\.(.)/, (_, first: string) => `.${first === 'A' ? 'B' : 'A'}`);
  const {page} = phone;
  await page.goto(changed);
  await page.getByRole('button', {name: 'Go on'}).click();
  await expect(page.getByRole('alert')).toContainText('does not fit the code');
  await expect(desk.page.getByRole('alert')).toBeVisible({timeout: 15_000});
  await page.getByRole('button', {name: 'Start again'}).click();
  await page.getByLabel('Code from the other device').fill('nonsense');
  await page.getByRole('button', {name: 'Connect'}).click();
  await expect(page.getByRole('alert')).toContainText('not a code');

  await desk.page.getByRole('button', {name: 'Start again'}).click();
  await desk.page.getByRole('button', {name: 'Show code'}).click();
  const code = await desk.page.locator('.code').innerText();
  await page.getByRole('button', {name: 'Start again'}).click();
  await page.getByLabel('Code from the other device').fill(code.toLowerCase().replaceAll('-', ' '));
  await page.getByRole('button', {name: 'Connect'}).click();
  await agree(desk, phone);
  const third = await stage.person('/pair');
  await third.page.getByLabel('Code from the other device').fill(code);
  await third.page.getByRole('button', {name: 'Connect'}).click();
  await expect(third.page.getByRole('alert')).toContainText('Nobody waits with this code');

  await page.getByRole('link', {name: 'My devices'}).click();
  await page.getByRole('button', {name: /^Rename/}).click();
  await page.getByLabel(/^New name/).fill('Office');
  await page.getByLabel(/^New name/).press('Enter');
  await page.reload();
  await expect(page.getByText(/Office Paired .* not used yet/)).toBeVisible();
  await stage.end();
});
