/** The cashier of a relay whose books are at another relay of the cluster: asks there over the bus. Where that can't be reached, nothing costs or pays a coin here. */
import {randomBytes} from '#protocol/bytes.ts';
import {decodeMessage, encodeMessage} from '#protocol/codec.ts';
import {codeOf, NetworkError} from '#protocol/errors.ts';
import type {JobHandle, NodeId} from '#protocol/ids.ts';
import type {Message, Terms} from '#protocol/messages.ts';
import {readOffer} from '#protocol/offer.ts';
import type {Cashier, Deal, Payee} from '#protocol/roles/relay-cashier.ts';
import type {Teller} from '#protocol/roles/relay-link.ts';
import {retryDelay} from '#protocol/retry.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {Log} from '../log.ts';
import {bankMessages, type BankAnswer, type BankRequest, bankSubjects, noRequest} from './bank-messages.ts';
import type {Bus} from './bus.ts';

export interface FarBankOptions {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
}

/** The chain may be asked for these. */
const slow: ReadonlySet<BankRequest['op']> = new Set(['fund', 'account', 'greet', 'settle']);
const slowMs = 8000;
const quickMs = 2000;
/** So often the desk hears that this relay is there. */
const noteMs = 15_000;

export class FarBank implements Cashier {
  /** Free answers are counted where the books are, and given only there. */
  readonly trial = undefined;
  readonly #options: FarBankOptions;
  readonly #links = new Map<number, Teller>();
  readonly #numbers = new WeakMap<Teller, number>();
  /** Clients that opened a channel since the session began. */
  readonly #payers = new Set<Teller>();
  readonly #bills = new Set<JobHandle>();
  /** What the books said last of a client's channel. */
  readonly #deposits = new WeakMap<Teller, {readonly capacity: bigint; readonly charged: bigint}>();
  readonly #stop = new AbortController();
  readonly #name = randomBytes(32);
  #last = 0;
  #session = 0n;
  #beginning: Promise<void> | undefined;
  #terms: Omit<Terms, 'nonce'> | undefined;
  #chain = {name: '', endpoint: ''};

