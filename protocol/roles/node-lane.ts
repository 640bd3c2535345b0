/**
 * The way of one answer's parts, as their node sends them: over the relay, for a while over a channel through TURN, and back again. Parts are
 * numbered by their order, and kept until the client said that they came, so that none is lost or doubled wherever the channel breaks.
 *
 *   client                                     node
 *     got {parts}        -> (channel)      ->    the channel is open both ways
 *                        <- (relay)        <-    moved {parts}: what was sent before is all on the relay
 *     response ...       <- (channel)      <-    at most `limits.laneParts` of them that nobody said to have
 *     got {parts}        -> (channel)      ->    forgets those
 *     back {parts}       -> (relay)        ->    goes back; so does silence, an end of the channel, or too many that nobody said to have
 *                        <- (relay)        <-    back {parts}, then `response` from that one on
 */
import {decodeMessage, encodeMessage} from '../codec.ts';
import {NetworkError} from '../errors.ts';
import type {JobHandle} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Message} from '../messages.ts';
import {within} from './deadline.ts';
import type {Clock, Transport} from './ports.ts';

/** Lets a stranger's browser with this signalling id connect, through TURN alone, and gives the own id; empty where nobody can. */
export type ExpectStranger = (peer: string) => Promise<string>;

type Way = {readonly is: 'relay'; readonly mayMove: boolean} | {readonly is: 'channel'; readonly channel: Transport};

export class NodeLane {
  readonly #link: Transport;
  readonly #handle: JobHandle;
  readonly #clock: Clock;
  #way: Way = {is: 'relay', mayMove: false};
  #asked = false;
  #sent = 0;
  /** Parts that the client has for sure; those after it are kept while they go over the channel. */
  #got = 0;
  #kept: Uint8Array<ArrayBuffer>[] = [];
  readonly #settled = Promise.withResolvers<void>();
  #isWhole = false;

  constructor({link, handle, clock}: {link: Transport; handle: JobHandle; clock: Clock}) {
    this.#link = link;
    this.#handle = handle;
    this.#clock = clock;
  }

  /** Sends the next part. */
  send(part: Uint8Array): void {
    const frame = encodeMessage('response', {part: part as Uint8Array<ArrayBuffer>}, this.#handle);
    this.#sent += 1;
    if (this.#way.is === 'relay') return this.#link.send(frame);
    this.#kept.push(frame);
    this.#way.channel.send(frame);
    // The channel's own back-pressure: it is given up before it fills memory.
    if (this.#kept.length >= limits.laneParts) this.#leave();
  }

  /** Resolves when the next part can be sent without growing a queue. */
  async ready(): Promise<void> {
    if (this.#way.is === 'relay') await this.#link.ready();
  }

  /** The client asks to meet; answers on the relay's link. Yes at most once. */
  async meet({peer}: Message<'meet'>, expect: ExpectStranger | undefined): Promise<void> {
    const isFirst = !this.#asked;
    this.#asked = true;
    const own = isFirst && expect ? await expect(peer).catch(() => '') : '';
    if (own !== '' && !this.#isWhole) this.#way = {is: 'relay', mayMove: true};
    this.#link.send(encodeMessage('met', {accepted: own === '' ? 0 : 1, peer: own}, this.#handle));
  }

  /** The client of this job is on the channel: from the next part on it goes there. Resolves when the channel was left. */
  async join(channel: Transport, frames: AsyncIterator<Uint8Array>): Promise<void> {
    if (this.#way.is !== 'relay' || !this.#way.mayMove) return;
    this.#way = {is: 'channel', channel};
    this.#got = this.#sent;
    this.#link.send(encodeMessage('moved', {parts: this.#sent}, this.#handle));
    try {
      for (let next = await frames.next(); !next.done; next = await frames.next()) this.#hear(decodeMessage(next.value));
    } catch {
      // What makes no sense ends the channel, not the answer.
    }
    if (this.#isOn(channel)) this.#leave();
  }

  /** The client has so many parts and wants the others over the relay. @throws NetworkError `bad-message` for parts that were never sent, or long forgotten */
  back({parts}: Message<'back'>): void {
    if (this.#way.is === 'relay') return;
    this.#forget(parts);
    this.#leave();
  }

  /** Nothing follows: waits until the client said that it has all, and sends over the relay what it does not say to have in time. */
  async settle(signal: AbortSignal): Promise<void> {
    this.#isWhole = true;
    if (this.#way.is !== 'channel') return;
    const {channel} = this.#way;
    if (this.#kept.length > 0) await within(this.#settled.promise, {clock: this.#clock, ms: limits.laneSilentMs, code: 'stalled', signal}).catch(() => {});
    if (signal.aborted) return;
    if (this.#kept.length > 0) return this.#leave();
    if (!this.#isOn(channel)) return;
    // The client closes it when it hears of the end over the relay; a channel that ended before would look like a broken one.
    this.#way = {is: 'relay', mayMove: false};
    void this.#closeLater(channel);
  }

  /** Lets go of the channel. */
  end(): void {
    this.#isWhole = true;
    const way = this.#way;
    this.#way = {is: 'relay', mayMove: false};
    this.#kept = [];
    if (way.is === 'channel') way.channel.close();
  }

  async #closeLater(channel: Transport): Promise<void> {
    await this.#clock.sleep(limits.laneSilentMs);
    channel.close();
  }

  #isOn(channel: Transport): boolean {
    return this.#way.is === 'channel' && this.#way.channel === channel;
  }

  #hear(message: Message): void {
    // Each one says more than the last: whoever sends many must have been sent many.
    if (message.kind !== 'got' || message.handle !== this.#handle || message.parts <= this.#got) throw new NetworkError('bad-message', `${message.kind} on a lane`);
    this.#forget(message.parts);
  }

  #forget(parts: number): void {
    if (parts < this.#got || parts > this.#sent) throw new NetworkError('bad-message', `${parts} parts of ${this.#sent}`);
    this.#kept.splice(0, parts - this.#got);
    this.#got = parts;
    if (this.#isWhole && this.#kept.length === 0) this.#settled.resolve();
  }

  /** Back to the relay, beginning with what the client may lack. */
  #leave(): void {
    const way = this.#way;
    if (way.is !== 'channel') return;
    this.#way = {is: 'relay', mayMove: false};
    this.#link.send(encodeMessage('back', {parts: this.#got}, this.#handle));
    for (const frame of this.#kept) this.#link.send(frame);
    this.#kept = [];
    this.#settled.resolve();
    way.channel.close();
  }
}

/** Serves a stranger's channel: its first word says to which job it belongs. One that says nothing, or of no job here that waits for it, is closed. */
export async function serveLane(channel: Transport, {clock, laneOf}: {clock: Clock; laneOf(handle: JobHandle): NodeLane | undefined}): Promise<void> {
  const frames = channel.frames[Symbol.asyncIterator]();
  try {
    const first = await within(frames.next(), {clock, ms: limits.stepMs, code: 'stalled'});
    if (first.done) return;
    const message = decodeMessage(first.value);
    if (message.kind === 'got') await laneOf(message.handle)?.join(channel, frames);
  } catch {
    // A stranger's nonsense or silence concerns no job.
  } finally {
    channel.close();
  }
}
