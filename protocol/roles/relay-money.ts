/**
 * The relay's books. It never sees tokens: a node says what its answer has cost so far (`due`), the relay takes that from what the client granted
 * and signs the node's share, both in one step and both written before either is told. It never fronts a coin, but for a free answer it pays itself.
 */
import {toHex} from '../bytes.ts';
import {codeOf, NetworkError} from '../errors.ts';
import {isSignedBy} from '../identity.ts';
import type {JobHandle, NodeId} from '../ids.ts';
import type {Message, Terms} from '../messages.ts';
import {readOffer} from '../offer.ts';
import {priceOf} from '../price.ts';
import {writeStatement} from '../statement.ts';
import {channelVoucherHash, fundProof, nodeVoucherHash, requireVoucher, signNodeVoucher} from '../voucher.ts';
import type {Clock} from './ports.ts';
import {type AccountEntry, type Bank, type ChannelEntry, type ChannelFacts, shareOf} from './relay-bank.ts';
import type {Cashier, Deal, Payee} from './relay-cashier.ts';
import type {Teller} from './relay-link.ts';
import {RelayTrial} from './relay-trial.ts';

/** A channel that is in use: its entry and the links of its payer. */
interface OpenChannel {
  entry: ChannelEntry;
  readonly links: Set<Teller>;
}

/** One paid job. Sums in nano-coins. */
interface Bill {
  readonly handle: JobHandle;
  /** Undefined for a free answer: the relay pays. */
  readonly payer: OpenChannel | undefined;
  readonly payee: Payee;
  readonly ceiling: bigint;
  /** What must be there before it starts. */
  readonly deposit: bigint;
  due: bigint;
  charged: bigint;
}

const least = (left: bigint, right: bigint): bigint => (left < right ? left : right);
const creditOf = ({granted, capacity, charged}: ChannelEntry): bigint => least(granted, capacity) - charged;

export class RelayMoney implements Cashier {
  /** Undefined where no answers are given for free. */
  readonly trial: RelayTrial | undefined;
  readonly #bank: Bank;
  readonly #channels = new Map<string, OpenChannel>();
  readonly #payers = new Map<Teller, OpenChannel>();
  readonly #bills = new Map<JobHandle, Bill>();
  /** Vouchers on their way: a node must get them in the order in which they were earned. */
  readonly #telling = new WeakMap<Teller, Promise<void>>();

  constructor(bank: Bank, clock: Clock) {
    this.#bank = bank;
    const {ledger, trial, terms} = bank;
    this.trial = trial && new RelayTrial({clock, ledger, limits: trial, perDevice: terms.trial});
  }

