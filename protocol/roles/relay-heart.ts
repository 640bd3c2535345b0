/** One heart for all links, beating while there are any: a timer for each would cost more memory than the rest of an idle link's state. */
import type {Clock} from './ports.ts';
import type {RelayLink} from './relay-link.ts';

/** How exactly the time of a ping is kept. */
const beatMs = 500;

export class RelayHeart {
  readonly #clock: Clock;
  readonly #links: {keys(): Iterable<RelayLink>};
  #stop: AbortController | undefined;

  constructor(clock: Clock, links: {keys(): Iterable<RelayLink>}) {
    this.#clock = clock;
    this.#links = links;
  }

  start(): void {
    if (this.#stop) return;
    this.#stop = new AbortController();
    void this.#beat(this.#stop.signal);
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
  }

  async #beat(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(beatMs, signal).catch(() => {});
      const now = this.#clock.now();
      for (const link of this.#links.keys()) link.beat(now);
    }
  }
}
