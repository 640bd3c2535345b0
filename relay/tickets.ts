/** Tickets for signalling: single-use, short-lived, bound to one random peer id. Without one nobody speaks to the PeerServer. */
import {createHmac, randomBytes, timingSafeEqual} from 'node:crypto';
import type {Clock} from '#protocol/roles/ports.ts';

/** Long enough for one connection to open, no more. */
const ticketMs = 30_000;

export interface Ticket {
  /** The signalling id, hex: what PeerJS accepts. */
  readonly peer: string;
  /** Goes into PeerJS's `token`. It travels in a query string, hence once and shortly. */
  readonly token: string;
}

export class Tickets {
  readonly #clock: Clock;
  readonly #key = randomBytes(32);
  /** Peers whose ticket was used, until it would have expired. */
  readonly #used = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(): Ticket {
    const peer = randomBytes(16).toString('hex');
    const expires = this.#clock.now() + ticketMs;
    return {peer, token: `${expires}.${this.#sign(peer, expires)}`};
  }

  /** Whether the ticket is good; a good one is used up. */
  redeem({peer, token}: Ticket): boolean {
    const now = this.#clock.now();
    for (const [used, until] of this.#used) {
      if (until > now) break;
      this.#used.delete(used);
    }
    const [expiry = '', mac = ''] = token.split('.');
    const expires = Number(expiry);
    if (!/^\d{13,15}$/.test(expiry) || !/^[0-9a-f]{64}$/.test(mac) || expires <= now || this.#used.has(peer)) return false;
    if (!timingSafeEqual(Buffer.from(mac, 'hex'), Buffer.from(this.#sign(peer, expires), 'hex'))) return false;
    this.#used.set(peer, expires);
    return true;
  }

  #sign(peer: string, expires: number): string {
    return createHmac('sha256', this.#key).update(`${peer}\0${expires}`).digest('hex');
  }
}
