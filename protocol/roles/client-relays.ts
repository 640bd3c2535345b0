/** The relays of a client: a link to each, who is there, and how each does. One that failed is tried again in the background; nobody waits for it while another is there. */
import {afterBusy, afterFailure, afterSuccess, afterWait, freshHealth, type RelayHealth} from '../choose-relay.ts';
import {codeOf, type ErrorCode, NetworkError} from '../errors.ts';
import type {NodeRecord} from '../node-record.ts';
import type {RelayRecord} from '../relay-record.ts';
import {ClientLink} from './client-link.ts';
import {within} from './deadline.ts';
import {meetRelay} from './meet-relay.ts';
import type {Clock, Transport} from './ports.ts';

/** The address of the relay that this client comes from. */
export const ownRelay = '';

/** What becomes of a link to a relay. */
export type RelayNews = {readonly is: 'open'} | {readonly is: 'lost'; readonly code: ErrorCode; readonly since: number};

export interface ClientRelaysOptions {
  readonly clock: Clock;
  /** Opens a fresh transport to our relay, or to another one by its address. Rejects with `offline`. */
  connect(relay?: string): Promise<Transport>;
  /** Relays of other operators that the person chose, the best liked first. */
  chosen?(): readonly string[];
  /** Hears what a chosen relay says of itself, checked. Throws to refuse it, such as `relay-changed`. */
  onRecord?(relay: string, record: RelayRecord): void;
  onNews?(relay: string, news: RelayNews): void;
  /** Lets whatever else this thread has to do go first; a short sleep where it is not given. */
  breathe?(): Promise<void>;
  /** Numbers in [0, 1) from a source that can't be foretold. */
  random(): number;
}

/** A relay that was asked just now who is there. */
export interface RelayLook {
  readonly relay: string;
  readonly link: ClientLink;
  readonly records: readonly NodeRecord[];
  readonly health: RelayHealth;
}

/** How long a relay may take to say who is there, where others can be asked. */
const lookMs = 4000;
/** How long one that answered waits for the others. */
const graceMs = 1000;

export class ClientRelays {
  readonly #options: ClientRelaysOptions;
  readonly #links = new Map<string, Promise<ClientLink>>();
  readonly #health = new Map<string, RelayHealth>();
  readonly #retrying = new Set<string>();
  readonly #late = new Set<string>();
  #isClosed = false;

  constructor(options: ClientRelaysOptions) {
    this.#options = options;
  }

