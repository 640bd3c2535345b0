/** A client of a soak: asks one question after another and holds each answer against what the engine says. */
import {setTimeout as sleep} from 'node:timers/promises';
import {codeOf, NetworkError} from '#protocol/errors.ts';
import type {NodeId} from '#protocol/ids.ts';
import {ask, type AskEvent} from '#protocol/roles/ask.ts';
import {ClientLink} from '#protocol/roles/client-link.ts';
import {systemClock} from '../relay/clock.ts';
import type {Random} from '../relay/testing/random.ts';
import {type CutLink, openLink} from './soak-links.ts';
import {answerTo, model} from './soak-node.ts';
import type {SoakTally} from './soak-tally.ts';

/** Seconds between an answer and the next question, at most; what bounds the load. */
const mostPause = 12;
const setSize = 16;
/** So often a relay that restarts is tried. */
const tries = 40;

export interface SoakClientOptions {
  readonly port: number;
  readonly nodes: readonly NodeId[];
  readonly tally: SoakTally;
  readonly random: Random;
}

let questions = 0;

export class SoakClient {
  readonly #options: SoakClientOptions;
  readonly #ending = new AbortController();
  #socket: CutLink | undefined;
  #link: ClientLink | undefined;
  #asking: AbortController | undefined;

  constructor(options: SoakClientOptions) {
    this.#options = options;
  }

  /** Asks until `end`, and lets the last answer come. */
  async run(): Promise<void> {
    const {signal} = this.#ending;
    while (!signal.aborted) {
      await sleep(this.#options.random.next() * mostPause * 1000, undefined, {signal}).catch(() => {});
      if (!signal.aborted) await this.#ask();
    }
    this.#socket?.cut();
  }

  end(): void {
    this.#ending.abort();
  }

  cut(): void {
    this.#socket?.cut();
  }

  /** Stops the question that is open. */
  cancel(): void {
    this.#asking?.abort(new NetworkError('cancelled'));
  }

  async #ask(): Promise<void> {
    const {tally, random} = this.#options;
    const question = String((questions += 1));
    const said: Said = {text: '', done: 0};
    this.#asking = new AbortController();
    const {signal} = this.#asking;
    tally.asked += 1;
    try {
      if (random.chance(0.01)) await (await this.#open()).directory();
      const job = {task: 'chat', messages: [{role: 'user' as const, content: question}], maxTokens: 64} as const;
      const route = async ({without}: {without: ReadonlySet<NodeId>}) => ({link: await this.#open(), nodes: this.#draw(without), name: 'relayed' as const});
      for await (const event of ask({model: model.hash, job, priceCap: 0n, signal, clock: systemClock, random: () => random.below(1000) / 1000, route})) take(event, {said, tally});
      if (said.done !== 1 || said.text !== answerTo(question)) tally.fault(`question ${question}: ${said.done} receipts, '${said.text}'`);
      tally.done += 1;
    } catch (error) {
      if (!answerTo(question).startsWith(said.text)) tally.fault(`question ${question} broke off with '${said.text}'`);
      if (signal.aborted) tally.cancelled += 1;
      else tally.failed(codeOf(error));
    }
    this.#asking = undefined;
  }

  #draw(without: ReadonlySet<NodeId>): NodeId[] {
    const {nodes, random} = this.#options;
    const start = random.below(nodes.length);
    return [...nodes.slice(start), ...nodes.slice(0, start)].filter((node) => !without.has(node)).slice(0, setSize);
  }

  async #open(): Promise<ClientLink> {
    for (let left = tries; ; left -= 1) {
      if (this.#link?.isOpen) return this.#link;
      try {
        this.#socket = await openLink(this.#options.port);
        this.#link = await ClientLink.open({transport: this.#socket.transport, clock: systemClock});
      } catch (error) {
        if (left === 0) throw new NetworkError('offline', 'no relay', {cause: error});
        await sleep(200 + this.#options.random.below(500));
      }
    }
  }
}

interface Said {
  text: string;
  done: number;
}

function take(event: AskEvent, {said, tally}: {said: Said; tally: SoakTally}): void {
  if (said.done > 0) tally.fault(`${event.type} after the end`);
  if (event.type === 'text') said.text += event.text;
  if (event.type === 'resuming') {
    tally.resumed += 1;
    if (!event.kept) said.text = '';
  }
  if (event.type !== 'done') return;
  said.done += 1;
  tally.receipt(event.receipt.handle);
}
