/** Sends an answer so that frames tell nothing: fixed sizes on a clock, a count that is a power of two; or one padded block. */
import {requestBuckets, limits} from '../limits.ts';
import {type AnswerRecord, encodeRecord} from '../answer.ts';
import {concat, utf8} from '../bytes.ts';
import type {Counts} from '../price.ts';
import {frameRoom, type FrameSealer} from '../response.ts';
import type {Clock} from './ports.ts';

/** Joined text fits one frame with its header: what is counted as sent then has been sent, and no more. */
const maxJoinedBytes = frameRoom(limits.answerFrameBytes) - 13;

/** Answer records between the engine, which fills it, and the clock, which empties it. */
export class Outbox {
  #bytes: Uint8Array = new Uint8Array(0);
  /** What the engine said since the last tick, joined: a record per token would fill the frames with headers. */
  #said: {text: string; tokens: number; bytes: number} | undefined;
  #ended = false;
  /** Records in `#bytes`, by how many bytes until their end, with what they count. */
  #counted: readonly {end: number; prompt: number; completion: number}[] = [];
  #sent: Counts = {prompt: 0, cached: 0, completion: 0, reasoning: 0};

  /** Tokens that have left, whole records only: what the other side can count too. */
  get sent(): Counts {
    return this.#sent;
  }

  push(record: AnswerRecord): void {
    if (record.type !== 'text') return this.#write(record);
    const {text, tokens} = record;
    const bytes = utf8(text).length;
    if (this.#said && this.#said.bytes + bytes > maxJoinedBytes) this.#flush();
    const said = this.#said ?? {text: '', tokens: 0, bytes: 0};
    this.#said = {text: said.text + text, tokens: said.tokens + tokens, bytes: said.bytes + bytes};
  }

  /** Nothing follows. */
  end(): void {
    this.#ended = true;
  }

  get finished(): boolean {
    return this.#ended && this.#said === undefined && this.#bytes.length === 0;
  }

  /** Up to `room` bytes from the front. */
  take(room: number): Uint8Array {
    this.#sent = this.sentAfter(room);
    const taken = this.#bytes.subarray(0, room);
    this.#bytes = this.#bytes.subarray(taken.length);
    this.#counted = this.#counted.map((counted) => ({...counted, end: counted.end - taken.length})).filter(({end}) => end > 0);
    return taken;
  }

  /** What `sent` will be after a `take` of so much room. */
  sentAfter(room: number): Counts {
    if (this.#bytes.length < room) this.#flush();
    const sent = {...this.#sent};
    for (const {end, prompt, completion} of this.#counted) {
      if (end > room) break;
      sent.prompt += prompt;
      sent.completion += completion;
    }
    return sent;
  }

  #flush(): void {
    if (this.#said) this.#append({type: 'text', text: this.#said.text, tokens: this.#said.tokens});
    this.#said = undefined;
  }

  #write(record: AnswerRecord): void {
    this.#flush();
    this.#append(record);
  }

  #append(record: AnswerRecord): void {
    this.#bytes = concat(this.#bytes, encodeRecord(record));
    if (record.type !== 'prompt' && record.type !== 'text' && record.type !== 'item') return;
    const counted = {end: this.#bytes.length, prompt: 0, completion: 0, [record.type === 'prompt' ? 'prompt' : 'completion']: record.tokens};
    this.#counted = [...this.#counted, counted];
  }
}

/** Holds an answer back while it is not paid for. */
export interface Toll {
  /** Whether a frame may leave after which so much has left. @throws NetworkError `unpaid` when the answer was no for too long */
  opensFor(next: Counts): boolean;
  /** What has left so far. */
  sent(counts: Counts, finished: boolean): void;
}

interface Pace {
  readonly outbox: Outbox;
  readonly sealer: FrameSealer;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Sealed, each. */
  readonly frameBytes: number;
  /** Set where the answer is paid for. */
  readonly toll?: Toll | undefined;
  /** Sends one sealed frame. */
  send(part: Uint8Array): void;
  /** Resolves when the next one can leave without growing a queue. */
  ready(): Promise<void>;
}

const nothing = new Uint8Array(0);

/** Whether a streamed answer may end after `frames`: 16, 32, 64 ... */
const mayEndAfter = (frames: number): boolean => frames >= limits.minAnswerFrames && (frames & (frames - 1)) === 0;

/**
 * One frame each tick, with text or without, until the outbox is finished and the count may end. The first leaves half a tick after the
 * start, so that a fast engine's first words ride on it. A signal that aborts when only padding is left ends it well: the client has its
 * answer and wants the node for its next question.
 */
export async function sendStream({outbox, sealer, clock, signal, frameBytes, toll, send, ready}: Pace): Promise<void> {
  const start = clock.now() - limits.answerTickMs / 2;
  for (let frames = 1; ; frames += 1) {
    try {
      await clock.sleep(Math.max(0, start + frames * limits.answerTickMs - clock.now()), signal);
    } catch (error) {
      if (outbox.finished) return;
      throw error;
    }
    const room = frameRoom(frameBytes);
    const content = toll?.opensFor(outbox.sentAfter(room)) === false ? nothing : outbox.take(room);
    const final = outbox.finished && mayEndAfter(frames);
    send(await sealer.seal(content, {frameBytes, final}));
    toll?.sent(outbox.sent, outbox.finished);
    if (final) return;
    await ready();
  }
}

/** The whole answer at once, padded to a bucket; larger answers take several full blocks. */
export async function sendBlock({outbox, sealer, send}: Pick<Pace, 'outbox' | 'sealer' | 'send'>): Promise<void> {
  const largest = requestBuckets.at(-1) ?? 0;
  for (;;) {
    const content = outbox.take(frameRoom(largest));
    const frameBytes = requestBuckets.find((bucket) => content.length <= frameRoom(bucket)) ?? largest;
    const final = outbox.finished;
    send(await sealer.seal(content, {frameBytes, final}));
    if (final) return;
  }
}
