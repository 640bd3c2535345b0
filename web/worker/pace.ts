/** How fast something arrives and how long the rest will take, over the last seconds of a given clock. */
import type {Clock} from '#protocol/roles/ports.ts';

/** How far a download is. */
export interface Progress {
  /** Checked or on its way. */
  readonly bytes: number;
  readonly total: number;
  /** 0 while nothing arrives. */
  readonly bytesPerSecond: number;
  /** Undefined while nothing can be foretold. */
  readonly etaSeconds: number | undefined;
}

/** What arrived longer ago says nothing of now. */
const windowMs = 8000;
/** Arrivals closer than this are counted as one. */
const grainMs = 250;

export class Pace {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #total: number;
  readonly #started: number;
  #bytes: number;
  #arrived: {readonly at: number; bytes: number}[] = [];

  /** @param held bytes that need not arrive */
  constructor(clock: Pick<Clock, 'now'>, {total, held}: {total: number; held: number}) {
    this.#clock = clock;
    this.#total = total;
    this.#bytes = held;
    this.#started = clock.now();
  }

  /** So many bytes came; a negative number takes back what turned out to be of no use. */
  note(bytes: number): void {
    this.#bytes += bytes;
    if (bytes <= 0) return;
    const at = this.#clock.now();
    const last = this.#arrived.at(-1);
    if (last && at - last.at < grainMs) last.bytes += bytes;
    else this.#arrived.push({at, bytes});
  }

  get progress(): Progress {
    const now = this.#clock.now();
    this.#arrived = this.#arrived.filter(({at}) => now - at <= windowMs);
    const seconds = Math.max(grainMs, Math.min(windowMs, now - this.#started)) / 1000;
    const bytesPerSecond = this.#arrived.reduce((sum, {bytes}) => sum + bytes, 0) / seconds;
    const left = this.#total - this.#bytes;
    return {bytes: this.#bytes, total: this.#total, bytesPerSecond, etaSeconds: bytesPerSecond > 0 ? left / bytesPerSecond : undefined};
  }
}
