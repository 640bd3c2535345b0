/** A binary heap whose keys may rise and whose entries may die where they are: both are noticed when they come to the top. Pure. */

interface Entry {
  readonly live: boolean;
  readonly order: number;
}

export class TicketHeap<T extends Entry> {
  readonly #keys: number[] = [];
  readonly #items: T[] = [];
  #live = 0;

  /** Entries that are alive. */
  get live(): number {
    return this.#live;
  }

  /** Entries that take memory: never more than twice the living ones and a few. */
  get length(): number {
    return this.#items.length;
  }

  /** Adds an entry under the key that it has now. */
  push(item: T, key: number): void {
    this.#live += 1;
    this.#keys.push(key);
    this.#items.push(item);
    this.#rise(this.#items.length - 1);
  }

  /** The living entry of the least key, which stays; `keyOf` gives what a key is now, never less than it was. */
  first(keyOf: (item: T) => number): T | undefined {
    for (;;) {
      const top = this.#items[0];
      if (!top) return undefined;
      if (!top.live) {
        this.#drop();
        continue;
      }
      const key = keyOf(top);
      if (key <= (this.#keys[0] ?? key)) return top;
      this.#keys[0] = key;
      this.#sink(0);
    }
  }

  /** One entry has died. The dead are thrown out once they are the most. */
  left(keyOf: (item: T) => number): void {
    this.#live -= 1;
    if (this.#items.length <= 2 * this.#live + 32) return;
    const living = this.all();
    this.#items.length = 0;
    this.#keys.length = 0;
    for (const item of living) {
      this.#items.push(item);
      this.#keys.push(keyOf(item));
    }
    for (let index = (living.length >> 1) - 1; index >= 0; index -= 1) this.#sink(index);
  }

  /** All living entries, in no order. */
  all(): readonly T[] {
    return this.#items.filter((item) => item.live);
  }

  #drop(): void {
    const key = this.#keys.pop();
    const item = this.#items.pop();
    if (key === undefined || item === undefined || this.#items.length === 0) return;
    this.#keys[0] = key;
    this.#items[0] = item;
    this.#sink(0);
  }

  /** Whether the entry at `left` goes before that at `right`; what came first does where keys are equal. */
  #isBefore(left: number, right: number): boolean {
    const difference = (this.#keys[left] ?? 0) - (this.#keys[right] ?? 0);
    return difference < 0 || (difference === 0 && (this.#items[left]?.order ?? 0) < (this.#items[right]?.order ?? 0));
  }

  #swap(left: number, right: number): void {
    const [leftItem, rightItem] = [this.#items[left], this.#items[right]];
    if (!leftItem || !rightItem) return;
    this.#items[left] = rightItem;
    this.#items[right] = leftItem;
    const key = this.#keys[left] ?? 0;
    this.#keys[left] = this.#keys[right] ?? 0;
    this.#keys[right] = key;
  }

  #rise(start: number): void {
    for (let index = start; index > 0; ) {
      const parent = (index - 1) >> 1;
      if (!this.#isBefore(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #sink(start: number): void {
    for (let index = start; ; ) {
      const left = 2 * index + 1;
      if (left >= this.#items.length) return;
      const least = left + 1 < this.#items.length && this.#isBefore(left + 1, left) ? left + 1 : left;
      if (!this.#isBefore(least, index)) return;
      this.#swap(index, least);
      index = least;
    }
  }
}
