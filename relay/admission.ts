/** Who may come in: host names, origins, and how often one address may knock. */
import type {IncomingMessage} from 'node:http';
import {TokenBucket} from '#protocol/rate.ts';
import type {Clock} from '#protocol/roles/ports.ts';

/** Addresses that are remembered; beyond it the oldest are forgotten. */
const maxAddresses = 50_000;

/** Whether a request is for one of our names, and from our own page where it comes from a page at all. */
export function isOurs(request: IncomingMessage, allowedHosts: readonly string[]): boolean {
  const {host, origin} = request.headers;
  if (host === undefined || !allowedHosts.includes(nameOf(host))) return false;
  if (origin === undefined) return true;
  try {
    return new URL(origin).host.toLowerCase() === host.toLowerCase();
  } catch {
    return false;
  }
}

/** A host header without its port. */
const nameOf = (host: string): string => host.toLowerCase().replace(/:\d+$/, '');

/** The address that limits apply to: IPv4, or the /56 of IPv6. Kept in memory only, never written. */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? String(request.headers['x-forwarded-for'] ?? '').split(',').at(-1)?.trim() : undefined;
  const address = (forwarded || request.socket.remoteAddress) ?? 'unknown';
  const plain = address.replace(/^::ffff:/, '');
  return plain.includes(':') ? `${plain.split(':').slice(0, 4).join(':').slice(0, -2)}::/56` : plain;
}

/** A token bucket per address, and how many links it has open. */
export class AddressLimits {
  readonly #clock: Clock;
  readonly #perMinute: number;
  readonly #addresses = new Map<string, {bucket: TokenBucket; open: number}>();

  constructor({clock, perMinute}: {clock: Clock; perMinute: number}) {
    this.#clock = clock;
    this.#perMinute = perMinute;
  }

  /** Whether `address` may do one thing more now. */
  take(address: string): boolean {
    return this.#entry(address).bucket.take(this.#clock.now());
  }

  /** Counts a link that opened; undefined when there are too many, else what to call when it closes. */
  open(address: string): (() => void) | undefined {
    const entry = this.#entry(address);
    if (entry.open >= this.#perMinute || !entry.bucket.take(this.#clock.now())) return undefined;
    entry.open += 1;
    return () => {
      entry.open -= 1;
    };
  }

  #entry(address: string): {bucket: TokenBucket; open: number} {
    const known = this.#addresses.get(address);
    if (known) return known;
    if (this.#addresses.size >= maxAddresses) for (const [old, {open}] of this.#addresses) if (open === 0 && this.#addresses.delete(old)) break;
    const bucket = new TokenBucket({burst: this.#perMinute, perSecond: this.#perMinute / 60, now: this.#clock.now()});
    const entry = {bucket, open: 0};
    this.#addresses.set(address, entry);
    return entry;
  }
}
