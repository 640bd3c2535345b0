/** Pairing as two people see it, over a whole relay in this process: both agree, or nobody is paired. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {NetworkError} from '#protocol/errors.ts';
import type {DeviceId, NodeId} from '#protocol/ids.ts';
import {limits} from '#protocol/limits.ts';
import type {PairingKeys} from '#protocol/pairing.ts';
import {ClientLink} from '#protocol/roles/client-link.ts';
import {hostPairing, joinPairing} from '#protocol/roles/pairing.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {TestNetwork} from '#protocol/testing/network.ts';
import {createPairing, type PairingOptions} from './pairing.ts';
import type {Pairing, PairingStep} from './pairing-views.ts';

const deskKeys: PairingKeys = {node: '11'.repeat(32) as NodeId, device: '12'.repeat(32) as DeviceId};
const phoneKeys: PairingKeys = {node: '21'.repeat(32) as NodeId, device: '22'.repeat(32) as DeviceId};

function stage() {
  const network = new TestNetwork(new ManualClock(() => setImmediate()));
  const {clock} = network;
  network.sweepEachSecond();
  const side = (name: string, keys: PairingKeys, options: Partial<PairingOptions> = {}) => {
    const added: string[] = [];
    const names: string[] = [];
    const pairing = createPairing({
      keys,
      name,
      origin: 'https://bombyx.example',
      keepName: async (kept) => void names.push(kept),
      openLine: async () => {
        const link = await ClientLink.open({transport: network.connect(), clock});
        return {host: (secret, self) => hostPairing(link, {secret, self, clock}), join: (invitation, self) => joinPairing(link, {invitation, self, clock}), close: () => link.close()};
      },
      add: async (other, called) => void added.push(`${called} ${other.node.slice(0, 2)}`),
      now: () => clock.now(),
      ...options,
    });
    return {pairing, added, names};
  };
  return {network, clock, desk: side('Desk', deskKeys), phone: side('Phone', phoneKeys), side};
}

const stepOf = ({view}: Pairing): PairingStep => view.get().step;

/** The desk shows a code. */
async function shown({clock, desk}: ReturnType<typeof stage>): Promise<Extract<PairingStep, {is: 'waiting'}>> {
  void desk.pairing.host();
  await clock.advance(100);
  const step = stepOf(desk.pairing);
  assert.ok(step.is === 'waiting');
  return step;
}

/** Both screens show their numbers. */
async function compared(at: ReturnType<typeof stage>) {
  const {link} = await shown(at);
  void at.phone.pairing.join(link);
  await at.clock.advance(300);
  const [left, right] = [stepOf(at.desk.pairing), stepOf(at.phone.pairing)];
  assert.ok(left.is === 'comparing' && right.is === 'comparing');
  return {left, right};
}

test('a link pairs both ways once both people agreed, in either order', async () => {
  for (const order of [['desk', 'phone'], ['phone', 'desk']] as const) {
    const at = stage();
    const {left, right} = await compared(at);
    assert.deepEqual([left.name, right.name], ['Phone', 'Desk']);
    assert.equal(left.comparison, right.comparison);
    at[order[0]].pairing.answer(true);
    await at.clock.advance(100);
    assert.deepEqual([at.desk.added, at.phone.added], [[], []], 'one alone pairs nothing');
    const waiting = stepOf(at[order[0]].pairing);
    assert.ok(waiting.is === 'comparing' && waiting.agreed);
    at[order[1]].pairing.answer(true);
    await at.clock.advance(100);
    assert.deepEqual([at.desk.added, at.phone.added], [['Phone 21'], ['Desk 11']]);
    assert.deepEqual([stepOf(at.desk.pairing), stepOf(at.phone.pairing)], [{is: 'paired', name: 'Phone'}, {is: 'paired', name: 'Desk'}]);
    assert.equal(at.network.hub.census().clients, 0, 'no line stays open');
  }
});

