/** A client: keeps a link to a relay, knows who is there, and asks. */
import {codeOf, NetworkError} from '../errors.ts';
import type {Identity} from '../identity.ts';
import type {DeviceId, ModelHash, NodeId} from '../ids.ts';
import {drawSet} from '../choose.ts';
import type {NodeRecord} from '../node-record.ts';
import {ask, type AskEvent, type Question, type Route} from './ask.ts';
import type {Meetings} from './client-lane.ts';
import {ClientLink} from './client-link.ts';
import type {Terms} from '../messages.ts';
import {isFree} from '../price.ts';
import type {Payer} from './payer.ts';
import type {Clock, Transport} from './ports.ts';
import {Payments, type Purse} from './purse.ts';
import {Trial} from './trial.ts';

export interface ClientOptions {
  readonly clock: Clock;
  /** Opens a fresh transport to the relay. Rejects with `offline`. */
  connect(): Promise<Transport>;
  /** The open channel to the vault of these terms; undefined when there is none. */
  purse?(terms: Terms): Promise<Purse | undefined>;
  /** Who is given free answers where there is no purse. The relay tells devices apart by this key. */
  readonly trial?: Identity<DeviceId>;
  /** Hears how many free answers are left. */
  onTrial?(left: number): void;
  /** Where answers may leave the relay. */
  readonly meetings?: Meetings;
  /** Numbers in [0, 1) from a source that can't be foretold. */
  random(): number;
}

/** A question of the app: which nodes may be drawn, and a direct link where there is one. */
export interface ClientQuestion extends Question {
  /** The node that answered this conversation so far: asked again while it is here, so that one computer reads it, not many. */
  readonly prefer?: NodeId;
  /** Only these may answer; for paired devices. */
  readonly only?: ReadonlySet<NodeId>;
  /** An open link straight to one of `only`, if there is one. */
  readonly direct?: {readonly link: ClientLink; readonly node: NodeId};
}

export class Client {
  readonly #options: ClientOptions;
  /** Tokens per second, as this client measured them; the only speed that it believes. */
  readonly #speeds = new Map<NodeId, number>();
  #paying = new WeakMap<ClientLink, Promise<Payments>>();
  readonly #trials = new WeakMap<ClientLink, Trial>();
  #link: Promise<ClientLink> | undefined;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** The open link to the relay; opens one when there is none. @throws NetworkError `offline` */
  link(): Promise<ClientLink> {
    this.#link ??= this.#open();
    return this.#link;
  }

