/**
 * A relay among others. Each node belongs to its home relay, the one that holds its link; the others know it by its signed record. A job that finds no idle
 * node here is sent on to a relay that holds one for it:
 *
 *   client           this relay                    home relay of a node
 *     match       ->   no idle node of the set
 *                      hold {handle, model, nodes} ->   keeps a slot
 *                                                  <-   held {node}
 *     redirect    <-   {relay, node}
 *     match, the same handle  ------------------------> gives it that slot
 *
 * Without the bus each relay is an island with its own nodes and clients; nothing fails for it.
 */
import {type Bytes, randomBytes, toHex} from '#protocol/bytes.ts';
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {Ban, BanKey, Bans} from '#protocol/roles/relay-bans.ts';
import type {HeldElsewhere, Neighbours, Wanted} from '#protocol/roles/relay-neighbours.ts';
import type {Hub} from '#protocol/roles/relay.ts';
import type {HubOptions} from '#protocol/roles/relay-options.ts';
import {type Beat, type BusBan, busMessages, type Change, maxPage, maxRoom, type NodeEntry, type MemberId, subjects} from './bus-messages.ts';
import type {Bus} from './bus.ts';
import {Neighbour} from './neighbour.ts';
import type {Log} from '../log.ts';

export interface ClusterOptions {
  readonly bus: Bus;
  readonly clock: Clock;
  /** Our address, as clients and the other relays know it. */
  readonly url: string;
  /** The addresses of the others; a relay of any other is not listened to. */
  readonly relays: readonly string[];
  readonly log: Log;
  /** Whom this relay keeps out; it takes over whom the others do. */
  readonly bans: Bans;
}

type OwnHub = Pick<Hub, 'hold' | 'lookElsewhere' | 'dismiss' | 'supply'>;

/** How often it looks whether its room changed; at every fourth look it is told anyway. */
const lookMs = 500;
const looksPerBeat = 4;
/** Whoever was not heard for so long is gone: three beats. */
const silentMs = 6000;
const holdMs = 1000;
/** Relays that are asked for one job, one after the other. */
const maxAsked = 3;
const maxNeighbours = 64;

export class Cluster implements Neighbours {
  readonly id = toHex(randomBytes(8)) as MemberId;
  readonly #options: ClusterOptions;
  readonly #own = new Map<NodeId, NodeEntry>();
  readonly #neighbours = new Map<MemberId, Neighbour>();
  readonly #stop = new AbortController();
  #hub: OwnHub | undefined;
  #changes = 0;
  #is: Beat['is'] = 'open';
  #told = '';
  /** Nodes came or went elsewhere since the last look. */
  #news = false;

  constructor(options: ClusterOptions) {
    this.#options = options;
  }

