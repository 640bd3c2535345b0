/** How jobs travel: over a data channel, over WebSocket where WebRTC is off, and straight between paired devices. */
import {expect, test} from '@playwright/test';
import {ask, details, expectAnswered, type Person, reachable, setStage, share} from './stage.ts';

test('jobs arrive over a WebRTC data channel', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  await share(sharer, /processor/i);
  await expect(sharer.page.locator('share-page')).toHaveAttribute('data-link', 'webrtc');
  expect(stage.relay.links.webrtc).toBe(1);
  const asker = await stage.person('/chat');
  await ask(asker, 'Hello');
  await expectAnswered(asker);
  expect(stage.relay.hub.census().nodes, 'the one node came over the one data channel').toBe(1);
  await stage.end();
});

test('with WebRTC switched off at the relay, jobs arrive over WebSocket', async ({browser}) => {
  const stage = await setStage(browser, {BOMBYX_WEBRTC: 'off'});
  const sharer = await stage.person('/share');
  await share(sharer, /processor/i);
  await expect(sharer.page.locator('share-page')).toHaveAttribute('data-link', 'websocket');
  const asker = await stage.person('/chat');
  await ask(asker, 'Hello');
  await expectAnswered(asker);
  expect(stage.relay.links.webrtc).toBe(0);
  await stage.end();
});

test('where UDP does not get through, the node falls back to WebSocket within five seconds', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/settings');
  // Candidates never reach the other side: as behind a firewall that blocks UDP.
  await sharer.context.addInitScript(() => {
    RTCPeerConnection.prototype.setRemoteDescription = () => Promise.resolve();
  });
  await sharer.page.goto(`${stage.relay.url}/share`);
  await share(sharer, /processor/i);
  await expect(sharer.page.locator('share-page')).toHaveAttribute('data-link', 'websocket');
  await stage.end();
});

/** Reads the pairing code of a person's settings. */
async function pairingCode({page}: Person): Promise<string> {
  await page.getByRole('link', {name: 'Settings'}).first().click();
  await page.getByText('Pair by hand').click();
  const code = page.getByText(/bombyx1:/).or(page.locator('input[readonly], textarea[readonly]')).first();
  return (await code.evaluate((element) => ('value' in element ? String(element.value) : (element.textContent ?? '')))).trim();
}

async function pair({page}: Person, code: string): Promise<void> {
  await page.getByRole('textbox', {name: /code/i}).last().fill(code);
  await page.getByRole('textbox', {name: /name/i}).fill('My other device');
  await page.getByRole('button', {name: /^(Pair|Add)/}).click();
  await expect(page.getByText('My other device').first()).toBeVisible();
}

test('paired devices: the job goes straight from one to the other, and the relay sees none of its frames', async ({browser}) => {
  const stage = await setStage(browser);
  const sharer = await stage.person('/share');
  const asker = await stage.person('/chat');
  const [sharerCode, askerCode] = [await pairingCode(sharer), await pairingCode(asker)];
  await pair(sharer, askerCode);
  await pair(asker, sharerCode);
  await sharer.page.getByRole('link', {name: /Share/}).first().click();
  await share(sharer, /processor/i);
  await reachable(sharer);
  await asker.page.getByRole('link', {name: 'Chat'}).first().click();
  await expect(asker.page.getByRole('combobox', {name: 'Model'})).toContainText('Bombyx tiny', {timeout: 15_000});
  await asker.page.getByRole('combobox', {name: 'Who answers'}).selectOption({label: 'My devices'});
  await ask(asker, 'Hello');
  await expectAnswered(asker);
  expect(await details(asker)).toMatch(/device to device|direct/i);
  const kinds = stage.frames.map((frame) => frame[1]);
  expect(kinds).toContain(0x30);
  expect(kinds, 'no request and no response passed the relay').not.toContain(0x22);
  expect(kinds).not.toContain(0x23);
  await stage.end();
});
