/** One job at a node, from the sealed request to the receipt. */
import {AnswerBody, maxTextBytes, type AnswerRecord} from '../answer.ts';
import {type Bytes, randomBytes, utf8} from '../bytes.ts';
import {codeOf, NetworkError} from '../errors.ts';
import type {Identity} from '../identity.ts';
import type {JobHandle, NodeId} from '../ids.ts';
import {decodeJob, type Job, type JobOf} from '../job.ts';
import {limits} from '../limits.ts';
import type {Offer} from '../offer.ts';
import type {Counts} from '../price.ts';
import {mostPromptTokens, type Receipt, signReceipt} from '../receipt.ts';
import {encodeItem, hasItems, type Item, type ItemTask, mostItems} from '../result.ts';
import {FrameSealer} from '../response.ts';
import type {JobKey} from '../seal.ts';
import type {Task} from '../task.ts';
import {Outbox, sendBlock, sendStream, type Toll} from './pacing.ts';
import type {Engine, EngineEvent, EngineJob} from './engine.ts';
import type {NodeLane} from './node-lane.ts';
import type {Clock} from './ports.ts';

export interface RunOptions {
  readonly identity: Identity<NodeId>;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly lane: NodeLane;
  readonly handle: JobHandle;
  readonly request: {readonly enc: Uint8Array; readonly sealed: Uint8Array};
  readonly offered: {readonly key: JobKey; readonly offer: Pick<Offer, 'model' | 'prices'>; readonly bind: Uint8Array<ArrayBuffer>};
  /** What was matched; the job may not ask for more. */
  readonly maxTokens: number;
  readonly signal: AbortSignal;
  /** Set where the job is paid for. */
  readonly toll: Toll | undefined;
  onTask(task: Task): void;
  onTokens(count: number): void;
}

/**
 * Opens, computes, answers. `failed` means that the client was told inside the seal. Rejects when the request does not open, or
 * with the signal's reason.
 */
export async function runJob(options: RunOptions): Promise<'done' | 'failed'> {
  const {lane, signal, clock} = options;
  const opened = await options.offered.key.open(options.request, options.offered.bind);
  const nonce = randomBytes(32);
  const sealer = new FrameSealer(await opened.responseKeys(nonce));
  const send = (part: Uint8Array) => lane.send(part);
  send(nonce);
  const outbox = new Outbox();
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const job = readJob(opened.body, options);
  const computing = job instanceof NetworkError ? failWith(outbox, job) : compute(options, {job, jobBytes: opened.body, outbox, signal: either});
  if (!(job instanceof NetworkError)) options.onTask(job.task);
  const quiet = !(job instanceof NetworkError) && job.delivery === 'quiet';
  try {
    if (quiet) {
      const result = await computing;
      signal.throwIfAborted();
      await sendBlock({outbox, sealer, send});
      return result;
    }
    const frameBytes = !(job instanceof NetworkError) && job.task === 'embeddings' ? limits.vectorFrameBytes : limits.answerFrameBytes;
    const [result] = await Promise.all([computing, sendStream({outbox, sealer, send, ready: () => lane.ready(), clock, signal: either, frameBytes, toll: options.toll})]);
    return result;
  } finally {
    stop.abort(new NetworkError('cancelled'));
    await computing.catch(() => {});
  }
}

function readJob(body: Uint8Array, {maxTokens, toll, engine}: Pick<RunOptions, 'maxTokens' | 'toll' | 'engine'>): Job | NetworkError {
  try {
    const job = decodeJob(body);
    if (!engine.tasks.includes(job.task)) return new NetworkError('wrong-task', job.task);
    if (toll && job.delivery === 'quiet') return new NetworkError('refused', 'one block can not be paid by the chunk');
    return job.maxTokens > maxTokens ? new NetworkError('refused', 'more tokens than were matched') : job;
  } catch (error) {
    return error instanceof NetworkError ? error : new NetworkError('bad-message', 'job', {cause: error});
  }
}

async function failWith(outbox: Outbox, error: unknown): Promise<'failed'> {
  outbox.push({type: 'error', code: codeOf(error)});
  outbox.end();
  return 'failed';
}

