/** The relay: who is here, who works for whom, and frames passed on unread. It can't open them: the build forbids it to reach the code that could. */
import {type Bytes, randomBytes} from '../bytes.ts';
import {decodeMessage, peek} from '../codec.ts';
import {codeOf, type ErrorCode, NetworkError} from '../errors.ts';
import {isSignedBy} from '../identity.ts';
import {type JobHandle, linkHandle, type NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Kind, Message} from '../messages.ts';
import {checkRecord, presenceProof} from '../node-record.ts';
import {writeStatement} from '../statement.ts';
import type {LinkKind, Transport} from './ports.ts';
import type {ChannelEntry, ChannelFacts} from './relay-bank.ts';
import type {Cashier} from './relay-cashier.ts';
import {RelayDials} from './relay-dials.ts';
import {RelayDirectory, type Supply} from './relay-directory.ts';
import {RelayGate, unknownPrefix} from './relay-gate.ts';
import {RelayHeart} from './relay-heart.ts';
import {type PresentNode, RelayJobs} from './relay-jobs.ts';
import {type FrameRate, RelayLink} from './relay-link.ts';
import {RelayMoney} from './relay-money.ts';
import {RelayOversight} from './relay-oversight.ts';
import type {Wanted} from './relay-neighbours.ts';
import type {HubOptions} from './relay-options.ts';
import {introduce} from './relay-self.ts';
import {RelayTill} from './relay-till.ts';
import {RelayWatch} from './relay-watch.ts';
import {RelayWork} from './relay-work.ts';

export type LinkRole = 'stranger' | 'client' | 'node';

/** Who is on the other end of a link. */
type Party =
  | {readonly is: 'stranger'; readonly since: number; readonly mayServe: boolean}
  | {readonly is: 'client'; readonly nonce: Bytes}
  | {readonly is: 'candidate'; readonly since: number; readonly nonce: Uint8Array<ArrayBuffer>}
  | {readonly is: 'node'; readonly node: PresentNode};

const standardRate: FrameRate = {burst: limits.burstFrames, perSecond: limits.framesPerSecond};

const namesATalk: ReadonlySet<Kind> = new Set(['match', 'dial', 'host', 'knock']);
const noLinks: Readonly<Record<LinkKind, number>> = {websocket: 0, webrtc: 0, memory: 0};
/** Frames that a directory counts for: 18 bytes ask for a quarter of a megabyte, which takes half a millisecond to put together. */
const directoryCost = 31;

export class Hub {
  readonly #options: HubOptions;
  /** Frames passed on unread, and their bytes. */
  readonly passed = {client: {frames: 0, bytes: 0}, node: {frames: 0, bytes: 0}};
  /** What its operator sees and may do. */
  readonly oversight: RelayOversight;
  readonly #jobs: RelayJobs;
  readonly #watch: RelayWatch | undefined;
  readonly #money: Cashier | undefined;
  readonly #till: RelayTill;
  readonly #directory: RelayDirectory;
  readonly #parties = new Map<RelayLink, Party>();
  readonly #heart: RelayHeart;
  readonly #gate: RelayGate;
  readonly #dials: RelayDials;
  readonly #work: RelayWork;
  #draining = false;

