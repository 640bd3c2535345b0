/**
 * A client's payments over one link. Money moves by one number only: the sum that the client has granted so far. It is raised as the answer comes, to what
 * was seen and one chunk, so that a relay or a node that cheats gets no more than that chunk. What is left over pays for the next answer.
 */
import {fromHex} from '../bytes.ts';
import {encodeMessage} from '../codec.ts';
import {NetworkError} from '../errors.ts';
import type {Identity} from '../identity.ts';
import type {Message} from '../messages.ts';
import type {Offer} from '../offer.ts';
import {type Counts, priceOf} from '../price.ts';
import {limits} from '../limits.ts';
import {writeStatement} from '../statement.ts';
import type {TonAddress} from '../ton-address.ts';
import {channelVoucherHash, fundProof, requireVoucher, signChannelVoucher} from '../voucher.ts';
import type {ClientLink} from './client-link.ts';
import {within} from './deadline.ts';
import type {Payer, Payment} from './payer.ts';
import type {Clock} from './ports.ts';

/** What a client must not forget of a channel, nano-coins. */
export interface PurseState {
  /** The sum of the newest voucher. */
  readonly granted: bigint;
  /** What the answers that came were worth. */
  readonly seen: bigint;
}

/** A channel that this client opened to a relay's vault, as its host keeps it. */
export interface Purse {
  readonly channel: TonAddress;
  readonly epoch: bigint;
  /** The session key that the wallet delegated. */
  readonly key: Identity<string>;
  /** Reads, changes and writes in one step, for all tabs; durable when it resolves. `shown`: a voucher of ours shows that so much was granted before. */
  update(change: (state: PurseState) => PurseState, options?: {readonly shown: boolean}): Promise<PurseState>;
  /** The highest sum that may be granted now where the host keeps it below the deposit; `why` is what the error says then. */
  bound?(): {readonly most: bigint; readonly why: string};
}

/** Answers that were stopped on the way were charged a little more than was seen: that much is no cheating. */
const toleratedChunks = 3n;
const toleratedPart = 20n;

const most = (left: bigint, right: bigint): bigint => (left > right ? left : right);
const least = (left: bigint, right: bigint): bigint => (left < right ? left : right);

export class Payments implements Payer {
  readonly kind = 'channel';
  readonly #link: ClientLink;
  readonly #purse: Purse;
  readonly #network: number;
  readonly #capacity: bigint;
  readonly #running = new Set<ChannelPayment>();
  #state: PurseState;
  #charged: bigint;
  /** Seen, but not yet in the purse; and on its way there. */
  #unsaved = 0n;
  #saving = 0n;

  private constructor({link, purse, network, state, funded}: {link: ClientLink; purse: Purse; network: number; state: PurseState; funded: Message<'funded'>}) {
    this.#link = link;
    this.#purse = purse;
    this.#network = network;
    this.#state = state;
    this.#charged = funded.charged;
    this.#capacity = funded.capacity;
    link.onCharged = (charged) => {
      this.#charged = most(this.#charged, charged);
    };
  }

  /** Opens the purse's channel on a link. Rejects with `unfunded` where the relay takes no money, `bad-voucher`, `chain-down`, `overcharged`. */
  static async open(link: ClientLink, {purse, clock}: {purse: Purse; clock: Clock}): Promise<Payments> {
    const {terms} = link;
    if (!terms) throw new NetworkError('unfunded', 'this relay takes no money');
    const {channel, epoch, key} = purse;
    const ours = await purse.update((state) => state);
    const voucher = await signChannelVoucher(key, {network: terms.network, channel, epoch, cumulative: ours.granted});
    const job = link.job();
    try {
      const proof = await key.sign(writeStatement(fundProof, {channel, epoch, nonce: terms.nonce}));
      job.send('fund', {channel, epoch, payerKey: fromHex(key.id), proof, ...voucher});
      const funded = await within(job.next(), {clock, ms: limits.stepMs, code: 'stalled'});
      if (funded.kind === 'failed') throw new NetworkError(funded.code, 'said the relay');
      if (funded.kind !== 'funded') throw new NetworkError('bad-message', `${funded.kind} instead of funded`);
      const state = await adopt(purse, {ours, funded, network: terms.network});
      return new Payments({link, purse, network: terms.network, state, funded});
    } finally {
      job.close();
    }
  }

  get pays(): boolean {
    return this.#capacity > this.#charged;
  }

  /** Nano-coins that can still be granted. */
  get left(): bigint {
    return this.#most - this.#base;
  }

