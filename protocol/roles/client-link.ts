/** A client's end of one link, to a relay or straight to a paired node: opens it, and sorts what comes by job. */
import {decodeMessage, encodeMessage} from '../codec.ts';
import {type ErrorCode, NetworkError} from '../errors.ts';
import type {Identity} from '../identity.ts';
import {type DeviceId, freshHandle, type JobHandle, linkHandle, type NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Body, Kind, Message, Terms} from '../messages.ts';
import type {NodeRecord} from '../node-record.ts';
import {Queue} from '../queue.ts';
import {refusedAtHello, spokenVersion} from '../version.ts';
import {unlessAborted, within} from './deadline.ts';
import {makeIntroduction} from './direct.ts';
import {FreeWork} from './free-work.ts';
import {KnownRecords} from './known-records.ts';
import type {Clock, Transport} from './ports.ts';
import {Silence} from './silence.ts';

/** Messages of one job that wait for their reader; more means that nobody reads. */
const maxWaiting = 1024;

/** One job's share of a link. */
export interface JobChannel {
  readonly handle: JobHandle;
  send<K extends Kind>(kind: K, body: Body<K>): void;
  /** The next message of this job. Rejects with `link-closed` (or what ended the link) when there can be none. */
  next(): Promise<Message>;
  /** Forgets the job; later messages of it are ignored. */
  close(): void;
  /** As `close`, where `node` has said all and only its padding follows. @param isRead its messages still have a reader, who closes it */
  leaveTail(node: NodeId, isRead?: boolean): void;
}

export interface ClientLinkOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Lets whatever else this thread has to do go first, in the midst of long work; a short sleep where it is not given. */
  breathe?(): Promise<void>;
  /** Set for a direct link: who we are, and whom we expect there. */
  readonly direct?: {readonly identity: Identity<DeviceId>; readonly node: NodeId};
}

/** An open link. */
export class ClientLink {
  readonly transport: Transport;
  /** Hears what the relay has charged in all, nano-coins. */
  onCharged: ((charged: bigint) => void) | undefined;
  /** Hears how many free answers are left after one was given. */
  onTrialed: ((left: number) => void) | undefined;
  #terms: Terms | undefined;
  #isWelcome = false;
  #work: FreeWork | undefined;
  readonly #clock: Clock;
  readonly #jobs = new Map<JobHandle, Queue<Message>>();
  /** Answers that are whole here while their node goes on sending padding. */
  readonly #tails = new Map<JobHandle, NodeId>();
  /** Questions that wait for the node behind this link. */
  #hurried = 0;
  readonly #link = new Queue<Message>();
  readonly #ended: Promise<ErrorCode>;
  readonly #records = new KnownRecords();
  /** Who waits for room. */
  readonly #waiting: (() => void)[] = [];
  #directory: Promise<readonly NodeRecord[]> | undefined;
  #closed: NetworkError | undefined;
  #retired = false;

  private constructor({transport, clock, direct}: ClientLinkOptions) {
    this.transport = transport;
    this.#clock = clock;
    // A node at the other end of a direct link does not ping.
    this.#ended = this.#read(direct ? undefined : new Silence(clock, () => transport.close()));
  }

  /** Opens a link over `transport`. Rejects with `offline` when nobody answers, or with the other side's code. */
  static async open(options: ClientLinkOptions): Promise<ClientLink> {
    const link = new ClientLink(options);
    try {
      if (!options.direct) options.transport.send(encodeMessage('hello', {role: 'client', agent: 'bombyx/1', version: spokenVersion}));
      else await link.#introduce(options.direct);
      const {terms, work} = await link.#expect('welcome');
      link.#terms = terms;
      link.#work = work && new FreeWork(work, {clock: options.clock, breathe: options.breathe ?? (() => options.clock.sleep(0))});
      link.#isWelcome = true;
      return link;
    } catch (error) {
      options.transport.close();
      throw error;
    }
  }

  /** Resolves with the reason when the link has ended. */
  get ended(): Promise<ErrorCode> {
    return this.#ended;
  }

  /** What the relay says about money; undefined when all is free. */
  get terms(): Terms | undefined {
    return this.#terms;
  }

  /** Proves work for free answers; undefined where the relay asks for none. */
  get work(): FreeWork | undefined {
    return this.#work;
  }

  get isOpen(): boolean {
    return this.#closed === undefined;
  }

