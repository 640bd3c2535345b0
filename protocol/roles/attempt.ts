/**
 * One job at one node, as the client sees it:
 *
 *   client                      relay                        node
 *     match {need, set}     ->    binds within the set   ->    slot
 *     checks it             <-                           <-    offer, signed
 *     request, sealed       ->    passes it on           ->    opens it once
 *     opens each frame      <-    passes them on         <-    response: nonce, then frames on a clock
 *     checks the receipt         (inside the last frames)
 *
 * On a direct link the client sends the slot itself.
 */
import {AnswerBody, RecordReader, type AnswerRecord} from '../answer.ts';
import {type ErrorCode, NetworkError} from '../errors.ts';
import type {JobHandle, ModelHash, NodeId} from '../ids.ts';
import {encodeJob, type Job, type JobOf} from '../job.ts';
import {limits} from '../limits.ts';
import type {Message} from '../messages.ts';
import {checkOffer, type Offer} from '../offer.ts';
import {bucketFor} from '../padding.ts';
import type {Counts} from '../price.ts';
import {checkReceipt, mostCompletionTokens, mostPromptTokens, type Receipt} from '../receipt.ts';
import {FrameOpener} from '../response.ts';
import {decodeItem, hasItems, type Item, type ItemTask, mostItems} from '../result.ts';
import {bindOffer, sealRequest, type SealedRequest} from '../seal.ts';
import {ClientLane, type Meetings} from './client-lane.ts';
import type {ClientLink, JobChannel} from './client-link.ts';
import {within} from './deadline.ts';
import {proveWork} from './free-work.ts';
import type {Payer, Payment} from './payer.ts';
import type {Clock} from './ports.ts';

export interface AttemptOptions {
  readonly link: ClientLink;
  readonly model: ModelHash;
  readonly job: Job;
  /** The nodes that may take it. On a direct link, the one behind it. */
  readonly nodes: readonly NodeId[];
  readonly direct: boolean;
  /** Set where another relay sent us here and holds a node under this handle. */
  readonly handle?: JobHandle | undefined;
  /** Nano-coins. */
  readonly priceCap: bigint;
  /** What a paid answer is paid with; without it only free offers are taken. */
  readonly payer: Payer | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Where both sides can meet without the relay in between; without it all comes over the link. */
  readonly meetings?: Meetings | undefined;
}

export type AttemptEvent =
  /** A proof of work for a free answer takes long. */
  | {readonly type: 'working'}
  | {readonly type: 'waiting'; readonly position: number; readonly etaMs: number}
  | {readonly type: 'bound'; readonly node: NodeId}
  /** From here on it comes through a TURN server; should that fail, over the relay again. */
  | {readonly type: 'moved'}
  /** The node read so much of the question; it may come in parts. */
  | {readonly type: 'prompt'; readonly tokens: number}
  | {readonly type: 'text'; readonly text: string; readonly tokens: number}
  | {readonly type: 'item'; readonly item: Item; readonly tokens: number}
  | {readonly type: 'done'; readonly receipt: Receipt};

/** Runs one job. Throws NetworkError; before `bound` nothing of the job's content has left this side. */
export async function* attempt(options: AttemptOptions): AsyncGenerator<AttemptEvent, void> {
  const {link, model, job, nodes, direct, payer, priceCap, clock} = options;
  const jobBytes = encodeJob(job);
  const [only] = nodes;
  if (only !== undefined && nodes.length === 1) link.cutTails(only);
  const channel = await link.jobWithRoom(options);
  const lane = laneOf(options, channel);
  let answered: NodeId | undefined;
  let payment: Payment | undefined;
  try {
    const need = {model, bucketBytes: bucketFor(jobBytes.length), maxTokens: job.maxTokens};
    if (direct) channel.send('slot', need);
    else {
      const work = link.work && payer?.pays !== true ? yield* proveWork(link.work, {handle: channel.handle, clock, signal: options.signal}) : undefined;
      channel.send('match', {...need, priceCap, payment: payer?.kind ?? 'free', nodes, work});
    }
    const {offer, node, bind} = yield* untilOffer(options, channel);
    const sealed = await sealRequest(jobBytes, {kemPublicKey: offer.kemPublicKey, bind});
    if (offer.ceiling > 0n) payment = await startPayment(payer, {offer, jobBytes});
    channel.send('request', {enc: sealed.enc, sealed: sealed.sealed});
    yield {type: 'bound', node};
    const reader = new AnswerReader({job, jobBytes, offer, node, bind, clock});
    await reader.start(sealed, await lane.next(limits.stepMs));
    while (answered === undefined) {
      const part = await lane.next(job.delivery === 'quiet' ? limits.silentMs : limits.stallMs);
      if (lane.firstByTurn()) yield {type: 'moved'};
      const events = await reader.read(part);
      await payment?.cover(reader.counts);
      for (const event of events) {
        if (event.type === 'done') answered = node;
        yield event;
      }
    }
  } finally {
    await payment?.end().catch(() => {});
    if (answered !== undefined) lane.finish(answered);
    else {
      if (link.isOpen) channel.send('cancel', {});
      lane.end();
    }
  }
}