  termsFor(nonce: Terms['nonce']): Terms {
    return {...this.#bank.terms, nonce};
  }

  /** Opens a client's channel on its link. Rejects with `bad-voucher`, `chain-down`. */
  async fund(message: Message<'fund'>, {client, nonce}: {client: Teller; nonce: Terms['nonce']}): Promise<void> {
    const {channel, epoch} = message;
    const payerKey = toHex(message.payerKey);
    const proof = writeStatement(fundProof, {channel, epoch, nonce});
    if (!(await isSignedBy(payerKey, {message: proof, signature: message.proof}))) throw new NetworkError('bad-voucher', 'not by the key that it names');
    const facts = await this.#factsOf(channel, this.#channels.get(channel)?.entry ?? this.#bank.ledger.channel(channel));
    if (facts.epoch !== epoch || facts.payerKey !== payerKey) throw new NetworkError('bad-voucher', 'another opening or key than on chain');
    this.gone(client);
    const open = this.#open(channel, facts);
    // Held at once: while the voucher is checked another link may let go of the channel, and it must not be opened a second time beside this one.
    this.#payers.set(client, open);
    open.links.add(client);
    await this.#grant(open, message).catch((error: unknown) => {
      this.gone(client);
      throw error;
    });
    const {granted, signature, charged, capacity} = open.entry;
    client.send('funded', {cumulative: granted, signature, charged, capacity}, message.handle);
  }

  /** The chain says something new of a channel: a top up, or a withdrawal that leaves less. */
  refresh(channel: ChannelEntry['channel'], facts: ChannelFacts): void {
    const {ledger} = this.#bank;
    const known = this.#channels.get(channel)?.entry ?? ledger.channel(channel);
    if (known?.epoch !== facts.epoch || known.capacity === facts.capacity) return;
    const entry = {...known, capacity: facts.capacity};
    ledger.saveChannel(entry);
    const open = this.#channels.get(channel);
    if (open) open.entry = entry;
  }

  /** Whether answers on this link can be paid: a channel is open, and something is left in it. */
  canPay(client: Teller): boolean {
    const payer = this.#payers.get(client);
    return payer !== undefined && payer.entry.capacity > payer.entry.charged;
  }

  /** Takes a higher voucher. Rejects with `bad-voucher`, `refused`. */
  async grant(message: Message<'grant'>, client: Teller): Promise<void> {
    const payer = this.#payers.get(client);
    if (!payer) throw new NetworkError('refused', 'no channel is open on this link');
    await this.#grant(payer, message);
    for (const bill of this.#bills.values()) if (bill.payer === payer) this.#settle(bill);
  }

  /** A node says where it wants to be paid. Rejects with `bad-wallet`. */
  async account(message: Message<'account'>, payee: Payee): Promise<void> {
    this.#bank.ledger.bind(payee.node, await this.#bank.wallet(message.proof, payee.node));
    await this.greet(payee);
  }

  /** Tells a node that came what it is owed, where it is bound. */
  async greet({node, link}: Payee): Promise<void> {
    const entry = this.#bank.ledger.account(node);
    if (!entry) return;
    const collected = await this.#bank.collected(entry.account);
    const {cumulative, signature} = await this.#sign(this.#bank.ledger.account(node) ?? entry);
    link.send('accounted', {owner: entry.owner, account: entry.account, collected, cumulative, signature});
  }

  /** A node shows its newest voucher: where it is ours and newer than our books, the books follow. Rejects with `bad-voucher`. */
  async shown(message: Message<'paid'>, {node}: Payee): Promise<void> {
    const {ledger, terms} = this.#bank;
    const entry = ledger.account(node);
    if (!entry || message.cumulative <= entry.owed) return;
    const hash = nodeVoucherHash({network: terms.network, account: entry.account, cumulative: message.cumulative});
    await requireVoucher(toHex(terms.relayKey), {hash, signature: message.signature});
    ledger.correct({...entry, owed: message.cumulative});
  }

  /**
   * A node's offer for a job. False when the two can't do business: the job wants it free, or for less, or nobody could be paid.
   * @throws NetworkError `bad-offer`
   */
  offered({handle, offer}: Message<'offer'>, {client, payment, payee}: Deal): boolean {
    const {ceiling, prices, chunk} = readOffer(offer);
    if (ceiling === 0n) return true;
    const payer = payment === 'channel' ? this.#payers.get(client) : undefined;
    const isCovered = payment === 'trial' && this.trial?.covers(handle, ceiling) === true;
    if (!(payer || isCovered) || !this.#bank.ledger.account(payee.node)) return false;
    const deposit = priceOf({prompt: 0, cached: 0, completion: Math.floor(chunk / 2), reasoning: 0}, prices);
    this.#bills.set(handle, {handle, payer, payee, ceiling, deposit, due: 0n, charged: 0n});
    return true;
  }

  /** @throws NetworkError `unfunded` when a paid job would begin without credit */
  requireDeposit(handle: JobHandle): void {
    const bill = this.#bills.get(handle);
    if (bill?.payer && creditOf(bill.payer.entry) < bill.deposit) throw new NetworkError('unfunded', 'less credit than half a chunk');
  }

  /** What a job has cost so far, says its node. @throws NetworkError `overcharged`, `refused` */
  due({handle, total}: Message<'due'>, node: NodeId): void {
    const bill = this.#bills.get(handle);
    // The last word of a job that the relay ended meanwhile.
    if (!bill) return;
    if (bill.payee.node !== node) throw new NetworkError('refused', 'not a job of this node');
    if (total < bill.due || total > bill.ceiling) throw new NetworkError('overcharged', 'less than before, or above the offer');
    bill.due = total;
    this.#settle(bill);
  }

  /** The job is over. */
  forget(handle: JobHandle): void {
    const bill = this.#bills.get(handle);
    this.#bills.delete(handle);
    this.trial?.end(handle);
    if (bill?.payer) this.#letGo(bill.payer);
  }

  /** The link is over. */
  gone(link: Teller): void {
    const payer = this.#payers.get(link);
    this.#payers.delete(link);
    payer?.links.delete(link);
    if (payer) this.#letGo(payer);
  }

  /** A channel that nobody uses is only in the ledger. */
  #letGo(payer: OpenChannel): void {
    const used = payer.links.size > 0 || [...this.#bills.values()].some((bill) => bill.payer === payer);
    if (!used && this.#channels.get(payer.entry.channel) === payer) this.#channels.delete(payer.entry.channel);
  }

  /** What the chain says; in an outage, what it said last: a channel that we know goes on. */
  async #factsOf(channel: ChannelEntry['channel'], known: ChannelEntry | undefined) {
    try {
      return await this.#bank.channel(channel);
    } catch (error) {
      if (known && codeOf(error) === 'chain-down') return known;
      throw error;
    }
  }

  #open(channel: ChannelEntry['channel'], {epoch, payerKey, capacity}: Pick<ChannelEntry, 'epoch' | 'payerKey' | 'capacity'>): OpenChannel {
    const open = this.#channels.get(channel);
    const known = open?.entry ?? this.#bank.ledger.channel(channel);
    // Another opening of the same address begins at nothing: its old vouchers are dead.
    const entry = known?.epoch === epoch ? {...known, capacity} : {channel, epoch, payerKey, capacity, granted: 0n, signature: new Uint8Array(64), charged: 0n};
    if (open) {
      open.entry = entry;
      return open;
    }
    const fresh = {entry, links: new Set<Teller>()};
    this.#channels.set(channel, fresh);
    return fresh;
  }

  async #grant(open: OpenChannel, {cumulative, signature}: Pick<Message<'grant'>, 'cumulative' | 'signature'>): Promise<void> {
    const {channel, epoch, payerKey} = open.entry;
    if (cumulative <= open.entry.granted) return;
    await requireVoucher(payerKey, {hash: channelVoucherHash({network: this.#bank.terms.network, channel, epoch, cumulative}), signature});
    if (cumulative <= open.entry.granted || open.entry.epoch !== epoch) return;
    const entry = {...open.entry, granted: cumulative, signature};
    this.#bank.ledger.saveChannel(entry);
    open.entry = entry;
  }

  /** Moves what is due, as far as there is credit, and tells both sides. */
  #settle(bill: Bill): void {
    const {ledger, terms} = this.#bank;
    const {payer, payee, handle} = bill;
    const step = payer ? least(bill.due - bill.charged, creditOf(payer.entry)) : bill.due - bill.charged;
    const account = ledger.account(payee.node);
    if (step <= 0n || !account) return;
    const earned = shareOf(bill.charged + step, terms.feePermille) - shareOf(bill.charged, terms.feePermille);
    const owing = {...account, owed: account.owed + earned};
    // Where the books can't be written, nothing has happened.
    if (payer) this.#charge(payer, {step, owing});
    else this.trial?.pay(handle, owing);
    bill.charged += step;
    const before = this.#telling.get(payee.link) ?? Promise.resolve();
    this.#telling.set(payee.link, before.then(async () => payee.link.send('paid', await this.#sign(owing), handle)));
  }

  #charge(payer: OpenChannel, {step, owing}: {step: bigint; owing: AccountEntry}): void {
    const entry = {...payer.entry, charged: payer.entry.charged + step};
    this.#bank.ledger.settle(entry, owing);
    payer.entry = entry;
    for (const link of payer.links) link.send('charged', {charged: entry.charged});
  }

  #sign({account, owed}: AccountEntry) {
    return signNodeVoucher(this.#bank.key, {network: this.#bank.terms.network, account, cumulative: owed});
  }
}
