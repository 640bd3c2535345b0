/** A queue that is filled by calls and read as an async iterable: the bridge from sockets' events to our streams. */

/** Pushed in order, read once. Ends by `end()`, or throws to its reader by `fail()`, after what is queued was read. */
export class Queue<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  readonly #readers: ((answer: Promise<IteratorResult<T, undefined>>) => void)[] = [];
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
    this.#wake();
  }

  end(): void {
    this.#over ??= 'ended';
    this.#wake();
  }

  fail(error: unknown): void {
    this.#over ??= {error};
    this.#wake();
  }

  /** The next item; undefined after the end. */
  async next(): Promise<T | undefined> {
    return (await this.#next()).value;
  }

  /** Written out, not a generator: a relay reads a frame here for each that it forwards, and waits here on every idle link. */
  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return {next: () => this.#next(), return: () => this.#leave()};
  }

  #next(): Promise<IteratorResult<T, undefined>> {
    return this.#readers.length === 0 && this.#isReady ? this.#answer() : new Promise((resolve) => this.#readers.push(resolve));
  }

  /** A reader that leaves in the middle never comes back: what waits for it is dropped. */
  async #leave(): Promise<IteratorResult<T, undefined>> {
    this.#items.length = 0;
    this.end();
    return {done: true, value: undefined};
  }

  get #isReady(): boolean {
    return this.#items.length > 0 || this.#over !== undefined;
  }

  /** Serves those who wait, in their order. */
  #wake(): void {
    while (this.#readers.length > 0 && this.#isReady) this.#readers.shift()?.(this.#answer());
  }

  /** Call only when it is ready. */
  #answer(): Promise<IteratorResult<T, undefined>> {
    if (this.#items.length > 0) return Promise.resolve({done: false, value: this.#take()});
    return this.#over === 'ended' ? Promise.resolve({done: true, value: undefined}) : Promise.reject((this.#over as {error: unknown}).error);
  }

  /** Call only when there is an item. */
  #take(): T {
    const item = this.#items.shift() as T;
    this.#onTake?.(item);
    return item;
  }
}
