/** A queue that is filled by calls and read as an async iterable: the bridge from sockets' events to our streams. */

/** Pushed in order, read once. Ends by `end()`, or throws to its reader by `fail()`, after what is queued was read. */
export class Queue<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  #wake: (() => void) | undefined;
  #over: {readonly error: unknown} | 'ended' | undefined;
  readonly #onTake: ((item: T) => void) | undefined;

  /** @param onTake is called with each item that is read */
  constructor(onTake?: (item: T) => void) {
    this.#onTake = onTake;
  }

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
      if (this.#items.length > 0) return this.#take();
      if (this.#over === 'ended') return undefined;
      if (this.#over) throw this.#over.error;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Written out, not a generator: a relay reads a frame here for each that it forwards. */
  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return {
      next: () => (this.#items.length > 0 ? Promise.resolve({done: false, value: this.#take()}) : this.next().then(resultOf)),
    };
  }

  /** Call only when there is an item. */
  #take(): T {
    const item = this.#items.shift() as T;
    this.#onTake?.(item);
    return item;
  }
}

const resultOf = <T>(value: T | undefined): IteratorResult<T, undefined> => (value === undefined ? {done: true, value: undefined} : {done: false, value});
