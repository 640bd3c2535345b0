/** Who may come in: host names, origins, and how often one address may knock. */
import type {IncomingMessage} from 'node:http';
import {isIPv4, isIPv6} from 'node:net';
import type {Duplex} from 'node:stream';
import {TokenBucket} from '#protocol/rate.ts';
import type {Clock} from '#protocol/roles/ports.ts';

/** Addresses that are remembered; beyond it the oldest are forgotten. */
const maxAddresses = 50_000;

/** Whether a request is for one of our names. */
export const isToUs = ({headers: {host}}: IncomingMessage, allowedHosts: readonly string[]): boolean => host !== undefined && allowedHosts.includes(nameOf(host));

/** Whether a request is for one of our names, and from our own page, or one of `friends`, where it comes from a page at all. */
export function isOurs(request: IncomingMessage, allowedHosts: readonly string[], friends: readonly string[] = []): boolean {
  const {host = '', origin} = request.headers;
  if (!isToUs(request, allowedHosts)) return false;
  if (origin === undefined || friends.includes(origin)) return true;
  try {
    return new URL(origin).host.toLowerCase() === host.toLowerCase();
  } catch {
    return false;
  }
}

/** Turns an upgrade down and lets go of its socket; else whoever does not hang up would hold a connection that no limit counts. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Where the app is, as its visitors see it: a proxy in front may speak https for us. */
export function originOf({headers}: IncomingMessage, trustProxy: boolean): string {
  const isSecure = trustProxy && String(headers['x-forwarded-proto'] ?? '').split(',').at(-1)?.trim() === 'https';
  return `${isSecure ? 'https' : 'http'}://${headers.host}`;
}

/** A host header without its port. */
export const nameOf = (host: string): string => host.toLowerCase().replace(/:\d+$/, '');

/** The address that a request comes from. Kept in memory only, never written. */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? String(request.headers['x-forwarded-for'] ?? '').split(',').at(-1) : undefined;
  return plainAddress(forwarded ?? '') ?? plainAddress(request.socket.remoteAddress ?? '') ?? 'unknown';
}

/** One way to write each address, with IPv4 never dressed as IPv6; undefined for what is no address. */
export function plainAddress(text: string): string | undefined {
  const bare = text.trim().replace(/%.*$/, '');
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return undefined;
  const groups = groupsOf(bare);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return isMapped ? bytesOf(groups.slice(6)).join('.') : groups.map((group) => group.toString(16)).join(':');
}

/** Whether an address, as `plainAddress` writes it, is this machine's own. */
export const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '0:0:0:0:0:0:0:1';

/** What shares one limit: an IPv4 address, or the /56 of IPv6, which one household holds. */
export function prefixOf(address: string): string {
  const groups = address.split(':');
  if (groups.length !== 8) return address;
  const fourth = Number.parseInt(groups[3] ?? '0', 16) & 0xff00;
  return `${groups.slice(0, 3).join(':')}:${fourth.toString(16)}::/56`;
}

/** The eight groups of an IPv6 address; the platform's URL parser knows all ways to write one. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [left, right] = [head, tail ?? ''].map((part) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)))) as [number[], number[]];
  return [...left, ...Array.from({length: 8 - left.length - right.length}, () => 0), ...right];
}

const bytesOf = (groups: readonly number[]): number[] => groups.flatMap((group) => [group >> 8, group & 0xff]);

/** A token bucket per address (or /56 of IPv6), and how many links it has open. */
export class AddressLimits {
  readonly #clock: Clock;
  readonly #perMinute: number;
  readonly #addresses = new Map<string, {bucket: TokenBucket; open: number}>();

  constructor({clock, perMinute}: {clock: Clock; perMinute: number}) {
    this.#clock = clock;
    this.#perMinute = perMinute;
  }

  /** Addresses that are remembered. */
  get size(): number {
    return this.#addresses.size;
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
    const prefix = prefixOf(address);
    const known = this.#addresses.get(prefix);
    if (known) return known;
    if (this.#addresses.size >= maxAddresses) this.#forgetOne();
    const bucket = new TokenBucket({burst: this.#perMinute, perSecond: this.#perMinute / 60, now: this.#clock.now()});
    const entry = {bucket, open: 0};
    this.#addresses.set(prefix, entry);
    return entry;
  }

  /** The oldest that has no link open; those that have go to the end, so that a crowd of them is not gone through at each knock. */
  #forgetOne(): void {
    for (let left = this.#addresses.size; left > 0; left -= 1) {
      const [oldest] = this.#addresses;
      if (!oldest) return;
      this.#addresses.delete(oldest[0]);
      if (oldest[1].open === 0) return;
      this.#addresses.set(...oldest);
    }
  }
}