  /** Speaks for this hub from now on. */
  join(hub: OwnHub): void {
    this.#hub = hub;
    const {bus} = this.#options;
    bus.hear(subjects.beat, (body) => this.#heard(() => this.#beat(busMessages.beat.read(body))));
    bus.hear(subjects.change, (body) => this.#heard(() => this.#change(busMessages.change.read(body))));
    bus.hear(subjects.ban, (body) => this.#heard(() => this.#ban(busMessages.ban.read(body))));
    bus.answer(subjects.nodes(this.id), (body) => this.#page(busMessages.page.read(body).after));
    bus.answer(subjects.hold(this.id), (body) => {
      const node = hub.hold(busMessages.hold.read(body));
      return busMessages.held.write({nodes: node === undefined ? [] : [node]});
    });
    void this.#run(hub);
  }

  get isUp(): boolean {
    return this.#options.bus.isUp;
  }

  /** Relays that are heard now, without this one. */
  get size(): number {
    return this.#neighbours.size;
  }

  /** Nodes at other relays. */
  get nodes(): number {
    return [...this.#neighbours.values()].reduce((sum, {nodes}) => sum + nodes.size, 0);
  }

  /** The other relays that are heard. */
  get peers(): readonly {readonly url: string; readonly nodes: number}[] {
    return [...this.#neighbours.values()].map(({url, nodes}) => ({url, nodes: nodes.size}));
  }

  /** For the hub: what becomes of its nodes. */
  readonly onNode: NonNullable<HubOptions['onNode']> = ({id, record, models}, is) => {
    const {bus, clock} = this.#options;
    const known = is === 'came' ? undefined : this.#own.get(id)?.since;
    const entry = {node: id, since: known ?? BigInt(clock.now()), models: [...models], record};
    if (is === 'left') this.#own.delete(id);
    else this.#own.set(id, entry);
    this.#changes += 1;
    bus.publish(subjects.change, busMessages.change.write({relay: this.id, change: this.#changes, is: is === 'left' ? 'gone' : 'here', entry}));
  };

  /** For the hub: whom this relay keeps out from now on. */
  readonly onBan = ({until, code}: Ban, key: BanKey): void => this.#options.bus.publish(subjects.ban, busMessages.ban.write({relay: this.id, key, until: BigInt(until), code}));

  records(): readonly Bytes[] {
    return [...this.#neighbours.values()].flatMap(({nodes}) => [...nodes.values()].filter(({node}) => !this.#own.has(node)).map(({record}) => record));
  }

  have(nodes: readonly NodeId[], model: ModelHash): boolean {
    return nodes.some((node) => this.#homesOf(node, model).length > 0);
  }

  async hold({handle, model, nodes}: Wanted): Promise<HeldElsewhere | undefined> {
    const {bus} = this.#options;
    const homes = new Map<Neighbour, NodeId[]>();
    for (const node of nodes) for (const home of this.#homesOf(node, model)) homes.set(home, [...(homes.get(home) ?? []), node]);
    const room = [...homes.keys()].filter((home) => home.roomFor(model) > 0).toSorted((left, right) => right.roomFor(model) - left.roomFor(model));
    for (const home of room.slice(0, maxAsked)) {
      // Counted before it is asked: no more are asked for at once than there may be.
      home.setRoom(model, home.roomFor(model) - 1);
      try {
        const [node] = busMessages.held.read(await bus.ask(subjects.hold(home.id), busMessages.hold.write({handle, model, nodes: homes.get(home) ?? []}), holdMs)).nodes;
        if (node !== undefined) return {relay: home.url, node};
      } catch {
        // Away, or of another version.
      }
      home.setRoom(model, 0);
    }
    return undefined;
  }

  /** Takes no more from others; says so. */
  drain(): void {
    this.#is = 'draining';
    this.#tell();
  }

  /** Takes jobs from others again; says so. */
  resume(): void {
    if (this.#is === 'draining') this.#is = 'open';
    this.#tell();
  }

  /** Says goodbye and lets go of the bus. */
  async close(): Promise<void> {
    this.#is = 'gone';
    this.#tell();
    this.#stop.abort();
    await this.#options.bus.close();
  }

  async #run(hub: OwnHub): Promise<void> {
    const {clock} = this.#options;
    for (let look = 0; !this.#stop.signal.aborted; look += 1) {
      if (this.#news) hub.lookElsewhere();
      this.#news = false;
      this.#tell({always: look % looksPerBeat === 0});
      this.#forgetSilent();
      await clock.sleep(lookMs, this.#stop.signal).catch(() => {});
    }
  }

  #tell({always} = {always: true}): void {
    const {bus, url} = this.#options;
    const beat = busMessages.beat.write({relay: this.id, url, is: this.#is, changes: this.#changes, room: this.#room()});
    const text = toHex(beat);
    if (!always && text === this.#told) return;
    this.#told = text;
    bus.publish(subjects.beat, beat);
  }

  #room(): Beat['room'] {
    const room = new Map<ModelHash, number>();
    for (const {models, idle} of this.#hub?.supply() ?? []) for (const {model} of idle > 0 ? models : []) room.set(model, (room.get(model) ?? 0) + idle);
    return [...room].slice(0, maxRoom).map(([model, idle]) => ({model, idle: Math.min(65_535, idle)}));
  }

  /** What another says may be of another version, or broken: then it is as if it had not been said. */
  #heard(take: () => void): void {
    try {
      take();
    } catch {}
  }

  #beat(beat: Beat): void {
    const {bus, clock, relays, log} = this.#options;
    if (beat.is === 'gone') return this.#forget(beat.relay);
    if (!relays.includes(beat.url)) return;
    let neighbour = this.#neighbours.get(beat.relay);
    if (!neighbour) {
      if (this.#neighbours.size >= maxNeighbours) return;
      neighbour = new Neighbour({bus, id: beat.relay, url: beat.url, onNodes: () => void (this.#news = true), onList: () => log('info', 'relay-joined', {relays: this.size, nodes: this.nodes}), onNode: (entry) => this.#settle(entry)});
      this.#neighbours.set(beat.relay, neighbour);
      // It hears of us at once, and not at our next beat.
      this.#tell();
    }
    if (neighbour.beat(beat, clock.now())) this.#hub?.lookElsewhere();
  }

  #change(change: Change): void {
    this.#neighbours.get(change.relay)?.change(change);
  }

  /** Only of relays that are heard: whoever is of no cluster keeps nobody out of it. */
  #ban({relay, key, until, code}: BusBan): void {
    const {bans, clock} = this.#options;
    if (this.#neighbours.has(relay)) bans.adopt(key, {until: Number(until), code}, clock.now());
  }

  /** A node that came to another relay after it came here has left us, even if its old link is still open. */
  #settle({node, since}: NodeEntry): void {
    const own = this.#own.get(node);
    if (own && since > own.since) this.#hub?.dismiss(node);
  }

  #page(after: NodeId): Bytes {
    const nodes = [...this.#own.keys()].filter((node) => node > after).toSorted().slice(0, maxPage).flatMap((node) => this.#own.get(node) ?? []);
    return busMessages.nodes.write({changes: this.#changes, nodes});
  }

  #homesOf(node: NodeId, model: ModelHash): Neighbour[] {
    if (this.#own.has(node)) return [];
    return [...this.#neighbours.values()].filter(({nodes}) => nodes.get(node)?.models.includes(model) === true);
  }

  #forgetSilent(): void {
    const now = this.#options.clock.now();
    for (const {id, heardAt} of this.#neighbours.values()) if (now - heardAt > silentMs) this.#forget(id);
  }

  #forget(relay: MemberId): void {
    if (!this.#neighbours.delete(relay)) return;
    this.#news = true;
    this.#options.log('warn', 'relay-lost', {relays: this.size, nodes: this.nodes});
  }
}
