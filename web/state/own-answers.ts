/** Questions that go to this device itself: over a link that touches no network, to the node that this tab shares or to one that is loaded for them. */
import {codeOf, NetworkError} from '#protocol/errors.ts';
import type {Identity} from '#protocol/identity.ts';
import type {DeviceId, ModelHash} from '#protocol/ids.ts';
import {type CatalogueEntry, hashOfModel} from '#protocol/models.ts';
import {ask, type AskEvent, type Route} from '#protocol/roles/ask.ts';
import {ClientLink} from '#protocol/roles/client-link.ts';
import {unlessAborted} from '#protocol/roles/deadline.ts';
import type {AskRequest} from './chat.ts';
import type {Way} from './choices.ts';
import {OwnSeat, type OwnSeatOptions, type Seat} from './own-seat.ts';
import {recoverable} from './recovery.ts';
import type {Readable} from './store.ts';

/** What a tab shares; without a seat while it can't answer. */
export interface Sharing {
  readonly entry: CatalogueEntry;
  readonly seat: Seat | undefined;
}

export interface OwnAnswersOptions extends OwnSeatOptions {
  readonly identity: Identity<DeviceId>;
  sharing(): Sharing | undefined;
  /** Changes whenever what is shared does. */
  readonly share: Readable<unknown>;
  /** How a model that is here can run; undefined where it has to be got first. */
  wayOf(model: ModelHash): Way | undefined;
}

export class OwnAnswers {
  readonly seat: OwnSeat;
  readonly #options: OwnAnswersOptions;
  #link: {readonly to: Seat['link']; readonly open: ClientLink} | undefined;

  constructor(options: OwnAnswersOptions) {
    this.#options = options;
    this.seat = new OwnSeat(options);
  }

  async *ask({model, job, signal}: AskRequest): AsyncGenerator<AskEvent, void> {
    // Nobody carries it, so there is no rhythm to hide.
    const question = {model, job: {...job, delivery: 'stream' as const}, priceCap: 0n, signal, clock: this.#options.clock, random: Math.random};
    try {
      for await (const event of ask({...question, route: () => this.#route(model, signal)})) {
        if (event.type === 'resuming' && recoverable.has(event.code)) this.seat.lose();
        yield event;
      }
    } catch (error) {
      if (!recoverable.has(codeOf(error))) throw error;
      this.seat.lose();
      throw new NetworkError('own-lost', codeOf(error), {cause: error});
    }
  }

  async #route(model: ModelHash, signal: AbortSignal): Promise<Route> {
    const {identity, clock} = this.#options;
    const seat = await this.#seatFor(model, signal);
    if (this.#link?.to !== seat.link || !this.#link.open.isOpen) {
      const direct = {identity, node: seat.node};
      this.#link = {to: seat.link, open: await ClientLink.open({transport: seat.link(identity.id), clock, direct})};
    }
    return {link: this.#link.open, nodes: [seat.node], name: 'here'};
  }

  /** What answers with this model: the node that shares it, or one that is loaded for this device alone. */
  async #seatFor(model: ModelHash, signal: AbortSignal): Promise<Seat> {
    const {sharing: look, share, wayOf} = this.#options;
    for (let sharing = look(); sharing; sharing = look()) {
      if (hashOfModel(sharing.entry) !== model) throw new NetworkError('own-busy');
      if (sharing.seat) return sharing.seat;
      await changeOf(share, signal);
    }
    const way = wayOf(model);
    const loading = this.seat.of(model) ?? (way && this.seat.load({model, way, evenIfMetered: false}));
    if (!loading) throw new NetworkError('not-here');
    try {
      return await unlessAborted(loading, signal);
    } catch (error) {
      // Each loss is noted; after too many the loading says so.
      if (signal.aborted || !recoverable.has(codeOf(error))) throw error;
      return this.#seatFor(model, signal);
    }
  }
}

/** The next change of a value. Rejects with the signal's reason. */
function changeOf(value: Readable<unknown>, signal: AbortSignal): Promise<void> {
  return unlessAborted(new Promise<void>((resolve) => {
    const stop = value.subscribe(() => {
      stop();
      resolve();
    });
  }), signal);
}
