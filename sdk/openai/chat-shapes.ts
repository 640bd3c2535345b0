/** Chat completions as OpenAI writes them: https://platform.openai.com/docs/api-reference/chat/object and …/chat/streaming */
import type {Provenance, Usage} from './provenance.ts';
import type {SseEvent} from './sse.ts';
import type {Told} from './writing.ts';

export interface AboutAnswer {
  readonly id: string;
  /** s since 1970 */
  readonly created: number;
  readonly model: string;
}

type FinishReason = 'stop' | 'length' | 'tool_calls';
const finishOf = (reason: 'stop' | 'length', calls: boolean): FinishReason => (calls && reason === 'stop' ? 'tool_calls' : reason);

/** Tokens of all answers, and where each came from. */
export function usageOf(provenances: readonly Provenance[]): Usage & {readonly bombyx: {readonly answers: readonly object[]}} {
  const all = provenances.map(({usage}) => usage);
  const sum = (of: (usage: Usage) => number) => all.reduce((total, usage) => total + of(usage), 0);
  return {
    prompt_tokens: sum((usage) => usage.prompt_tokens),
    completion_tokens: sum((usage) => usage.completion_tokens),
    total_tokens: sum((usage) => usage.total_tokens),
    prompt_tokens_details: {cached_tokens: sum((usage) => usage.prompt_tokens_details.cached_tokens)},
    completion_tokens_details: {reasoning_tokens: sum((usage) => usage.completion_tokens_details.reasoning_tokens)},
    bombyx: {answers: provenances.map((provenance) => provenance.body())},
  };
}

/** The chunks of a stream. */
export class ChatChunks {
  readonly #about: AboutAnswer;
  readonly #includesUsage: boolean;
  readonly #begun = new Set<number>();
  readonly #called = new Set<number>();

  constructor(about: AboutAnswer, {usage}: {usage: boolean}) {
    this.#about = about;
    this.#includesUsage = usage;
  }

  *of(choice: number, told: Told): Generator<SseEvent, void> {
    if (told.is === 'waiting') return yield {comment: told.comment};
    if (!this.#begun.has(choice)) {
      this.#begun.add(choice);
      yield this.#chunk(choice, {role: 'assistant', content: ''});
    }
    switch (told.is) {
      case 'text':
        return yield this.#chunk(choice, {content: told.text});
      case 'reasoning':
        return yield this.#chunk(choice, {reasoning_content: told.text});
      case 'call':
        this.#called.add(choice);
        return yield this.#chunk(choice, {tool_calls: [{index: told.index, id: told.id, type: 'function', function: {name: told.name, arguments: ''}}]});
      case 'arguments':
        return yield this.#chunk(choice, {tool_calls: [{index: told.index, function: {arguments: told.text}}]});
      case 'end':
        return yield this.#chunk(choice, {}, finishOf(told.reason, this.#called.has(choice)));
      default:
    }
  }

  /** The last chunk, where it is asked for. */
  *usage(provenances: readonly Provenance[]): Generator<SseEvent, void> {
    if (this.#includesUsage) yield {data: {...this.#frame, choices: [], usage: usageOf(provenances)}};
  }

  get #frame() {
    const {id, created, model} = this.#about;
    return {id, object: 'chat.completion.chunk', created, model, system_fingerprint: null};
  }

  #chunk(index: number, delta: object, finish: FinishReason | null = null): SseEvent {
    return {data: {...this.#frame, choices: [{index, delta, logprobs: null, finish_reason: finish}], ...(this.#includesUsage ? {usage: null} : {})}};
  }
}

interface Said {
  text: string;
  reasoning: string;
  readonly calls: {id: string; name: string; arguments: string}[];
  reason: 'stop' | 'length';
}

/** The messages of a whole answer. */
export class ChatMessages {
  readonly #about: AboutAnswer;
  readonly #said: readonly Said[];

  constructor(about: AboutAnswer, count: number) {
    this.#about = about;
    this.#said = Array.from({length: count}, () => ({text: '', reasoning: '', calls: [], reason: 'stop' as const}));
  }

  hear(choice: number, told: Told): void {
    const said = this.#said[choice];
    if (!said) return;
    if (told.is === 'text') said.text += told.text;
    if (told.is === 'reasoning') said.reasoning += told.text;
    if (told.is === 'call') said.calls[told.index] = {id: told.id, name: told.name, arguments: ''};
    const call = told.is === 'arguments' ? said.calls[told.index] : undefined;
    if (call && told.is === 'arguments') call.arguments += told.text;
    if (told.is === 'end') said.reason = told.reason;
  }

  body(provenances: readonly Provenance[]): object {
    const {id, created, model} = this.#about;
    return {id, object: 'chat.completion', created, model, system_fingerprint: null, choices: this.#said.map((said, index) => this.#choice(said, index)), usage: usageOf(provenances)};
  }

  #choice({text, reasoning, calls, reason}: Said, index: number): object {
    const called = calls.map((call) => ({id: call.id, type: 'function', function: {name: call.name, arguments: call.arguments}}));
    const message = {
      role: 'assistant',
      content: text === '' && called.length > 0 ? null : text,
      refusal: null,
      ...(reasoning === '' ? {} : {reasoning_content: reasoning}),
      ...(called.length > 0 ? {tool_calls: called} : {}),
    };
    return {index, message, logprobs: null, finish_reason: finishOf(reason, called.length > 0)};
  }
}