/** A direct link is no better anywhere else, and one block is not worth a move. */
const laneOf = (options: AttemptOptions, channel: JobChannel): ClientLane =>
  new ClientLane({...options, channel, meetings: options.direct || options.job.delivery === 'quiet' ? undefined : options.meetings});

function startPayment(payer: Payer | undefined, {offer, jobBytes}: {offer: Offer; jobBytes: Uint8Array}): Promise<Payment> {
  if (!payer) throw new NetworkError('unfunded', 'a price, and nothing to pay with');
  return payer.start(offer, jobBytes.length);
}

interface Bound {
  readonly offer: Offer;
  readonly node: NodeId;
  readonly bind: Uint8Array<ArrayBuffer>;
}

async function* untilOffer(options: AttemptOptions, channel: JobChannel): AsyncGenerator<AttemptEvent, Bound> {
  const {direct, clock, link} = options;
  // However often the relay says that it still waits. A device of one's own is waited for as long as another job may take it.
  let until = clock.now() + limits.queueMs + limits.stepMs;
  const calm = direct ? link.hurry() : undefined;
  try {
    for (;;) {
      const message = await nextMessage(options, {channel, ms: Math.max(0, until - clock.now()), code: 'busy'});
      if (message.kind === 'offer') return await accept(message, {options, channel});
      if (message.kind === 'queued') {
        if (direct) until = clock.now() + limits.jobMs + limits.stepMs;
        yield {type: 'waiting', position: message.position, etaMs: message.etaMs};
      } else if (message.kind === 'redirect' && !direct && options.nodes.includes(message.node)) throw new Redirected(message);
      else throw new NetworkError('bad-message', `${message.kind} before the offer`);
    }
  } finally {
    calm?.();
  }
}

async function accept(message: Message<'offer'>, {options, channel}: {options: AttemptOptions; channel: JobChannel}): Promise<Bound> {
  const demands = {handle: channel.handle, model: options.model, priceCap: options.priceCap, acceptable: new Set(options.nodes), now: options.clock.now()};
  try {
    return {offer: await checkOffer(message, demands), node: message.node, bind: bindOffer(message)};
  } catch (error) {
    throw error instanceof NetworkError ? new OfferRefused(error, message.node) : error;
  }
}

/** A node's offer was not what was asked for; another node may do. */
export class OfferRefused extends NetworkError {
  readonly node: NodeId;

  constructor(error: NetworkError, node: NodeId) {
    super(error.code, undefined, {cause: error});
    this.node = node;
  }
}

/** Another relay of the cluster holds a node for this job. */
export class Redirected extends NetworkError {
  readonly to: Pick<Message<'redirect'>, 'relay' | 'node' | 'handle'>;

  constructor(to: Message<'redirect'>) {
    super('refused', 'at another relay');
    this.to = to;
  }
}

async function nextMessage({clock, signal}: AttemptOptions, {channel, ms, code}: {channel: JobChannel; ms: number; code: ErrorCode}): Promise<Message> {
  const message = await within(channel.next(), {clock, ms, code, signal});
  if (message.kind === 'failed') throw new NetworkError(message.code, 'said the other side');
  return message;
}

/** Whether a record shows work; an empty text or a prompt that is read again and again does not. */
const isProgress = (record: AnswerRecord): boolean => record.type === 'item' || (record.type === 'text' && (record.text !== '' || record.tokens > 0));

/** Opens the frames of one answer and holds them against what was asked and offered. */
class AnswerReader {
  readonly #bound: Bound & {readonly job: Job; readonly jobBytes: Uint8Array; readonly clock: Clock};
  readonly #records = new RecordReader();
  readonly #started: number;
  #opener: FrameOpener | undefined;
  readonly #answer = new AnswerBody();
  #items = 0;
  #promptTokens = 0;
  #tokens = 0;
  #progress: number;
  #reason: Receipt['reason'] | undefined;

