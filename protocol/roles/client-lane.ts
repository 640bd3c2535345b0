/**
 * The parts of one answer in their order, whichever way they come: over the relay, and for a while over a channel through TURN (`node-lane.ts`
 * has the other side). The answer never waits for that channel to open, and goes back to the relay when it is silent or breaks.
 */
import {decodeMessage, encodeMessage} from '../codec.ts';
import {codeOf, NetworkError} from '../errors.ts';
import type {NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Message} from '../messages.ts';
import type {JobChannel} from './client-link.ts';
import {within} from './deadline.ts';
import type {Clock, Transport} from './ports.ts';

/** Where this side meets strangers; connections are made through TURN and in no other way. */
export interface Meetings {
  /** Signs in under a fresh name, so that no two answers tell of each other; undefined where the relay has no TURN server or the host no WebRTC. */
  open(): Promise<Meeting | undefined>;
}

export interface Meeting {
  /** Our signalling id. */
  readonly peer: string;
  /** An open channel to the other side. Rejects with `offline`. */
  reach(peer: string): Promise<Transport>;
  /** Lets go of signalling and channel. */
  close(): void;
}

export interface LaneOptions {
  readonly channel: JobChannel;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly meetings: Meetings | undefined;
}

/** Parts that wait for their reader; more means that nobody reads. */
const maxWaiting = 1024;

/**
 * The first part and the least length of an answer. One that goes on is twice as long at least, as the relay would have seen without a meeting, too: that there is one
 * tells nothing more. And most short answers are over before it would be worth its cost.
 */
const meetAfterParts = 1 + limits.minAnswerFrames;

/** How many eighths are full after so many parts; the first is no frame of the answer. */
const eighths = (parts: number): number => Math.floor((parts - 1) / limits.laneSayEvery);

export class ClientLane {
  readonly #options: LaneOptions;
  /** `left`: it was on the channel, and `back` was said; the node's own `back` is to come. */
  #way: 'relay' | 'channel' | 'left' = 'relay';
  #hasMoved = false;
  /** Whether a part was read that had come through TURN, and whether the reader was told. */
  #byTurn: 'not yet' | 'now' | 'told' = 'not yet';
  /** Parts that have come, in order: those before `moved` over the relay. */
  #received = 0;
  /** Of these, how many the node was told of. */
  #told = 0;
  /** Parts that come over the relay once more. */
  #again = 0;
  #meeting: 'none' | 'asked' | 'over' = 'none';
  #door: Meeting | undefined;
  #inlet: Transport | undefined;
  /** Parts from the channel that wait. */
  readonly #parts: Uint8Array[] = [];
  readonly #met = Promise.withResolvers<Message<'met'>>();
  readonly #moved = Promise.withResolvers<void>();
  #pulse = Promise.withResolvers<void>();
  /** The next message over the relay, asked for and not yet taken. */
  #message: Promise<Message> | undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** Whether the first part has come through TURN; true once. */
  firstByTurn(): boolean {
    const isFirst = this.#byTurn === 'now';
    if (isFirst) this.#byTurn = 'told';
    return isFirst;
  }