test('a typed code does as well, and names are as they are at that moment', async () => {
  const at = stage();
  const {code} = await shown(at);
  at.desk.pairing.call('  Office  ');
  at.phone.pairing.call('ж'.repeat(300));
  void at.phone.pairing.join(code.toLowerCase().replaceAll('-', ' '));
  await at.clock.advance(300);
  const [left, right] = [stepOf(at.desk.pairing), stepOf(at.phone.pairing)];
  assert.ok(left.is === 'comparing' && right.is === 'comparing');
  assert.deepEqual([left.name, right.name], ['ж'.repeat(80), 'Office']);
  assert.deepEqual(at.desk.names, ['Office']);
});

test('numbers that differ, or a person who leaves: nobody is paired, and the other one is told', async () => {
  const differ = stage();
  await compared(differ);
  differ.phone.pairing.answer(false);
  await differ.clock.advance(100);
  assert.deepEqual([stepOf(differ.desk.pairing), stepOf(differ.phone.pairing)], [{is: 'ended', as: 'host', why: 'declined'}, {is: 'ended', as: 'guest', why: 'differed'}]);
  const leave = stage();
  await compared(leave);
  leave.desk.pairing.answer(true);
  leave.phone.pairing.leave();
  await leave.clock.advance(100);
  assert.deepEqual([stepOf(leave.desk.pairing), stepOf(leave.phone.pairing)], [{is: 'ended', as: 'host', why: 'lost'}, {is: 'idle'}]);
  assert.deepEqual([differ.desk.added, differ.phone.added, leave.desk.added, leave.phone.added], [[], [], [], []]);
});

test('why it ended: unreadable, changed, used, run out, own code, no relay', async () => {
  const at = stage();
  const {link} = await shown(at);
  const ended = async ({pairing}: {pairing: Pairing}, given: string) => {
    void pairing.join(given);
    await at.clock.advance(300);
    const step = stepOf(pairing);
    return step.is === 'ended' ? step.why : step.is;
  };
  assert.equal(await ended(at.phone, 'hello'), 'unreadable');
  assert.equal(await ended(at.side('Own', deskKeys), link), 'self');
  const again = stage();
  const {link: another} = await shown(again);
  void again.phone.pairing.join(link);
  await again.clock.advance(300);
  assert.deepEqual(stepOf(again.phone.pairing), {is: 'ended', as: 'guest', why: 'expired'}, 'a code of another relay');
  void again.phone.pairing.join(another.replace(/\.(.)(?=[\w-]{21}$)/, (_, first: string) => `.${first === 'a' ? 'b' : 'a'}`));
  await again.clock.advance(300);
  assert.deepEqual(stepOf(again.phone.pairing), {is: 'ended', as: 'guest', why: 'tampered'});
  const used = stage();
  const {link: once} = await shown(used);
  void used.phone.pairing.join(once);
  const {pairing: second} = used.side('Third', {node: '31'.repeat(32) as NodeId, device: '32'.repeat(32) as DeviceId});
  await used.clock.advance(100);
  void second.join(once);
  await used.clock.advance(300);
  assert.deepEqual(stepOf(second), {is: 'ended', as: 'guest', why: 'used'});
  const late = stage();
  await shown(late);
  await late.clock.advance(limits.pairingMs + 2000);
  assert.deepEqual(stepOf(late.desk.pairing), {is: 'ended', as: 'host', why: 'expired'});
  const offline = late.side('Off', phoneKeys, {openLine: () => Promise.reject(new NetworkError('offline'))});
  await offline.pairing.host();
  assert.deepEqual(stepOf(offline.pairing), {is: 'ended', as: 'host', why: 'offline'});
});

test('leaving while the line opens leaves no line behind', async () => {
  const at = stage();
  void at.desk.pairing.host();
  at.desk.pairing.leave();
  await at.clock.advance(500);
  assert.deepEqual([stepOf(at.desk.pairing), at.network.hub.census().clients], [{is: 'idle'}, 0]);
});
