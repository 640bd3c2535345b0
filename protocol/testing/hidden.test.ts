/** A node whose page is hidden says so in its record, soon and signed; clients draw it less often, and still do. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {decodeMessage} from '../codec.ts';
import type {NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import {Client} from '../roles/client.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {TestNetwork} from './network.ts';
import {seeded} from './seeded.ts';

test('a node is hidden and shown again: its record says so within half a minute, and is not renewed for nothing', async () => {
  let renewals = 0;
  const network = new TestNetwork(new ManualClock(() => setImmediate()), {observe: (frame) => void (renewals += Number(frame[1] === 0x09))});
  let isHidden = false;
  await network.node(fakeEngine({clock: network.clock, answer: () => 'x'}), {hidden: () => isHidden});
  const client = network.client();
  const said = async () => (await network.clock.drive(client.directory())).map(({hidden}) => hidden);
  assert.deepEqual(await said(), [0]);
  await network.clock.advance(90_000);
  assert.equal(renewals, 0);
  isHidden = true;
  await network.clock.advance(30_000);
  assert.deepEqual([await said(), renewals], [[1], 1]);
  await network.clock.advance(90_000);
  assert.equal(renewals, 1);
  isHidden = false;
  await network.clock.advance(30_000);
  assert.deepEqual([await said(), renewals], [[0], 2]);
});

test('among many, hidden computers are drawn less often than shown ones, and still are', async () => {
  const sets: (readonly NodeId[])[] = [];
  const observe = (frame: Uint8Array) => {
    const message = decodeMessage(frame);
    if (message.kind === 'match') sets.push(message.nodes);
  };
  const network = new TestNetwork(new ManualClock(() => setImmediate()), {observe});
  const hidden = new Set<NodeId>();
  for (let index = 0; index < 40; index += 1) {
    const isHidden = index % 2 === 0;
    const {id} = await network.node(fakeEngine({clock: network.clock, answer: () => 'x'}), {hidden: () => isHidden});
    if (isHidden) hidden.add(id);
  }
  const client = new Client({clock: network.clock, connect: async () => network.connect(), random: seeded(7)});
  for (let question = 0; question < 40; question += 1) await network.ask(client, {text: 'x'});
  const drawn = sets.flat();
  assert.equal(drawn.length, 40 * limits.defaultSet);
  const ratio = drawn.filter((id) => hidden.has(id)).length / drawn.filter((id) => !hidden.has(id)).length;
  assert.ok(ratio > 0.4 && ratio < 0.85, `${ratio}`);
});
