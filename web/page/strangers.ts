/** Where the node of this page meets strangers: one door that stays open, connects through TURN alone, and answers only those that the node expects. */
import {limits} from '#protocol/limits.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {DataChannelLike} from '../platform/data-channel.ts';
import type {PeerDoor, PeerOptions} from './peer.ts';

type OnChannel = NonNullable<PeerOptions['onChannel']>;
type Door = Pick<PeerDoor, 'id' | 'isOpen' | 'expect' | 'leave' | 'refresh' | 'close'>;

export interface StrangersOptions {
  readonly clock: Clock;
  /** Opens a door for strangers; undefined where there is none. */
  open(onChannel: OnChannel): Promise<Door | undefined>;
  readonly onChannel: OnChannel;
}

/** Credentials are good for twenty minutes, and have to last until an answer's channel is open. */
const freshMs = 10 * 60_000;

export class Strangers {
  readonly #options: StrangersOptions;
  #current: {readonly door: Door; since: number} | undefined;
  /** Who is or may be connected, by which door: one that lost its signalling goes on carrying what it has. */
  readonly #doors = new Map<string, Door>();
  readonly #arrived = new Set<string>();
  /** One opens at a time, so that two answers that begin together do not open two. */
  #opening: Promise<unknown> = Promise.resolve();
  #isOver = false;

  constructor(options: StrangersOptions) {
    this.#options = options;
  }

  /** Lets a stranger connect, and gives our signalling id; empty where there is no way. */
  async expect(peer: string): Promise<string> {
    const opened = this.#opening.then(() => this.#door());
    this.#opening = opened.catch(() => {});
    const door = await opened;
    if (!door) return '';
    this.#doors.set(peer, door);
    door.expect(peer);
    void this.#leaveUnlessArrived(peer);
    return door.id;
  }

  /** Ends the connection to a stranger. */
  leave(peer: string): void {
    const door = this.#doors.get(peer);
    this.#doors.delete(peer);
    this.#arrived.delete(peer);
    door?.leave(peer);
    if (door) this.#closeUnused(door);
  }

  close(): void {
    this.#isOver = true;
    this.#current?.door.close();
    for (const door of this.#doors.values()) door.close();
    this.#doors.clear();
  }

  async #door(): Promise<Door | undefined> {
    const {clock} = this.#options;
    const before = this.#current;
    if (before?.door.isOpen) {
      if (clock.now() - before.since > freshMs) {
        await before.door.refresh();
        before.since = clock.now();
      }
      return before.door;
    }
    this.#current = undefined;
    if (before) this.#closeUnused(before.door);
    const door = await this.#options.open((channel, peer) => this.#arrive(channel, peer));
    if (!door || this.#isOver) return void door?.close();
    this.#current = {door, since: clock.now()};
    return door;
  }

  #arrive(channel: DataChannelLike, peer: string): void {
    this.#arrived.add(peer);
    this.#options.onChannel(channel, peer);
  }

  async #leaveUnlessArrived(peer: string): Promise<void> {
    await this.#options.clock.sleep(2 * limits.meetMs);
    if (!this.#arrived.has(peer)) this.leave(peer);
  }

  #closeUnused(door: Door): void {
    if (door !== this.#current?.door && ![...this.#doors.values()].includes(door)) door.close();
  }
}