  async #open(): Promise<ClientLink> {
    try {
      const link = await ClientLink.open({transport: await this.#options.connect(), clock: this.#options.clock});
      void link.ended.then(() => {
        this.#link = undefined;
      });
      return link;
    } catch (error) {
      this.#link = undefined;
      throw new NetworkError(codeOf(error) === 'internal' ? 'offline' : codeOf(error), 'no link to the relay', {cause: error});
    }
  }

  /** The channel holds another sum than before: the next paid question opens it anew. */
  forgetPayments(): void {
    this.#paying = new WeakMap();
  }

  /** Who is there now. */
  async directory(): Promise<readonly NodeRecord[]> {
    return (await this.link()).directory();
  }

  /** Asks; see `ask`. */
  async *ask(question: ClientQuestion): AsyncGenerator<AskEvent, void> {
    const {clock, random, meetings} = this.#options;
    let bound: {node: NodeId; at: number; tokens: number} | undefined;
    for await (const event of ask({...question, clock, random, meetings, route: (demands) => this.#route(question, demands)})) {
      if (event.type === 'bound') bound = {node: event.node, at: clock.now(), tokens: 0};
      if (event.type === 'text' && bound) bound.tokens += event.tokens;
      if (event.type === 'done' && bound) this.#measure(bound.node, {tokens: bound.tokens, milliseconds: clock.now() - bound.at});
      yield event;
    }
  }

  close(): void {
    void this.#link?.then((link) => link.close(), () => {});
    this.#link = undefined;
  }

  async #route(question: ClientQuestion, {without, freeOnly}: {without: ReadonlySet<NodeId>; freeOnly: boolean}): Promise<Route> {
    const {direct} = question;
    if (direct && direct.link.isOpen && !without.has(direct.node)) return {link: direct.link, nodes: [direct.node], name: 'direct'};
    const link = await this.link();
    const mayCost = question.priceCap > 0n && !freeOnly;
    const payer = mayCost ? await this.#payer(link) : undefined;
    const records = await link.directory();
    const nodes = this.#draw(records, {question, without, paid: payer !== undefined});
    const isUnpaid = nodes.length === 0 && mayCost && !payer && this.#draw(records, {question, without, paid: true}).length > 0;
    return {link, nodes, name: 'relayed', ...(payer ? {payer} : {}), ...(isUnpaid ? {lacking: this.#trials.has(link) ? 'trial-over' : 'unfunded'} : {})};
  }

  /** What pays for the next answer on this link: the purse, or else the relay while it gives free answers. */
  async #payer(link: ClientLink): Promise<Payer | undefined> {
    const payments = await this.#payments(link);
    if (payments) return payments;
    const trial = this.#trial(link);
    return (await trial?.isOpen()) ? trial : undefined;
  }

  /** Free answers on this link, where its relay gives any. */
  #trial(link: ClientLink): Trial | undefined {
    const {clock, trial: device, onTrial} = this.#options;
    if (!device || !link.terms || link.terms.trial === 0) return undefined;
    const known = this.#trials.get(link);
    if (known) return known;
    const trial = new Trial(link, {device, clock, onLeft: (left) => onTrial?.(left)});
    this.#trials.set(link, trial);
    return trial;
  }

  /** What answers on this link are paid with; opened once per link. Rejects as `Payments.open` does. */
  async #payments(link: ClientLink): Promise<Payments | undefined> {
    const {clock, purse} = this.#options;
    const known = this.#paying.get(link);
    if (known) return known;
    const opened = link.terms && (await purse?.(link.terms));
    if (!opened) return undefined;
    const opening = Payments.open(link, {purse: opened, clock});
    this.#paying.set(link, opening);
    opening.catch(() => this.#paying.delete(link));
    return opening;
  }

  #draw(records: readonly NodeRecord[], {question, without, paid}: {question: ClientQuestion; without: ReadonlySet<NodeId>; paid: boolean}): readonly NodeId[] {
    const {model, only, prefer} = question;
    const allowed = records.filter((record) => (!only || only.has(record.node)) && (paid || isFreeFor(record, model)));
    if (prefer && !without.has(prefer) && allowed.some((record) => record.node === prefer && offers(record, model))) return [prefer];
    return drawSet(allowed, {model, without, random: this.#options.random, weight: (record) => this.#weight(record.node)});
  }

  /** 1 for a node that this client never used; up to 4 times likelier when it was fast, down to a quarter when slow. */
  #weight(node: NodeId): number {
    const speed = this.#speeds.get(node);
    if (speed === undefined) return 1;
    const all = [...this.#speeds.values()].toSorted((left, right) => left - right);
    const median = all[Math.floor(all.length / 2)] ?? speed;
    return Math.min(4, Math.max(0.25, speed / Math.max(median, 0.001)));
  }

  #measure(node: NodeId, {tokens, milliseconds}: {tokens: number; milliseconds: number}): void {
    if (tokens < 8 || milliseconds <= 0) return;
    const speed = (tokens * 1000) / milliseconds;
    const before = this.#speeds.get(node);
    this.#speeds.set(node, before === undefined ? speed : before * 0.7 + speed * 0.3);
  }
}

/** Whether a node asks nothing for a model; what it does not offer costs nothing either. */
const isFreeFor = (record: NodeRecord, model: ModelHash): boolean => record.models.every((offered) => offered.model !== model || isFree(offered.prices));
const offers = (record: NodeRecord, model: ModelHash): boolean => record.models.some((offered) => offered.model === model);