  private constructor(options: FarBankOptions) {
    this.#options = options;
    options.bus.hear(bankSubjects.say(this.#name), (body) => this.#said(body));
  }

  /** Finds the relay with the books; waits until it answers, or `signal` aborts. */
  static async open(options: FarBankOptions, signal?: AbortSignal): Promise<FarBank> {
    const bank = new FarBank(options);
    let told = false;
    for (let tries = 0; ; tries += 1) {
      try {
        await bank.#begin();
        void bank.#stay();
        return bank;
      } catch {
        if (!told) options.log('warn', 'books-away', {});
        told = true;
        await options.clock.sleep(retryDelay(Math.min(tries, 3), Math.random()), signal);
      }
    }
  }

  /** What pages are told of the chain. */
  get chain(): {readonly name: string; readonly endpoint: string} {
    return this.#chain;
  }

  get terms(): Omit<Terms, 'nonce'> {
    if (!this.#terms) throw new NetworkError('internal', 'no books yet');
    return this.#terms;
  }

  termsFor(nonce: Terms['nonce']): Terms {
    return {...this.terms, nonce};
  }

  async fund({handle, ...message}: Message<'fund'>, {client, nonce}: {client: Teller; nonce: Terms['nonce']}): Promise<void> {
    this.#payers.add(client);
    await this.#ask('fund', {link: this.#numberOf(client), nonce, frame: encodeMessage('fund', message, handle)});
  }

  canPay(client: Teller): boolean {
    const deposit = this.#deposits.get(client);
    return deposit !== undefined && deposit.capacity > deposit.charged;
  }

  async grant({handle, ...message}: Message<'grant'>, client: Teller): Promise<void> {
    await this.#ask('grant', {link: this.#numberOf(client), frame: encodeMessage('grant', message, handle)});
  }

  async account({handle, ...message}: Message<'account'>, payee: Payee): Promise<void> {
    await this.#ask('account', {...this.#of(payee), frame: encodeMessage('account', message, handle)});
  }

  /** A node whose greeting is lost is served all the same. */
  async greet(payee: Payee): Promise<void> {
    await this.#ask('greet', this.#of(payee)).catch(() => {});
  }

  async shown({handle, ...message}: Message<'paid'>, payee: Payee): Promise<void> {
    await this.#ask('shown', {...this.#of(payee), frame: encodeMessage('paid', message, handle)});
  }

  async offered({handle, ...message}: Message<'offer'>, {client, payment, payee}: Deal): Promise<boolean> {
    // What is free needs no books.
    if (readOffer(message.offer).ceiling === 0n) return true;
    this.#bills.add(handle);
    const deal = {link: this.#numberOf(client), payee: this.#numberOf(payee.link), node: payee.node, payment};
    return (await this.#ask('offered', {...deal, frame: encodeMessage('offer', message, handle)})).agreed === 1;
  }

  async requireDeposit(handle: JobHandle): Promise<void> {
    if (this.#bills.has(handle)) await this.#ask('deposit', {handle});
  }

  /** What is due is said again with the next chunk, so that one that is lost costs nobody. */
  async due({handle, ...message}: Message<'due'>, node: NodeId): Promise<void> {
    await this.#ask('due', {node, frame: encodeMessage('due', message, handle)}).catch((error: unknown) => {
      if (codeOf(error) !== 'books-away') throw error;
    });
  }

  /** Has what clients granted brought to the vault. */
  async settle(): Promise<void> {
    await this.#ask('settle', {});
  }

  forget(handle: JobHandle): void {
    if (this.#bills.delete(handle)) this.#note('forget', {handle});
  }

  gone(link: Teller): void {
    const number = this.#numbers.get(link);
    this.#payers.delete(link);
    if (number === undefined || !this.#links.delete(number)) return;
    this.#numbers.delete(link);
    this.#note('gone', {link: number});
  }

  /** The chain is read where the books are. */
  refresh(): void {}

  close(): void {
    this.#stop.abort();
  }

  #of({node, link}: Payee): Pick<BankRequest, 'node' | 'link'> {
    return {node, link: this.#numberOf(link)};
  }

  #numberOf(link: Teller): number {
    const known = this.#numbers.get(link);
    if (known !== undefined) return known;
    this.#last += 1;
    this.#numbers.set(link, this.#last);
    this.#links.set(this.#last, link);
    return this.#last;
  }

  #note(op: BankRequest['op'], fields: Partial<BankRequest>): void {
    this.#options.bus.publish(bankSubjects.note, bankMessages.request.write({...noRequest, ...fields, op, session: this.#session}));
  }

  async #ask(op: BankRequest['op'], fields: Partial<BankRequest>): Promise<BankAnswer> {
    const asked = this.#session;
    const answer = await this.#send({...noRequest, ...fields, op, session: asked}, slow.has(op) ? slowMs : quickMs);
    if (answer.is === 'unknown') {
      if (this.#session === asked) await this.#beginAgain();
      throw new NetworkError('books-away', 'the books began anew');
    }
    if (answer.is === 'failed') throw new NetworkError(answer.code ?? 'internal', 'said the books');
    return answer;
  }

  async #send(request: BankRequest, ms: number): Promise<BankAnswer> {
    let body: Uint8Array;
    try {
      body = await this.#options.bus.ask(bankSubjects.ask, bankMessages.request.write(request), ms);
    } catch (cause) {
      throw new NetworkError('books-away', 'no answer', {cause});
    }
    return bankMessages.answer.read(body);
  }

  /** One for all that find out at once that there is none. */
  #beginAgain(): Promise<void> {
    this.#beginning ??= this.#begin().finally(() => {
      this.#beginning = undefined;
    });
    return this.#beginning;
  }

  /** A new session: what was open in the one before is not known there any more, so its clients come again. */
  async #begin(): Promise<void> {
    const {is, session, frame, network, endpoint} = await this.#send({...noRequest, op: 'begin', session: 0n, nonce: this.#name}, quickMs);
    const welcome = is === 'done' ? decodeMessage(frame) : undefined;
    if (welcome?.kind !== 'welcome' || !welcome.terms) throw new NetworkError('books-away', 'no terms');
    const payers = [...this.#payers];
    this.#session = session;
    const {nonce: _, ...terms} = welcome.terms;
    this.#terms = terms;
    this.#chain = {name: network, endpoint};
    this.#payers.clear();
    for (const link of payers) link.close('link-closed');
  }

  #said(body: Uint8Array): void {
    try {
      const {session, link, frame} = bankMessages.saying.read(body);
      const teller = session === this.#session ? this.#links.get(link) : undefined;
      if (teller) this.#pass(decodeMessage(frame), teller);
    } catch {
      // Of another version: as if it had not been said.
    }
  }

  #pass(said: Message, teller: Teller): void {
    const {kind, handle, ...message} = said;
    const known = this.#deposits.get(teller);
    if (said.kind === 'funded') this.#deposits.set(teller, {capacity: said.capacity, charged: said.charged});
    else if (said.kind === 'charged' && known) this.#deposits.set(teller, {...known, charged: said.charged});
    teller.send(kind, message as never, handle);
  }

  async #stay(): Promise<void> {
    const {clock} = this.#options;
    while (!this.#stop.signal.aborted) {
      await clock.sleep(noteMs, this.#stop.signal).catch(() => {});
      this.#note('begin', {});
    }
  }
}
