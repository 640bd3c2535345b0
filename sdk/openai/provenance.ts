/** Who gave an answer, what it cost and who could see what of it: told in headers and in the `bombyx` field. The facts are those of docs/threats.md. */
import {toHex} from '#protocol/bytes.ts';
import {hashOfModel} from '#protocol/models.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import type {Receipt} from '#protocol/receipt.ts';
import type {ChosenModel} from './model-choice.ts';

/** Tokens as OpenAI counts them. */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: {readonly cached_tokens: number};
  readonly completion_tokens_details: {readonly reasoning_tokens: number};
}

type Bound = Extract<AskEvent, {type: 'bound'}>;

/** What is known of one answer so far. Feed it every event. */
export class Provenance {
  readonly #model: ChosenModel;
  readonly #bound: Bound[] = [];
  readonly #receipts: Receipt[] = [];
  #moved = false;
  #tokens = 0;
  /** Read of the question by the computer that answers now; its receipt will say it, too. */
  #prompt = 0;
  /** Of asks before this one; of their prompts those without a receipt. */
  #tokensBefore = 0;
  #promptBefore = 0;
  #reason: Receipt['reason'] | undefined;

  constructor(model: ChosenModel) {
    this.#model = model;
  }

  hear(event: AskEvent): void {
    if (event.type === 'bound') {
      this.#bound.push(event);
      this.#prompt = 0;
    }
    if (event.type === 'prompt') this.#prompt += event.tokens;
    if (event.type === 'moved') this.#moved = true;
    if (event.type === 'text' || event.type === 'item') this.#tokens += event.tokens;
    if (event.type === 'resuming' && !event.kept) this.#tokens = 0;
    if (event.type !== 'done') return;
    this.#receipts.push(event.receipt);
    this.#prompt = 0;
    this.#reason = event.receipt.reason;
  }

  /** The same is asked once more: what is heard from now on comes on top. */
  again(): void {
    this.#tokensBefore += this.#tokens;
    this.#tokens = 0;
    this.#promptBefore += this.#prompt;
    this.#prompt = 0;
    this.#reason = undefined;
  }

  /** Prompts that the receipts prove, of every computer that had a part and of every ask, and of an answer that was left what its computer said; and the tokens that came. */
  get usage(): Usage {
    const sum = (of: (counts: Receipt['counts']) => number) => this.#receipts.reduce((total, {counts}) => total + of(counts), 0);
    const cached = sum((counts) => counts.cached);
    const prompt = sum((counts) => counts.prompt) + cached + this.#promptBefore + this.#prompt;
    const completion = this.#tokensBefore + this.#tokens;
    return {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
      prompt_tokens_details: {cached_tokens: cached},
      completion_tokens_details: {reasoning_tokens: sum((counts) => counts.reasoning)},
    };
  }

  /** Why the last ask ended, as its receipt says; undefined where it was left. */
  get reason(): Receipt['reason'] | undefined {
    return this.#reason;
  }

  /** Nano-coins, as the receipts say. */
  get price(): bigint {
    return this.#receipts.reduce((sum, {price}) => sum + price, 0n);
  }

  get route(): string {
    return this.#moved ? 'turn' : (this.#bound.at(-1)?.route ?? 'none');
  }

  /** What is known when the answer begins, and for a whole answer also what came of it. */
  headers(): Record<string, string> {
    const node = this.#bound.at(-1)?.node;
    const receipt = this.#receipts.at(-1);
    return {
      'x-bombyx-level': this.#model.level,
      ...(node ? {'x-bombyx-node': node, 'x-bombyx-route': this.route, 'x-bombyx-who-could-see': JSON.stringify(this.#whoCouldSee())} : {}),
      ...(receipt ? {'x-bombyx-receipt': 'checked', 'x-bombyx-price': String(this.price)} : {}),
    };
  }

  /** The same for a body, with the receipt. */
  body(): Record<string, unknown> {
    return {
      level: this.#model.level,
      route: this.route,
      model: {id: this.#model.entry.id, hash: hashOfModel(this.#model.entry)},
      nodes: this.#bound.map(({node}) => node),
      relays: [...new Set(this.#bound.filter(({route}) => route === 'relayed').map(({relay = ''}) => relay || 'own'))],
      payment: this.#bound.at(-1)?.payment ?? 'free',
      /** Nano-coins; a string, for it may be larger than a number of JSON holds. */
      price: String(this.price),
      receipts: this.#receipts.map(receiptBody),
      who_could_see: this.#whoCouldSee(),
    };
  }

  #whoCouldSee() {
    const direct = this.route === 'direct';
    const computers = [...new Set(this.#bound.map(({node}) => `node ${node}`))];
    return {
      text: computers,
      address: [...(direct ? computers : []), 'relay', ...(this.route === 'turn' ? ['turn server'] : []), 'network provider'],
      // On a direct route the relay saw that the two met, and nothing of what followed.
      time_and_size: [...(direct ? [] : ['relay']), ...computers, ...(this.route === 'turn' ? ['turn server'] : []), 'network provider'],
      price: this.price > 0n ? [...computers, 'relay'] : [],
    };
  }
}

/** A receipt that this client checked against what it saw itself. */
const receiptBody = ({handle, node, model, counts, price, reason, request, answer, hour}: Receipt) => ({
  checked: true, handle, node, model, counts, price: String(price), reason, request: toHex(request), answer: toHex(answer), hour,
});
