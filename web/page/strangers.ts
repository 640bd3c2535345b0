/** Where the node of this page meets strangers: one door that stays open, connects through TURN alone, and answers only those that the node expects. */
import {limits} from '#protocol/limits.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {DataChannelLike} from '../platform/data-channel.ts';
import {openPeer, type PeerDoor} from './peer.ts';

export interface Strangers {
  /** Lets a stranger connect, and gives our signalling id; empty where there is no way. */
  expect(peer: string): Promise<string>;
  /** Ends the connection to a stranger. */
  leave(peer: string): void;
  close(): void;
}

/** Credentials are good for twenty minutes, an answer takes a quarter of an hour at most: they have to last until it began. */
const freshMs = 10 * 60_000;

export function meetStrangers({clock, onChannel}: {clock: Clock; onChannel(channel: DataChannelLike, peer: string): void}): Strangers {
  let current: {readonly door: PeerDoor; since: number} | undefined;
  /** Who is or may be connected, by which door: one that lost its signalling goes on carrying what it has. */
  const doors = new Map<string, PeerDoor>();
  const arrived = new Set<string>();
  let isOver = false;

  const arrive = (channel: DataChannelLike, peer: string) => {
    arrived.add(peer);
    onChannel(channel, peer);
  };
  const leave = (peer: string) => {
    const door = doors.get(peer);
    doors.delete(peer);
    arrived.delete(peer);
    door?.leave(peer);
    if (door) closeUnused(door);
  };
  const leaveUnlessArrived = async (peer: string) => {
    await clock.sleep(2 * limits.meetMs);
    if (!arrived.has(peer)) leave(peer);
  };
  const closeUnused = (door: PeerDoor) => {
    if (door !== current?.door && ![...doors.values()].includes(door)) door.close();
  };
  const doorNow = async (): Promise<PeerDoor | undefined> => {
    if (current?.door.isOpen) {
      if (clock.now() - current.since > freshMs) {
        await current.door.refresh();
        current.since = clock.now();
      }
      return current.door;
    }
    const before = current?.door;
    current = undefined;
    if (before) closeUnused(before);
    const door = await openPeer({to: 'strangers', onChannel: arrive});
    if (!door || isOver) return void door?.close();
    current = {door, since: clock.now()};
    return door;
  };
  // One at a time, so that two answers that begin together do not open two doors.
  let opening: Promise<unknown> = Promise.resolve();
  const nextDoor = (): Promise<PeerDoor | undefined> => {
    const door = opening.then(doorNow, doorNow);
    opening = door.catch(() => {});
    return door;
  };

  return {
    expect: async (peer) => {
      const door = await nextDoor();
      if (!door) return '';
      doors.set(peer, door);
      door.expect(peer);
      void leaveUnlessArrived(peer);
      return door.id;
    },
    leave,
    close: () => {
      isOver = true;
      current?.door.close();
      for (const door of doors.values()) door.close();
      doors.clear();
    },
  };
}
