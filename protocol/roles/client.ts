/** A client: keeps links to its relays, knows who is there, and asks. */
import {rankRelays, type RelayStanding} from '../choose-relay.ts';
import {NetworkError} from '../errors.ts';
import type {Identity} from '../identity.ts';
import type {DeviceId, ModelHash, NodeId} from '../ids.ts';
import {drawSet} from '../choose.ts';
import type {NodeRecord} from '../node-record.ts';
import {ask, type AskEvent, type Demands, type Question, type Route} from './ask.ts';
import type {Meetings} from './client-lane.ts';
import type {ClientLink} from './client-link.ts';
import {ClientRelays, type ClientRelaysOptions, ownRelay, type RelayLook} from './client-relays.ts';
import type {Terms} from '../messages.ts';
import {isFree, priceOf} from '../price.ts';
import type {Payer} from './payer.ts';
import {Payments, type Purse} from './purse.ts';
import {Trial} from './trial.ts';

export interface ClientOptions extends ClientRelaysOptions {
  /** Addresses of the relays that ours may send a job on to; it names no others. */
  relays?(): Promise<readonly string[]>;
  /** The open channel to the vault of these terms, as the relay told them; undefined when there is none. */
  purse?(terms: Terms, relay: string): Promise<Purse | undefined>;
  /** Who is given free answers where there is no purse. The relay tells devices apart by this key. */
  readonly trial?: Identity<DeviceId>;
  /** The same for another relay: a key of its own, so that two operators can't tell that it is one device. */
  trialAt?(relay: string): Promise<Identity<DeviceId>>;
  /** Hears how many free answers our relay has left for us. */
  onTrial?(left: number): void;
  /** Where answers through our relay may leave it. */
  readonly meetings?: Meetings;
}

/** A question of the app: which nodes may be drawn, and a direct link where there is one. */
export interface ClientQuestion extends Question {
  /** The node that answered this conversation so far: asked again while it is here, so that one computer reads it, not many. */
  readonly prefer?: NodeId;
  /** Only these may answer; for paired devices. */
  readonly only?: ReadonlySet<NodeId>;
  /** These may not: the person wants to hear another one. */
  readonly without?: ReadonlySet<NodeId>;
  /** An open link straight to one of `only`, if there is one. */
  readonly direct?: {readonly link: ClientLink; readonly node: NodeId};
}

