/** Jobs that wait for a slot of their node instead of being refused: those of its own device first, then those of devices that are paired with it. */
import {encodeMessage} from '../codec.ts';
import {type ErrorCode, NetworkError} from '../errors.ts';
import {limits} from '../limits.ts';
import type {Message} from '../messages.ts';
import type {Transport} from './ports.ts';

export interface Waiting {
  readonly need: Message<'slot'>;
  readonly link: Transport;
}

export class NodeLine {
  readonly #own = new WeakSet<Transport>();
  /** Whether the device behind a link is still paired. */
  readonly #paired = new WeakMap<Transport, () => boolean>();
  #waiting: Waiting[] = [];
  readonly #told = new WeakMap<Waiting, number>();

  /** Jobs of this link are of this device itself. */
  own(link: Transport): void {
    this.#own.add(link);
  }

  /** Jobs of this link are of a paired device, as long as it is one. */
  pair(link: Transport, isPaired: () => boolean): void {
    this.#paired.set(link, isPaired);
  }

  isOwn(link: Transport): boolean {
    return this.#own.has(link);
  }

  isPaired(link: Transport): boolean {
    return this.#paired.get(link)?.() === true;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** Takes a job into the line and tells its place. @throws NetworkError `busy` where too many of this link wait */
  join(waiting: Waiting): void {
    if (this.#waiting.filter(({link}) => link === waiting.link).length >= limits.maxJobsPerClient) throw new NetworkError('busy', 'too many wait');
    const before = this.#waiting.findIndex(({link}) => this.isOwn(waiting.link) && !this.isOwn(link));
    this.#waiting.splice(before < 0 ? this.#waiting.length : before, 0, waiting);
    this.#tellPlaces();
  }

  /** The first in line; undefined where none waits. */
  shift(): Waiting | undefined {
    const next = this.#waiting.shift();
    if (next) this.#tellPlaces();
    return next;
  }

  /** Takes out whom it concerns, and tells them `code` where it is given; whether there were any. */
  leave(concerns: (waiting: Waiting) => boolean, code?: ErrorCode): boolean {
    const leaving = new Set(this.#waiting.filter(concerns));
    if (leaving.size === 0) return false;
    this.#waiting = this.#waiting.filter((waiting) => !leaving.has(waiting));
    if (code !== undefined) for (const {need, link} of leaving) link.send(encodeMessage('failed', {code}, need.handle));
    this.#tellPlaces();
    return true;
  }

  /** How long it will be is not known: nobody measures one's own answers. */
  #tellPlaces(): void {
    for (const [at, waiting] of this.#waiting.entries()) {
      if (this.#told.get(waiting) === at) continue;
      this.#told.set(waiting, at);
      waiting.link.send(encodeMessage('queued', {position: at + 1, reason: 'waiting', etaMs: 0}, waiting.need.handle));
    }
  }
}