  constructor(options: HubOptions) {
    this.#options = options;
    const over = (handle: JobHandle) => {
      this.#watch?.over(handle);
      this.#money?.forget(handle);
    };
    this.#jobs = new RelayJobs(over, options);
    this.#gate = new RelayGate(options, () => this.#watch?.refused('banned'));
    this.#heart = new RelayHeart(options.clock, this.#parties);
    this.#directory = new RelayDirectory(() => options.neighbours?.records() ?? []);
    this.oversight = new RelayOversight({clock: options.clock, jobs: this.#jobs, directory: this.#directory, gate: this.#gate, links: () => this.#parties.keys()});
    this.#dials = new RelayDials(this.#jobs, options);
    this.#work = new RelayWork(options.workBits ?? 0);
    this.#money = options.cashier ?? (options.bank && new RelayMoney(options.bank, options.clock));
    this.#till = new RelayTill(this.#money);
    this.#watch = options.onCount && new RelayWatch(options.onCount, () => options.clock.now());
  }

  /** Runs a link until it ends; links of one `prefix` share what an address may have, and one that may not serve is a client's or nobody's. Never rejects. */
  async accept(transport: Transport, {prefix = unknownPrefix, mayServe = true}: {prefix?: string; mayServe?: boolean} = {}): Promise<void> {
    const link = new RelayLink({transport, clock: this.#options.clock, rate: this.#options.frameRate ?? standardRate, prefix, onSaid: this.#watch && ((to, said) => this.#watch?.said(to, said))});
    if (this.#gate.keepsOut(link, prefix)) return transport.close();
    this.#parties.set(link, {is: 'stranger', since: this.#options.clock.now(), mayServe});
    this.#heart.start();
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
      const party = this.#parties.get(link);
      this.#gate.judge(link, party?.is === 'node' ? party.node.id : undefined);
      this.#gone(link);
      transport.close();
    }
  }

  /** Undefined where all answers are free. */
  get cashier(): Cashier | undefined {
    return this.#money;
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
    return this.#directory.supply(this.#jobs.nodes.values());
  }

  /** Ends what waited for too long. The host calls it about once a second. */
  sweep(): void {
    const now = this.#options.clock.now();
    this.#jobs.sweep(now);
    this.#dials.sweep(now);
    for (const [link, party] of this.#parties) if ('since' in party && now - party.since > limits.stepMs) link.close('stalled');
  }

  /** Keeps a slot for a job whose client another relay sends here; undefined where no node of its set is idle. */
  hold(wanted: Wanted): NodeId | undefined {
    return this.#draining || this.oversight.isPaused ? undefined : this.#jobs.hold(wanted, this.#options.clock.now());
  }

  /** The nodes at other relays are others than before, or have room. */
  lookElsewhere(): void {
    this.#jobs.lookElsewhere();
  }

  /** A node is at another relay now: it came there later than here. */
  dismiss(node: NodeId): void {
    this.#jobs.nodes.get(node)?.link.close('duplicate');
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
    if (kind === 'about') return introduce(link, {frame, show: this.#options.showSelf});
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
    if (message.kind === 'hello' && party?.is === 'stranger') {
      this.#gate.check(message, {draining: this.#draining});
      if (message.role === 'client') return this.#welcome(link, {is: 'client', nonce: randomBytes(32)});
      if (!party.mayServe) throw new NetworkError('refused', 'a node where only clients are let in');
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
    const work = party.is === 'client' ? this.#work.demand(party.nonce) : undefined;
    link.send('welcome', {relay: this.#options.name, heartbeatMs: limits.heartbeatMs, terms, work});
  }

  async #admit(link: RelayLink, {message, nonce}: {message: Message<'present'>; nonce: Uint8Array<ArrayBuffer>}): Promise<void> {
    const now = this.#options.clock.now();
    const record = await checkRecord(message.record, now);
    const proof = {message: writeStatement(presenceProof, {nonce}), signature: message.proof};
    if (!(await isSignedBy(record.node, proof))) throw new NetworkError('bad-node', 'proof');
    if (!this.#parties.has(link) || this.#gate.keepsOut(link, record.node)) return;
    const models = new Set(record.models.map((offered) => offered.model));
    const node: PresentNode = {id: record.node, link, record: message.record, models, peer: message.peer, open: record.slots, taken: 0, lastBound: 0, since: now};
    this.#directory.note(node, record);
    this.#jobs.addNode(node, now);
    this.#options.onNode?.(node, 'came');
    this.#welcome(link, {is: 'node', node});
    this.#jobs.serve(node, now);
    await this.#money?.greet({node: node.id, link});
  }

  /** A fresh record of a node that is here: only what it says of its speed and prices may change. */
  async #renew({record}: Message<'renew'>, {node, now}: {node: PresentNode; now: number}): Promise<void> {
    const checked = await checkRecord(record, now);
    const {node: id, models} = checked;
    if (id !== node.id || models.length !== node.models.size || !models.every(({model}) => node.models.has(model))) throw new NetworkError('bad-node', 'not a record of this node');
    node.record = record;
    this.#directory.note(node, checked);
    this.#options.onNode?.(node, 'renewed');
  }

  #fromClient(client: RelayLink, {kind, handle, frame, nonce}: {kind: Kind; handle: JobHandle; frame: Uint8Array; nonce: Bytes}): Promise<void> | undefined {
    const now = this.#options.clock.now();
    if (kind === 'request') {
      const paying = this.#till.requireDeposit(handle);
      return paying ? paying.then(() => this.#request(client, {handle, frame})) : this.#request(client, {handle, frame});
    }
    if (kind === 'cancel') {
      this.#watch?.cancelled(handle, client);
      this.#jobs.towardsNode(kind, {handle, client, now});
    } else if (kind === 'pong' || kind === 'goodbye') return undefined;
    else if (kind === 'ping') client.send('pong', {nonce: 0});
    else if (kind === 'list') this.#list(client);
    else {
      const message = decodeMessage(frame);
      // A job under the link's own handle would end the link of its node with the first word about it that goes wrong.
      if (handle === linkHandle && namesATalk.has(message.kind)) throw new NetworkError('bad-message', 'no handle');
      // No mistake of the client: whoever asks on while a relay goes away must not be cut off for it.
      if (message.kind === 'match' && (this.#draining || this.oversight.isPaused)) throw new NetworkError('busy', 'going away');
      if (message.kind === 'match') this.#want(message, {client, nonce, now});
      else if (this.#dials.fromClient(message, {client, frame, now})) return undefined;
      else return this.#till.fromClient(message, {client, nonce});
    }
    return undefined;
  }

  #request(client: RelayLink, {handle, frame}: {handle: JobHandle; frame: Uint8Array}): undefined {
    this.#pass(frame, {link: this.#jobs.towardsNode('request', {handle, client, now: this.#options.clock.now()}), sum: this.passed.node});
    this.#watch?.requested(handle);
  }

  #pass(frame: Uint8Array, {link, sum}: {link: RelayLink | undefined; sum: {frames: number; bytes: number}}): void {
    if (!link) return;
    sum.frames += 1;
    sum.bytes += frame.length;
    link.forward(frame);
  }

  #want(message: Message<'match'>, {client, nonce, now}: {client: RelayLink; nonce: Bytes; now: number}): void {
    if (message.payment !== 'channel' || !this.#money?.canPay(client)) this.#work.take(message, {client, nonce});
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
    if (kind === 'offer') {
      const agreed = this.#till.agreed(() => decodeMessage(frame) as Message<'offer'>, {node, slotted: this.#jobs.slotted(handle, node)});
      return typeof agreed === 'boolean' ? this.#offered(node, {handle, frame, agreed}) : agreed.then((word) => this.#offered(node, {handle, frame, agreed: word}));
    }
    if (kind === 'failed') this.#failed(node, {handle, frame, now});
    else if (kind === 'response' || kind === 'released') this.#answered(node, {kind, handle, frame});
    else if (kind === 'pong') return undefined;
    else if (kind === 'ping') node.link.send('pong', {nonce: 0});
    else if (kind === 'goodbye') node.link.close();
    else {
      const message = decodeMessage(frame);
      if (message.kind === 'status') {
        node.open = message.draining ? 0 : message.free;
        this.#jobs.serve(node, now);
      } else if (message.kind === 'renew') return this.#renew(message, {node, now});
      else if (this.#dials.fromNode(message, {node, frame})) return undefined;
      else return this.#till.fromNode(message, node) ?? undefined;
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

  /** @param agreed whether the two can do business; a code where nobody could say */
  #offered(node: PresentNode, {handle, frame, agreed}: {handle: JobHandle; frame: Uint8Array; agreed: boolean | ErrorCode}): undefined {
    const now = this.#options.clock.now();
    if (agreed === true) this.#answered(node, {kind: 'offer', handle, frame});
    else if (agreed === false) this.#jobs.decline(handle, {node, code: 'refused', now});
    else this.#jobs.giveUp(handle, {node, code: agreed, now});
  }

  #answered(node: PresentNode, {kind, handle, frame}: {kind: 'offer' | 'response' | 'released'; handle: JobHandle; frame: Uint8Array}): void {
    if (kind !== 'response' || node.link.awaited > 0) this.#watch?.fromNode(node.link, {kind, handle, frame});
    this.#pass(frame, {link: this.#jobs.towardsClient(kind, {handle, node, now: this.#options.clock.now()}), sum: this.passed.client});
  }

  #list(client: RelayLink): void {
    if (!client.afford(directoryCost)) throw new NetworkError('flood', 'too many directories');
    client.send('directory', {records: this.#directory.records(this.#jobs.nodes.values())});
  }

  #gone(link: RelayLink): void {
    const party = this.#parties.get(link);
    this.#parties.delete(link);
    if (this.#parties.size === 0) this.#heart.stop();
    const now = this.#options.clock.now();
    this.#watch?.gone(link);
    if (party?.is === 'client') this.#jobs.removeClient(link, now);
    if (party?.is === 'node') {
      this.#jobs.removeNode(party.node, now);
      if (!this.#jobs.nodes.has(party.node.id)) this.#options.onNode?.(party.node, 'left');
    }
    this.#money?.gone(link);
    this.#dials.gone(link);
  }
}
