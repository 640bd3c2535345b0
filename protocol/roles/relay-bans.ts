/** Whom a relay does not let in for a while: addresses and nodes that went wrong again and again, and those that its operator names. Pure; the time comes as an argument. */
import type {ErrorCode} from '../errors.ts';

export interface Ban {
  /** ms since 1970 */
  readonly until: number;
  /** What went wrong last; `refused` where the operator says so. */
  readonly code: ErrorCode;
  /** For the operator, who wrote it; nobody else is told. */
  readonly reason?: string;
}

/** A ban that stands: the operator's own word, his file, or what went wrong too often here or at another relay of the cluster. */
export interface StandingBan extends Ban {
  readonly key: BanKey;
  readonly by: 'operator' | 'file' | 'rule';
}

/** Who is meant: the prefix of an address, or a node's id. */
export type BanKey = string;

/** Endings of a link that no honest side brings about, not even by a race. */
const offences: ReadonlySet<ErrorCode> = new Set(['flood', 'bad-message', 'bad-node', 'too-large', 'tampered']);
/** So many of them within so long, ms: one household may hold a broken program, and a proxy many people. */
const mostOffences = 5;
const rememberedMs = 10 * 60_000;
/** The first ban, and the longest, ms; each one lasts twice as long as the one before. */
const firstMs = 5 * 60_000;
const longestMs = 24 * 3_600_000;
/** Those that an operator may name while it runs. */
const mostOrdered = 1000;
/** Those that are remembered; beyond it the oldest are forgotten. */
const mostEntries = 10_000;

interface Entry {
  offences: readonly number[];
  bans: number;
  ban: Ban | undefined;
}

export class Bans {
  readonly #entries = new Map<BanKey, Entry>();
  #named: ReadonlyMap<BanKey, Ban> = new Map();
  readonly #ordered = new Map<BanKey, Ban>();

  /** How many are kept out now. */
  count(now: number): number {
    return this.list(now).length;
  }

  /** The bans that stand now; more than one for whom more than one source names. */
  list(now: number): StandingBan[] {
    const own = [...this.#entries].flatMap(([key, {ban}]) => (ban ? [[key, ban] as const] : []));
    const sources = [['operator', this.#ordered], ['file', this.#named], ['rule', own]] as const;
    return sources.flatMap(([by, bans]) => [...bans].filter(([, {until}]) => until > now).map(([key, ban]) => ({...ban, key, by})));
  }

  /** The operator keeps somebody out from now on, in place of what he said before. False when he named too many. */
  order(key: BanKey, ban: Ban, now: number): boolean {
    for (const [old, {until}] of this.#ordered) if (until <= now) this.#ordered.delete(old);
    if (this.#ordered.size >= mostOrdered && !this.#ordered.has(key)) return false;
    this.#ordered.set(key, ban);
    return true;
  }

  /** The operator lets somebody in again: ends what he ordered and what a rule brought, not what his file says. False where nothing ended. */
  lift(key: BanKey, now: number): boolean {
    const entry = this.#entries.get(key);
    const ruled = entry?.ban !== undefined && entry.ban.until > now;
    if (ruled) this.#entries.delete(key);
    const ordered = (this.#ordered.get(key)?.until ?? 0) > now;
    return (this.#ordered.delete(key) && ordered) || ruled;
  }

  /** Those that the operator names, in place of the ones named before. */
  name(named: ReadonlyMap<BanKey, Ban>): void {
    this.#named = named;
  }

  /** The ban that stands; undefined for whoever may come in. Knocking does not prolong it. */
  find(key: BanKey, now: number): Ban | undefined {
    return [this.#ordered.get(key), this.#named.get(key), this.#entries.get(key)?.ban].find((ban) => ban !== undefined && ban.until > now);
  }

  /** A link ended in this way. Gives the ban that it brought, if it did. */
  note(key: BanKey, {code, now}: {code: ErrorCode; now: number}): Ban | undefined {
    if (!offences.has(code)) return undefined;
    const entry = this.#entryOf(key);
    entry.offences = [...entry.offences.filter((at) => now - at < rememberedMs), now];
    if (entry.offences.length < mostOffences) return undefined;
    // Whoever behaved for as long as the longest ban starts anew.
    if (entry.ban && now - entry.ban.until > longestMs) entry.bans = 0;
    entry.ban = {until: now + Math.min(longestMs, firstMs * 2 ** entry.bans), code};
    entry.bans += 1;
    entry.offences = [];
    return entry.ban;
  }

  /** Another relay of the cluster keeps somebody out; no longer than this one would. */
  adopt(key: BanKey, {until, code}: Ban, now: number): void {
    const entry = this.#entryOf(key);
    entry.ban = {until: Math.max(entry.ban?.until ?? 0, Math.min(until, now + longestMs)), code};
  }

  #entryOf(key: BanKey): Entry {
    const known = this.#entries.get(key);
    // The newest stand last.
    this.#entries.delete(key);
    const entry = known ?? {offences: [], bans: 0, ban: undefined};
    this.#entries.set(key, entry);
    if (this.#entries.size > mostEntries) for (const oldest of this.#entries.keys()) if (this.#entries.delete(oldest)) break;
    return entry;
  }
}
