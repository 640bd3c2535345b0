/**
 * The books of a cluster are at one relay, their only writer: so no voucher can be spent twice, whoever is cut off from whom. This is its desk: what other
 * relays' clients and nodes say of money comes here over the bus, as if their links ended here.
 */
import {randomBytes} from '#protocol/bytes.ts';
import {decodeMessage, encodeMessage} from '#protocol/codec.ts';
import {codeOf, NetworkError} from '#protocol/errors.ts';
import type {JobHandle} from '#protocol/ids.ts';
import type {Message} from '#protocol/messages.ts';
import type {Cashier, Payee} from '#protocol/roles/relay-cashier.ts';
import type {Teller} from '#protocol/roles/relay-link.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import {bankMessages, type BankAnswer, type BankRequest, bankSubjects, noAnswer} from './bank-messages.ts';
import type {Bus} from './bus.ts';

export interface BankDeskOptions {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly cashier: Cashier;
  /** What pages of other relays are told of the chain. */
  readonly network: string;
  readonly endpoint: string;
  /** Brings what clients granted to the vault. */
  settle(): Promise<void>;
}

/** One relay, from its `begin` on. */
interface Session {
  /** Where it hears. */
  readonly subject: string;
  readonly links: Map<number, Teller>;
  /** Jobs with a bill. */
  readonly handles: Set<JobHandle>;
  heardAt: number;
}

const maxSessions = 64;
const maxLinks = 100_000;
/** A session that was silent for so long is over: its relay is gone, or begins anew. Relays note more often that they are there. */
const silentMs = 60_000;

export class BankDesk {
  readonly #options: BankDeskOptions;
  readonly #sessions = new Map<bigint, Session>();

  constructor(options: BankDeskOptions) {
    this.#options = options;
    const {bus} = options;
    bus.answer(bankSubjects.ask, async (body) => bankMessages.answer.write({...noAnswer, ...(await this.#answer(bankMessages.request.read(body)))}));
    bus.hear(bankSubjects.note, (body) => {
      try {
        this.#note(bankMessages.request.read(body));
      } catch {
        // Of another version: as if it had not been said.
      }
    });
  }

  /** Lets go of relays that were silent for long. The host calls it about once a second. */
  sweep(): void {
    const now = this.#options.clock.now();
    for (const [id, {heardAt}] of this.#sessions) if (now - heardAt > silentMs) this.#end(id);
  }

  async #answer(request: BankRequest): Promise<Partial<BankAnswer>> {
    if (request.op === 'begin') return this.#begin(bankSubjects.say(request.nonce));
    const session = this.#sessions.get(request.session);
    if (!session) return {is: 'unknown'};
    session.heardAt = this.#options.clock.now();
    try {
      return (await this.#do(session, request)) ?? {};
    } catch (error) {
      return {is: 'failed', code: codeOf(error)};
    }
  }

  #begin(subject: string): Partial<BankAnswer> {
    const {clock, cashier, network, endpoint} = this.#options;
    if (this.#sessions.size >= maxSessions) return {is: 'failed', code: 'busy'};
    const session = new DataView(randomBytes(8).buffer).getBigUint64(0);
    this.#sessions.set(session, {subject, links: new Map(), handles: new Set(), heardAt: clock.now()});
    return {session, frame: encodeMessage('welcome', {relay: '', heartbeatMs: 0, terms: {...cashier.termsFor(new Uint8Array(32)), trial: 0}, work: undefined}), network, endpoint};
  }

  async #do(session: Session, request: BankRequest): Promise<Partial<BankAnswer> | undefined> {
    const {cashier, settle} = this.#options;
    const client = () => this.#teller(session, {id: request.session, link: request.link});
    const payee = (): Payee => ({node: request.node ?? missing(), link: this.#teller(session, {id: request.session, link: request.op === 'offered' ? request.payee : request.link})});
    const message = <K extends Message['kind']>(kind: K) => messageOf(request.frame, kind);
    if (request.op === 'settle') await settle();
    else if (request.op === 'fund') await cashier.fund(message('fund'), {client: client(), nonce: request.nonce});
    else if (request.op === 'grant') await cashier.grant(message('grant'), client());
    else if (request.op === 'account') await cashier.account(message('account'), payee());
    else if (request.op === 'greet') await cashier.greet(payee());
    else if (request.op === 'shown') await cashier.shown(message('paid'), payee());
    else if (request.op === 'deposit') await cashier.requireDeposit(request.handle ?? missing());
    else if (request.op === 'due') await cashier.due(message('due'), request.node ?? missing());
    else if (request.op === 'offered') {
      const offer = message('offer');
      session.handles.add(offer.handle);
      return {agreed: Number(await cashier.offered(offer, {client: client(), payment: request.payment, payee: payee()}))};
    } else throw new NetworkError('bad-message', request.op);
    return undefined;
  }

  #note({op, session: id, link, handle}: BankRequest): void {
    const session = this.#sessions.get(id);
    if (!session) return;
    session.heardAt = this.#options.clock.now();
    const {cashier} = this.#options;
    if (op === 'forget' && handle !== undefined && session.handles.delete(handle)) cashier.forget(handle);
    const gone = op === 'gone' ? session.links.get(link) : undefined;
    if (!gone) return;
    session.links.delete(link);
    cashier.gone(gone);
  }

  #end(id: bigint): void {
    const {cashier} = this.#options;
    const session = this.#sessions.get(id);
    this.#sessions.delete(id);
    for (const handle of session?.handles ?? []) cashier.forget(handle);
    for (const link of session?.links.values() ?? []) cashier.gone(link);
  }

  /** A link of another relay, as the books see it. */
  #teller(session: Session, {id, link}: {id: bigint; link: number}): Teller {
    const known = session.links.get(link);
    if (known) return known;
    if (session.links.size >= maxLinks) throw new NetworkError('busy', 'too many links');
    const {bus} = this.#options;
    const say = (frame: Uint8Array<ArrayBuffer>) => bus.publish(session.subject, bankMessages.saying.write({session: id, link, frame}));
    const teller: Teller = {prefix: '', send: (kind, body, handle) => say(encodeMessage(kind, body, handle)), close: () => {}};
    session.links.set(link, teller);
    return teller;
  }
}

function missing(): never {
  throw new NetworkError('bad-message', 'a field is missing');
}

function messageOf<K extends Message['kind']>(frame: Uint8Array, kind: K): Message<K> {
  const message = decodeMessage(frame);
  if (message.kind !== kind) throw new NetworkError('bad-message', `${message.kind} instead of ${kind}`);
  return message as Message<K>;
}