  /** All that are used: ours, then those that were chosen. */
  get all(): readonly string[] {
    return [ownRelay, ...(this.#options.chosen?.() ?? [])];
  }

  /** The open link to a relay; opens it when there is none. Rejects with `offline`, `banned`, `bad-relay`, `relay-changed`, or `cancelled` after `close`. */
  link(relay = ownRelay): Promise<ClientLink> {
    if (this.#isClosed) return Promise.reject(new NetworkError('cancelled', 'the client was closed'));
    const known = this.#links.get(relay);
    if (known) return known;
    const opening = this.#open(relay);
    this.#links.set(relay, opening);
    const end = (code: ErrorCode) => {
      if (this.#links.get(relay) !== opening) return;
      this.#links.delete(relay);
      this.#failed(relay, code);
    };
    opening.then((link) => link.ended.then(end), (error: unknown) => end(codeOf(error)));
    return opening;
  }

  /**
   * Asks those that do well who is there, all at once; the others only when none of those answers.
   * @throws what one of them failed with, when none answers; `offline` when all are left out
   */
  async look(without: ReadonlySet<string> = new Set()): Promise<readonly RelayLook[]> {
    const all = this.all.filter((relay) => !without.has(relay));
    const well = all.filter((relay) => this.health(relay).failures === 0 && !this.#late.has(relay));
    const unwell = all.filter((relay) => !well.includes(relay));
    let failure: unknown = new NetworkError('offline', 'no other relay');
    for (const asked of [well, unwell]) {
      const looks = asked.map((relay) => this.#lookAt(relay, this.all.length > 1));
      const seen = await this.#firstOf(asked, looks);
      if (seen.length > 0 && asked === well) this.#retry(unwell);
      if (seen.length > 0) return seen;
      // What ours failed with, where it is among them.
      const [first] = await Promise.allSettled(looks);
      if (first?.status === 'rejected') failure = first.reason;
    }
    throw failure;
  }

  health(relay: string): RelayHealth {
    return this.#health.get(relay) ?? freshHealth;
  }

  /** A relay let a question wait. */
  noteWait(relay: string, waitMs: number): void {
    this.#health.set(relay, afterWait(this.health(relay), {now: this.#options.clock.now(), waitMs}));
  }

  noteBusy(relay: string): void {
    this.#health.set(relay, afterBusy(this.health(relay), this.#options.clock.now()));
  }

  /** Lets go of a relay that is used no more, or is to be met anew; an answer that comes through it still ends. */
  leave(relay: string): void {
    this.#drop(relay);
    this.#health.delete(relay);
  }

  close(): void {
    this.#isClosed = true;
    for (const opening of this.#links.values()) void opening.then((link) => link.close(), () => {});
    this.#links.clear();
  }

  async #open(relay: string): Promise<ClientLink> {
    const {connect, clock, chosen, onRecord, onNews, breathe} = this.#options;
    try {
      const link = await ClientLink.open({transport: await connect(...(relay === ownRelay ? [] : [relay])), clock, ...(breathe ? {breathe} : {})});
      if (chosen?.().includes(relay)) await this.#meet(relay, link);
      else if (relay === ownRelay && onRecord) void meetRelay(link, {clock}).then((record) => onRecord(relay, record)).catch(() => {});
      onNews?.(relay, {is: 'open'});
      return link;
    } catch (error) {
      throw new NetworkError(codeOf(error) === 'internal' ? 'offline' : codeOf(error), 'no link to the relay', {cause: error});
    }
  }

  /** Whoever runs another relay has to show it before anything is asked there. */
  async #meet(relay: string, link: ClientLink): Promise<void> {
    try {
      const record = await meetRelay(link, {clock: this.#options.clock, address: relay});
      this.#options.onRecord?.(relay, record);
    } catch (error) {
      link.close();
      throw error;
    }
  }

  /** Those that answer within a moment after the first one, in their order. */
  async #firstOf(asked: readonly string[], looks: readonly Promise<RelayLook>[]): Promise<readonly RelayLook[]> {
    const seen = new Map<string, RelayLook>();
    const enough = new AbortController();
    const each = looks.map(async (looking) => {
      const look = await looking;
      seen.set(look.relay, look);
    });
    const late = Promise.any(each).then(() => this.#options.clock.sleep(graceMs, enough.signal));
    try {
      await Promise.race([Promise.allSettled(each), late.catch(() => Promise.allSettled(each))]);
    } finally {
      enough.abort();
    }
    for (const [at, relay] of asked.entries()) if (seen.size > 0 && !seen.has(relay)) this.#noteLate(relay, looks[at]);
    return asked.flatMap((relay) => seen.get(relay) ?? []);
  }

  /** Nobody waits for it again until this look has ended. */
  #noteLate(relay: string, look: Promise<RelayLook> | undefined): void {
    const end = () => this.#late.delete(relay);
    this.#late.add(relay);
    look?.then(end, end);
  }

  async #lookAt(relay: string, bound: boolean): Promise<RelayLook> {
    const opening = this.link(relay);
    const looking = opening.then(async (link) => ({link, records: await link.directory()}));
    try {
      const {link, records} = await (bound ? within(looking, {clock: this.#options.clock, ms: lookMs, code: 'offline'}) : looking);
      this.#health.set(relay, afterSuccess(this.health(relay)));
      return {relay, link, records, health: this.health(relay)};
    } catch (error) {
      looking.catch(() => {});
      // A link that ended has been noted by itself; this one is there and silent.
      if (this.#links.get(relay) === opening) {
        this.#drop(relay);
        this.#failed(relay, codeOf(error));
      }
      throw error;
    }
  }

  #retry(relays: readonly string[]): void {
    const now = this.#options.clock.now();
    for (const relay of relays) {
      if (now < this.health(relay).restsUntil || this.#retrying.has(relay) || this.#late.has(relay)) continue;
      this.#retrying.add(relay);
      void this.#lookAt(relay, true).catch(() => {}).finally(() => this.#retrying.delete(relay));
    }
  }

  /** The next question opens a fresh link; what runs on this one goes on. */
  #drop(relay: string): void {
    const opening = this.#links.get(relay);
    this.#links.delete(relay);
    void opening?.then((link) => link.retire(), () => {});
  }

  #failed(relay: string, code: ErrorCode): void {
    const now = this.#options.clock.now();
    const health = afterFailure(this.health(relay), {now, random: this.#options.random()});
    this.#health.set(relay, health);
    this.#options.onNews?.(relay, {is: 'lost', code, since: health.lostAt ?? now});
  }
}
