/** A person's own devices: questions of one moment share one direct link, and another model does not end it. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {createSecret, identityOf} from '../identity.ts';
import type {DeviceId, ModelHash, NodeId} from '../ids.ts';
import type {ClientQuestion} from '../roles/client.ts';
import {serveDirect} from '../roles/direct.ts';
import {OwnDevices} from '../roles/own-devices.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {memoryLink} from './memory-link.ts';
import {TestNetwork, testModel} from './network.ts';

async function stage() {
  const network = new TestNetwork(new ManualClock(() => setImmediate()));
  const {clock} = network;
  const own = await identityOf<DeviceId>(await createSecret());
  const identity = await identityOf<NodeId>(await createSecret());
  const isPaired = (id: string) => id === own.id;
  const {jobs} = await network.node(fakeEngine({clock, answer: () => 'one two three', concurrency: 4}), {identity, isPaired, peer: 'ab'.repeat(16), expectDevice: async () => {}});
  let opened = 0;
  let closed = 0;
  const devices = new OwnDevices({
    client: network.client(),
    identity: own,
    clock,
    paired: () => [identity.id],
    openPeer: async () => {
      opened += 1;
      return {
        id: 'cd'.repeat(16),
        to: async () => {
          const [nodeEnd, end] = memoryLink();
          void serveDirect({transport: nodeEnd, identity, jobs, clock, isPaired}).catch(() => {});
          return end;
        },
        close: () => void (closed += 1),
      };
    },
  });
  const ask = async (more: Partial<ClientQuestion> = {}) => {
    const job = {task: 'chat', messages: [{role: 'user' as const, content: 'x'}]} as const;
    let text = '';
    let route = '';
    for await (const event of devices.ask({model: testModel.hash, job, priceCap: 0n, signal: new AbortController().signal, ...more})) {
      if (event.type === 'text') text += event.text;
      if (event.type === 'bound') ({route} = event);
    }
    return {text, route};
  };
  return {clock, ask, counts: () => ({opened, closed})};
}

test('questions of one moment are asked over one direct link', async () => {
  const {clock, ask, counts} = await stage();
  const answers = await clock.drive(Promise.all([ask(), ask(), ask()]));
  assert.deepEqual(answers, Array.from({length: 3}, () => ({text: 'one two three', route: 'direct'})));
  assert.deepEqual(counts(), {opened: 1, closed: 0});
});

test('a question for a model that the linked device has not goes another way, and the link stays', async () => {
  const {clock, ask, counts} = await stage();
  assert.equal((await clock.drive(ask())).route, 'direct');
  await assert.rejects(clock.drive(ask({model: 'ee'.repeat(32) as ModelHash})), {code: 'no-node'});
  assert.equal((await clock.drive(ask())).route, 'direct');
  assert.deepEqual(counts(), {opened: 1, closed: 0});
});
