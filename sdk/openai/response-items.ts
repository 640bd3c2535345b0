/** What a response is made of, item by item as it is written, with the event for each step: https://platform.openai.com/docs/api-reference/responses-streaming */
import {randomBytes, toHex} from '#protocol/bytes.ts';
import type {OutputPart} from './output.ts';

/** An event before it is numbered. */
export type Step = {readonly type: string} & Readonly<Record<string, unknown>>;
export type Status = 'in_progress' | 'completed' | 'incomplete';

type Kind = 'reasoning' | 'message' | 'function_call';
const prefixes = {reasoning: 'rs', message: 'msg', function_call: 'fc'} as const;

interface Item {
  readonly kind: Kind;
  readonly id: string;
  /** Of a call: its name, its id in the conversation, and which one it is. */
  readonly call?: Extract<OutputPart, {is: 'call'}>;
  text: string;
  status: Status;
}

/** The items of one response; only the last one can still be open. */
export class ResponseItems {
  readonly #items: Item[] = [];

  get bodies(): readonly object[] {
    return this.#items.map(bodyOf);
  }

  /** Writes on. What belongs to another item than the open one ends that one. */
  *push(part: OutputPart): Generator<Step, void> {
    if (part.is === 'call') return yield* this.#open('function_call', part);
    if (part.text === '') return;
    if (part.is !== 'arguments') {
      const kind = part.is === 'text' ? 'message' : 'reasoning';
      if (this.#last?.kind !== kind || this.#last.status !== 'in_progress') yield* this.#open(kind);
    }
    const item = this.#last;
    if (!item) return;
    item.text += part.text;
    yield {type: deltas[item.kind], ...this.#place, ...(item.kind === 'function_call' ? {} : {content_index: 0}), delta: part.text, ...(item.kind === 'message' ? {logprobs: []} : {})};
  }

  /** Ends the last item; where there is none, an empty message, for callers look for one. */
  *end(status: Status): Generator<Step, void> {
    if (this.#items.length === 0) yield* this.#open('message');
    yield* this.#close(status);
  }

  get #last(): Item | undefined {
    return this.#items.at(-1);
  }

  get #place() {
    return {item_id: this.#last?.id, output_index: this.#items.length - 1};
  }

  *#open(kind: Kind, call?: Extract<OutputPart, {is: 'call'}>): Generator<Step, void> {
    yield* this.#close('completed');
    const item: Item = {kind, id: `${prefixes[kind]}_${toHex(randomBytes(16))}`, text: '', status: 'in_progress', ...(call ? {call} : {})};
    this.#items.push(item);
    const {output_index} = this.#place;
    yield {type: 'response.output_item.added', output_index, item: {...bodyOf(item), ...(call ? {} : {content: []})}};
    if (!call) yield {type: 'response.content_part.added', ...this.#place, content_index: 0, part: partOf(item)};
  }

  *#close(status: Status): Generator<Step, void> {
    const item = this.#last;
    if (item?.status !== 'in_progress') return;
    item.status = status;
    if (item.kind === 'function_call') yield {type: 'response.function_call_arguments.done', ...this.#place, name: item.call?.name, arguments: item.text};
    else {
      const at = {...this.#place, content_index: 0};
      yield {type: dones[item.kind], ...at, text: item.text, ...(item.kind === 'message' ? {logprobs: []} : {})};
      yield {type: 'response.content_part.done', ...at, part: partOf(item)};
    }
    yield {type: 'response.output_item.done', output_index: this.#items.length - 1, item: bodyOf(item)};
  }
}

const deltas = {message: 'response.output_text.delta', reasoning: 'response.reasoning_text.delta', function_call: 'response.function_call_arguments.delta'} as const;
const dones = {message: 'response.output_text.done', reasoning: 'response.reasoning_text.done'} as const;

const partOf = ({kind, text}: Item): object => (kind === 'reasoning' ? {type: 'reasoning_text', text} : {type: 'output_text', text, annotations: [], logprobs: []});

function bodyOf(item: Item): object {
  const {kind, id, status, text, call} = item;
  if (kind === 'function_call') return {type: kind, id, call_id: call?.id, name: call?.name, arguments: text, status};
  if (kind === 'reasoning') return {type: kind, id, summary: [], content: [partOf(item)], status};
  return {type: kind, id, role: 'assistant', status, content: [partOf(item)]};
}