  /** The nodes that are here now, each with a valid signature; others are left out. */
  directory(): Promise<readonly NodeRecord[]> {
    this.#directory ??= this.#fetchDirectory().finally(() => {
      this.#directory = undefined;
    });
    return this.#directory;
  }

  /**
   * The same once the relay takes one more: it allows so many of one link, and an answer that is whole here counts until its padding has ended.
   * Rejects with the signal's reason, or with what ended the link.
   */
  async jobWithRoom({handle, signal}: {handle?: JobHandle | undefined; signal: AbortSignal}): Promise<JobChannel> {
    while (this.isOpen && this.#open >= limits.maxJobsPerClient) await unlessAborted(new Promise<void>((resolve) => this.#waiting.push(resolve)), signal);
    return this.job(handle);
  }

  /** A channel for one job, under a fresh handle unless it has one already. */
  job(handle = freshHandle()): JobChannel {
    if (this.#closed) throw this.#closed;
    const queue = new Queue<Message>();
    this.#jobs.set(handle, queue);
    return {
      handle,
      send: (kind, body) => this.transport.send(encodeMessage(kind, body, handle)),
      next: async () => {
        const message = await queue.next();
        if (!message) throw new NetworkError('link-closed');
        return message;
      },
      close: () => this.#over(handle),
      leaveTail: (node, isRead = false) => {
        if (!isRead) this.#over(handle);
        this.#tails.set(handle, node);
        if (this.#hurried > 0) this.cutTails(node);
      },
    };
  }

  /** Frees a node that still pads an earlier answer to us; for when no other may take the next job, which shows as much. */
  cutTails(node: NodeId): void {
    for (const [handle, at] of this.#tails) {
      if (at !== node) continue;
      this.#tails.delete(handle);
      this.#hasRoom();
      this.transport.send(encodeMessage('cancel', {}, handle));
      this.#jobs.get(handle)?.fail(new NetworkError('cancelled', 'its padding was cut'));
    }
  }

  /** On a direct link, where no relay sees when an answer ends: no padding holds up the question that waits, until the function that this gives is called. */
  hurry(): () => void {
    this.#hurried += 1;
    return () => {
      this.#hurried -= 1;
    };
  }

  close(): void {
    this.transport.close();
  }

  /** Closes once its last job is over. */
  retire(): void {
    this.#retired = true;
    if (this.#jobs.size === 0) this.close();
  }

  /** Jobs that the relay counts. */
  get #open(): number {
    return new Set([...this.#jobs.keys(), ...this.#tails.keys()]).size;
  }

  /** All look again, in their order. */
  #hasRoom(): void {
    for (const look of this.#waiting.splice(0)) look();
  }

  #over(handle: JobHandle): void {
    this.#jobs.delete(handle);
    this.#hasRoom();
    if (this.#retired && this.#jobs.size === 0) this.close();
  }

  async #introduce({identity, node}: NonNullable<ClientLinkOptions['direct']>): Promise<void> {
    const {nonce} = await this.#expect('challenge');
    this.transport.send(encodeMessage('introduce', await makeIntroduction(identity, {node, nonce})));
  }

  /** The next message of the link itself, which must be of this kind. */
  async #expect<K extends Kind>(kind: K): Promise<Message<K>> {
    const message = await within(this.#link.next(), {clock: this.#clock, ms: limits.stepMs, code: 'offline'});
    if (!message) throw new NetworkError('offline', 'the link closed');
    if (message.kind !== kind) throw new NetworkError('bad-message', `${message.kind} instead of ${kind}`);
    return message as Message<K>;
  }

  async #fetchDirectory(): Promise<readonly NodeRecord[]> {
    this.transport.send(encodeMessage('list', {}));
    const {records} = await this.#expect('directory');
    return this.#records.check(records, this.#clock.now());
  }

  async #read(silence: Silence | undefined): Promise<ErrorCode> {
    let code: ErrorCode = 'link-closed';
    try {
      for await (const frame of this.transport.frames) {
        silence?.heard();
        this.#sort(decodeMessage(frame));
      }
    } catch (error) {
      code = error instanceof NetworkError ? error.code : 'internal';
    }
    silence?.stop();
    this.#closed = new NetworkError(code, 'the link ended');
    for (const queue of [this.#link, ...this.#jobs.values()]) queue.fail(this.#closed);
    this.#jobs.clear();
    this.#tails.clear();
    this.#hasRoom();
    this.transport.close();
    return code;
  }

  #sort(message: Message): void {
    if (message.kind === 'ping') this.transport.send(encodeMessage('pong', {nonce: message.nonce}));
    else if (message.handle !== linkHandle) this.#deliver(message);
    else if (message.kind === 'failed') throw new NetworkError(this.#isWelcome ? message.code : refusedAtHello(message.code), 'said the relay');
    else if (message.kind === 'banned') throw new NetworkError('banned', `until ${message.until}, after ${message.code}`);
    else if (message.kind === 'goodbye') throw new NetworkError('link-closed', 'the relay is going away');
    else if (message.kind === 'charged') this.onCharged?.(message.charged);
    else if (message.kind === 'trialed') this.onTrialed?.(message.left);
    else if (message.kind !== 'pong') this.#queue(this.#link, message);
  }

  #deliver(message: Message): void {
    const queue = this.#jobs.get(message.handle);
    if (queue) this.#queue(queue, message);
    if ((message.kind === 'released' || message.kind === 'failed') && this.#tails.delete(message.handle)) this.#hasRoom();
  }

  #queue(queue: Queue<Message>, message: Message): void {
    if (queue.length >= maxWaiting) throw new NetworkError('flood', 'too many messages wait');
    queue.push(message);
  }
}
