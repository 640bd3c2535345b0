/** An observable value: the whole of our state management. */

/** A value that can be read and watched. */
export interface Readable<T> {
  get(): T;
  /** Calls `listener` after each change until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** A value that its owner can change. */
export interface Store<T> extends Readable<T> {
  set(value: T): void;
  /** Replaces some fields. */
  patch(fields: Partial<T>): void;
}

export function store<T extends object>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const set = (next: T) => {
    value = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => value,
    set,
    patch: (fields) => set({...value, ...fields}),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
