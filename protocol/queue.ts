/** A queue that is filled by calls and read as an async iterable: the bridge from sockets' events to our streams. */

/** Pushed in order, read once. Ends by `end()`, or throws to its reader by `fail()`, after what is queued was read. */
export class Queue<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  #wake: (() => void) | undefined;
  #over: {readonly error: unknown} | 'ended' | undefined;

  /** How many wait to be read. */
  get length(): number {
    return this.#items.length;
  }

  push(item: T): void {
    if (this.#over) return;
    this.#items.push(item);
    this.#wake?.();
  }

  end(): void {
    this.#over ??= 'ended';
    this.#wake?.();
  }

  fail(error: unknown): void {
    this.#over ??= {error};
    this.#wake?.();
  }

  /** The next item; undefined after the end. */
  async next(): Promise<T | undefined> {
    for (;;) {
      if (this.#items.length > 0) return this.#items.shift();
      if (this.#over === 'ended') return undefined;
      if (this.#over) throw this.#over.error;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (;;) {
      const item = await this.next();
      if (item === undefined) return;
      yield item;
    }
  }
}
