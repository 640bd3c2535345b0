/** One link at the relay: its manners (rate, lag, heartbeat) and its end. It sees envelopes, never what is sealed. */
import {encodeMessage} from '../codec.ts';
import type {ErrorCode} from '../errors.ts';
import type {JobHandle} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Body, Kind} from '../messages.ts';
import {TokenBucket} from '../rate.ts';
import type {Clock, Transport} from './ports.ts';

/** What an honest side may be told any number of times: these are answers, not mistakes. */
const answers: ReadonlySet<ErrorCode> = new Set(['no-node', 'busy', 'dial-refused', 'trial-over', 'books-away']);
/** Mistakes that a link may make before it is closed. */
const maxMistakes = 8;
/** One a minute is forgotten: races of an honest link that stays up for days never add up. */
const mistakesForgottenPerSecond = 1 / 60;

/** How many frames a link may send at once, and per second. */
export interface FrameRate {
  readonly burst: number;
  readonly perSecond: number;
}

/** What the relay itself says of a job on a link. */
export interface Said {
  readonly kind: Kind;
  readonly handle: JobHandle;
  /** Of a failure. */
  readonly code: ErrorCode | undefined;
}

export class RelayLink {
  readonly transport: Transport;
  /** What shares limits with this link: its address, or the network of a household. In memory only. */
  readonly prefix: string;
  /** Jobs whose answer has yet to begin; counted only where somebody watches. */
  awaited = 0;
  readonly #onSaid: ((link: RelayLink, said: Said) => void) | undefined;
  readonly #clock: Clock;
  readonly #frames: TokenBucket;
  #isOver = false;
  #pingedAt: number;
  #pings = 0;
  #heardAt: number;
  #endedBy: ErrorCode | undefined;
  readonly #mistakes: TokenBucket;

  constructor({transport, clock, rate, prefix, onSaid}: {transport: Transport; clock: Clock; rate: FrameRate; prefix: string; onSaid?: ((link: RelayLink, said: Said) => void) | undefined}) {
    this.transport = transport;
    this.#onSaid = onSaid;
    this.prefix = prefix;
    this.#clock = clock;
    this.#heardAt = clock.now();
    this.#pingedAt = this.#heardAt;
    this.#frames = new TokenBucket({...rate, now: clock.now()});
    this.#mistakes = new TokenBucket({burst: maxMistakes, perSecond: mistakesForgottenPerSecond, now: clock.now()});
  }

  /** Why this side closed it; undefined while it is open, and where it was closed without a reason or by the other side. */
  get endedBy(): ErrorCode | undefined {
    return this.#endedBy;
  }

  send<K extends Kind>(kind: K, body: Body<K>, handle?: JobHandle): void {
    if (handle !== undefined) this.#onSaid?.(this, {kind, handle, code: 'code' in body ? (body as Body<'failed'>).code : undefined});
    this.forward(encodeMessage(kind, body, handle));
  }

  /** Passes a frame on as it is; a receiver that lags too far behind is cut off, so that memory stays bounded. */
  forward(frame: Uint8Array): void {
    if (this.#isOver) return;
    if (this.transport.buffered > limits.maxLagBytes) this.close('slow-consumer');
    else this.transport.send(frame);
  }

  /** Notes a frame that came. False when there were too many. */
  heard(): boolean {
    this.#heardAt = this.#clock.now();
    return this.#frames.take(this.#heardAt);
  }

  /** Takes what an answer costs that is larger than its question. False when the link has had too much. */
  afford(frames: number): boolean {
    return this.#frames.take(this.#clock.now(), frames);
  }

  /** Tells the other side of a mistake; closes after too many. */
  mistake(code: ErrorCode, handle: JobHandle | undefined): void {
    const tooMany = !answers.has(code) && !this.#mistakes.take(this.#clock.now());
    if (handle === undefined || tooMany) this.close(code, tooMany ? 'flood' : code);
    else this.send('failed', {code}, handle);
  }

  /** Says why, then closes. @param counts what it counts as, where that is something else */
  close(code?: ErrorCode, counts = code): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#endedBy = counts;
    if (code !== undefined) this.transport.send(encodeMessage('failed', {code}));
    this.transport.close();
  }

  /** Pings when it is time; closes the link when nothing came for a lease. Call it often. */
  beat(now: number): void {
    if (this.#isOver || now - this.#pingedAt < limits.heartbeatMs) return;
    this.#pingedAt = now;
    this.#pings += 1;
    if (now - this.#heardAt > limits.leaseMs) this.close('stalled');
    else this.send('ping', {nonce: this.#pings});
  }

  /** Sends nothing more; call when its frames have ended. */
  ended(): void {
    this.#isOver = true;
  }
}

/** A link as money sees it: told of sums, and told apart from others. */
export type Teller = Pick<RelayLink, 'send' | 'prefix' | 'close'>;
