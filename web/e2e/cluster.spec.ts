/** Two relays of one operator over a real bus: who asks at the one is answered by a computer at the other, and open pages outlive either relay. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from '@playwright/test';
import {startNats} from '../../relay/testing/nats-server.ts';
import {freePort, without} from '../../relay/testing/programs.ts';
import {ask, details, expectAnswered, setStage, share} from './stage.ts';

const missing = without('nats-server');

test('a computer at one relay answers a person at the other; whichever relay goes away, both go on at the one that is left', async ({browser}) => {
  test.skip(missing !== false, String(missing));
  const nats = await startNats();
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-cluster-'));
  const ports = [await freePort(), await freePort()] as const;
  const urls = ports.map((port) => `http://localhost:${port}`);
  const open = (index: 0 | 1) =>
    setStage(browser, {PORT: String(ports[index]), BOMBYX_PUBLIC_URL: urls[index] ?? '', BOMBYX_CLUSTER_RELAYS: urls.join(','), BOMBYX_BUS: nats.url, BOMBYX_DATA: join(folder, String(index))});
  const [here, there] = [await open(0), await open(1)];
  const sharer = await there.person('/share');
  await share(sharer, /processor/i);
  const person = await here.person('/chat');
  await ask(person, 'What is 3 plus 4?');
  expect(await expectAnswered(person)).toContain('3 + 4 = 7');
  expect(await details(person)).toContain(`localhost:${ports[1]}`);

  // The relay of the page that asks goes away: it asks at the other.
  await here.relay.close();
  await ask(person, 'What is 2 plus 2?');
  expect(await expectAnswered(person)).toContain('2 + 2 = 4');

  // It comes back, and the relay of the page that shares goes away: the computer comes to the one that is left.
  await here.restart();
  await there.relay.close();
  await expect.poll(() => here.relay.hub.census().nodes, {timeout: 60_000}).toBe(1);
  await ask(person, 'What is 5 plus 4?');
  expect(await expectAnswered(person)).toContain('5 + 4 = 9');

  await here.end();
  await there.end();
  await nats.process.stop();
  rmSync(folder, {recursive: true});
});
