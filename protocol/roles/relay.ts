/** The relay: who is here, who works for whom, and frames passed on unread. It can't open them: the build forbids it to reach the code that could. */
import {type Bytes, randomBytes} from '../bytes.ts';
import {decodeMessage, peek} from '../codec.ts';
import {codeOf, NetworkError} from '../errors.ts';
import {isSignedBy} from '../identity.ts';
import {type JobHandle, linkHandle} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Kind, Message} from '../messages.ts';
import {checkRecord, type NodeRecord, presenceProof} from '../node-record.ts';
import {writeStatement} from '../statement.ts';
import type {Clock, LinkKind, Transport} from './ports.ts';
import type {Bank, ChannelEntry, ChannelFacts} from './relay-bank.ts';
import type {Ban, BanKey, Bans} from './relay-bans.ts';
import {RelayDials} from './relay-dials.ts';
import {type PresentNode, RelayJobs} from './relay-jobs.ts';
import {type FrameRate, RelayLink} from './relay-link.ts';
import {RelayMoney} from './relay-money.ts';
import {type HubCount, RelayWatch} from './relay-watch.ts';

export interface HubOptions {
  readonly name: string;
  readonly clock: Clock;
  /** Sees every frame that comes in; for tests that search them. */
  readonly observe?: (frame: Uint8Array) => void;
  /** What one link may send; the protocol's own limits where it is not given. */
  readonly frameRate?: FrameRate;
  /** Without one, all answers at this relay are free. */
  readonly bank?: Bank;
  /** Whom it does not let in; without one, nobody is kept out. */
  readonly bans?: Bans;
  /** Somebody is kept out from now on; never who. */
  onBan?(ban: Ban): void;
  /** Two signalling ids may now exchange WebRTC offers: a paired device dialled its node and was accepted, or the two sides of a job meet. */
  readonly allowSignalling?: (left: string, right: string) => void;
  /** Strangers may meet: their browsers are given a TURN server, and connect in no other way. */
  readonly strangersMeet?: boolean;
  /** Hears how jobs go, in numbers. It must be quick. */
  readonly onCount?: (count: HubCount) => void;
}

/** What one present node offers. */
export interface Supply {
  readonly models: NodeRecord['models'];
  /** Slots that no job has. */
  readonly idle: number;
}
export type LinkRole = 'stranger' | 'client' | 'node';

/** Who is on the other end of a link. */
type Party =
  | {readonly is: 'stranger'; readonly since: number}
  | {readonly is: 'client'; readonly nonce: Bytes}
  | {readonly is: 'candidate'; readonly since: number; readonly nonce: Uint8Array<ArrayBuffer>}
  | {readonly is: 'node'; readonly node: PresentNode};

const standardRate: FrameRate = {burst: limits.burstFrames, perSecond: limits.framesPerSecond};

const noLinks: Readonly<Record<LinkKind, number>> = {websocket: 0, webrtc: 0, memory: 0};
/** Of links whose address nobody knows, or that many share; it is never kept out. */
export const unknownPrefix = 'unknown';
/** Frames that a directory counts for: 18 bytes ask for a quarter of a megabyte, which takes half a millisecond to put together. */
const directoryCost = 31;
/** How exactly the time of a ping is kept. */
const beatMs = 500;