export class Client {
  readonly #options: ClientOptions;
  /** Tokens per second, as this client measured them; the only speed that it believes. */
  readonly #speeds = new Map<NodeId, number>();
  #paying = new WeakMap<ClientLink, Promise<Payments | undefined>>();
  readonly #trials = new WeakMap<ClientLink, Trial>();
  /** The vault that each relay named last, the first of them first: a channel pays at one relay alone. */
  readonly #vaults = new Map<string, string>();
  readonly #relays: ClientRelays;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#relays = new ClientRelays(options);
  }

  /** The open link to our relay, or to another one; opens it when there is none. @throws NetworkError `offline` */
  link(relay = ownRelay): Promise<ClientLink> {
    return this.#relays.link(relay);
  }

  /** Forgets a relay that is chosen no more, or is to be met anew. */
  leave(relay: string): void {
    this.#relays.leave(relay);
  }

  /** The channel holds another sum than before: the next paid question opens it anew. */
  forgetPayments(): void {
    this.#paying = new WeakMap();
  }

  /** Who is there now at any of the relays, each once; what could never be paid for at another relay is left out. */
  async directory(): Promise<readonly NodeRecord[]> {
    const looks = await this.#look();
    const records = looks.flatMap((look) => look.records);
    // One that asks a price here and none there is asked there.
    const liked = [...records.filter(isAllFree), ...records.filter((record) => !isAllFree(record))];
    return [...new Map(liked.toReversed().map((record) => [record.node, record])).values()];
  }

  async #look(without?: ReadonlySet<string>): Promise<readonly RelayLook[]> {
    const looks = await this.#relays.look(without);
    for (const {relay, link} of looks) if (link.terms) this.#isItsVault(link.terms, relay);
    return Promise.all(looks.map((look) => this.#payable(look)));
  }

  /** A relay of another operator as this client can use it: where it has no channel and is given nothing, prices are for others. */
  async #payable(look: RelayLook): Promise<RelayLook> {
    const {relay, link, records} = look;
    if (relay === ownRelay || (await this.#canPay(link, relay))) return look;
    const free = records.map((record) => ({...record, models: record.models.filter(({prices}) => isFree(prices))}));
    return {...look, records: free.filter(({models}) => models.length > 0)};
  }

  async #canPay({terms}: ClientLink, relay: string): Promise<boolean> {
    const {trialAt, purse} = this.#options;
    if (!terms) return false;
    return (terms.trial > 0 && trialAt !== undefined) || (this.#isItsVault(terms, relay) && (await purse?.(terms, relay)) !== undefined);
  }

  /** Asks; see `ask`. */
  async *ask(question: ClientQuestion): AsyncGenerator<AskEvent, void> {
    const {clock, random, meetings} = this.#options;
    let bound: {node: NodeId; at: number; tokens: number} | undefined;
    let relay: string | undefined;
    const route = async (demands: Demands) => {
      const found = await this.#route(question, {...demands, without: new Set([...demands.without, ...(question.without ?? [])])});
      relay = found.relay;
      return found;
    };
    for await (const event of ask({...question, clock, random, meetings, route, hasOthers: () => this.#relays.all.length > 1})) {
      if (event.type === 'waiting' && relay !== undefined) this.#relays.noteWait(relay, event.etaMs);
      if (event.type === 'bound') bound = {node: event.node, at: clock.now(), tokens: 0};
      if (event.type === 'text' && bound) bound.tokens += event.tokens;
      if (event.type === 'done' && bound) this.#measure(bound.node, {tokens: bound.tokens, milliseconds: clock.now() - bound.at});
      yield event;
    }
  }

  /** Ends its links, and with them what is being asked. */
  close(): void {
    this.#relays.close();
  }

  async #route(question: ClientQuestion, demands: Demands): Promise<Route> {
    const {direct} = question;
    const {without, left, sent} = demands;
    const held = sent && !left.has(sent.relay) && !without.has(sent.node) && (await this.#sentTo(sent, {question, demands}).catch(() => {}));
    if (held) return held;
    if (direct && direct.link.isOpen && !without.has(direct.node)) return {link: direct.link, nodes: [direct.node], name: 'direct'};
    for (const [relay, code] of left) if (code === 'busy') this.#relays.noteBusy(relay);
    const looks = await this.#look(new Set(left.keys()));
    const ranked = rankRelays(looks.map((look) => this.#standing(look, {question, demands})), this.#options.clock.now());
    let failure: unknown;
    let none: Route | undefined;
    for (const {look} of ranked) {
      try {
        const route = await this.#wayThrough(look, {question, demands});
        if (route.nodes.length > 0) return route;
        if (!none || route.lacking) none = route;
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
    const [first] = looks;
    if (!first) throw new NetworkError('offline', 'no relay');
    return none ?? {link: first.link, relay: first.relay, nodes: [], name: 'relayed'};
  }

  /** What a relay has for a question; whether it can be paid for there is seen when its turn comes. */
  #standing(look: RelayLook, {question, demands}: Asked): RelayStanding & {readonly look: RelayLook} {
    const {model, prefer} = question;
    const {without} = demands;
    const paid = mayCost(look.relay, {question, demands});
    const offering = this.#allowed(look.records, {question, paid}).filter(({node, models}) => !without.has(node) && models.some((offered) => offered.model === model));
    const prices = offering.flatMap(({models}) => models.flatMap((offered) => (offered.model === model ? [priceOf(aThousand, offered.prices)] : [])));
    const price = prices.reduce((least, each) => (each < least ? each : least), prices[0] ?? 0n);
    return {look, health: look.health, nodes: offering.length, hasPreferred: offering.some(({node}) => node === prefer), price};
  }

  async #wayThrough({relay, link, records}: RelayLook, {question, demands}: Asked): Promise<Route> {
    const {without} = demands;
    const may = mayCost(relay, {question, demands});
    const payer = may ? await this.#payer(link, {relay}) : undefined;
    const nodes = this.#draw(records, {question, without, paid: payer !== undefined});
    const isUnpaid = nodes.length === 0 && may && !payer && this.#draw(records, {question, without, paid: true}).length > 0;
    return {link, relay, nodes, name: 'relayed', ...(payer ? {payer} : {}), ...(isUnpaid ? {lacking: this.#trials.has(link) ? 'trial-over' : 'unfunded'} : {})};
  }

  /** The way to another relay that holds a node for this job. Undefined where it is none that the one who sent us may name. */
  async #sentTo({relay, node, handle, by}: NonNullable<Demands['sent']>, asked: Asked): Promise<Route | undefined> {
    const isOurs = by === ownRelay && (await this.#options.relays?.())?.includes(relay);
    if (!isOurs && !this.#relays.all.includes(relay)) return undefined;
    const link = await this.link(relay);
    // Relays of one cluster have one vault and one writer of its books: what was granted through one is known at the other.
    const isOneVault = link.terms !== undefined && vaultOf(link.terms) === this.#vaults.get(by);
    const payer = mayCost(relay, asked) ? await this.#payer(link, {relay, isOneVault}) : undefined;
    return {link, relay, nodes: [node], handle, name: 'relayed', ...(payer ? {payer} : {})};
  }

  /** What pays for the next answer on this link: the purse, or else the relay while it gives free answers. */
  async #payer(link: ClientLink, {relay, isOneVault = false}: {relay: string; isOneVault?: boolean}): Promise<Payer | undefined> {
    const payments = await this.#payments(link, {relay, isOneVault});
    if (payments) return payments;
    const trial = await this.#trial(link, relay);
    return (await trial?.isOpen()) ? trial : undefined;
  }

  /** Free answers on this link, where its relay gives any. */
  async #trial(link: ClientLink, relay: string): Promise<Trial | undefined> {
    const {clock, onTrial, trial: own, trialAt} = this.#options;
    if (!link.terms || link.terms.trial === 0) return undefined;
    const device = relay === ownRelay ? own : await trialAt?.(relay);
    const known = this.#trials.get(link);
    if (known || !device) return known;
    const trial = new Trial(link, {device, clock, onLeft: (left) => relay === ownRelay && onTrial?.(left)});
    this.#trials.set(link, trial);
    return trial;
  }

  /** What answers on this link are paid with; opened once per link. Rejects as `Payments.open` does. */
  async #payments(link: ClientLink, {relay, isOneVault}: {relay: string; isOneVault: boolean}): Promise<Payments | undefined> {
    const {clock, purse} = this.#options;
    if (!link.terms || !(isOneVault || this.#isItsVault(link.terms, relay))) return undefined;
    const paying = this.#paying;
    const known = paying.get(link);
    if (known) return known;
    // Known before the first wait: questions asked in one moment share one, or each would count for itself what all of them cost.
    const opening = Promise.resolve(purse?.(link.terms, relay)).then((opened) => opened && Payments.open(link, {purse: opened, clock}));
    paying.set(link, opening);
    opening.then((payments) => payments ?? paying.delete(link), () => paying.delete(link));
    return opening;
  }

  /** Whether a relay was the first to name this vault, or is ours: another one that does would be granted what the first was granted already. */
  #isItsVault(terms: Terms, relay: string): boolean {
    const key = vaultOf(terms);
    if (this.#vaults.get(relay) !== key) {
      this.#vaults.delete(relay);
      this.#vaults.set(relay, key);
    }
    const named = [...this.#vaults].flatMap(([each, its]) => (its === key ? [each] : []));
    return (named.includes(ownRelay) ? ownRelay : named[0]) === relay;
  }

  /** Those that this question may go to, paid or free. */
  #allowed(records: readonly NodeRecord[], {question: {model, only}, paid}: {question: ClientQuestion; paid: boolean}): readonly NodeRecord[] {
    return records.filter((record) => (!only || only.has(record.node)) && (paid || isFreeFor(record, model)));
  }

  #draw(records: readonly NodeRecord[], {question, without, paid}: {question: ClientQuestion; without: ReadonlySet<NodeId>; paid: boolean}): readonly NodeId[] {
    const {model, prefer} = question;
    const allowed = this.#allowed(records, {question, paid});
    if (prefer && !without.has(prefer) && allowed.some((record) => record.node === prefer && offers(record, model))) return [prefer];
    return drawSet(allowed, {model, without, random: this.#options.random, weight: (record) => this.#weight(record.node) * (record.hidden ? hiddenWeight : 1)});
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

/** A question, and what its next attempt needs. */
interface Asked {
  readonly question: ClientQuestion;
  readonly demands: Demands;
}

/** A hidden page may be slowed at any moment; whoever claims to be shown gains nothing over those that are. */
const hiddenWeight = 0.5;
const vaultOf = ({network, vault}: Terms): string => `${network} ${vault}`;

/** What prices are compared by. */
const aThousand = {prompt: 1000, cached: 0, completion: 1000, reasoning: 0};
const mayCost = (relay: string, {question, demands}: Asked): boolean => question.priceCap > 0n && !demands.freeAt.has(relay);

/** Whether a node asks nothing for a model; what it does not offer costs nothing either. */
const isFreeFor = (record: NodeRecord, model: ModelHash): boolean => record.models.every((offered) => offered.model !== model || isFree(offered.prices));
const isAllFree = (record: NodeRecord): boolean => record.models.every(({prices}) => isFree(prices));
const offers = (record: NodeRecord, model: ModelHash): boolean => record.models.some((offered) => offered.model === model);

