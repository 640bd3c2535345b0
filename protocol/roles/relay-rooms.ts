/** Rooms in which two devices pair: the relay knows a room by a number that says nothing, lets one guest in, and passes on what it can't read. */
import {toHex} from '../bytes.ts';
import {NetworkError} from '../errors.ts';
import type {JobHandle} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Message} from '../messages.ts';
import type {RelayLink} from './relay-link.ts';

const maxRooms = 1000;
/** Of one household: more than anybody pairs at one time. */
const maxRoomsPerPrefix = 8;
/** An introduction and a verdict of each side. */
const maxAsides = 4;

interface Side {
  readonly link: RelayLink;
  /** The name of the talk on this link. */
  readonly handle: JobHandle;
}

interface Room {
  readonly name: string;
  readonly host: Side;
  readonly since: number;
  guest: Side | undefined;
  asides: number;
}

export class RelayRooms {
  readonly #rooms = new Map<string, Room>();

  /** @throws NetworkError `duplicate`, `busy`, `expired`, `refused`, `flood` */
  fromClient(message: Message<'host' | 'knock' | 'aside'>, {client, now}: {client: RelayLink; now: number}): void {
    const side = {link: client, handle: message.handle};
    if (message.kind === 'host') this.#open(toHex(message.room), {host: side, now});
    else if (message.kind === 'knock') this.#enter(message, side);
    else this.#pass(message, side);
  }

  #open(name: string, {host, now}: {host: Side; now: number}): void {
    const rooms = [...this.#rooms.values()];
    if (this.#rooms.has(name) || rooms.some((room) => room.host.link === host.link)) throw new NetworkError('duplicate', 'a second room');
    if (rooms.length >= maxRooms || rooms.filter((room) => room.host.link.prefix === host.link.prefix).length >= maxRoomsPerPrefix) throw new NetworkError('busy', 'too many rooms');
    this.#rooms.set(name, {name, host, since: now, guest: undefined, asides: 0});
  }

  /** Where nobody waits counts as a mistake of the link, so that it can't go on guessing. */
  #enter({room: name, sealed, ...message}: Message<'knock'>, guest: Side): void {
    const room = this.#rooms.get(toHex(name));
    if (!room) throw new NetworkError('expired', 'nobody waits there');
    if (room.guest || room.host.link === guest.link) throw new NetworkError('duplicate', 'somebody came before');
    room.guest = guest;
    room.host.link.send(message.kind, {room: name, sealed}, room.host.handle);
  }

  /** What crosses the end of a room on its way is dropped. */
  #pass({sealed}: Message<'aside'>, from: Side): void {
    for (const room of this.#rooms.values()) {
      const to = otherSide(room, from);
      if (!to) continue;
      room.asides += 1;
      if (room.asides > maxAsides) throw new NetworkError('flood', 'all is said');
      return to.link.send('aside', {sealed}, to.handle);
    }
  }

  /** Ends what took too long. */
  sweep(now: number): void {
    for (const room of this.#rooms.values()) if (now - room.since > limits.pairingMs) this.#close(room, 'expired');
  }

  gone(link: RelayLink): void {
    for (const room of this.#rooms.values()) if (room.host.link === link || room.guest?.link === link) this.#close(room, 'link-closed');
  }

  #close(room: Room, code: 'expired' | 'link-closed'): void {
    this.#rooms.delete(room.name);
    for (const side of [room.host, room.guest]) side?.link.send('failed', {code}, side.handle);
  }
}

function otherSide({host, guest}: Room, {link, handle}: Side): Side | undefined {
  if (host.link === link && host.handle === handle) return guest;
  return guest?.link === link && guest.handle === handle ? host : undefined;
}
