/** A network with money for the tests of the paying loop. Prices are high, so that every token shows. */
import {decodeMessage} from '../codec.ts';
import {createSecret, identityOf} from '../identity.ts';
import type {NodeId} from '../ids.ts';
import type {Message} from '../messages.ts';
import {priceOf, type Prices} from '../price.ts';
import type {AskEvent} from '../roles/ask.ts';
import {Client} from '../roles/client.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import type {MeetingPlace} from './meeting-place.ts';
import {MemoryBank, MemoryVouchers} from './memory-bank.ts';
import type {Tamper} from './memory-link.ts';
import {TestNetwork, testModel} from './network.ts';

export const prices: Prices = {prompt: 2_000_000n, cached: 0n, completion: 10_000_000n, reasoning: 0n};
/** What may be ahead or unpaid. */
export const chunk = priceOf({prompt: 0, cached: 0, completion: 64, reasoning: 0}, prices);
export const words = (count: number): string => Array.from({length: count}, (_, index) => `w${index}`).join(' ');
/** What answers cost, by their receipts. */
export const costOf = (events: readonly AskEvent[]): bigint => events.reduce((sum, event) => sum + (event.type === 'done' ? event.receipt.price : 0n), 0n);
/** What came is worth, at the prices of the offer; the question has five tokens. */
export const worthOf = (events: readonly AskEvent[]): bigint =>
  priceOf({prompt: 5, cached: 0, completion: events.reduce((sum, event) => sum + (event.type === 'text' ? event.tokens : 0), 0), reasoning: 0}, prices);

interface StageOptions {
  readonly answer?: string;
  readonly deposit?: bigint;
  readonly creditLimit?: bigint;
  readonly workBits?: number;
  /** Changes what the relay sends to the node. */
  readonly tamper?: Tamper;
  /** Where client and node meet. */
  readonly place?: MeetingPlace;
}

/** A relay with a bank, one paid node that says `answer`, and a client with a deposit. */
export async function payingStage(turn: () => Promise<void>, {answer = words(300), deposit = 10n ** 9n, creditLimit = 10n ** 12n, workBits = 0, tamper, place}: StageOptions = {}) {
  const seen: Message[] = [];
  const bank = await MemoryBank.open();
  const network = new TestNetwork(new ManualClock(turn), {bank, workBits, strangersMeet: place !== undefined, allowSignalling: () => {}, observe: (frame) => seen.push(decodeMessage(frame))});
  const identity = await identityOf<NodeId>(await createSecret());
  const account = bank.bind(identity.id);
  const vouchers = new MemoryVouchers();
  const pay = {account, vouchers, creditLimit, onBalance: () => {}};
  const join = () => network.node(fakeEngine({clock: network.clock, answer: () => answer, msPerToken: 10}), {model: {...testModel, prices}, identity, pay, ...(tamper ? {tamper} : {}), ...(place ? {expectStranger: place.expectStranger} : {})});
  const node = await join();
  await network.clock.settle();
  const purse = await bank.deposit(deposit);
  place?.serveWith(node);
  const client = place ? new Client({clock: network.clock, connect: async () => network.connect(), purse: async () => purse, meetings: place.meetings, random: Math.random}) : network.client(undefined, purse);
  return {
    bank,
    network,
    identity,
    account,
    vouchers,
    join,
    node,
    purse,
    client,
    seen,
    owed: () => bank.ledger.accounts.get(account)?.owed ?? 0n,
    charged: () => bank.ledger.channels.get(purse.channel)?.charged ?? 0n,
    granted: () => bank.ledger.channels.get(purse.channel)?.granted ?? 0n,
  };
}

/** Asks five tokens' worth of question and drives the clock to the end. */
export const askPaid = (network: TestNetwork, client: Client, onEvent?: (event: AskEvent) => void, signal = new AbortController().signal) =>
  network.ask(client, {text: 'tell me a story please', priceCap: 10n ** 12n, signal}, onEvent);