export class Hub {
  readonly #options: HubOptions;
  /** Frames passed on unread, and their bytes. */
  readonly passed = {client: {frames: 0, bytes: 0}, node: {frames: 0, bytes: 0}};
  readonly #jobs = new RelayJobs((handle) => {
    this.#watch?.over(handle);
    this.#money?.forget(handle);
  });
  readonly #watch: RelayWatch | undefined;
  readonly #money: RelayMoney | undefined;
  readonly #offered = new WeakMap<PresentNode, NodeRecord['models']>();
  readonly #parties = new Map<RelayLink, Party>();
  readonly #dials: RelayDials;
  #draining = false;
  #pulse: AbortController | undefined;

  constructor(options: HubOptions) {
    this.#options = options;
    this.#dials = new RelayDials(this.#jobs, options);
    this.#money = options.bank && new RelayMoney(options.bank, options.clock);
    this.#watch = options.onCount && new RelayWatch(options.onCount, () => options.clock.now());
  }

  /** Runs a link until it ends; links of one `prefix` share what an address may have. Never rejects. */
  async accept(transport: Transport, {prefix = unknownPrefix}: {prefix?: string} = {}): Promise<void> {
    const link = new RelayLink({transport, clock: this.#options.clock, rate: this.#options.frameRate ?? standardRate, prefix, onSaid: this.#watch && ((to, said) => this.#watch?.said(to, said))});
    if (this.#keepOut(link, prefix)) return transport.close();
    this.#parties.set(link, {is: 'stranger', since: this.#options.clock.now()});
    this.#pulse ??= this.#beat();
    try {
      for await (const frame of transport.frames) {
        const working = this.#receive(link, frame);
        if (working) await working;
      }
    } catch (error) {
      this.#watch?.refused(codeOf(error));
      link.close(codeOf(error));
    } finally {
      link.ended();
      this.#judge(link);
      this.#gone(link);
      transport.close();
    }
  }

  /** Says so and closes where somebody is kept out. */
  #keepOut(link: RelayLink, key: BanKey): boolean {
    const ban = this.#options.bans?.find(key, this.#options.clock.now());
    if (!ban) return false;
    this.#watch?.refused('banned');
    link.send('banned', {until: Math.ceil(ban.until / 1000), code: ban.code});
    link.close('banned');
    return true;
  }

  /** How a link ended counts for its address, and for its node. */
  #judge(link: RelayLink): void {
    const {bans, clock, onBan} = this.#options;
    const {endedBy} = link;
    if (!bans || endedBy === undefined) return;
    const party = this.#parties.get(link);
    for (const key of [link.prefix, ...(party?.is === 'node' ? [party.node.id] : [])]) {
      const ban = key === unknownPrefix ? undefined : bans.note(key, {code: endedBy, now: clock.now()});
      if (ban) onBan?.(ban);
    }
  }

  /** One heart for all links, beating while there are any: a timer for each would cost more memory than the rest of an idle link's state. */
  #beat(): AbortController {
    const stop = new AbortController();
    const run = async () => {
      while (!stop.signal.aborted) {
        await this.#options.clock.sleep(beatMs, stop.signal).catch(() => {});
        const now = this.#options.clock.now();
        for (const link of this.#parties.keys()) link.beat(now);
      }
    };
    void run();
    return stop;
  }

  /** Numbers for people and metrics: no identities. */
  census(): {nodes: number; clients: number; jobs: number; waiting: number} {
    const clients = [...this.#parties.values()].filter((party) => party.is === 'client').length;
    return {nodes: this.#jobs.nodes.size, clients, ...this.#jobs.counts};
  }

  /** Links that are open now. */
  links(): Readonly<Record<LinkRole, Readonly<Record<LinkKind, number>>>> {
    const sums = {stranger: {...noLinks}, client: {...noLinks}, node: {...noLinks}};
    for (const [{transport}, {is}] of this.#parties) sums[is === 'candidate' ? 'stranger' : is][transport.kind] += 1;
    return sums;
  }

  /** What is offered now, a node at a time, without saying whose it is. */
  supply(): Supply[] {
    return [...this.#jobs.nodes.values()].map((node) => ({models: this.#offered.get(node) ?? [], idle: Math.max(0, node.open - node.taken)}));
  }

  /** Ends what waited for too long. The host calls it about once a second. */
  sweep(): void {
    const now = this.#options.clock.now();
    this.#jobs.sweep(now);
    this.#dials.sweep(now);
    for (const [link, party] of this.#parties) if ('since' in party && now - party.since > limits.stepMs) link.close('stalled');
  }

  /** The chain says something new of a channel to this relay's vault. */
  refresh(channel: ChannelEntry['channel'], facts: ChannelFacts): void {
    this.#money?.refresh(channel, facts);
  }

  /** Takes nobody new, waits for running jobs up to `ms`, then says goodbye to all. */
  async drain(ms: number): Promise<void> {
    this.#draining = true;
    const {clock} = this.#options;
    const end = clock.now() + ms;
    while (this.#jobs.counts.jobs > 0 && clock.now() < end) await clock.sleep(Math.min(100, end - clock.now()));
    for (const link of this.#parties.keys()) {
      link.send('goodbye', {});
      link.close();
    }
  }

  /** Not async: what is merely forwarded, which is nearly all, waits for nothing. */
  #receive(link: RelayLink, frame: Uint8Array): Promise<void> | undefined {
    if (!link.heard()) throw new NetworkError('flood', 'too many frames');
    this.#options.observe?.(frame);
    const {kind, handle} = peek(frame);
    const party = this.#parties.get(link);
    if (party?.is !== 'node' && party?.is !== 'client') return this.#fromStranger(link, decodeMessage(frame));
    const mistaken = (error: unknown) => {
      this.#watch?.refused(codeOf(error));
      link.mistake(codeOf(error), handle === linkHandle ? undefined : handle);
    };
    try {
      const working = party.is === 'node' ? this.#fromNode(party.node, {kind, handle, frame}) : this.#fromClient(link, {kind, handle, frame, nonce: party.nonce});
      return working?.catch(mistaken);
    } catch (error) {
      return void mistaken(error);
    }
  }

  async #fromStranger(link: RelayLink, message: Message): Promise<void> {
    if (message.kind === 'pong') return;
    const party = this.#parties.get(link);
    if (message.kind === 'hello' && party?.is === 'stranger' && !this.#draining) {
      if (message.role === 'client') return this.#welcome(link, {is: 'client', nonce: randomBytes(32)});
      const nonce = randomBytes(32);
      this.#parties.set(link, {is: 'candidate', since: party.since, nonce});
      return link.send('challenge', {nonce});
    }
    if (message.kind === 'present' && party?.is === 'candidate') return this.#admit(link, {message, nonce: party.nonce});
    throw new NetworkError('bad-message', `${message.kind} from a stranger`);
  }

  #welcome(link: RelayLink, party: Party): void {
    this.#parties.set(link, party);
    const terms = this.#money?.termsFor(party.is === 'client' ? party.nonce : randomBytes(32));
    link.send('welcome', {relay: this.#options.name, heartbeatMs: limits.heartbeatMs, terms});
  }

  async #admit(link: RelayLink, {message, nonce}: {message: Message<'present'>; nonce: Uint8Array<ArrayBuffer>}): Promise<void> {
    const now = this.#options.clock.now();
    const record = await checkRecord(message.record, now);
    const proof = {message: writeStatement(presenceProof, {nonce}), signature: message.proof};
    if (!(await isSignedBy(record.node, proof))) throw new NetworkError('bad-node', 'proof');
    if (!this.#parties.has(link) || this.#keepOut(link, record.node)) return;
    const models = new Set(record.models.map((offered) => offered.model));
    const node: PresentNode = {id: record.node, link, record: message.record, models, peer: message.peer, open: record.slots, taken: 0, lastBound: 0};
    this.#offered.set(node, record.models);
    this.#jobs.addNode(node, now);
    this.#welcome(link, {is: 'node', node});
    this.#jobs.serve(node, now);
    await this.#money?.greet({node: node.id, link});
  }

  /** A fresh record of a node that is here: only what it says of its speed and prices may change. */
  async #renew({record}: Message<'renew'>, {node, now}: {node: PresentNode; now: number}): Promise<void> {
    const {node: id, models} = await checkRecord(record, now);
    if (id !== node.id || models.length !== node.models.size || !models.every(({model}) => node.models.has(model))) throw new NetworkError('bad-node', 'not a record of this node');
    node.record = record;
    this.#offered.set(node, models);
  }

  #fromClient(client: RelayLink, {kind, handle, frame, nonce}: {kind: Kind; handle: JobHandle; frame: Uint8Array; nonce: Bytes}): Promise<void> | undefined {
    const now = this.#options.clock.now();
    if (kind === 'request' || kind === 'cancel') {
      if (kind === 'request') this.#money?.requireDeposit(handle);
      else this.#watch?.cancelled(handle, client);
      this.#pass(frame, {link: this.#jobs.towardsNode(kind, {handle, client, now}), sum: this.passed.node});
      if (kind === 'request') this.#watch?.requested(handle);
    } else if (kind === 'pong' || kind === 'goodbye') return undefined;
    else if (kind === 'ping') client.send('pong', {nonce: 0});
    else if (kind === 'list') this.#list(client);
    else {
      const message = decodeMessage(frame);
      // A job under the link's own handle would end the link of its node with the first word about it that goes wrong.
      if (handle === linkHandle && (message.kind === 'match' || message.kind === 'dial')) throw new NetworkError('bad-message', 'no handle');
      // No mistake of the client: whoever asks on while a relay goes away must not be cut off for it.
      if (message.kind === 'match' && this.#draining) throw new NetworkError('busy', 'going away');
      if (message.kind === 'match') this.#want(message, {client, now});
      else if (this.#dials.fromClient(message, {client, frame, now})) return undefined;
      else if (message.kind === 'fund' && this.#money) return this.#money.fund(message, {client, nonce});
      else if (message.kind === 'grant' && this.#money) return this.#money.grant(message, client);
      else if (message.kind === 'trial' && this.#money?.trial) return this.#money.trial.admit(message, {client, nonce});
      else throw new NetworkError('refused', `${kind} is not for the relay now`);
    }
    return undefined;
  }

  #pass(frame: Uint8Array, {link, sum}: {link: RelayLink | undefined; sum: {frames: number; bytes: number}}): void {
    if (!link) return;
    sum.frames += 1;
    sum.bytes += frame.length;
    link.forward(frame);
  }

  #want(message: Message<'match'>, {client, now}: {client: RelayLink; now: number}): void {
    const trial = message.payment === 'trial' ? this.#money?.trial : undefined;
    const take = () => this.#jobs.want(message, {client, now});
    trial?.begin(message.handle, client);
    try {
      if (this.#watch) this.#watch.asked(message, {client, take});
      else take();
    } catch (error) {
      trial?.end(message.handle);
      throw error;
    }
  }

  #fromNode(node: PresentNode, {kind, handle, frame}: {kind: Kind; handle: JobHandle; frame: Uint8Array}): Promise<void> | undefined {
    const now = this.#options.clock.now();
    if (kind === 'offer' && !this.#agreed(node, {handle, frame})) this.#jobs.decline(handle, {node, code: 'refused', now});
    else if (kind === 'failed') this.#failed(node, {handle, frame, now});
    else if (kind === 'offer' || kind === 'response' || kind === 'released') {
      if (kind !== 'response' || node.link.awaited > 0) this.#watch?.fromNode(node.link, {kind, handle, frame});
      this.#pass(frame, {link: this.#jobs.towardsClient(kind, {handle, node, now}), sum: this.passed.client});
    } else if (kind === 'pong') return undefined;
    else if (kind === 'ping') node.link.send('pong', {nonce: 0});
    else if (kind === 'goodbye') node.link.close();
    else {
      const message = decodeMessage(frame);
      if (message.kind === 'status') {
        node.open = message.draining ? 0 : message.free;
        this.#jobs.serve(node, now);
      } else if (message.kind === 'renew') return this.#renew(message, {node, now});
      else if (this.#dials.fromNode(message, {node, frame})) return undefined;
      else if (message.kind === 'due' && this.#money) this.#money.due(message, node.id);
      else if (message.kind === 'account' && this.#money) return this.#money.account(message, {node: node.id, link: node.link});
      else if (message.kind === 'paid' && this.#money) return this.#money.shown(message, {node: node.id, link: node.link});
      else throw new NetworkError('refused', `${kind} is not for the relay`);
    }
    return undefined;
  }

  /** A node can't do a job: one that it was just bound to goes to another, of any other the client hears. */
  #failed(node: PresentNode, {handle, frame, now}: {handle: JobHandle; frame: Uint8Array; now: number}): void {
    const {code} = decodeMessage(frame) as Message<'failed'>;
    if (this.#jobs.decline(handle, {node, code, now})) return;
    this.#watch?.fromNode(node.link, {kind: 'failed', handle, frame});
    this.#pass(frame, {link: this.#jobs.towardsClient('failed', {handle, node, now, code}), sum: this.passed.client});
  }

  /** Whether an offer and what its client pays with go together. Where there is no money, the client alone decides. */
  #agreed(node: PresentNode, {handle, frame}: {handle: JobHandle; frame: Uint8Array}): boolean {
    const slotted = this.#jobs.slotted(handle, node);
    if (!this.#money || !slotted) return true;
    return this.#money.offered(decodeMessage(frame) as Message<'offer'>, {...slotted, payee: {node: node.id, link: node.link}});
  }

  #list(client: RelayLink): void {
    if (!client.afford(directoryCost)) throw new NetworkError('flood', 'too many directories');
    client.send('directory', {records: this.#records()});
  }

  /** A random selection when there are more nodes than one answer holds. */
  #records(): readonly Uint8Array<ArrayBuffer>[] {
    const all = [...this.#jobs.nodes.values()].map((node) => node.record);
    const start = all.length > limits.maxDirectory ? Math.floor(((randomBytes(1)[0] ?? 0) / 256) * all.length) : 0;
    return [...all.slice(start), ...all.slice(0, start)].slice(0, limits.maxDirectory);
  }

  #gone(link: RelayLink): void {
    const party = this.#parties.get(link);
    this.#parties.delete(link);
    if (this.#parties.size === 0) {
      this.#pulse?.abort();
      this.#pulse = undefined;
    }
    const now = this.#options.clock.now();
    this.#watch?.gone(link);
    if (party?.is === 'client') this.#jobs.removeClient(link, now);
    if (party?.is === 'node') this.#jobs.removeNode(party.node, now);
    this.#money?.gone(link);
    this.#dials.gone(link);
  }
}
