/** The node's door for strangers, over twins of doors. */
import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import {test} from 'node:test';
import {limits} from '#protocol/limits.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import type {DataChannelLike} from '../platform/data-channel.ts';
import {Strangers, type StrangersOptions} from './strangers.ts';

class DoorTwin {
  readonly id: string;
  isOpen = true;
  isClosed = false;
  refreshed = 0;
  readonly expected: string[] = [];
  readonly left: string[] = [];
  readonly arrive: (peer: string) => void;

  constructor(id: string, onChannel: StrangersOptions['onChannel']) {
    this.id = id;
    this.arrive = (peer) => onChannel(new EventTarget() as DataChannelLike, peer);
  }

  expect(peer: string): void {
    this.expected.push(peer);
  }

  leave(peer: string): void {
    this.left.push(peer);
  }

  async refresh(): Promise<void> {
    this.refreshed += 1;
  }

  close(): void {
    this.isClosed = true;
  }
}

function stage() {
  const clock = new ManualClock(() => setImmediate());
  const doors: DoorTwin[] = [];
  const arrived: string[] = [];
  let hasTurn = true;
  const strangers = new Strangers({
    clock,
    open: async (onChannel) => {
      if (!hasTurn) return undefined;
      doors.push(new DoorTwin(`door ${doors.length}`, onChannel));
      return doors.at(-1);
    },
    onChannel: (_, peer) => arrived.push(peer),
  });
  const door = (index: number): DoorTwin => doors[index] ?? assert.fail(`no door ${index}`);
  return {clock, doors, door, arrived, strangers, noTurn: () => (hasTurn = false)};
}

test('Strangers: one door for all, also for two that come at once; each is expected there and left there', async () => {
  const {strangers, door, doors, arrived} = stage();
  assert.deepEqual(await Promise.all([strangers.expect('a'), strangers.expect('b')]), ['door 0', 'door 0']);
  door(0).arrive('a');
  assert.deepEqual([doors.length, door(0).expected, arrived], [1, ['a', 'b'], ['a']]);
  strangers.leave('a');
  strangers.leave('a');
  assert.deepEqual([door(0).left, door(0).isClosed], [['a'], false]);
});

test('Strangers: one that does not come is not waited for', async () => {
  const {strangers, door, clock} = stage();
  await strangers.expect('late');
  await strangers.expect('here');
  door(0).arrive('here');
  await clock.advance(2 * limits.meetMs);
  assert.deepEqual(door(0).left, ['late']);
});

test('Strangers: credentials are made anew before they run out', async () => {
  const {strangers, door, clock} = stage();
  for (const [minutes, refreshed] of [[0, 0], [9, 0], [2, 1], [9, 1], [60, 2]] as const) {
    await clock.advance(minutes * 60_000);
    await strangers.expect('x');
    assert.equal(door(0).refreshed, refreshed);
  }
});

test('Strangers: a door that lost its signalling carries what it has, and another one takes the next', async () => {
  const {strangers, door} = stage();
  await strangers.expect('a');
  door(0).arrive('a');
  door(0).isOpen = false;
  assert.equal(await strangers.expect('b'), 'door 1');
  assert.equal(door(0).isClosed, false);
  strangers.leave('a');
  assert.deepEqual([door(0).left, door(0).isClosed, door(1).isClosed], [['a'], true, false]);
  strangers.leave('b');
  assert.equal(door(1).isClosed, false, 'it waits for others');
});

test('Strangers: without TURN nobody is expected; a door that cannot be opened is tried again', async () => {
  const without = stage();
  without.noTurn();
  assert.equal(await without.strangers.expect('a'), '');
  const {clock} = without;
  let tries = 0;
  const failing = new Strangers({clock, onChannel: () => {}, open: async (onChannel) => {
    tries += 1;
    if (tries === 1) throw new Error('offline');
    return new DoorTwin('second', onChannel);
  }});
  await assert.rejects(failing.expect('a'));
  assert.equal(await failing.expect('a'), 'second');
});

test('Strangers: at the end every door is closed, and none opens any more', async () => {
  const {strangers, door, doors} = stage();
  await strangers.expect('a');
  door(0).arrive('a');
  door(0).isOpen = false;
  await strangers.expect('b');
  strangers.close();
  assert.deepEqual(doors.map(({isClosed}) => isClosed), [true, true]);
  door(1).isOpen = false;
  assert.equal(await strangers.expect('c'), '');
  assert.ok(doors.every(({isClosed}) => isClosed));
});
