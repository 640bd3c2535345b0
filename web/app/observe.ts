/** Re-renders an element whenever a watched value changes. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Readable} from '../state/store.ts';

/** Follows the value that `find` returns; the element may be handed it late. */
export class Observe<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #find: () => Readable<T> | undefined;
  #source: Readable<T> | undefined;
  #leave: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, find: () => Readable<T> | undefined) {
    this.#host = host;
    this.#find = find;
    host.addController(this);
  }

  get value(): T | undefined {
    return this.#find()?.get();
  }

  hostConnected(): void {
    this.#follow();
  }

  hostUpdate(): void {
    this.#follow();
  }

  hostDisconnected(): void {
    this.#leave?.();
    this.#leave = undefined;
    this.#source = undefined;
  }

  #follow(): void {
    const source = this.#find();
    if (source === this.#source) return;
    this.#leave?.();
    this.#source = source;
    this.#leave = source?.subscribe(() => this.#host.requestUpdate());
  }
}
