/** Sends an answer so that frames tell nothing: fixed sizes on a clock, a count that is a power of two; or one padded block. */
import {requestBuckets, limits} from '../limits.ts';
import {concat} from '../bytes.ts';
import {frameRoom, type FrameSealer} from '../response.ts';
import type {Clock, Transport} from './ports.ts';

/** Answer bytes between the engine, which fills it, and the clock, which empties it. */
export class Outbox {
  #parts: Uint8Array[] = [];
  #length = 0;
  #ended = false;

  push(record: Uint8Array): void {
    this.#parts.push(record);
    this.#length += record.length;
  }

  /** Nothing follows. */
  end(): void {
    this.#ended = true;
  }

  get finished(): boolean {
    return this.#ended && this.#length === 0;
  }

  /** Up to `room` bytes from the front. */
  take(room: number): Uint8Array {
    const all = concat(...this.#parts);
    const taken = all.subarray(0, room);
    this.#parts = all.length > room ? [all.subarray(room)] : [];
    this.#length = all.length - taken.length;
    return taken;
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

/** One frame now and one each tick, with text or without, until the outbox is finished and the count may end. */
export async function sendStream({outbox, sealer, transport, clock, signal, send}: Pace): Promise<void> {
  const start = clock.now();
  const frameBytes = limits.answerFrameBytes;
  for (let frames = 1; ; frames += 1) {
    const content = outbox.take(frameRoom(frameBytes));
    const final = outbox.finished && mayEndAfter(frames);
    send(await sealer.seal(content, {frameBytes, final}));
    if (final) return;
    await transport.ready();
    await clock.sleep(Math.max(0, start + frames * limits.answerTickMs - clock.now()), signal);
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