  async start(offer: Offer, promptBytes: number): Promise<Payment> {
    const chunk = priceOf({prompt: 0, cached: 0, completion: offer.chunk, reasoning: 0}, offer.prices);
    const prompt = priceOf({prompt: Math.ceil(promptBytes / 3), cached: 0, completion: 0, reasoning: 0}, offer.prices);
    const excess = this.#charged - this.#seen;
    if (excess > toleratedChunks * chunk && excess > this.#seen / toleratedPart) throw new NetworkError('overcharged', 'more was charged than came');
    const needed = least(chunk / 2n + prompt, offer.ceiling);
    if (this.#capacity - this.#base < needed) throw new NetworkError('unfunded', 'the deposit is used up');
    if (this.left < needed) throw new NetworkError('unfunded', this.#purse.bound?.().why);
    const payment = new ChannelPayment({offer, ahead: chunk, prompt, saw: (cost) => this.#saw(cost), over: (over) => this.#over(over)});
    this.#running.add(payment);
    await this.#cover();
    return payment;
  }

  get #seen(): bigint {
    return this.#state.seen + this.#unsaved + this.#saving;
  }

  get #most(): bigint {
    return least(this.#capacity, this.#purse.bound?.().most ?? this.#capacity);
  }

  get #base(): bigint {
    return most(this.#seen, this.#charged);
  }

  async #over(payment: ChannelPayment): Promise<void> {
    this.#running.delete(payment);
    await this.#save(0n);
  }

  async #saw(cost: bigint): Promise<void> {
    this.#unsaved += cost;
    await this.#cover();
  }

  /** Grants more when less than three quarters of what should be ahead is left. */
  async #cover(): Promise<void> {
    const ahead = [...this.#running].reduce((sum, payment) => sum + payment.ahead, 0n);
    if (this.#state.granted >= least(this.#base + (ahead * 3n) / 4n, this.#most)) return;
    const before = this.#state.granted;
    await this.#save(least(this.#base + ahead, this.#most));
    if (this.#state.granted <= before) return;
    const {channel, epoch, key} = this.#purse;
    const voucher = await signChannelVoucher(key, {network: this.#network, channel, epoch, cumulative: this.#state.granted});
    if (this.#link.isOpen) this.#link.transport.send(encodeMessage('grant', voucher));
  }

  /** Keeps what was seen, and a higher sum before it is granted. */
  async #save(wanted: bigint): Promise<void> {
    const saw = this.#unsaved;
    this.#unsaved = 0n;
    this.#saving += saw;
    try {
      this.#state = await this.#purse.update(({granted, seen}) => ({granted: most(granted, wanted), seen: seen + saw}));
    } catch (error) {
      this.#unsaved += saw;
      throw error;
    } finally {
      this.#saving -= saw;
    }
  }
}

/** Takes what the relay has of us where our own store lost it: it must be ours. */
async function adopt(purse: Purse, {ours, funded, network}: {ours: PurseState; funded: Message<'funded'>; network: number}): Promise<PurseState> {
  const {channel, epoch, key} = purse;
  if (funded.charged > funded.cumulative) throw new NetworkError('overcharged', 'more was charged than granted');
  if (funded.cumulative <= ours.granted) return ours;
  await requireVoucher(key.id, {hash: channelVoucherHash({network, channel, epoch, cumulative: funded.cumulative}), signature: funded.signature});
  // What we lost we can't judge any more: it counts as seen.
  return purse.update((state) => ({granted: most(state.granted, funded.cumulative), seen: most(state.seen, funded.charged)}), {shown: true});
}

interface PaymentOptions {
  readonly offer: Offer;
  /** What may be granted above what came, nano-coins. */
  readonly ahead: bigint;
  /** The same for the question, until its true count is known. */
  readonly prompt: bigint;
  saw(cost: bigint): Promise<void>;
  over(payment: ChannelPayment): Promise<void>;
}

class ChannelPayment implements Payment {
  readonly #options: PaymentOptions;
  #cost = 0n;

  constructor(options: PaymentOptions) {
    this.#options = options;
  }

  get ahead(): bigint {
    return this.#options.ahead + (this.#cost === 0n ? this.#options.prompt : 0n);
  }

  async cover(counts: Counts): Promise<void> {
    const cost = priceOf(counts, this.#options.offer.prices);
    const grown = cost - this.#cost;
    this.#cost = cost;
    if (grown > 0n) await this.#options.saw(grown);
  }

  end(): Promise<void> {
    return this.#options.over(this);
  }
}