  /** The next part. Rejects with `stalled` after `ms` without one, or with what ended the job. */
  async next(ms: number): Promise<Uint8Array> {
    if (this.#received === meetAfterParts) this.#meet();
    for (;;) {
      const waiting = this.#hasMoved ? this.#parts.shift() : undefined;
      if (waiting) {
        if (this.#byTurn === 'not yet') this.#byTurn = 'now';
        return waiting;
      }
      const part = this.#way === 'channel' ? await this.#besideChannel() : this.#take(await this.#within(this.#nextMessage(), ms));
      if (part) return part;
    }
  }

  /** Looks for a way around the relay, in the background. */
  #meet(): void {
    if (this.#meeting !== 'none' || !this.#options.meetings) return;
    this.#meeting = 'asked';
    const {clock} = this.#options;
    void within(this.#open(this.#options.meetings), {clock, ms: limits.meetMs, code: 'stalled'}).catch(() => {
      if (this.#way === 'relay') this.#close();
    });
  }

  /**
   * The reader has all that it wants. What `node` sends after it is padding; where a meeting is on, it is taken as the answer was, wherever it comes: the relay must
   * not see where the answer ended.
   */
  finish(node: NodeId): void {
    const isMeeting = this.#meeting === 'asked' || this.#way !== 'relay';
    this.#options.channel.leaveTail(node, isMeeting);
    if (isMeeting) void this.#readTail();
    else this.#close();
  }

  /** Lets go of everything. */
  end(): void {
    this.#options.channel.close();
    this.#close();
  }

  async #readTail(): Promise<void> {
    // An answer ends at a power of two, so what follows is no longer than what was.
    const most = 2 * this.#received + limits.minAnswerFrames;
    try {
      while (this.#received < most) await this.next(limits.stallMs);
    } catch {
      // The node let go of it, or the next question cut it off.
    }
    this.end();
  }

  async #open(meetings: Meetings): Promise<void> {
    const {channel} = this.#options;
    const door = await meetings.open();
    if (!door || this.#isOver()) return door?.close();
    this.#door = door;
    channel.send('meet', {peer: door.peer});
    const {accepted, peer} = await this.#met.promise;
    if (!accepted) return this.#close();
    const inlet = await door.reach(peer);
    if (this.#isOver()) return inlet.close();
    this.#inlet = inlet;
    inlet.send(encodeMessage('got', {parts: this.#received}, channel.handle));
    void this.#listen(inlet);
    await this.#moved.promise;
  }

  async #listen(inlet: Transport): Promise<void> {
    const {handle} = this.#options.channel;
    try {
      for await (const frame of inlet.frames) {
        const message = decodeMessage(frame);
        if (this.#inlet !== inlet || message.kind !== 'response' || message.handle !== handle || this.#parts.length >= maxWaiting) break;
        this.#parts.push(message.part);
        if (this.#hasMoved) this.#came(1);
        this.#beat();
      }
    } catch {
      // What makes no sense ends the channel, not the answer.
    }
    if (this.#inlet === inlet) this.#close();
  }

  /** So many parts more are here; tells the node at each eighth, and so of the last: an answer ends at a multiple of sixteen after its first part. */
  #came(parts: number): void {
    this.#received += parts;
    if (eighths(this.#received) <= eighths(this.#told)) return;
    this.#told = this.#received;
    this.#inlet?.send(encodeMessage('got', {parts: this.#received}, this.#options.channel.handle));
  }

  /** Waits for the channel and the relay at once; the channel may not be silent. */
  async #besideChannel(): Promise<Uint8Array | undefined> {
    const message = this.#nextMessage();
    const heard = await this.#within(Promise.race([this.#pulse.promise, message]), limits.laneSilentMs).catch((error: unknown) => {
      if (codeOf(error) !== 'stalled' || !this.#inlet) throw error;
      this.#close();
    });
    if (heard) return this.#take(heard);
    if (!this.#inlet) this.#leave();
    return undefined;
  }

  #isOver(): boolean {
    return this.#meeting === 'over';
  }

  #leave(): void {
    this.#way = 'left';
    this.#options.channel.send('back', {parts: this.#received});
  }

  /** What a message over the relay brings. @throws NetworkError */
  #take(message: Message): Uint8Array | undefined {
    this.#message = undefined;
    if (message.kind === 'failed') throw new NetworkError(message.code, 'said the other side');
    if (message.kind === 'released') throw new NetworkError('node-lost', 'it let go of the job');
    if (message.kind === 'met' && this.#meeting !== 'none') this.#met.resolve(message);
    else if (message.kind === 'moved' && this.#meeting !== 'none' && !this.#hasMoved && message.parts === this.#received) this.#move();
    else if (message.kind === 'back' && this.#way !== 'relay' && this.#isNear(message.parts)) this.#return(message.parts);
    else if (message.kind === 'response' && this.#way === 'relay') return this.#relayed(message.part);
    else throw new NetworkError('bad-message', `${message.kind} in the answer`);
    return undefined;
  }

  /** A node keeps no more than a lane's parts, so it goes on from one of these. */
  #isNear(parts: number): boolean {
    return parts <= this.#received && this.#received - parts <= limits.laneParts;
  }

  #relayed(part: Uint8Array): Uint8Array | undefined {
    if (this.#again > 0) this.#again -= 1;
    else {
      this.#received += 1;
      return part;
    }
    return undefined;
  }

  /** From here on parts come over the channel; some may have been faster than this word. */
  #move(): void {
    this.#hasMoved = true;
    this.#told = this.#received;
    this.#moved.resolve();
    if (!this.#inlet) {
      this.#parts.length = 0;
      return this.#leave();
    }
    this.#way = 'channel';
    this.#came(this.#parts.length);
  }

  /** The node goes on over the relay, from a part that may be here already. */
  #return(from: number): void {
    this.#way = 'relay';
    this.#again = this.#received - from;
    this.#close();
  }

  #nextMessage(): Promise<Message> {
    this.#message ??= this.#options.channel.next();
    // Its reader may be looking at the channel.
    this.#message.catch(() => {});
    return this.#message;
  }

  #within<T>(work: Promise<T>, ms: number): Promise<T> {
    const {clock, signal} = this.#options;
    return within(work, {clock, ms, code: 'stalled', signal});
  }

  #beat(): void {
    this.#pulse.resolve();
    this.#pulse = Promise.withResolvers();
  }

  /** Lets go of the channel, or of looking for one. */
  #close(): void {
    this.#meeting = 'over';
    this.#inlet?.close();
    this.#inlet = undefined;
    this.#door?.close();
    this.#door = undefined;
    this.#beat();
  }
}
