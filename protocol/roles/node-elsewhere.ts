/** A node's links to relays of other operators, beside the one to its own: each comes and goes by itself, and all fill the same slots. */
import {codeOf, type ErrorCode, NetworkError} from '../errors.ts';
import type {RelayId} from '../ids.ts';
import {limits} from '../limits.ts';
import {freeOfCharge} from '../price.ts';
import {retryDelay} from '../retry.ts';
import {within} from './deadline.ts';
import {sayGoodbye, sayLeaving, sendStatus, serve, type ServeOptions} from './node.ts';
import type {Transport} from './ports.ts';

/** A relay that the node's owner chose, under the key that it showed at first. */
export interface OtherRelay {
  readonly address: string;
  readonly key: RelayId;
}

export type ElsewhereState =
  | {readonly is: 'connecting'}
  | {readonly is: 'open'}
  /** It is tried again and again. */
  | {readonly is: 'lost'; readonly since: number; readonly code: ErrorCode}
  /** It is not tried again. */
  | {readonly is: 'left'; readonly code: ErrorCode};

export interface ElsewhereOptions {
  /** What is the same on every link. */
  readonly node: Pick<ServeOptions, 'identity' | 'engine' | 'model' | 'speeds' | 'jobs' | 'clock' | 'hidden'>;
  /** Opens a link by its address. Rejects with `offline`. */
  connect(address: string): Promise<Transport>;
  onState(address: string, state: ElsewhereState): void;
  /** Numbers in [0, 1). */
  random(): number;
}

/** What a relay says when coming again would not help. */
const final: ReadonlySet<ErrorCode> = new Set(['bad-node', 'bad-version', 'outdated', 'relay-outdated', 'duplicate', 'relay-changed']);

/** One relay, from when it was chosen until it is left. */
interface Stay {
  readonly relay: OtherRelay;
  readonly stop: AbortController;
  transport: Transport | undefined;
}

export class NodeElsewhere {
  readonly #options: ElsewhereOptions;
  readonly #stays = new Map<string, Stay>();
  /** Left, with something still to be finished. */
  readonly #leaving = new Set<Stay>();

  constructor(options: ElsewhereOptions) {
    this.#options = options;
  }

  /** Links to these, and leaves all others. */
  choose(relays: readonly OtherRelay[]): void {
    for (const [address, stay] of this.#stays) {
      const wanted = relays.find((relay) => relay.address === address);
      if (wanted?.key !== stay.relay.key) this.#leave(stay);
    }
    for (const relay of relays) if (!this.#stays.has(relay.address)) this.#join(relay);
  }

  /** Tells each of them how many slots it may fill. Call after each change of the jobs. */
  tell(): void {
    for (const {transport} of this.#stays.values()) if (transport) sendStatus({...this.#options.node, transport});
    for (const stay of this.#leaving) this.#goWhenDone(stay);
  }

  /** Leaves all at once; what runs is let go. */
  close(): void {
    for (const stay of [...this.#stays.values(), ...this.#leaving]) this.#go(stay);
    this.#stays.clear();
  }

  #join(relay: OtherRelay): void {
    const stay: Stay = {relay, stop: new AbortController(), transport: undefined};
    this.#stays.set(relay.address, stay);
    void this.#keep(stay);
  }

  #leave(stay: Stay): void {
    this.#stays.delete(stay.relay.address);
    this.#leaving.add(stay);
    if (stay.transport) sayLeaving(stay.transport);
    this.#goWhenDone(stay);
  }

  #goWhenDone(stay: Stay): void {
    if (!stay.transport || this.#options.node.jobs.takenBy(stay.transport) === 0) this.#go(stay);
  }

  #go(stay: Stay): void {
    this.#leaving.delete(stay);
    if (stay.transport) sayGoodbye(stay.transport);
    stay.stop.abort(new NetworkError('cancelled'));
  }

  async #keep(stay: Stay): Promise<void> {
    const {clock} = this.#options.node;
    const {relay, stop} = stay;
    const tell = (state: ElsewhereState) => {
      if (this.#stays.get(relay.address) === stay) this.#options.onState(relay.address, state);
    };
    let since: number | undefined;
    tell({is: 'connecting'});
    for (let attempt = 0; !stop.signal.aborted; attempt += 1) {
      let code: ErrorCode = 'link-closed';
      try {
        await this.#serveOnce(stay, () => {
          attempt = 0;
          since = undefined;
          tell({is: 'open'});
        });
      } catch (error) {
        code = codeOf(error);
      }
      if (final.has(code)) return tell({is: 'left', code});
      since ??= clock.now();
      tell({is: 'lost', since, code});
      if (this.#leaving.delete(stay)) return;
      await clock.sleep(retryDelay(attempt, this.#options.random()), stop.signal).catch(() => {});
    }
  }

  async #serveOnce(stay: Stay, onWelcome: () => void): Promise<void> {
    const {node, connect} = this.#options;
    const opening = connect(stay.relay.address);
    const transport = await within(opening, {clock: node.clock, ms: limits.stepMs, code: 'offline'}).catch((error: unknown) => {
      void opening.then((late) => late.close(), () => {});
      throw error;
    });
    stay.transport = transport;
    const welcomed = new AbortController();
    void node.clock.sleep(limits.stepMs, welcomed.signal).then(() => transport.close(), () => {});
    const welcome = () => {
      welcomed.abort();
      onWelcome();
    };
    try {
      // Nobody could be paid by another operator's vault, so what comes from there is free. Paired devices dial through our own relay.
      await serve({...node, model: {...node.model, prices: freeOfCharge}, transport, relay: stay.relay, peer: '', isPaired: () => false, earnings: undefined, onWelcome: welcome}, stay.stop.signal);
    } finally {
      welcomed.abort();
      stay.transport = undefined;
    }
  }
}
