/** A network with free answers for the tests of the trial: a relay that gives them, a paid node, and devices. */
import {decodeMessage} from '../codec.ts';
import {createSecret, type Identity, identityOf} from '../identity.ts';
import type {DeviceId, NodeId} from '../ids.ts';
import type {Message} from '../messages.ts';
import type {Prices} from '../price.ts';
import type {AskEvent} from '../roles/ask.ts';
import {Client} from '../roles/client.ts';
import type {TrialLimits} from '../roles/relay-bank.ts';
import {fakeEngine} from './fake-engine.ts';
import {ManualClock} from './manual-clock.ts';
import {MemoryBank, MemoryVouchers} from './memory-bank.ts';
import {TestNetwork, testModel} from './network.ts';
import {prices, words} from './paying-stage.ts';

export const newDevice = async (): Promise<Identity<DeviceId>> => identityOf<DeviceId>(await createSecret());

interface StageOptions extends Partial<TrialLimits> {
  readonly perDevice?: number;
  readonly workBits?: number;
  /** The books and the relay's key, from before a restart. */
  readonly bank?: MemoryBank;
  readonly clock?: ManualClock;
}

interface TrialClientOptions {
  readonly device: Identity<DeviceId>;
  readonly prefix?: string;
  onTrial?(left: number): void;
}

/** Limits that bind nobody, unless a test names them. */
export async function trialStage(turn: () => Promise<void>, {perDevice = 3, perAddress = 100, perDay = 100, ceiling = 10n ** 9n, workBits = 0, bank: books, clock = new ManualClock(turn)}: StageOptions = {}) {
  const bank = books ?? (await MemoryBank.giving(perDevice, {perAddress, perDay, ceiling}));
  const seen: Message[] = [];
  const network = new TestNetwork(clock, {bank, workBits, observe: (frame) => seen.push(decodeMessage(frame))});
  const join = async ({cost = prices, answer = words(20)}: {cost?: Prices; answer?: string} = {}) => {
    const identity = await identityOf<NodeId>(await createSecret());
    const account = bank.bind(identity.id);
    const vouchers = new MemoryVouchers();
    const pay = {account, vouchers, creditLimit: 10n ** 12n, onBalance: () => {}};
    const node = await network.node(fakeEngine({clock, answer: () => answer, msPerToken: 10}), {model: {...testModel, prices: cost}, identity, pay});
    await clock.settle();
    return {...node, account, vouchers, owed: () => bank.ledger.accounts.get(account)?.owed ?? 0n};
  };
  const client = ({device, prefix, onTrial}: TrialClientOptions) =>
    new Client({clock, connect: async () => network.connect(undefined, prefix), trial: device, random: Math.random, ...(onTrial ? {onTrial} : {})});
  return {bank, network, clock, seen, join, client};
}

/** Asks with a price cap and drives the clock until the node has let go. */
export async function askForFree(network: TestNetwork, client: Client, {onEvent, priceCap = 10n ** 12n}: {onEvent?: (event: AskEvent) => void; priceCap?: bigint} = {}) {
  const asked = await network.ask(client, {text: 'tell me a story please', priceCap}, onEvent);
  await network.clock.advance(5000);
  return asked;
}
