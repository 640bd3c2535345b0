/** The model that is loaded for this device alone: one at a time, loaded anew after a loss, and gone when it is told to. */
import {codeOf, type ErrorCode, NetworkError} from '#protocol/errors.ts';
import type {DeviceId, ModelHash, NodeId} from '#protocol/ids.ts';
import type {Clock, Transport} from '#protocol/roles/ports.ts';
import type {Way} from './choices.ts';
import type {OwnStatus} from './own-device-views.ts';
import {recoverable, type Recovery, recoveryAfter} from './recovery.ts';
import type {Download} from './views.ts';

/** A loaded model that answers this device. */
export interface Seat {
  readonly node: NodeId;
  /** A new link to it, which touches no network. */
  link(device: DeviceId): Transport;
}

export interface LoadedSeat extends Seat {
  /** Frees it at once, whatever it does. */
  end(): void;
}

export interface LoadWatch {
  readonly evenIfMetered: boolean;
  readonly signal: AbortSignal;
  onProgress(part: number, what: string, download?: Download): void;
  /** It is lost after it was loaded. */
  onLost(code: ErrorCode): void;
}

export interface OwnSeatOptions {
  readonly clock: Clock;
  /** Loads a model in a thread of its own. Rejects with what failed, or the signal's reason. */
  load(way: Way, watch: LoadWatch): Promise<LoadedSeat>;
  onStatus(status: OwnStatus): void;
}

/** What is to be loaded. */
export interface Wanted {
  readonly model: ModelHash;
  readonly way: Way;
  readonly evenIfMetered: boolean;
}

export class OwnSeat {
  readonly #options: OwnSeatOptions;
  #loading: {readonly model: ModelHash; readonly stop: AbortController; readonly done: Promise<LoadedSeat>} | undefined;
  #loaded: {readonly model: ModelHash; readonly seat: LoadedSeat} | undefined;
  /** When it was lost, ms. */
  #losses: readonly number[] = [];

  constructor(options: OwnSeatOptions) {
    this.#options = options;
  }

  get isUsed(): boolean {
    return this.#loading !== undefined || this.#loaded !== undefined;
  }

  /** The seat of a model, where it is loaded or on its way. */
  of(model: ModelHash): Promise<LoadedSeat> | undefined {
    if (this.#loaded?.model === model) return Promise.resolve(this.#loaded.seat);
    return this.#loading?.model === model ? this.#loading.done : undefined;
  }

  /** Loads a model in place of the one that is there. */
  load(wanted: Wanted): Promise<LoadedSeat> {
    const known = this.of(wanted.model);
    if (known) return known;
    this.end();
    const stop = new AbortController();
    const {promise, resolve, reject} = Promise.withResolvers<LoadedSeat>();
    this.#loading = {model: wanted.model, stop, done: promise};
    // Whoever asked for it hears of it; where nobody waits, it is in the status.
    promise.catch(() => {});
    this.#load(wanted, stop).then(resolve, reject);
    return promise;
  }

  /** Ends the loading, where it loads. */
  cancel(): void {
    this.#loading?.stop.abort(new NetworkError('cancelled'));
  }

  /** Frees it. */
  end(): void {
    this.cancel();
    this.#loading = undefined;
    this.#loaded?.seat.end();
    this.#loaded = undefined;
    this.#options.onStatus({is: 'off'});
  }

  /** It is lost: the next question loads it anew. */
  lose(seat = this.#loaded?.seat): void {
    if (!seat || this.#loaded?.seat !== seat) return;
    this.#noteLoss();
    this.end();
  }

  #noteLoss(): void {
    this.#losses = [...this.#losses, this.#options.clock.now()];
  }

  async #load({model, way, evenIfMetered}: Wanted, stop: AbortController): Promise<LoadedSeat> {
    const {clock, onStatus} = this.#options;
    const {signal} = stop;
    const tell = (status: OwnStatus) => {
      if (this.#loading?.stop === stop) onStatus(status);
    };
    tell({is: 'loading', model, part: 0, what: 'start'});
    try {
      const plan = this.#plan();
      if (plan) await clock.sleep(plan.waitMs, signal);
      let seat: LoadedSeat | undefined;
      let lost: ErrorCode | undefined;
      seat = await this.#options.load(lowered(way, plan), {
        evenIfMetered,
        signal,
        onProgress: (part, what, download) => tell({is: 'loading', model, part, what, ...(download ? {download} : {})}),
        onLost: (code) => {
          lost = code;
          this.lose(seat);
        },
      });
      if (signal.aborted || lost !== undefined) seat.end();
      signal.throwIfAborted();
      if (lost !== undefined) throw new NetworkError(lost);
      this.#loaded = {model, seat};
      tell({is: 'ready', model});
      return seat;
    } catch (error) {
      const code = codeOf(error);
      if (recoverable.has(code)) this.#noteLoss();
      tell(code === 'cancelled' ? {is: 'off'} : {is: 'failed', model, code});
      throw error;
    } finally {
      if (this.#loading?.stop === stop) this.#loading = undefined;
    }
  }

  /** What comes after losses; undefined without any. @throws NetworkError `own-lost` after too many */
  #plan(): Recovery | undefined {
    if (this.#losses.length === 0) return undefined;
    const plan = recoveryAfter(this.#losses, {now: this.#options.clock.now(), random: Math.random()});
    if (!plan) throw new NetworkError('own-lost');
    return plan;
  }
}

/** On the processor, where the GPU failed twice and the engine can do without. */
function lowered(way: Way, plan: Recovery | undefined): Way {
  return plan?.lower === true && ['transformers', 'wllama'].includes(way.entry.manifest.engine) ? {...way, kind: 'wasm'} : way;
}