interface Computation {
  readonly job: Job;
  readonly jobBytes: Uint8Array;
  readonly outbox: Outbox;
  readonly signal: AbortSignal;
}

/** Runs the engine into the outbox, then the receipt; an engine's failure is told inside the seal. */
async function compute(options: RunOptions, {job, jobBytes, outbox, signal}: Computation): Promise<'done' | 'failed'> {
  try {
    const {answer, counts, reason} = await generate(options, {job, jobBytes, outbox, signal});
    outbox.push({type: 'end', reason});
    const {offer, bind} = options.offered;
    const facts = {handle: options.handle, offer: bind, model: offer.model, prices: offer.prices, jobBytes, answer, counts, reason};
    const receipt = await signReceipt(options.identity, {facts, now: options.clock.now()});
    outbox.push({type: 'receipt', ...receipt});
    outbox.end();
    return 'done';
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    return failWith(outbox, codeOf(error) === 'internal' ? new NetworkError('engine-failed', 'engine', {cause: error}) : error);
  }
}

async function generate(options: RunOptions, {job, outbox, signal}: Computation): Promise<{answer: Bytes; counts: Counts; reason: Receipt['reason']}> {
  const counts = {prompt: 0, cached: 0, completion: 0, reasoning: 0};
  const answer = new AnswerBody();
  const atMost = hasItems(job.task) ? mostItems(job as JobOf<ItemTask>) : 0;
  let items = 0;
  for await (const event of options.engine.generate(engineJob(job, options.handle), signal)) {
    signal.throwIfAborted();
    if (event.type === 'end') return {answer: answer.bytes, counts, reason: event.reason};
    items += event.type === 'item' ? 1 : 0;
    if (items > atMost) throw new NetworkError('engine-failed', 'more items than there can be');
    const record = recordOf(event, {job, promptTokens: counts.prompt});
    if (record.type === 'prompt') counts.prompt += record.tokens;
    else {
      counts.completion += record.tokens;
      options.onTokens(record.tokens);
      if (record.type === 'text') answer.addText(record.text);
      else answer.addItem(record.body);
    }
    for (const part of partsOf(record)) outbox.push(part);
    if (answer.length > limits.maxAnswerBytes - maxTextBytes) break;
  }
  return {answer: answer.bytes, counts, reason: 'length'};
}

function engineJob(job: Job, handle: JobHandle): EngineJob {
  const fractions = 'topP' in job ? {temperature: job.temperature / 1000, topP: job.topP / 1000} : {};
  return {...job, handle, ...fractions} as EngineJob;
}

type Content = Extract<AnswerRecord, {type: 'prompt' | 'text' | 'item'}>;

/** What is sent of an event. A question never counts more than it can have: an image that is small is read in more tokens than it has bytes. */
function recordOf(event: Exclude<EngineEvent, {type: 'end'}>, {job, promptTokens}: {job: Job; promptTokens: number}): Content {
  if (event.type === 'prompt') return {type: 'prompt', tokens: Math.min(event.tokens, mostPromptTokens(job) - promptTokens)};
  if ((event.type === 'item') !== hasItems(job.task)) throw new NetworkError('engine-failed', `${event.type} for ${job.task}`);
  return event.type === 'text' ? {...event, text: event.text.toWellFormed()} : {type: 'item', body: encodeItem(job.task as ItemTask, event.item as Item & never), tokens: event.tokens};
}

function partsOf(record: Content): Content[] {
  if (record.type !== 'text' || utf8(record.text).length <= maxTextBytes) return [record];
  const half = splitPoint(record.text);
  return [...partsOf({...record, text: record.text.slice(0, half)}), ...partsOf({type: 'text', text: record.text.slice(half), tokens: 0})];
}

/** The middle of a text, moved so that it does not cut a surrogate pair. */
function splitPoint(text: string): number {
  const middle = Math.floor(text.length / 2);
  const unit = text.charCodeAt(middle);
  return unit >= 0xdc00 && unit <= 0xdfff ? middle + 1 : middle;
}
