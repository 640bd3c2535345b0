/** A WebLLM that says what it is told to say, as deaf as the real one: it hears an interrupt only between two tokens. */
import {type ChatCompletion, type ChatCompletionChunk, type ChatCompletionRequest, type ChatCompletionRequestBase, type ChatCompletionRequestNonStreaming, type ChatCompletionRequestStreaming, type CreateEmbeddingResponse, type EmbeddingCreateParams, MLCEngine} from '@mlc-ai/web-llm';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {webLlmEngineOf} from '../engine-webllm-answer.ts';

export interface Script {
  /** One a token; an empty one is the half of a character, or the token that ends. */
  readonly pieces?: readonly string[];
  readonly finish?: 'stop' | 'length' | undefined;
  /** Awaited before the first token, and before each. */
  readonly prefill?: (() => Promise<void>) | undefined;
  readonly decode?: (() => Promise<void>) | undefined;
  /** Whether its pipeline tells the counts before the end. */
  readonly counts?: boolean;
  /** The numbers of a text. */
  readonly vectorOf?: (text: string) => readonly number[];
}

export class ScriptedMlc extends MLCEngine {
  readonly calls: string[] = [];
  readonly requests: ChatCompletionRequest[] = [];
  readonly embedded: string[] = [];
  script: Script;
  #interrupted = false;
  #lock: Promise<void> = Promise.resolve();
  #completion = 0;

  constructor(script: Script) {
    super();
    this.script = script;
    const pipeline = {getCurRoundPrefillTotalTokens: () => 11, getCurRoundCompletionTotalTokens: () => this.#completion};
    if (script.counts !== false) Reflect.set(this, 'loadedModelIdToPipeline', new Map([['scripted', pipeline]]));
  }

  override async resetChat(): Promise<void> {
    this.calls.push('reset');
  }

  override async interruptGenerate(): Promise<void> {
    this.calls.push('interrupt');
    this.#interrupted = true;
  }

  override async unload(): Promise<void> {
    this.calls.push('unload');
  }

  override chatCompletion(request: ChatCompletionRequestNonStreaming): Promise<ChatCompletion>;
  override chatCompletion(request: ChatCompletionRequestStreaming): Promise<AsyncIterable<ChatCompletionChunk>>;
  override chatCompletion(request: ChatCompletionRequestBase): Promise<AsyncIterable<ChatCompletionChunk> | ChatCompletion>;
  override async chatCompletion(request: ChatCompletionRequest): Promise<AsyncIterable<ChatCompletionChunk> | ChatCompletion> {
    this.requests.push(request);
    return this.#stream(this.script);
  }

  override async embedding({input}: EmbeddingCreateParams): Promise<CreateEmbeddingResponse> {
    const text = String(input);
    this.embedded.push(text);
    const extra = {prefill_tokens_per_s: 1};
    return {object: 'list', model: 'scripted', data: [{object: 'embedding', index: 0, embedding: [...(this.script.vectorOf?.(text) ?? [])]}], usage: {prompt_tokens: 7, total_tokens: 7, extra}};
  }

  async *#stream({pieces = [], finish = 'stop', prefill, decode}: Script): AsyncGenerator<ChatCompletionChunk> {
    const {promise, resolve} = Promise.withResolvers<void>();
    const before = this.#lock;
    this.#lock = promise;
    await before;
    try {
      this.calls.push('prefill');
      this.#interrupted = false;
      this.#completion = 0;
      await prefill?.();
      for (const [index, piece] of pieces.entries()) {
        if (index > 0 && this.#interrupted) break;
        if (index > 0) await decode?.();
        this.#completion += 1;
        yield chunk({choices: [{index: 0, delta: {role: 'assistant', content: piece}, finish_reason: null}]});
      }
      yield chunk({choices: [{index: 0, delta: {}, finish_reason: this.#interrupted ? 'abort' : finish}]});
      const extra = {e2e_latency_s: 1, prefill_tokens_per_s: 1, decode_tokens_per_s: 1, time_to_first_token_s: 1, time_per_output_token_s: 1};
      yield chunk({choices: [], usage: {prompt_tokens: 11, completion_tokens: this.#completion, total_tokens: 11 + this.#completion, extra}});
    } finally {
      this.calls.push('unlock');
      resolve();
    }
  }
}

const chunk = (fields: Pick<ChatCompletionChunk, 'choices' | 'usage'>): ChatCompletionChunk => ({id: '', created: 0, model: 'scripted', object: 'chat.completion.chunk', ...fields});

export function stage(script: Script) {
  const mlc = new ScriptedMlc(script);
  const clock = new ManualClock(() => new Promise((resolve) => setImmediate(resolve)));
  const {promise: lost, resolve: lose} = Promise.withResolvers<string>();
  return {mlc, clock, lose, engine: webLlmEngineOf(mlc, {description: 'test', tasks: ['chat', 'image-text', 'video', 'embeddings'], clock, lost})};
}
