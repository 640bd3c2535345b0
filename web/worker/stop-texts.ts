/** Holds text back while it may be the start of a stop text, and cuts the answer where one is whole. Pure. */

export class StopTexts {
  readonly #stops: readonly string[];
  #held = '';
  #found = false;

  constructor(stops: readonly string[]) {
    this.#stops = stops;
  }

  /** Whether a stop text was met; nothing follows it. */
  get found(): boolean {
    return this.#found;
  }

  /** The text that may be said now. */
  push(text: string): string {
    if (this.#found) return '';
    const all = this.#held + text;
    const at = this.#stops.map((stop) => all.indexOf(stop)).filter((index) => index >= 0);
    if (at.length > 0) {
      this.#found = true;
      this.#held = '';
      return all.slice(0, Math.min(...at));
    }
    const kept = Math.max(0, ...this.#stops.map((stop) => overlap(all, stop)));
    this.#held = all.slice(all.length - kept);
    return all.slice(0, all.length - kept);
  }

  /** What was held back when the answer ended without a stop text. */
  flush(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }
}

/** The length of the longest end of `text` that starts `stop`. */
function overlap(text: string, stop: string): number {
  for (let length = Math.min(stop.length - 1, text.length); length > 0; length -= 1) if (text.endsWith(stop.slice(0, length))) return length;
  return 0;
}
