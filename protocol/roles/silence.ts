/** A relay pings each link every five seconds. One that says nothing for three pings is gone, though nobody closed the link: a network that drops packets closes none. */
import {limits} from '../limits.ts';
import type {Clock} from './ports.ts';

/** Calls `onSilent` once, when nothing was heard for a lease. */
export class Silence {
  readonly #clock: Clock;
  readonly #stop = new AbortController();
  #heardAt: number;

  constructor(clock: Clock, onSilent: () => void) {
    this.#clock = clock;
    this.#heardAt = clock.now();
    void this.#watch(onSilent);
  }

  /** Something came. */
  heard(): void {
    this.#heardAt = this.#clock.now();
  }

  stop(): void {
    this.#stop.abort();
  }

  async #watch(onSilent: () => void): Promise<void> {
    const {signal} = this.#stop;
    while (!signal.aborted) {
      const left = this.#heardAt + limits.leaseMs - this.#clock.now();
      if (left <= 0) return onSilent();
      await this.#clock.sleep(left, signal).catch(() => {});
    }
  }
}
