/** A node of a soak: the real role over a fake engine, which comes back whenever its link is lost. */
import {setTimeout as sleep} from 'node:timers/promises';
import {createSecret, type Identity, identityOf} from '#protocol/identity.ts';
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import {freeOfCharge} from '#protocol/price.ts';
import type {Engine} from '#protocol/roles/engine.ts';
import {NodeJobs, type ServedModel} from '#protocol/roles/node-jobs.ts';
import {sendStatus, serve} from '#protocol/roles/node.ts';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {systemClock} from '../relay/clock.ts';
import type {Random} from '../relay/testing/random.ts';
import {type CutLink, openLink} from './soak-links.ts';
import type {SoakTally} from './soak-tally.ts';

export const model: ServedModel = {hash: '50'.repeat(32) as ModelHash, name: 'soak', contextTokens: 512, prices: freeOfCharge};
const msPerToken = 40;

/** The whole answer to a question: all words are different, so that none can be lost or doubled unseen. */
export const answerTo = (question: string): string => Array.from({length: 10 + (Number(question) % 31)}, (_, index) => `${question}-${index}`).join(' ');

export class SoakNode {
  readonly id: NodeId;
  readonly #identity: Identity<NodeId>;
  readonly #engine: Engine;
  readonly #jobs: NodeJobs;
  readonly #random: Random;
  #link: CutLink | undefined;
  #isOver = false;

  private constructor(identity: Identity<NodeId>, {tally, random}: {tally: SoakTally; random: Random}) {
    this.id = identity.id;
    this.#identity = identity;
    this.#random = random;
    const engine = fakeEngine({clock: systemClock, msPerToken, answer: ({messages}) => answerTo(messages[0]?.content ?? '')});
    this.#engine = engine;
    const onChange = () => this.#link && sendStatus({transport: this.#link.transport, jobs: this.#jobs, engine});
    this.#jobs = new NodeJobs({identity, engine, model, clock: systemClock, speed: () => 0, earningsOf: () => undefined, onChange, onOutcome: ({handle, outcome}) => outcome === 'done' && tally.computed(handle)});
  }

  static async create(options: {tally: SoakTally; random: Random}): Promise<SoakNode> {
    return new SoakNode(await identityOf<NodeId>(await createSecret()), options);
  }

  /** Serves until `end`; resolves then. `onIn` is called at each welcome. */
  async run(port: number, onIn: () => void): Promise<void> {
    const {signal} = new AbortController();
    while (!this.#isOver) {
      try {
        this.#link = await openLink(port);
        await serve({transport: this.#link.transport, identity: this.#identity, engine: this.#engine, model, speeds: () => [], jobs: this.#jobs, clock: systemClock, earnings: undefined, peer: '', isPaired: () => false, onWelcome: onIn}, signal);
      } catch {
        // A relay that restarts, or a link that was cut: it comes back.
      }
      this.#link = undefined;
      if (!this.#isOver) await sleep(200 + this.#random.below(1500));
    }
  }

  cut(): void {
    this.#link?.cut();
  }

  end(): void {
    this.#isOver = true;
    this.cut();
  }
}
