/** Sends an answer so that frames tell nothing: fixed sizes on a clock, a count that is a power of two; or one padded block. */
import {requestBuckets, limits} from '../limits.ts';
import {type AnswerRecord, encodeRecord, maxTextBytes} from '../answer.ts';
import {concat, utf8} from '../bytes.ts';
import {frameRoom, type FrameSealer} from '../response.ts';
import type {Clock, Transport} from './ports.ts';

/** Answer records between the engine, which fills it, and the clock, which empties it. */
export class Outbox {
  #bytes: Uint8Array = new Uint8Array(0);
  /** What the engine said since the last tick, joined: a record per token would fill the frames with headers. */
  #said: {text: string; tokens: number; bytes: number} | undefined;
  #ended = false;

  push(record: AnswerRecord): void {
    if (record.type !== 'text') return this.#write(record);
    const {text, tokens} = record;
    const bytes = utf8(text).length;
    if (this.#said && this.#said.bytes + bytes > maxTextBytes) this.#flush();
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
    if (this.#bytes.length < room) this.#flush();
    const taken = this.#bytes.subarray(0, room);
    this.#bytes = this.#bytes.subarray(taken.length);
    return taken;
  }

  #flush(): void {
    if (this.#said) this.#append(encodeRecord({type: 'text', text: this.#said.text, tokens: this.#said.tokens}));
    this.#said = undefined;
  }

  #write(record: AnswerRecord): void {
    this.#flush();
    this.#append(encodeRecord(record));
  }

  #append(bytes: Uint8Array): void {
    this.#bytes = concat(this.#bytes, bytes);
  }
}

interface Pace {
  readonly outbox: Outbox;
  readonly sealer: FrameSealer;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Sends one sealed frame. */
  send(part: Uint8Array): void;
}

/** Whether a streamed answer may end after `frames`: 16, 32, 64 ... */
const mayEndAfter = (frames: number): boolean => frames >= limits.minAnswerFrames && (frames & (frames - 1)) === 0;

/**
 * One frame each tick, with text or without, until the outbox is finished and the count may end. The first leaves half a tick after the
 * start, so that a fast engine's first words ride on it. A signal that aborts when only padding is left ends it well: the client has its
 * answer and wants the node for its next question.
 */
export async function sendStream({outbox, sealer, transport, clock, signal, send}: Pace): Promise<void> {
  const start = clock.now() - limits.answerTickMs / 2;
  const frameBytes = limits.answerFrameBytes;
  for (let frames = 1; ; frames += 1) {
    try {
      await clock.sleep(Math.max(0, start + frames * limits.answerTickMs - clock.now()), signal);
    } catch (error) {
      if (outbox.finished) return;
      throw error;
    }
    const content = outbox.take(frameRoom(frameBytes));
    const final = outbox.finished && mayEndAfter(frames);
    send(await sealer.seal(content, {frameBytes, final}));
    if (final) return;
    await transport.ready();
  }
}

/** The whole answer at once, padded to a bucket; larger answers take several full blocks. */
export async function sendBlock({outbox, sealer, send}: Omit<Pace, 'clock' | 'signal' | 'transport'>): Promise<void> {
  const largest = requestBuckets.at(-1) ?? 0;
  for (;;) {
    const content = outbox.take(frameRoom(largest));
    const frameBytes = requestBuckets.find((bucket) => content.length <= frameRoom(bucket)) ?? largest;
    const final = outbox.finished;
    send(await sealer.seal(content, {frameBytes, final}));
    if (final) return;
  }
}