  constructor(bound: Bound & {job: Job; jobBytes: Uint8Array; clock: Clock}) {
    this.#bound = bound;
    this.#started = bound.clock.now();
    this.#progress = this.#started;
  }

  /** Tokens that have come. */
  get counts(): Counts {
    return {prompt: this.#promptTokens, cached: 0, completion: this.#tokens, reasoning: 0};
  }

  async start(sealed: SealedRequest, nonce: Uint8Array): Promise<void> {
    if (nonce.length !== 32) throw new NetworkError('tampered', 'not a response nonce');
    this.#opener = new FrameOpener(await sealed.responseKeys(nonce));
  }

  /** What one frame brought. @throws NetworkError `tampered`, `stalled`, `overran`, `bad-receipt`, or the node's own code */
  async read(part: Uint8Array): Promise<AttemptEvent[]> {
    if (!this.#opener) throw new NetworkError('internal', 'not started');
    const {content, final} = await this.#opener.open(part);
    const events: AttemptEvent[] = [];
    for (const record of this.#records.push(content)) {
      if (isProgress(record)) this.#progress = this.#bound.clock.now();
      const event = await this.#take(record);
      if (event) events.push(event);
    }
    const done = events.some((event) => event.type === 'done');
    if (final && !done) throw new NetworkError('bad-receipt', 'it ended without one');
    if (!done) this.#requireProgress();
    return events;
  }

  async #take(record: AnswerRecord): Promise<AttemptEvent | undefined> {
    if (record.type === 'error') throw new NetworkError(record.code, 'said the node');
    if (record.type === 'receipt') return {type: 'done', receipt: await this.#check(record)};
    if (this.#reason !== undefined) throw new NetworkError('overran', 'more after the end');
    if (record.type === 'end') this.#reason = record.reason;
    if (record.type === 'prompt') {
      this.#promptTokens += record.tokens;
      if (this.#promptTokens > mostPromptTokens(this.#bound.job)) throw new NetworkError('overcharged', 'more prompt tokens than the question can have');
      return {type: 'prompt', tokens: record.tokens};
    }
    if (record.type !== 'text' && record.type !== 'item') return undefined;
    const event = this.#add(record);
    this.#tokens += record.tokens;
    if (this.#tokens > mostCompletionTokens(this.#answer.length)) throw new NetworkError('overcharged', 'more tokens than the answer can have');
    if (this.#tokens > this.#bound.job.maxTokens || this.#answer.length > limits.maxAnswerBytes) throw new NetworkError('overran', 'more than was asked for');
    return event;
  }

  #add(record: Extract<AnswerRecord, {type: 'text' | 'item'}>): AttemptEvent {
    const {job} = this.#bound;
    if ((record.type === 'item') !== hasItems(job.task)) throw new NetworkError('bad-message', `${record.type} for ${job.task}`);
    if (record.type === 'text') {
      this.#answer.addText(record.text);
      return {type: 'text', text: record.text, tokens: record.tokens};
    }
    this.#items += 1;
    if (this.#items > mostItems(job as JobOf<ItemTask>)) throw new NetworkError('overran', 'more items than there can be');
    this.#answer.addItem(record.body);
    return {type: 'item', item: decodeItem(job.task as ItemTask, record.body), tokens: record.tokens};
  }

  #check(signed: {receipt: Uint8Array<ArrayBuffer>; signature: Uint8Array<ArrayBuffer>; salt: Uint8Array<ArrayBuffer>}): Promise<Receipt> {
    if (this.#reason === undefined) throw new NetworkError('bad-receipt', 'before the end');
    const {offer, node, bind, job, jobBytes} = this.#bound;
    const {counts} = this;
    const facts = {handle: offer.handle, offer: bind, model: offer.model, prices: offer.prices, jobBytes, answer: this.#answer.bytes, counts, reason: this.#reason};
    return checkReceipt(signed, {...facts, node, job, ceiling: offer.ceiling});
  }

  #requireProgress(): void {
    const now = this.#bound.clock.now();
    if (now - this.#started > limits.jobMs) throw new NetworkError('overran', 'too long');
    if (now - this.#progress > limits.silentMs) throw new NetworkError('stalled', 'frames without text');
  }
}
