/** A whole network in one process: a relay, nodes and clients over memory links, one manual clock. */
import {createSecret, identityOf} from '../identity.ts';
import type {ModelHash, NodeId} from '../ids.ts';
import {freeOfCharge} from '../price.ts';
import type {AskEvent} from '../roles/ask.ts';
import {Client, type ClientQuestion} from '../roles/client.ts';
import {Earnings, type EarningsOptions} from '../roles/earnings.ts';
import {type JobOutcome, NodeJobs, type ServedModel} from '../roles/node-jobs.ts';
import type {ExpectStranger} from '../roles/node-lane.ts';
import {sendStatus, serve, type ServeOptions} from '../roles/node.ts';
import type {Engine} from '../roles/engine.ts';
import type {Transport} from '../roles/ports.ts';
import type {Purse} from '../roles/purse.ts';
import {Hub} from '../roles/relay.ts';
import type {HubOptions} from '../roles/relay-options.ts';
import type {ManualClock} from './manual-clock.ts';
import {memoryLink, type Tamper} from './memory-link.ts';

/** The model that test nodes serve. */
export const testModel: ServedModel = {hash: 'ab'.repeat(32) as ModelHash, name: 'test model', contextTokens: 512, prices: freeOfCharge};

export interface NodeOptions extends Partial<ServeOptions> {
  readonly tamper?: Tamper;
  /** Where strangers meet it; without this it stays with the relay. */
  readonly expectStranger?: ExpectStranger;
  /** Where it is paid; without it its answers are free. */
  readonly pay?: Omit<EarningsOptions, 'transport' | 'clock'>;
}

export interface TestNode {
  readonly id: NodeId;
  readonly outcomes: readonly JobOutcome[];
  readonly jobs: NodeJobs;
  /** The node's own end of its link: close it to lose the node, send on it to misbehave. */
  readonly link: Transport;
  /** Rejects with what `serve` rejects with. */
  readonly ended: Promise<void>;
}

export class TestNetwork {
  readonly clock: ManualClock;
  readonly #options: Partial<HubOptions>;
  #hub: Hub;

  constructor(clock: ManualClock, options: Partial<HubOptions> = {}) {
    this.clock = clock;
    this.#options = options;
    this.#hub = new Hub({name: 'test relay', clock, ...options});
  }

  get hub(): Hub {
    return this.#hub;
  }

  /** The relay goes away with all its links and all that it knew, and another one is in its place at once. */
  restart(): void {
    void this.#hub.drain(0);
    this.#hub = new Hub({name: 'test relay', clock: this.clock, ...this.#options});
  }

  /** As a relay's host does. */
  sweepEachSecond(): void {
    void (async () => {
      for (;;) {
        await this.clock.sleep(1000);
        this.hub.sweep();
      }
    })();
  }

  /** A link to the relay; frames from the relay pass through `tamper`. */
  connect(tamper?: Tamper, prefix?: string): Transport {
    const [relayEnd, ownEnd] = memoryLink(tamper);
    void this.hub.accept(relayEnd, prefix === undefined ? {} : {prefix});
    return ownEnd;
  }

  /** A node that serves `testModel`; resolves when the relay has welcomed it. */
  async node(engine: Engine, options: NodeOptions = {}): Promise<TestNode> {
    const {model = testModel, tamper, pay, expectStranger, identity = await identityOf<NodeId>(await createSecret()), ...rest} = options;
    const outcomes: JobOutcome[] = [];
    const link = this.connect(tamper);
    const earnings = pay && new Earnings({transport: link, clock: this.clock, ...pay});
    const jobs: NodeJobs = new NodeJobs({
      identity,
      engine,
      model,
      clock: this.clock,
      speed: () => 0,
      earningsOf: () => earnings,
      ...(expectStranger ? {expectStranger} : {}),
      onChange: () => sendStatus({transport: link, jobs, engine}),
      onOutcome: (outcome) => outcomes.push(outcome),
    });
    const stop = new AbortController();
    let ended = Promise.resolve();
    const welcome = new Promise<void>((resolve, reject) => {
      const onWelcome = () => resolve();
      ended = serve({transport: link, identity, engine, model, speeds: () => [], jobs, clock: this.clock, earnings, peer: '', isPaired: () => false, onWelcome, ...rest}, stop.signal);
      ended.then(() => reject(new Error('the link ended before a welcome')), reject);
    });
    await this.clock.drive(welcome);
    return {id: identity.id, outcomes, jobs, link, ended};
  }

  client(tamper?: Tamper, purse?: Purse): Client {
    return new Client({clock: this.clock, connect: async () => this.connect(tamper), purse: async () => purse, random: Math.random});
  }

  /** Asks and drives the clock to the end; gives all events, and the error where there was one. */
  async ask(client: Client, question: Partial<ClientQuestion> & {text: string}, onEvent: (event: AskEvent) => void = () => {}): Promise<{events: AskEvent[]; answer: string; error: unknown}> {
    const {text, ...rest} = question;
    const events: AskEvent[] = [];
    const run = async () => {
      const job = {task: 'chat', messages: [{role: 'user' as const, content: text}]} as const;
      for await (const event of client.ask({model: testModel.hash, job, priceCap: 0n, signal: new AbortController().signal, ...rest})) {
        events.push(event);
        onEvent(event);
      }
    };
    const error = await this.clock.drive(run().then(() => undefined, (thrown: unknown) => thrown ?? new Error('undefined')));
    return {events, error, answer: events.map((event) => (event.type === 'text' ? event.text : '')).join('')};
  }
}
