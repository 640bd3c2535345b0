/** A link that is silent is over, on both sides; one that is pinged is not. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {limits} from '../limits.ts';
import {fakeEngine} from '../testing/fake-engine.ts';
import {ManualClock} from '../testing/manual-clock.ts';
import {TestNetwork} from '../testing/network.ts';
import {Silence} from './silence.ts';

const newClock = () => new ManualClock(() => setImmediate());

test('Silence: speaks after a lease without a word, once, and not before; stopped, never', async () => {
  const clock = newClock();
  let times = 0;
  const silence = new Silence(clock, () => (times += 1));
  const stopped = new Silence(clock, () => assert.fail('it was stopped'));
  for (let words = 0; words < 5; words += 1) {
    await clock.advance(limits.leaseMs - 1);
    silence.heard();
    stopped.heard();
  }
  stopped.stop();
  await clock.advance(limits.leaseMs - 1);
  assert.equal(times, 0);
  await clock.advance(1);
  assert.equal(times, 1);
  await clock.advance(10 * limits.leaseMs);
  assert.equal(times, 1);
});

test('a relay that falls silent without closing: its client and its node leave within a lease; one that only has nothing to say is kept', async () => {
  const network = new TestNetwork(newClock());
  let silent = false;
  const tamper = (frame: Uint8Array) => (silent ? [] : [frame]);
  const node = await network.node(fakeEngine({clock: network.clock, answer: () => 'x'}), {tamper});
  const client = network.client(tamper);
  const link = await client.link();
  await network.clock.advance(120_000);
  assert.deepEqual([link.isOpen, network.hub.census().nodes], [true, 1]);
  // What the relay says is lost from here on; its own end stays open.
  silent = true;
  await network.clock.advance(limits.leaseMs + limits.heartbeatMs);
  assert.equal(await link.ended, 'link-closed');
  await node.ended;
});
